#include "app/pages/cohort_words.h"

#include <QCoreApplication>
#include <algorithm>

#include "app/pages/sample_words.h"

namespace modascope {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("Cohort", text);
}

long usableCases(const Cohort& cohort) {
  return std::count_if(cohort.cases.begin(), cohort.cases.end(),
                       [](const CaseInfo& info) { return info.usable(); });
}

long trainableCases(const Cohort& cohort) {
  return std::count_if(cohort.cases.begin(), cohort.cases.end(), [](const CaseInfo& info) {
    return info.usable() && info.segmentationPresence == Presence::Present;
  });
}

long casesWith(const Cohort& cohort, ModalityId id) {
  return std::count_if(cohort.cases.begin(), cohort.cases.end(), [&](const CaseInfo& info) {
    const auto available = info.available();
    return info.usable() && available && available->contains(id);
  });
}

QString modalityWords(const Cohort& cohort) {
  const long usable = usableCases(cohort);
  QStringList everywhere;
  QStringList sometimes;
  for (const ModalityId id : cohort.schema.ids()) {
    const QString label = QString::fromStdString(cohort.schema.label(id));
    const long count = casesWith(cohort, id);
    if (count == usable) {
      everywhere << label;
    } else {
      sometimes << tr("%1 in %2").arg(label).arg(count);
    }
  }
  QStringList words;
  if (!everywhere.isEmpty()) words << tr("%1 in every case").arg(everywhere.join(", "));
  return (words + sometimes).join("; ");
}

QString remarkOf(const CaseInfo& info) {
  QStringList notes;
  for (const auto& note : info.notes) notes << QString::fromStdString(note);
  const QString verdict = info.usable() ? tr("note") : tr("excluded");
  return QString("%1 (%2): %3").arg(QString::fromStdString(info.id), verdict, notes.join(" "));
}

}  // namespace

QStringList summaryOf(const Cohort& cohort) {
  const long usable = usableCases(cohort);
  if (usable == 0) return {tr("No usable case")};
  if (takesFeatures(cohort.task)) return summaryOfSamples(cohort);
  const QString cases = usable == 1 ? tr("1 case") : tr("%1 cases").arg(usable);
  return {tr("%1, %2 with a segmentation").arg(cases).arg(trainableCases(cohort)),
          modalityWords(cohort)};
}

QStringList remarksOf(const Cohort& cohort) {
  QStringList excluded;
  QStringList noted;
  for (const CaseInfo& info : cohort.cases) {
    if (!info.usable()) {
      excluded << remarkOf(info);
    } else if (!info.notes.empty()) {
      noted << remarkOf(info);
    }
  }
  QStringList whole;
  for (const std::string& note : cohort.notes) whole << QString::fromStdString(note);
  return excluded + whole + noted;
}

int excludedIn(const Cohort& cohort) {
  return static_cast<int>(static_cast<long>(cohort.cases.size()) - usableCases(cohort));
}

std::optional<QString> whyNotTrainable(const Cohort& cohort) {
  if (usableCases(cohort) == 0) return tr("None of these cases can be used.");
  if (trainableCases(cohort) == 0)
    return tr("None of these cases has a segmentation to learn from.");
  return std::nullopt;
}

}  // namespace modascope
