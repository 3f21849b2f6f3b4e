#include <QAbstractItemView>
#include <QComboBox>
#include <QTimer>
#include <QToolButton>
#include <algorithm>
#include <utility>

#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/inspect_words.h"
#include "app/inspect/volumes/region_readout.h"
#include "app/pages/run_choice.h"
#include "app/settings/app_settings.h"
#include "app/settings/path_text.h"
#include "app/work/looking/stand_ins.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/sharing_diagram.h"
#include "widgets/controls/step_slider.h"
#include "widgets/scene/scene_view.h"
#include "widgets/slices/tile_grid.h"
#include "widgets/tables/dominance_panel.h"
#include "widgets/tables/subset_table_view.h"

namespace modascope {

namespace fs = std::filesystem;

void InspectController::showRun(const OpenedRun& run) {
  run_ = run;
  page_.setSource(nameOfRun(run.folder) + "  ·  " + tr("step %1").arg(run.step));
  offerSteps(run);
  dominance_.setRun(run);
  page_.sharing()->setModel(run.model);
  page_.sharing()->setShown(page_.switches()->set());
  if (patient_) page_.setBusy(tr("Predicting"));
  if (caseId_.empty()) page_.setIdle();
  Q_EMIT runOpened(run.folder);
}

/// What is known is offered at once, and looked at again.
void InspectController::offerRuns() {
  fillRunList();
  runList_.list(settings_.runsFolder());
}

/// An open list is not changed under the mouse.
void InspectController::fillRunList() {
  if (page_.runs()->view()->isVisible())
    QTimer::singleShot(500, this, &InspectController::fillRunList);
  else if (runs_)
    fillRuns(*page_.runs(), *runs_, chosenRun_, cohort_.get());
  else
    markRun(*page_.runs(), chosenRun_);
}

void InspectController::takeRuns(const std::shared_ptr<const std::vector<RunSummary>>& runs) {
  runs_ = runs;
  runWatch_.watch(settings_.runsFolder(), *runs);
  fillRunList();
  if (!std::exchange(wanted_, false) || chosen_ || !cohort_) return;
  if (const RunSummary* last = lastOpened()) return openRun(last->folder);
  if (const RunSummary* first = firstToOpen(*runs, cohort_->problem())) openRun(first->folder);
}

/// The run of the session before, if it fits to these data and none has been trained since.
const RunSummary* InspectController::lastOpened() const {
  const auto last = settings_.lastRun();
  if (!last || trainedHere_) return nullptr;
  const auto run = std::find_if(runs_->begin(), runs_->end(),
                                [&](const RunSummary& one) { return one.folder == *last; });
  return run != runs_->end() ? firstToOpen({&*run, 1}, cohort_->problem()) : nullptr;
}

void InspectController::setRun(const std::optional<fs::path>& run,
                               std::optional<std::int64_t> snapshot) {
  if (samples_.isActive())
    samples_.setRun(run, snapshot);
  else if (flatPictures_.isActive())
    flatPictures_.setRun(run, snapshot);
  else
    job_.setRun(run, snapshot);
}

/// The newest of those that fit can then be chosen.
void InspectController::leaveUnfitRun(bool moved) {
  const bool fits = fitsTo(chosenRun_, *cohort_);
  if (!chosenRun_.empty() && (moved || !fits)) {
    if (moved) job_.setRun(std::nullopt);  // as that of another task
    chooseRun(fits ? chosenRun_ : fs::path());
  }
  chosen_ = chosen_ && (fits || chosenRun_.empty()) && !(moved && !fits);
  offerRuns();
}

void InspectController::openRun(const fs::path& run) {
  chosenRun_ = run;
  offerRuns();
  chooseRun(run);
}

void InspectController::chooseRun(const fs::path& run) {
  chosen_ = true;
  chosenRun_ = run;
  run_.reset();
  page_.setSource({});
  newestStep_.reset();
  dominance_.forgetQuestion();
  page_.steps()->setSteps({});
  page_.newest()->setEnabled(false);
  page_.notice()->dismiss();
  if (patient_) showNotes();
  page_.sharing()->clear();
  forgetPrediction();
  if (run.empty()) {
    page_.setIdle();
    setRun(std::nullopt);
    return;
  }
  page_.setBusy(tr("Opening the run"));
  setRun(run);
}

void InspectController::offerSteps(const OpenedRun& run) {
  const auto& kept = run.snapshots;
  const bool known = run.step == newestStep_ || std::count(kept.begin(), kept.end(), run.step) > 0;
  if (newestStep_ && known) return page_.steps()->setStep(run.step);
  newestStep_ = run.step;
  std::vector<std::int64_t> steps = run.snapshots;
  steps.push_back(run.step);
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  page_.steps()->setSteps(std::move(steps));
}

/// What was asked about dominance is asked again of the other weights.
void InspectController::chooseStep(std::int64_t step) {
  forgetPrediction();
  page_.setBusy(tr("Opening step %1").arg(step));
  if (step == newestStep_)
    setRun(chosenRun_);
  else
    setRun(chosenRun_, step);
}

void InspectController::toggle(ModalityId id) {
  page_.switches()->toggle(id);
}

void InspectController::askAndNote(ModalitySet set) {
  undo_.noteSet(asked_, set, tr("choice of modalities"));
  ask(set);
}

void InspectController::choose(ModalitySet set) {
  page_.switches()->setSet(set);
  askAndNote(page_.switches()->set());
}

void InspectController::ask(ModalitySet set) {
  asked_ = set;
  if (samples_.isActive()) return samples_.show(set);
  if (flatPictures_.isActive()) return flatPictures_.show(set);
  dominance_.forgetQuestion();
  job_.request(set);
}

void InspectController::chooseCorruption(int row) {
  const Corruption chosen = kCorruptions[static_cast<std::size_t>(row)];
  if (chosen == corruption_) return;
  corruption_ = chosen;
  page_.switches()->setInstead(insteadWords(chosen));
  dominance_.forgetQuestion();
  forgetPrediction();
  page_.subsets()->setOthers(
      chosen == Corruption::Absent
          ? QString()
          : tr("The network is given all modalities; those outside the subset are %1.")
                .arg(corruptionWords(chosen)));
  if (run_ && !caseId_.empty()) page_.setBusy(tr("Predicting"));
  passCorruption();
}

void InspectController::passCorruption() {
  samples_.setCorruption(corruption_);
  flatPictures_.setCorruption(corruption_);
  job_.setCorruption(corruption_);
}

void InspectController::noticeCheckpoint(const fs::path& run) {
  trainedHere_ = true;
  offerRuns();
  page_.newest()->setEnabled(run == chosenRun_);
}

void InspectController::noticeEnd(const fs::path& run) {
  offerRuns();
  if (run == chosenRun_) chooseRun(run);
}

void InspectController::activate() {
  wanted_ = true;
  offerRuns();
}

void InspectController::forgetPrediction() {
  shown_.reset();
  table_.reset();
  reference_.reset();
  page_.tiles()->setOverlay(nullptr);
  page_.scene()->setLabels(nullptr);
  page_.dominance()->setReady(false);
  dominance_.forgetAnswer();
  comparison_.forgetPrediction();
  samples_.forgetAnswer();
  flatPictures_.forgetPrediction();
  page_.subsets()->clear();
  page_.readout()->clear();
  page_.setShowing(tr("No prediction"));
}

}  // namespace modascope
