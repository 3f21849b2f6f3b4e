#pragma once

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include "app/demo/demo_look.h"
#include "app/demo/opened_demo.h"

namespace modascope {

/// A demonstration in the words of a clinic.
class DemoWords {
  Q_DECLARE_TR_FUNCTIONS(DemoWords)

 public:
  /// "T1 with contrast"
  static QString nameOf(const Modality& modality);
  /// "Enhancing core"
  static QString nameOf(const Region& region);
  /// The same, called as clinicians do.
  static ModalitySchema clinical(const ModalitySchema& schema);
  static RegionSchema clinical(const RegionSchema& regions);

  /// What the first network finds from all scans: "Whole tumour 37.1 mL, …".
  static QString volumes(const OpenedDemo& opened);
  /// "Without T1 with contrast the enhancing core is missed: 13.5 → 0.4 mL of 12.9."
  static QString change(const OpenedDemo& opened, ModalitySet set);
  /// "T1 with contrast would help most."
  static QString best(const OpenedDemo& opened, ModalitySet set);
  /// "T1 with contrast decides about the enhancing core: 81 % of the evidence."
  static QString decides(const OpenedDemo& opened, ModalitySet set);
  /// What both networks find from the set of the region that they differ about most.
  static QString compared(const OpenedDemo& opened, ModalitySet set);
  /// Made-up data, a case that training saw, what is really missing, and every doubt.
  static QStringList warnings(const Demo& demo);
  static QString filled(const QString& sentence, const OpenedDemo& opened, const DemoLook& look);
  /// "network taught to cope", "ordinary network"
  static QString nameOf(const DemoNetwork& network);

 private:
  static QString doubt(const Demo& demo, const CaseDoubt& doubt);
  static QString names(const ModalitySchema& schema, ModalitySet set);
};

}  // namespace modascope
