#include <QInputDialog>
#include <algorithm>

#include "app/experiment/experiment_controller.h"
#include "app/experiment/experiment_page.h"
#include "app/experiment/form/command_words.h"
#include "app/experiment/form/unused_edits.h"
#include "app/jobs/sentence.h"
#include "app/pages/run_choice.h"
#include "app/settings/app_settings.h"
#include "app/settings/path_text.h"
#include "app/work/adapting/adaptation_folder.h"
#include "app/work/trained_run.h"
#include "core/runs/run_store.h"
#include "widgets/controls/form/config_form.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/run_controls.h"

namespace modascope {
namespace {

/// An adaptation keeps the adapters that it has learnt.
bool canGoOn(const RunSummary& run) {
  return run.status.state == RunState::Interrupted && (run.whyNot.empty() || run.adaptation);
}

/// An adaptation has steps of its own for every set.
bool isExtensible(const std::filesystem::path& run) {
  return hasNetwork(run) && !isAdaptation(run);
}

QString extendWords(std::int64_t steps) {
  return ExperimentController::tr("Extend to %1 steps").arg(steps);
}

}  // namespace

void ExperimentController::takeOutcome(const TrainingOutcome& outcome) {
  if (outcome.run.empty()) {
    page_.log(tr("Stopped before the first step; no run was made."));
    conclude(RunState::Interrupted);
    page_.controls()->setState(std::nullopt);
    Q_EMIT statusChanged(tr("stopped before the first step"));
    return;
  }
  const bool done = outcome.state == RunState::Finished;
  const QString sentence = outcomeWords(outcome);
  page_.log(sentence);
  Q_EMIT checkpointReady(outcome.run);
  conclude(outcome.state);
  QStringList actions;
  if (hasNetwork(outcome.run)) actions << tr("Inspect");
  if (!done) actions << tr("Resume");
  if (isExtensible(outcome.run)) actions << tr("Extend…");
  if (done && !isAdaptation(outcome.run) && cohort_ && fitsTo(outcome.run, *cohort_))
    actions << tr("Adapt…");
  if (!done) actions << tr("Copy as command");
  page_.notice()->present({Severity::Note, sentence, actions});
  offered_ = outcome.run;
}

void ExperimentController::resumeRun(const std::filesystem::path& run) {
  if (isTraining()) return;
  try {
    const RunConfig recorded = RunFolder::open(run).config();
    if (unusedEdits(memory_.shown(), page_.form()->config(), recorded).isEmpty())
      return goOnWith(run);
    tellUnused(run, recorded);
  } catch (const std::exception&) {
    warn(QString::fromStdString(sentenceOf(std::current_exception())));
  }
}

/// Nothing is discarded in silence.
void ExperimentController::tellUnused(const std::filesystem::path& run, const RunConfig& recorded) {
  const RunConfig edited = page_.form()->config();
  QStringList actions{tr("Resume as recorded")};
  if (isExtensible(run) && edited.train.steps > recorded.train.steps)
    actions << extendWords(extendTo_ = edited.train.steps);
  const QString sentence = tr("A run goes on with the settings that it began with. Not used: %1.")
                               .arg(unusedEdits(memory_.shown(), edited, recorded).join("; "));
  page_.log(sentence);
  page_.notice()->present({Severity::Warning, sentence, actions});
  offered_ = run;
}

void ExperimentController::goOnWith(const std::filesystem::path& run,
                                    std::optional<std::int64_t> steps) {
  if (isTraining()) return;
  try {
    const RunFolder folder = RunFolder::open(run);
    const RunStatus status = folder.status();
    RunConfig config = folder.config();
    if (steps) config.train.steps = *steps;
    const RunManifest manifest = folder.manifest();
    const auto recorded = folder.steps();
    const auto validations = folder.validations();
    prepareViews(isAdaptation(run));
    setSchema(manifest.problem.schema);
    page_.setRegions(manifest.problem.regions);
    memory_.show(manifest.problem.task, config);
    page_.append(recorded);
    page_.appendValidation(validations);
    page_.controls()->setProgress(status.step, steps.value_or(status.steps));
    if (steps)
      training_.extend(run, *steps);
    else
      training_.resume(run);
  } catch (const std::exception&) {
    warn(QString::fromStdString(sentenceOf(std::current_exception())));
  }
}

void ExperimentController::askToExtend(const std::filesystem::path& run) {
  if (isTraining()) return;
  try {
    const std::int64_t recorded = RunFolder::open(run).config().train.steps;
    const std::int64_t wanted = page_.form()->config().train.steps;
    auto* dialog = new QInputDialog(&page_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Extend a run"));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setOkButtonText(tr("Extend"));
    dialog->setIntRange(static_cast<int>(recorded + 1), 10'000'000);
    dialog->setIntValue(static_cast<int>(wanted > recorded ? wanted : 2 * recorded));
    dialog->setLabelText(tr("It was made for %1 steps. To how many is it to go on?\n\n"
                            "The learning rate then falls to zero at the new last step. It is "
                            "higher again than where the\nrun stands now, so that this is not the "
                            "run that would have had as many steps from its start.")
                             .arg(recorded));
    connect(dialog, &QInputDialog::intValueSelected, this,
            [this, run](int steps) { goOnWith(run, steps); });
    dialog->open();
  } catch (const std::exception&) {
    warn(QString::fromStdString(sentenceOf(std::current_exception())));
  }
}

void ExperimentController::offerResume() {
  runList_.list(settings_.runsFolder());
}

/// The newest that stopped on its way.
void ExperimentController::offerToGoOn(const std::vector<RunSummary>& runs) {
  const auto run = std::find_if(runs.begin(), runs.end(), &canGoOn);
  if (run == runs.end() || isTraining() || !page_.notice()->isHidden()) return;
  const QString name = asText(run->folder.filename());
  if (name == settings_.declinedRun()) return;
  offered_ = run->folder;
  page_.notice()->present({Severity::Note,
                           tr("The run %1 stopped at step %2 of %3. It can go on from its last "
                              "checkpoint.")
                               .arg(name)
                               .arg(run->status.step)
                               .arg(run->status.steps),
                           {tr("Resume"), tr("Do not ask again"), tr("Copy as command")}});
}

void ExperimentController::answerOffer(const QString& action) {
  if (offered_.empty()) return page_.notice()->dismiss();
  const auto run = offered_;
  if (action == tr("Copy as command")) return copy(commandToResume(run));
  if (action == tr("Resume")) return resumeRun(run);
  if (action == tr("Resume as recorded")) return goOnWith(run);
  if (action == extendWords(extendTo_)) return goOnWith(run, extendTo_);
  if (action == tr("Extend…")) return askToExtend(run);
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
