#include "app/jobs/sentence.h"
#include "app/pages/experiment_controller.h"
#include "app/pages/experiment_page.h"
#include "app/pages/run_choice.h"
#include "app/settings/app_settings.h"
#include "app/settings/paths.h"
#include "app/work/trained_run.h"
#include "core/runs/run_store.h"
#include "widgets/controls/config_form.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/run_controls.h"
#include "widgets/plots/loss_plot.h"

namespace modascope {
namespace {

/// An adaptation keeps the adapters that it has learnt.
bool canGoOn(const RunFolder& run) {
  return hasNetwork(run.path()) || isAdaptation(run.path());
}

}  // namespace

void ExperimentController::takeOutcome(const TrainingOutcome& outcome) {
  const bool done = outcome.state == RunState::Finished;
  const QString sentence = outcomeWords(outcome);
  page_.log(sentence);
  Q_EMIT checkpointReady(outcome.run);
  conclude(outcome.state);
  QStringList actions;
  if (hasNetwork(outcome.run)) actions << tr("Inspect");
  if (!done) actions << tr("Resume");
  if (done && !isAdaptation(outcome.run) && cohort_ && fitsTo(outcome.run, *cohort_))
    actions << tr("Adapt…");
  page_.notice()->present({Severity::Note, sentence, actions});
  offered_ = outcome.run;
}

void ExperimentController::resumeRun(const std::filesystem::path& run) {
  if (isTraining()) return;
  try {
    const RunFolder folder = RunFolder::open(run);
    const RunStatus status = folder.status();
    const RunConfig config = folder.config();
    const RunManifest manifest = folder.manifest();
    const auto steps = folder.steps();
    const auto validations = folder.validations();
    prepareViews(isAdaptation(run));
    setSchema(manifest.schema);
    page_.form()->setTask(manifest.task);
    page_.form()->setConfig(config);
    showCurves(steps);
    page_.losses()->appendValidation(validations);
    page_.controls()->setProgress(status.step, status.steps);
    training_.resume(run);
  } catch (const std::exception&) {
    warn(QString::fromStdString(sentenceOf(std::current_exception())));
  }
}

void ExperimentController::offerResume() {
  for (const RunFolder& run : listRuns(settings_.runsFolder())) {
    try {
      const RunStatus status = run.status();
      if (status.state != RunState::Interrupted || !canGoOn(run)) continue;
      if (asText(run.path().filename()) == settings_.declinedRun()) return;
      offered_ = run.path();
      page_.notice()->present({Severity::Note,
                               tr("The run %1 stopped at step %2 of %3. It can go on from its last "
                                  "checkpoint.")
                                   .arg(asText(run.path().filename()))
                                   .arg(status.step)
                                   .arg(status.steps),
                               {tr("Resume"), tr("Do not ask again")}});
      return;
    } catch (const std::exception&) {
      page_.log(QString::fromStdString(sentenceOf(std::current_exception())));
    }
  }
}

void ExperimentController::answerOffer(const QString& action) {
  if (offered_.empty()) return page_.notice()->dismiss();
  const auto run = offered_;
  if (action == tr("Resume")) return resumeRun(run);
  page_.notice()->dismiss();
  if (action == tr("Inspect")) {
    Q_EMIT inspectRequested(run);
  } else if (action == tr("Adapt…")) {
    askToAdapt(run);
  } else {
    settings_.setDeclinedRun(asText(run.filename()));
  }
}

}  // namespace modascope
