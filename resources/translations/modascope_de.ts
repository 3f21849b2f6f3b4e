<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>DemoWords</name>
    <message>
        <source>T1</source>
        <translation>T1</translation>
    </message>
    <message>
        <source>T1 with contrast</source>
        <translation>T1 mit Kontrastmittel</translation>
    </message>
    <message>
        <source>T2</source>
        <translation>T2</translation>
    </message>
    <message>
        <source>FLAIR</source>
        <translation>FLAIR</translation>
    </message>
    <message>
        <source>Whole tumour</source>
        <translation>Ganzer Tumor</translation>
    </message>
    <message>
        <source>Tumour core</source>
        <translation>Tumorkern</translation>
    </message>
    <message>
        <source>Enhancing core</source>
        <translation>Anreichernder Kern</translation>
    </message>
    <message>
        <source>network taught to cope</source>
        <translation>Netz, das mit Lücken lernte</translation>
    </message>
    <message>
        <source>ordinary network</source>
        <translation>gewöhnliches Netz</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>%1 %2 mL</source>
        <translation>%1 %2 mL</translation>
    </message>
    <message>
        <source>All scans are used: %1.</source>
        <translation>Alle Aufnahmen werden genutzt: %1.</translation>
    </message>
    <message>
        <source>Without %1 hardly anything changes: %2 %3 → %4 mL.</source>
        <translation>Ohne %1 ändert sich kaum etwas: %2 %3 → %4 mL.</translation>
    </message>
    <message>
        <source>%1 → %2 mL</source>
        <translation>%1 → %2 mL</translation>
    </message>
    <message>
        <source>%1 → %2 mL of %3</source>
        <translation>%1 → %2 mL von %3</translation>
    </message>
    <message>
        <source>Without %1 the computer misses much: %2 %3.</source>
        <translation>Ohne %1 übersieht der Computer viel: %2 %3.</translation>
    </message>
    <message>
        <source>Without %1 it finds less: %2 %3.</source>
        <translation>Ohne %1 findet er weniger: %2 %3.</translation>
    </message>
    <message>
        <source>Without %1 it finds more: %2 %3.</source>
        <translation>Ohne %1 findet er mehr: %2 %3.</translation>
    </message>
    <message>
        <source>There is nothing to find, so no scan can be called needed.</source>
        <translation>Hier ist nichts zu finden, also ist auch keine Aufnahme nötig.</translation>
    </message>
    <message>
        <source>No further scan would help.</source>
        <translation>Keine weitere Aufnahme würde helfen.</translation>
    </message>
    <message>
        <source>%1 would help most.</source>
        <translation>Am meisten würde helfen: %1.</translation>
    </message>
    <message>
        <source>The scan that is needed most is %1.</source>
        <translation>Am nötigsten ist: %1.</translation>
    </message>
    <message>
        <source>From these scans nothing is found of which one could ask what decides.</source>
        <translation>Aus diesen Aufnahmen wird nichts gefunden, bei dem man fragen könnte, was entscheidet.</translation>
    </message>
    <message>
        <source>There is one network only.</source>
        <translation>Es gibt nur ein Netz.</translation>
    </message>
    <message>
        <source>%1: the %2 finds %3 mL, the %4 %5 mL</source>
        <translation>%1: %2 %3 mL, %4 %5 mL</translation>
    </message>
    <message>
        <source> of %1</source>
        <translation> von %1</translation>
    </message>
    <message>
        <source>Its voxels measure %1 mm; the network learnt from voxels of %2 mm.</source>
        <translation>Die Voxel messen %1 mm; gelernt wurde mit Voxeln von %2 mm.</translation>
    </message>
    <message>
        <source>Its images reach to their borders: the skull may not have been removed.</source>
        <translation>Die Bilder reichen bis an ihren Rand: der Schädel ist wohl nicht entfernt.</translation>
    </message>
    <message>
        <source>Its scan %1 is empty.</source>
        <translation>Die Aufnahme %1 ist leer.</translation>
    </message>
    <message>
        <source>Its scan %1 has intensities far outside of the usual.</source>
        <translation>Die Aufnahme %1 hat Helligkeiten weit außerhalb des Üblichen.</translation>
    </message>
    <message>
        <source>This head is made up: nobody&apos;s scan.</source>
        <translation>Dieser Kopf ist erfunden: niemandes Aufnahme.</translation>
    </message>
    <message>
        <source>The networks learnt from made-up heads only; of real ones they know nothing.</source>
        <translation>Die Netze haben nur von erfundenen Köpfen gelernt; von echten wissen sie nichts.</translation>
    </message>
    <message>
        <source>Training saw this patient: the answers flatter.</source>
        <translation>Das Training kannte diesen Menschen: die Antworten schmeicheln.</translation>
    </message>
    <message>
        <source>This case has no scan %1.</source>
        <translation>Dieser Fall hat keine Aufnahme %1.</translation>
    </message>
    <message>
        <source>The lines are what an expert drew.</source>
        <translation>Die Linien sind die Referenzzeichnung.</translation>
    </message>
    <message>
        <source>About the %1, %2 decides most: %3 % of the evidence.</source>
        <translation>%1: am meisten entscheidet %2, mit %3 % der Hinweise.</translation>
    </message>
    <message>
        <source>About the %1 no single scan decides: %2 has %3 % of the evidence.</source>
        <translation>%1: keine Aufnahme entscheidet allein; %2 hat %3 % der Hinweise.</translation>
    </message>
    <message>
        <source>Each colour is one scan: the clearer the colour, the clearer the decision.</source>
        <translation>Jede Farbe ist eine Aufnahme: je deutlicher die Farbe, desto deutlicher die Entscheidung.</translation>
    </message>
</context>
<context>
    <name>modascope::DemoController</name>
    <message>
        <source>scan</source>
        <translation>Aufnahme</translation>
    </message>
    <message>
        <source>disagreement</source>
        <translation>Widerspruch</translation>
    </message>
    <message>
        <source>By hand</source>
        <translation>Von Hand</translation>
    </message>
</context>
<context>
    <name>modascope::DemoPage</name>
    <message>
        <source>Expert&apos;s drawing</source>
        <translation>Referenzzeichnung</translation>
    </message>
    <message>
        <source>As lines over the coloured areas</source>
        <translation>Als Linien über den farbigen Flächen</translation>
    </message>
    <message>
        <source>Both networks</source>
        <translation>Beide Netze</translation>
    </message>
    <message>
        <source>The ordinary one and the one that was taught to cope</source>
        <translation>Das gewöhnliche und das, das mit Lücken gelernt hat</translation>
    </message>
    <message>
        <source>What decides</source>
        <translation>Was entscheidet</translation>
    </message>
    <message>
        <source>Each scan&apos;s colour where it decides</source>
        <translation>Die Farbe der Aufnahme, wo sie entscheidet</translation>
    </message>
    <message>
        <source>Uncertain border</source>
        <translation>Unsichere Grenze</translation>
    </message>
    <message>
        <source>Where the answers from different scans disagree</source>
        <translation>Wo sich die Antworten aus verschiedenen Aufnahmen widersprechen</translation>
    </message>
    <message>
        <source>ON</source>
        <translation>AN</translation>
    </message>
    <message>
        <source>OFF</source>
        <translation>AUS</translation>
    </message>
    <message>
        <source>not there</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>Research use only, not for diagnosis  ·  nothing leaves this computer</source>
        <translation>Nur für die Forschung, nicht zur Diagnose  ·  nichts verlässt diesen Rechner</translation>
    </message>
    <message>
        <source>Seen from the feet and from the front, as radiologists do: the patient&apos;s right (R) is on the left of the picture.</source>
        <translation>Von den Füßen und von vorn gesehen, wie in der Radiologie: die rechte Seite des Menschen (R) liegt links im Bild.</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen …</translation>
    </message>
</context>
<context>
    <name>modascope::DemoReadout</name>
    <message>
        <source>mL</source>
        <translation>mL</translation>
    </message>
    <message>
        <source>all scans</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>expert</source>
        <translation>Referenz</translation>
    </message>
</context>
<context>
    <name>modascope::DemoTab</name>
    <message>
        <source>&amp;Demo</source>
        <translation>&amp;Demo</translation>
    </message>
    <message>
        <source>Open a demonstration</source>
        <translation>Eine Vorführung öffnen</translation>
    </message>
    <message>
        <source>Demonstrations (*.demo)</source>
        <translation>Vorführungen (*.demo)</translation>
    </message>
    <message>
        <source>The story has settings that are not known, and goes on without them: %1</source>
        <translation>Die Geschichte hat Einstellungen, die niemand kennt, und geht ohne sie weiter: %1</translation>
    </message>
</context>
<context>
    <name>modascope::StoryBar</name>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Step %1 of %2</source>
        <translation>Schritt %1 von %2</translation>
    </message>
    <message>
        <source>Again</source>
        <translation>Von vorn</translation>
    </message>
</context>
</TS>
