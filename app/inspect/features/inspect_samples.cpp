#include "app/inspect/features/inspect_samples.h"

#include <QComboBox>

#include "app/inspect/features/sample_columns.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/inspect_words.h"
#include "app/inspect/run_remark.h"
#include "app/jobs/inspection/inspection_factory.h"
#include "app/pages/sample_words.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/sharing_diagram.h"
#include "widgets/samples/sample_view.h"
#include "widgets/tables/contributions_panel.h"
#include "widgets/tables/subset_table_view.h"

namespace modascope {
namespace {

SampleContent contentOf(const LoadedSample& sample) {
  SampleContent content{
      sample.problem, sample.look.available, sample.look.values, sample.look.text, {}};
  content.truth.truth = sample.look.truth;
  if (sample.problem.outputs.front() != "sentiment") {
    content.truth.least = sample.labels.least;
    content.truth.most = sample.labels.most;
  }
  return content;
}

}  // namespace

InspectSamples::InspectSamples(InspectPage& page, QObject* parent)
    : QObject(parent), page_(page), job_(makeInspection(Task::Classification)) {
  connect(page_.scope(), &QComboBox::activated, this, &InspectSamples::chooseScope);
  connect(&job_, &InspectionJob::runOpened, this, [this](const OpenedRun& run) {
    run_ = run;
    Q_EMIT runOpened(run);
  });
  connect(&job_, &InspectionJob::caseLoaded, this, [this](const auto& loaded) {
    showSample(std::static_pointer_cast<const LoadedSample>(loaded));
  });
  connect(&job_, &InspectionJob::answered, this, [this](const auto& answer) {
    showAnswer(std::static_pointer_cast<const SampleAnswer>(answer));
  });
  connect(&job_, &InspectionJob::replied, this, [this](const auto& reply) {
    showScores(std::static_pointer_cast<const RepliedScores>(reply)->scores);
  });
  connect(&job_, &InspectionJob::failed, this, [this](const QString& sentence) {
    if (split_ && !scores_) giveUpScores();
    Q_EMIT failed(sentence);
  });
}

void InspectSamples::setCohort(const std::shared_ptr<const Cohort>& cohort) {
  cohort_ = cohort;
  sample_.reset();
  forgetAnswer();
  page_.sample()->clear();
  job_.setCase(cohort, std::nullopt);
  if (!cohort_) return setRun(std::nullopt);
  offerSplits();
}

void InspectSamples::offerSplits() {
  split_.reset();
  page_.scope()->clear();
  page_.scope()->addItem(tr("this sample"));
  if (cohort_->splits)
    for (const char* split : {"valid", "test", "train"})
      if (cohort_->splits->contains(split))
        page_.scope()->addItem(tr("%1 split").arg(splitWords(split)), QString(split));
}

void InspectSamples::chooseScope(int row) {
  const QString split = page_.scope()->itemData(row).toString();
  split_.reset();
  scores_.reset();
  if (!split.isEmpty()) split_ = split.toStdString();
  showTable();
  job_.ask(split_ ? std::make_shared<const SplitQuestion>(*split_) : nullptr);
}

/// Back to the table of this sample.
void InspectSamples::giveUpScores() {
  page_.scope()->setCurrentIndex(0);
  chooseScope(0);
}

void InspectSamples::open(const CaseInfo& info) {
  sample_.reset();
  job_.setCase(cohort_, info);
}

void InspectSamples::setRun(const std::optional<std::filesystem::path>& run,
                            std::optional<std::int64_t> snapshot) {
  run_.reset();
  scores_.reset();
  job_.setRun(run, snapshot);
}

void InspectSamples::show(ModalitySet set) {
  asked_ = set;
  if (sample_) showSet();
}

void InspectSamples::setCorruption(Corruption corruption) {
  corruption_ = corruption;
  scores_.reset();
  if (cohort_) showTable();
  job_.setCorruption(corruption);
}

void InspectSamples::forgetAnswer() {
  answer_.reset();
  page_.sample()->setOutputs(nullptr);
  page_.sample()->setStandIns({});
  page_.sample()->setShares({});
  page_.sample()->setRemark({});
  page_.contributions()->clear();
  Q_EMIT shownChanged();
}

void InspectSamples::setKept(std::shared_ptr<const SubsetOutputs> kept) {
  kept_ = std::move(kept);
  showTable();
}

void InspectSamples::showSample(const std::shared_ptr<const LoadedSample>& sample) {
  const bool another = !sample_ || sample_->look.id != sample->look.id;
  sample_ = sample;
  page_.setIdle();
  page_.sample()->setSample(contentOf(*sample));
  if (another) Q_EMIT sampleShown(sample->look.available);
  page_.sample()->setShown(page_.switches()->set(), insteadWords(corruption_));
}

void InspectSamples::showAnswer(const std::shared_ptr<const SampleAnswer>& answer) {
  answer_ = answer;
  page_.setIdle();
  const std::shared_ptr<const SubsetOutputs> outputs(answer, &answer->outputs);
  const Problem& problem = outputs->problem;
  page_.sample()->setOutputs(outputs);
  page_.sample()->setStandIns(answer->standIns);
  page_.sample()->setShares(answer->contributions.shares);
  if (run_) page_.sample()->setRemark(remarkOn(*run_, *cohort_, answer->id));
  page_.contributions()->set(problem.schema, answer->contributions, quantityOf(*outputs),
                             baselineOf(problem), insteadWords(answer->corruption));
  asked_ = page_.switches()->set();
  showTable();
  showSet();
}

void InspectSamples::showScores(const SplitScores& scores) {
  if (split_ != scores.split || corruption_ != scores.corruption) return;
  scores_ = scores;
  showTable();
}

void InspectSamples::showTable() {
  if (split_) {
    if (!run_) return page_.subsets()->clear();
    if (!scores_) return page_.subsets()->setPending();
    page_.subsets()->setTable(scores_->table);
  } else {
    if (!answer_ || !sample_) return page_.subsets()->clear();
    SubsetTable table = tableOfSample(answer_->outputs, sample_->look.truth);
    auto columns = columnsOfSample(answer_->outputs.problem);
    if (kept_ && kept_.get() != &answer_->outputs)
      addDifference(*kept_, answer_->outputs, sample_->look.truth, table, columns);
    page_.subsets()->setTable(table, columns);
  }
  page_.subsets()->setSelected(asked_);
}

/// What is on the screen says the set that it was made from.
void InspectSamples::showSet() {
  const auto available = sample_->look.available;
  const Corruption corruption = answer_ ? answer_->corruption : corruption_;
  page_.sample()->setShown(asked_, insteadWords(corruption));
  page_.sharing()->setShown(corruption == Corruption::Absent ? asked_ : available);
  if (!answer_) return;
  Q_EMIT shownChanged();
  page_.subsets()->setSelected(asked_);
  page_.setShowing(showingWords(cohort_->schema, asked_, available, corruption));
}

}  // namespace modascope
