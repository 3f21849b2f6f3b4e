#include "app/pages/inspect_words.h"

#include "app/pages/inspect_page.h"

namespace modascope {

QString showingWords(const ModalitySchema& schema, ModalitySet shown, ModalitySet available) {
  QStringList leftOut;
  QStringList absent;
  for (const ModalityId id : schema.ids()) {
    const QString label = QString::fromStdString(schema.label(id));
    if (!available.contains(id)) {
      absent << label;
    } else if (!shown.contains(id)) {
      leftOut << label;
    }
  }
  QStringList remarks;
  if (!leftOut.isEmpty()) remarks << InspectPage::tr("%1 left out").arg(leftOut.join(", "));
  if (!absent.isEmpty()) remarks << InspectPage::tr("%1 missing").arg(absent.join(", "));
  const QString words =
      InspectPage::tr("Showing: %1").arg(QString::fromStdString(labelOf(schema, shown)));
  return remarks.isEmpty() ? words : QString("%1 (%2)").arg(words, remarks.join("; "));
}

}  // namespace modascope
