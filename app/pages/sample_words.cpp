#include "app/pages/sample_words.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/problem/task_facts.h"
#include "widgets/bridge/task_words.h"

namespace modascope {
namespace {

constexpr std::size_t kClassesNamed = 6;

QString tr(const char* text) {
  return QCoreApplication::translate("Samples", text);
}

QString countWords(const Cohort& cohort) {
  const QString all = counted(cohort.problem.task, static_cast<qint64>(cohort.cases.size()));
  if (!cohort.splits) return all;
  QStringList parts;
  const auto add = [&](const std::string& name, const std::vector<std::string>& ids) {
    parts << QString("%1 %2").arg(ids.size()).arg(QString::fromStdString(name));
  };
  const std::vector<std::string> usual{"train", "valid", "test"};
  for (const auto& name : usual)
    if (const auto at = cohort.splits->find(name); at != cohort.splits->end())
      add(name, at->second);
  for (const auto& [name, ids] : *cohort.splits)
    if (std::count(usual.begin(), usual.end(), name) == 0) add(name, ids);
  return QString("%1: %2").arg(all, parts.join(", "));
}

QString shapeWords(const InputShape& shape) {
  if (shape.steps == 1) return QString::number(shape.width);
  return QString("%1 × %2").arg(shape.steps).arg(shape.width);
}

QString modalityWords(const Cohort& cohort) {
  QStringList words;
  for (const ModalityId id : cohort.problem.schema.ids()) {
    const auto has = [id](const CaseInfo& info) {
      return info.usable() && info.available()->contains(id);
    };
    const auto count = std::count_if(cohort.cases.begin(), cohort.cases.end(), has);
    QString one = QString("%1 (%2)").arg(QString::fromStdString(cohort.problem.schema.label(id)),
                                         shapeWords(cohort.problem.inputs[id]));
    if (count < static_cast<long>(cohort.cases.size())) one += tr(" in %1").arg(count);
    words << one;
  }
  return words.join(", ");
}

QString taskWords(const Cohort& cohort) {
  QStringList names;
  for (std::size_t k = 0; k < std::min(cohort.problem.outputs.size(), kClassesNamed); ++k)
    names << QString::fromStdString(cohort.problem.outputs[k]);
  if (names.size() < static_cast<qsizetype>(cohort.problem.outputs.size())) names << "…";
  if (factsOf(cohort.problem.task).isNumber()) return tr("regression: %1").arg(names.join(", "));
  return tr("classification: %1 classes (%2)")
      .arg(cohort.problem.outputs.size())
      .arg(names.join(", "));
}

}  // namespace

QStringList summaryOfSamples(const Cohort& cohort) {
  return {countWords(cohort), modalityWords(cohort), taskWords(cohort)};
}

QString splitWords(const std::string& split) {
  if (split == "train") return tr("training");
  if (split == "valid") return tr("validation");
  return QString::fromStdString(split);
}

}  // namespace modascope
