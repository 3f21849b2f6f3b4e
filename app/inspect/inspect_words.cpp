#include "app/inspect/inspect_words.h"

#include <QCoreApplication>
#include <QStringList>

namespace modascope {

namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("InspectWords", text);
}

/// "T1ce left out", "noise for T1ce"
QString replacedWords(const QString& modalities, Corruption corruption) {
  switch (corruption) {
    case Corruption::Noise:
      return tr("noise for %1").arg(modalities);
    case Corruption::Constant:
      return tr("a constant for %1").arg(modalities);
    case Corruption::Shuffled:
      return tr("another's %1").arg(modalities);
    default:
      return tr("%1 left out").arg(modalities);
  }
}

/// Those of `whole` that are not in `part`.
QString restOf(const ModalitySchema& schema, ModalitySet whole, ModalitySet part) {
  QStringList rest;
  for (const ModalityId id : whole.ids())
    if (!part.contains(id)) rest << QString::fromStdString(schema.label(id));
  return rest.join(", ");
}

}  // namespace

QString showingWords(const ModalitySchema& schema, ModalitySet shown, ModalitySet available,
                     Corruption corruption) {
  const QString leftOut = restOf(schema, available, shown);
  const QString absent = restOf(schema, schema.all(), available);
  QStringList remarks;
  if (!leftOut.isEmpty()) remarks << replacedWords(leftOut, corruption);
  if (!absent.isEmpty()) remarks << tr("%1 missing").arg(absent);
  const QString words = tr("Showing: %1").arg(QString::fromStdString(labelOf(schema, shown)));
  return remarks.isEmpty() ? words : QString("%1 (%2)").arg(words, remarks.join("; "));
}

QString intactWords(const ModalitySchema& schema, ModalitySet shown, ModalitySet available,
                    Corruption corruption) {
  const QString words = QString::fromStdString(labelOf(schema, shown));
  const QString leftOut = restOf(schema, available, shown);
  if (corruption == Corruption::Absent || leftOut.isEmpty()) return words;
  return words + ", " + replacedWords(leftOut, corruption);
}

QString corruptionWords(Corruption corruption) {
  switch (corruption) {
    case Corruption::Noise:
      return tr("noise");
    case Corruption::Constant:
      return tr("a constant");
    case Corruption::Shuffled:
      return tr("another's");
    default:
      return tr("absent");
  }
}

QString insteadWords(Corruption corruption) {
  return corruption == Corruption::Absent ? QString() : corruptionWords(corruption);
}

}  // namespace modascope
