#include "app/inspect/inspect_controller.h"

#include <QComboBox>
#include <QToolButton>
#include <algorithm>

#include "app/inspect/choices/case_choice.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/inspect_undo.h"
#include "app/inspect/inspect_words.h"
#include "app/pages/run_choice.h"
#include "app/pages/tab_order.h"
#include "app/settings/app_settings.h"
#include "app/settings/path_text.h"
#include "widgets/bridge/task_words.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/sharing/sharing_diagram.h"
#include "widgets/controls/step_slider.h"
#include "widgets/tables/adaptation_table.h"
#include "widgets/tables/subset_table_view.h"

namespace modascope {

namespace fs = std::filesystem;

InspectController::InspectController(InspectPage& page, const AppSettings& settings,
                                     QObject* parent, MakeInspection makeInspection)
    : QObject(parent),
      page_(page),
      settings_(settings),
      runs_(*page.runs(), settings),
      saving_(page),
      views_(page, settings, std::move(makeInspection)),
      view_(&views_.of(kDefaultTask)) {
  connectChoices();
  connectComparison();
  setView(*view_);
  runs_.offer();
}

void InspectController::connectChoices() {
  connect(page_.cases(), &QComboBox::activated, this,
          [this](int row) { openCase(page_.cases()->itemData(row).toString().toStdString()); });
  connect(page_.runs(), &QComboBox::activated, this,
          [this](int row) { chooseRun(asPath(page_.runs()->itemData(row).toString())); });
  connect(&runs_, &RunOffer::suggested, this, [this](const fs::path& run) {
    if (!chosen_) openRun(run);
  });
  connect(page_.steps(), &StepSlider::chosen, this, &InspectController::chooseStep);
  connect(page_.newest(), &QToolButton::clicked, this, [this] { chooseRun(chosenRun_); });
  connect(page_.cancel(), &QToolButton::clicked, this, [this] {
    chooseRun({});
    page_.runs()->setCurrentIndex(0);
  });
  connect(page_.switches(), &ModalitySwitchboard::changed, this, &InspectController::askAndNote);
  connect(page_.switchedOff(), &QComboBox::activated, this, &InspectController::chooseCorruption);
  connect(page_.subsets(), &SubsetTableView::selected, this, &InspectController::choose);
}

void InspectController::connectComparison() {
  connect(page_.compare(), &QToolButton::clicked, this, [this] { view_->keep(); });
  connect(page_.comparison(), &ComparisonBar::changed, this, [this] { view_->compare(); });
  connect(page_.comparison(), &ComparisonBar::closed, this, [this] { view_->endComparison(); });
}

void InspectController::setView(CaseView& view) {
  view_->disconnect(this);
  view_ = &view;
  connectView();
  page_.present(view.parts());
  page_.comparison()->offer(view.comparisons());
  saving_.offer(view.exports());
  view.setCorruption(corruption_);
}

void InspectController::connectView() {
  connect(view_, &CaseView::caseShown, this, &InspectController::showCase);
  connect(view_, &CaseView::runOpened, this, &InspectController::showRun);
  connect(view_, &CaseView::failed, this, &InspectController::showFailure);
  connect(view_, &CaseView::toggled, this, &InspectController::toggle);
  connect(view_, &CaseView::chosen, this, &InspectController::choose);
}

void InspectController::storeLooks(AppSettings& settings) const {
  for (const CaseView* view : views_.all()) view->storeLooks(settings);
}

void InspectController::setCohort(const std::shared_ptr<const Cohort>& cohort) {
  leaveCase();
  page_.setIdle();
  cohort_ = cohort;
  CaseView& suitable = views_.of(cohort->problem.task);
  const bool moved = &suitable != view_;
  if (moved) {
    view_->setRun(std::nullopt);
    view_->setCohort(nullptr);
    setView(suitable);
  }
  page_.setNoun(nounOf(cohort->problem.task));
  view_->setCohort(cohort);
  runs_.setCohort(cohort);
  leaveUnfitRun(moved);
  const auto& choice = page_.switches()->choice();
  if (!choice || choice->schema != cohort->problem.schema)
    page_.switches()->setSchema(cohort->problem.schema);
  page_.comparison()->setRegions(cohort->problem.regions);
  asked_ = page_.switches()->set();
  view_->show(*asked_);
  listCases(*page_.cases(), *cohort);
  const std::string first = caseToShow(*cohort, settings_.lastCase(cohort->folder).toStdString());
  if (!first.empty()) openCase(first);
}

void InspectController::leaveCase() {
  page_.notice()->dismiss();
  page_.undo().forget();
  caseId_.clear();
}

void InspectController::openCase(const std::string& id) {
  const CaseInfo* info = cohort_ ? cohort_->find(id) : nullptr;
  if (info == nullptr || !info->usable()) return;
  leaveCase();
  caseId_ = id;
  page_.cases()->setCurrentIndex(page_.cases()->findData(QString::fromStdString(id)));
  page_.setBusy(tr("Reading the %1").arg(nounOf(cohort_->problem.task)));
  view_->open(*info);
}

void InspectController::showCase() {
  if (const auto available = view_->inspected()->available) {
    page_.switches()->setAvailable(*available);
    asked_ = page_.switches()->set();
  }
  showNotes();
  orderTabs(page_);
  Q_EMIT caseOpened(cohort_->folder, caseId_);
  if (!chosenRun_.empty()) page_.setBusy(view_->run() ? tr("Predicting") : tr("Opening the run"));
}

/// What reading the case's files has met.
void InspectController::showNotes() {
  if (!view_->inspected() || view_->inspected()->notes.empty()) return;
  QStringList sentences;
  for (const std::string& note : view_->inspected()->notes)
    sentences << QString::fromStdString(note);
  page_.notice()->present({Severity::Note, sentences.join(' '), {}});
}

void InspectController::showRun(const OpenedRun& run) {
  page_.setSource(nameOfRun(run.folder) + "  ·  " + tr("step %1").arg(run.step));
  offerSteps(run);
  page_.sharing()->setModel(run.model);
  if (const auto& choice = page_.switches()->choice()) page_.sharing()->setShown(choice->set);
  showAdapters(run);
  if (view_->inspected()) page_.setBusy(tr("Predicting"));
  if (caseId_.empty()) page_.setIdle();
  Q_EMIT runOpened(run.folder);
}

void InspectController::showAdapters(const OpenedRun& run) {
  page_.showAdapters(run.adapters.has_value());
  if (const auto& worth = run.adapters)
    page_.adapters()->setAll(worth->schema, QString::fromStdString(worth->score), worth->sets);
}

void InspectController::showFailure(const QString& sentence) {
  page_.setIdle();
  page_.notice()->present({Severity::Failure, sentence, {}});
  Q_EMIT problem(sentence);
}

/// A run that does not fit is left, and the newest that fits may then be suggested. So it may where
/// somebody chose to have no run, but for another kind of data.
void InspectController::leaveUnfitRun(bool moved) {
  const bool none = chosenRun_.empty();
  const bool fits = !none && fitsTo(chosenRun_, *cohort_);
  if (!none && (moved || !fits)) chooseRun(fits ? chosenRun_ : fs::path());
  if (!fits && (moved || !none)) chosen_ = false;
  runs_.offer();
}

void InspectController::openRun(const fs::path& run) {
  chooseRun(run);
  runs_.offer();
}

void InspectController::chooseRun(const fs::path& run) {
  chosen_ = true;
  if (run != chosenRun_) page_.showAdapters(false);
  chosenRun_ = run;
  runs_.setChosen(run);
  page_.setSource({});
  newestStep_.reset();
  page_.steps()->setSteps({});
  page_.newest()->setEnabled(false);
  page_.notice()->dismiss();
  showNotes();
  page_.sharing()->clear();
  view_->forgetQuestion();
  view_->setRun(run.empty() ? std::nullopt : std::optional(run));
  if (run.empty())
    page_.setIdle();
  else
    page_.setBusy(tr("Opening the run"));
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

/// What was asked beside the prediction is asked again of the other weights.
void InspectController::chooseStep(std::int64_t step) {
  page_.setBusy(tr("Opening step %1").arg(step));
  view_->setRun(chosenRun_, step == newestStep_ ? std::nullopt : std::optional(step));
}

void InspectController::toggle(ModalityId id) {
  page_.switches()->toggle(id);
}

void InspectController::choose(ModalitySet set) {
  page_.switches()->setSet(set);
  askAndNote(page_.switches()->set());
}

void InspectController::askAndNote(ModalitySet set) {
  const auto showAgain = [this](ModalitySet other) {
    return [this, other] {
      page_.switches()->setSet(other);
      ask(page_.switches()->set());
    };
  };
  if (asked_ && set != *asked_)
    page_.undo().note(tr("choice of modalities"), showAgain(*asked_), showAgain(set));
  ask(set);
}

void InspectController::ask(ModalitySet set) {
  asked_ = set;
  view_->forgetQuestion();
  view_->show(set);
}

void InspectController::chooseCorruption(int row) {
  const Corruption chosen = kCorruptions[static_cast<std::size_t>(row)];
  if (chosen == corruption_) return;
  corruption_ = chosen;
  page_.switches()->setInstead(insteadWords(chosen));
  page_.subsets()->setOthers(
      chosen == Corruption::Absent
          ? QString()
          : tr("The network is given all modalities; those outside the subset are %1.")
                .arg(corruptionWords(chosen)));
  view_->setCorruption(chosen);
  if (view_->run() && !caseId_.empty()) page_.setBusy(tr("Predicting"));
}

void InspectController::noticeCheckpoint(const fs::path& run) {
  runs_.preferNewest();
  runs_.offer();
  page_.newest()->setEnabled(run == chosenRun_);
}

void InspectController::noticeEnd(const fs::path& run) {
  runs_.offer();
  if (run == chosenRun_) chooseRun(run);
}

void InspectController::activate() {
  runs_.suggest();
}

}  // namespace modascope
