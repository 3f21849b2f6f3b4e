#include "app/experiment/planning/cohort_words.h"

#include <QCoreApplication>
#include <algorithm>

#include "app/pages/sample_words.h"
#include "core/problem/task_facts.h"
#include "widgets/bridge/task_words.h"

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
  return std::count_if(cohort.cases.begin(), cohort.cases.end(),
                       [](const CaseInfo& info) { return info.labelled(); });
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
  for (const ModalityId id : cohort.problem.schema.ids()) {
    const QString label = QString::fromStdString(cohort.problem.schema.label(id));
    const long count = casesWith(cohort, id);
    if (count == usable) {
      everywhere << label;
    } else {
      sometimes << tr("%1 in %2").arg(label).arg(count);
    }
  }
  QStringList words;
  if (!everywhere.isEmpty())
    words << tr("%1 in every %2").arg(everywhere.join(", "), nounOf(cohort.problem.task));
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
  if (usable == 0) return {tr("No usable %1").arg(nounOf(cohort.problem.task))};
  if (factsOf(cohort.problem.task).data == DataKind::Features) return summaryOfSamples(cohort);
  return {tr("%1, %2 with a %3")
              .arg(counted(cohort.problem.task, usable))
              .arg(trainableCases(cohort))
              .arg(truthNounOf(cohort.problem.task)),
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
  const QString all = nounsOf(cohort.problem.task);
  if (usableCases(cohort) == 0) return tr("None of these %1 can be used.").arg(all);
  if (trainableCases(cohort) == 0)
    return tr("None of these %1 has a %2 to learn from.")
        .arg(all, truthNounOf(cohort.problem.task));
  return std::nullopt;
}

}  // namespace modascope
