#include "app/experiment/adaptation_dialog.h"
#include "app/experiment/experiment_controller.h"
#include "app/experiment/experiment_page.h"
#include "app/experiment/form/command_words.h"
#include "app/jobs/sentence.h"
#include "app/settings/app_settings.h"
#include "app/work/adapting/adaptation_folder.h"
#include "app/work/adapting/adaptation_report.h"
#include "app/work/adapting/adaptation_request.h"
#include "app/work/adapting/adapters_worth.h"
#include "widgets/tables/adaptation_table.h"

namespace modascope {

void ExperimentController::showAdaptability() {
  if (cohort_ == nullptr) return page_.setAdaptable(false, tr("There is no data yet."));
  page_.setAdaptable(cohort_->problem.schema.size() > 1,
                     tr("With one modality there is nothing to miss."));
}

void ExperimentController::askToAdapt(const std::filesystem::path& chosen) {
  if (isTraining() || !cohort_) return;
  auto* dialog = new AdaptationDialog(*cohort_, settings_.runsFolder(), chosen, &page_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] { adapt(dialog->request()); });
  connect(dialog, &AdaptationDialog::copyRequested, this,
          [this, dialog] { copy(commandFor(dialog->request())); });
  dialog->open();
}

void ExperimentController::adapt(const AdaptationRequest& request) {
  if (isTraining()) return;
  prepareViews(true);
  if (cohort_) page_.setRegions(cohort_->problem.regions);
  page_.adapters()->setScore(tr("on the validation cases"));
  training_.adapt(request);
}

/// At the end: what the scored split says, where one was scored.
void ExperimentController::showAdapters(const std::filesystem::path& run) {
  const AdaptersWorth worth = worthOf(run);
  page_.adapters()->setAll(worth.schema, QString::fromStdString(worth.score), worth.sets);
}

QString ExperimentController::outcomeWords(const TrainingOutcome& outcome) {
  const bool adapted = isAdaptation(outcome.run);
  if (outcome.state != RunState::Finished)
    return adapted
               ? tr("The run stopped; the sets that were learnt by step %1 are kept, and it can "
                    "go on with the next later.")
                     .arg(outcome.steps)
               : tr("The run stopped after %1 steps; it can go on later.").arg(outcome.steps);
  if (!adapted) return tr("The run finished after %1 steps.").arg(outcome.steps);
  try {
    showAdapters(outcome.run);
    return resultWords(readAdaptation(outcome.run));
  } catch (const std::exception&) {
    return QString::fromStdString(sentenceOf(std::current_exception()));
  }
}

}  // namespace modascope
