#include "app/pages/run_choice.h"

#include <QComboBox>
#include <QDateTime>
#include <QLocale>
#include <algorithm>

#include "app/pages/inspect_page.h"
#include "app/settings/paths.h"
#include "app/work/adaptation_file.h"
#include "app/work/trained_run.h"
#include "core/cohort/cohort.h"
#include "core/runs/run_store.h"

namespace modascope {
namespace {

/// When the run was made, if its folder says so.
QDateTime madeAt(const QString& folder) {
  return QDateTime::fromString(folder.left(15), "yyyyMMdd-HHmmss");
}

/// "tour-7fb0 · step 60 of 60 · 22 Nov 16:08"
QString runWords(const RunFolder& run) {
  const RunStatus status = run.status();
  QStringList words{nameOfRun(run.path()),
                    InspectPage::tr("step %1 of %2").arg(status.step).arg(status.steps)};
  if (std::filesystem::exists(adaptersFile(run.path()))) words << InspectPage::tr("with adapters");
  const QDateTime made = madeAt(asText(run.path().filename()));
  if (made.isValid()) words << QLocale(QLocale::English).toString(made, "d MMM HH:mm");
  return words.join("  ·  ");
}

/// Classes can be learned as numbers, so features are told apart by what they are.
bool fits(const RunManifest& run, const Cohort& cohort) {
  if (takesFeatures(cohort.task) != takesFeatures(run.task)) return false;
  if (!takesFeatures(run.task) && run.task != cohort.task) return false;
  if (run.task == Task::Segmentation3d) return true;  // says itself what does not fit
  return run.schema == cohort.schema && run.inputs == cohort.inputs;
}

void addRun(QComboBox& box, const RunFolder& run, const Cohort* cohort) {
  try {
    if (!hasNetwork(run.path())) return;
    if (cohort != nullptr && !fits(run.manifest(), *cohort)) return;
    box.addItem(runWords(run), asText(run.path()));
    box.setItemData(box.count() - 1, asText(run.path()), Qt::ToolTipRole);
  } catch (const std::exception&) {
    return;  // a folder that is no longer a run is not offered
  }
}

}  // namespace

QString nameOfRun(const std::filesystem::path& run) {
  const QString folder = asText(run.filename());
  return madeAt(folder).isValid() ? folder.mid(16) : folder;
}

bool fitsTo(const std::filesystem::path& run, const Cohort& cohort) {
  try {
    return fits(RunFolder::open(run).manifest(), cohort);
  } catch (const std::exception&) {
    return false;
  }
}

void listRuns(QComboBox& box, const std::filesystem::path& folder,
              const std::filesystem::path& chosen, const Cohort* cohort) {
  box.clear();
  box.addItem(InspectPage::tr("No run"), QString());
  for (const RunFolder& run : listRuns(folder)) addRun(box, run, cohort);
  if (!chosen.empty() && box.findData(asText(chosen)) < 0 && std::filesystem::exists(chosen)) {
    box.addItem(nameOfRun(chosen), asText(chosen));
    box.setItemData(box.count() - 1, asText(chosen), Qt::ToolTipRole);
  }
  box.setCurrentIndex(std::max(box.findData(asText(chosen)), 0));
}

}  // namespace modascope
