#include "app/experiment/run_views.h"

#include "app/experiment/adaptation_dialog.h"
#include "app/experiment/experiment_page.h"
#include "app/jobs/sentence.h"
#include "app/settings/path_text.h"
#include "app/work/adapting/adaptation_folder.h"
#include "app/work/adapting/adaptation_report.h"
#include "app/work/adapting/adapters_worth.h"
#include "widgets/controls/run_controls.h"
#include "widgets/tables/adaptation_table.h"

namespace modascope {

RunViews::RunViews(ExperimentPage& page, const TrainingJob& training, QObject* parent)
    : QObject(parent), page_(page), training_(training) {
  connectFacts();
  connectNotes();
}

void RunViews::connectFacts() {
  connect(&training_, &TrainingJob::modelKnown, this, &RunViews::showModel);
  connect(&training_, &TrainingJob::steps, this, &RunViews::showSteps);
  connect(&training_, &TrainingJob::stepsMissed, this,
          [this](const auto& run) { page_.append(RunFolder::open(run).steps()); });
  connect(&training_, &TrainingJob::validated, this,
          [this](const ValidationEvent& event) { page_.appendValidation({event}); });
  connect(&training_, &TrainingJob::adapted, page_.adapters(), &AdaptationTable::set);
}

void RunViews::connectNotes() {
  connect(&training_, &TrainingJob::stateChanged, this, &RunViews::showState);
  connect(&training_, &TrainingJob::folderKnown, this, [this](const std::filesystem::path& run) {
    page_.log(tr("Run folder: %1").arg(asText(run)));
  });
  connect(&training_, &TrainingJob::noted, &page_, &ExperimentPage::log);
  connect(&training_, &TrainingJob::phaseChanged, this, [this](const PhaseEvent& phase) {
    page_.controls()->setPhase(phase);
    showStatus();
  });
  connect(&training_, &TrainingJob::checkpointWritten, this,
          [this](qint64 step) { page_.log(tr("Checkpoint of step %1").arg(step)); });
}

void RunViews::begin(bool adapting) {
  lastStep_.reset();
  page_.clearPlots();
  page_.showAdapting(adapting);
  if (adapting) page_.adapters()->setScore(tr("on the validation cases"));
}

void RunViews::replay(const RunFolder& run) {
  const RunManifest manifest = run.manifest();
  const auto steps = run.steps();
  const auto validations = run.validations();
  begin(isAdaptation(run.path()));
  setSchema(manifest.problem.schema);
  page_.setRegions(manifest.problem.regions);
  page_.append(steps);
  page_.appendValidation(validations);
}

/// Plots of the same modalities keep what they show.
void RunViews::setSchema(const ModalitySchema& schema) {
  if (schema == schema_) return;
  schema_ = schema;
  page_.setSchema(schema);
}

void RunViews::showModel(const ModelDescription& model) {
  setSchema(model.schema);
  page_.log(tr("Network %1 with %L2 parameters")
                .arg(QString::fromStdString(model.kind))
                .arg(model.totalParameters()));
}

void RunViews::showSteps(const std::vector<StepEvent>& events) {
  page_.append(events);
  page_.controls()->append(events);
  lastStep_ = events.back();
  showStatus();
}

void RunViews::showState(RunState state, const QString& words) {
  page_.controls()->setState(state);
  if (!words.isEmpty()) page_.log(words);
  showStatus();
}

/// The same words and the same estimate as beside the buttons.
void RunViews::showStatus() {
  if (training_.isRunning()) Q_EMIT statusChanged(tr("● %1").arg(page_.controls()->words()));
}

QString RunViews::conclude(const TrainingOutcome& outcome) {
  const bool adapted = isAdaptation(outcome.run);
  if (outcome.state != RunState::Finished)
    return adapted
               ? tr("The run stopped; the sets that were learnt by step %1 are kept, and it can "
                    "go on with the next later.")
                     .arg(outcome.steps)
               : tr("The run stopped after %1 steps; it can go on later.").arg(outcome.steps);
  return adapted ? adaptersWords(outcome.run)
                 : tr("The run finished after %1 steps.").arg(outcome.steps);
}

/// The table then says what the scored split does, where one was scored.
QString RunViews::adaptersWords(const std::filesystem::path& run) {
  try {
    const AdaptationReport report = readAdaptation(run);
    const AdaptersWorth worth = worthOf(run, report);
    page_.adapters()->setAll(worth.schema, QString::fromStdString(worth.score), worth.sets);
    return resultWords(report);
  } catch (const std::exception&) {
    return sentenceOfCurrent();
  }
}

}  // namespace modascope
