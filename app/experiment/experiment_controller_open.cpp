#include "app/experiment/experiment_controller.h"
#include "app/experiment/experiment_page.h"
#include "app/jobs/sentence.h"
#include "app/settings/path_text.h"
#include "app/work/run_survey.h"
#include "core/config/config_keys.h"
#include "widgets/controls/form/config_form.h"

namespace modascope {

/// Beside a run's settings stands what it was asked.
void ExperimentController::openConfig(const std::filesystem::path& file) {
  if (isTraining()) {
    page_.log(
        tr("%1 is not opened: a run is going on, and the settings are its own.").arg(asText(file)));
    return;
  }
  try {
    const RunConfig config = readConfig(file);
    const NamedPath run = whatIs(file.parent_path());
    if (run.kind == PathKind::Run)
      page_.form()->setTask(RunFolder::open(run.path).manifest().problem.task);
    setConfig(config);
    page_.log(tr("Settings: %1").arg(asText(file)));
  } catch (const std::exception&) {
    warn(QString::fromStdString(sentenceOf(std::current_exception())));
  }
}

}  // namespace modascope
