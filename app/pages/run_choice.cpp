#include "app/pages/run_choice.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QDateTime>
#include <QLocale>
#include <QObject>
#include <QSignalBlocker>
#include <QStandardItemModel>
#include <algorithm>

#include "app/settings/path_text.h"
#include "core/cohort/cohort.h"
#include "core/files/paths.h"
#include "core/runs/run_store.h"

namespace modascope {
namespace {

constexpr int kWidest = 900;  ///< pixels of the open list

/// When the run was made, if its folder says so.
QDateTime madeAt(const QString& folder) {
  return QDateTime::fromString(folder.left(15), "yyyyMMdd-HHmmss");
}

/// What there is to say about a run beside what the list says.
QString toolTipOf(const RunSummary& run) {
  QStringList lines{asText(run.folder),
                    QObject::tr("step %1 of %2").arg(run.status.step).arg(run.status.steps)};
  if (!run.whyNot.empty()) lines << QString::fromStdString(run.whyNot);
  if (!run.status.words.empty()) lines << QString::fromStdString(run.status.words);
  return lines.join('\n');
}

/// One that cannot be opened may yet come to fit.
bool isOffered(const RunSummary& run, const Cohort* cohort) {
  if (cohort == nullptr) return true;
  return run.problem ? fits(*run.problem, cohort->problem) : !run.whyNot.empty();
}

void addRun(QComboBox& box, const RunSummary& run) {
  box.addItem(runWords(run), asText(run.folder));
  const int row = box.count() - 1;
  box.setItemData(row, toolTipOf(run), Qt::ToolTipRole);
  if (run.whyNot.empty()) return;
  if (auto* items = qobject_cast<QStandardItemModel*>(box.model()))
    items->item(row)->setEnabled(false);
}

void fitList(QComboBox& box) {
  int widest = 0;
  for (int row = 0; row < box.count(); ++row)
    widest = std::max(widest, box.fontMetrics().horizontalAdvance(box.itemText(row)));
  box.view()->setMinimumWidth(std::min(widest + 40, kWidest));
}

}  // namespace

QString nameOfRun(const std::filesystem::path& run) {
  const QString folder = asText(run.filename());
  return madeAt(folder).isValid() ? folder.mid(16) : folder;
}

QString runWords(const RunSummary& run) {
  QStringList words{nameOfRun(run.folder)};
  words << QString::fromUtf8(keyOf(run.status.state).data(),
                             static_cast<qsizetype>(keyOf(run.status.state).size()));
  if (run.status.state != RunState::Finished && run.status.steps > 0)
    words.back() += QObject::tr(" at %1 of %2").arg(run.status.step).arg(run.status.steps);
  if (!run.method.empty()) words << QString::fromStdString(run.method);
  if (run.adaptation) words << QObject::tr("with adapters");
  if (run.score)
    words << QString::fromStdString(run.scoreName) + ' ' + QString::number(*run.score, 'f', 3);
  if (!run.whyNot.empty()) words << QObject::tr("no checkpoint");
  const QDateTime made = madeAt(asText(run.folder.filename()));
  if (made.isValid()) words << QLocale(QLocale::English).toString(made, "d MMM HH:mm");
  return words.join("  ·  ");
}

bool fitsTo(const std::filesystem::path& run, const Cohort& cohort) {
  try {
    return fits(RunFolder::open(run).manifest().problem, cohort.problem);
  } catch (const std::exception&) {
    return false;
  }
}

void fillRuns(QComboBox& box, const std::vector<RunSummary>& runs,
              const std::filesystem::path& chosen, const Cohort* cohort) {
  const QSignalBlocker quiet(&box);
  box.clear();
  box.addItem(QObject::tr("No run"), QString());
  for (const RunSummary& run : runs)
    if (isOffered(run, cohort)) addRun(box, run);
  markRun(box, chosen);
  fitList(box);
}

void markRun(QComboBox& box, const std::filesystem::path& chosen) {
  if (box.count() == 0) box.addItem(QObject::tr("No run"), QString());
  if (!chosen.empty() && box.findData(asText(chosen)) < 0 && isThere(chosen)) {
    box.insertItem(std::min(1, box.count()), nameOfRun(chosen), asText(chosen));
    box.setItemData(std::min(1, box.count() - 1), asText(chosen), Qt::ToolTipRole);
  }
  box.setCurrentIndex(std::max(box.findData(asText(chosen)), 0));
}

}  // namespace modascope
