#include <QClipboard>
#include <QGuiApplication>

#include "app/pages/adaptation_dialog.h"
#include "app/pages/command_words.h"
#include "app/pages/experiment_controller.h"
#include "app/pages/experiment_page.h"
#include "app/settings/app_settings.h"

namespace modascope {

void ExperimentController::showAdaptability() {
  page_.setAdaptable(cohort_ != nullptr, tr("There is no data yet."));
}

void ExperimentController::askToAdapt(const std::filesystem::path& chosen) {
  if (isTraining() || !cohort_) return;
  auto* dialog = new AdaptationDialog(*cohort_, settings_.runsFolder(), chosen, &page_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] { adapt(dialog->request()); });
  connect(dialog, &AdaptationDialog::copyRequested, this, [this, dialog] {
    const QString command = commandFor(dialog->request());
    QGuiApplication::clipboard()->setText(command);
    page_.log(tr("Copied: %1").arg(command));
  });
  dialog->open();
}

void ExperimentController::adapt(const AdaptationRequest& request) {
  if (isTraining()) return;
  prepareViews(true);
  training_.adapt(request);
}

QString ExperimentController::outcomeWords(const TrainingOutcome& outcome) const {
  if (outcome.state != RunState::Finished)
    return tr("The run stopped after %1 steps; it can go on later.").arg(outcome.steps);
  if (isAdaptation(outcome.run)) return resultWords(readAdaptation(outcome.run));
  return tr("The run finished after %1 steps.").arg(outcome.steps);
}

}  // namespace modascope
