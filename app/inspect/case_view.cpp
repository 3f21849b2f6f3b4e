#include "app/inspect/case_view.h"

#include <QToolButton>

#include "app/inspect/inspect_page.h"
#include "app/inspect/inspect_words.h"
#include "app/pages/run_choice.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/sharing/sharing_diagram.h"
#include "widgets/tables/subset_table_view.h"

namespace modascope {

CaseView::CaseView(InspectPage& page, std::unique_ptr<Inspection> inspection)
    : page_(page), job_(std::move(inspection)) {
  connectJob();
}

void CaseView::connectJob() {
  connect(&job_, &InspectionJob::caseLoaded, this, [this](const auto& loaded) {
    inspected_ = loaded;
    page_.setIdle();
    showCase();
    Q_EMIT caseShown();
  });
  connect(&job_, &InspectionJob::runOpened, this, [this](const OpenedRun& run) {
    run_ = run;
    showRun();
    Q_EMIT runOpened(run);
  });
  connect(&job_, &InspectionJob::progress, this, [this](int done, int total) {
    page_.setProgress(progressWords(done, total), done, total);
  });
  connect(&job_, &InspectionJob::answered, this, &CaseView::takeAnswer);
  connect(&job_, &InspectionJob::scored, this, [this](const SubsetTable& table) {
    table_ = table;
    showTable();
  });
  connect(&job_, &InspectionJob::replied, this, &CaseView::showReply);
  connect(&job_, &InspectionJob::failed, this, [this](const QString& sentence) {
    showFailure();
    Q_EMIT failed(sentence);
  });
}

void CaseView::setCohort(const std::shared_ptr<const Cohort>& cohort) {
  leaveCase();
  cohort_ = cohort;
  job_.setCase(cohort, std::nullopt);
  clear();
}

void CaseView::open(const CaseInfo& info) {
  leaveCase();
  caseId_ = info.id;
  job_.setCase(cohort_, info);
}

/// What was said and done about it is over.
void CaseView::leaveCase() {
  endComparison();
  forgetPrediction();
  forgetQuestion();
  inspected_.reset();
  caseId_.clear();
}

void CaseView::setRun(const std::optional<std::filesystem::path>& run,
                      std::optional<std::int64_t> snapshot) {
  run_.reset();
  leaveRun();
  forgetPrediction();
  job_.setRun(run, snapshot);
}

void CaseView::show(ModalitySet set) {
  job_.request(set);
}

void CaseView::setCorruption(Corruption corruption) {
  corruption_ = corruption;
  forgetQuestion();
  forgetPrediction();
  job_.setCorruption(corruption);
}

/// What was kept for comparison stays so.
void CaseView::forgetPrediction() {
  answer_.reset();
  table_.reset();
  hideAnswer();
  page_.subsets()->clear();
  page_.setShowing(tr("No prediction"));
  renewNames();
}

void CaseView::takeAnswer(const std::shared_ptr<const InspectionAnswer>& answer) {
  answer_ = answer;
  page_.setIdle();
  showAnswer();
  showSet();
}

std::optional<ModalitySet> CaseView::shown() const {
  return answer_ ? std::optional(answer_->set) : std::nullopt;
}

ModalitySet CaseView::available() const {
  const auto known = inspected_ ? inspected_->available : std::nullopt;
  return known.value_or(cohort_->problem.schema.all());
}

void CaseView::showSet() {
  const bool absent = answer_->corruption == Corruption::Absent;
  page_.sharing()->setShown(absent ? *shown() : available());
  page_.subsets()->setSelected(*shown());
  showWords();
  renewNames();
  Q_EMIT shownChanged();
}

void CaseView::showTable() {
  page_.subsets()->setTable(*table_);
  if (!shown()) return;
  page_.subsets()->setSelected(*shown());
  showWords();
}

QString CaseView::progressWords(int done, int total) const {
  return tr("Predicting %1 of %2 windows").arg(done).arg(total);
}

QString CaseView::showingWords() const {
  return modascope::showingWords(cohort_->problem.schema, *shown(), available(),
                                 answer_->corruption);
}

void CaseView::showWords() {
  page_.setShowing(showingWords());
}

PredictionName CaseView::nameOfShown() const {
  return {intactWords(cohort_->problem.schema, *shown(), available(), answer_->corruption),
          nameOfRun(run_->folder), tr("step %1").arg(run_->step)};
}

void CaseView::keep() {
  if (!answer_) return;
  kept_ = nameOfShown();
  page_.comparison()->setKept(kept_->full());
  page_.showComparison(true);
  setKept(true);
  compare();
}

void CaseView::compare() {
  if (!kept_) return;
  layComparison(page_.comparison()->view(), page_.comparison()->region());
  renewNames();
}

void CaseView::renewNames() {
  page_.compare()->setEnabled(answer_ != nullptr);
  if (!kept_) return;
  const auto now = answer_ ? std::optional(nameOfShown()) : std::nullopt;
  nameComparison({now ? now->besides(*kept_) : QString(), kept_->besides(now.value_or(*kept_))});
}

void CaseView::endComparison() {
  if (!kept_) return;
  kept_.reset();
  page_.showComparison(false);
  setKept(false);
}

}  // namespace modascope
