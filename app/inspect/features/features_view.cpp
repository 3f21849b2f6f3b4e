#include "app/inspect/features/features_view.h"

#include <QComboBox>

#include "app/inspect/choices/chooser.h"
#include "app/inspect/features/sample_columns.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/inspect_words.h"
#include "app/inspect/run_remark.h"
#include "app/pages/sample_words.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/sharing/sharing_diagram.h"
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

std::shared_ptr<const SubsetOutputs> outputsOf(const std::shared_ptr<const SampleAnswer>& answer) {
  return {answer, &answer->outputs};
}

}  // namespace

FeaturesView::FeaturesView(InspectPage& page, std::unique_ptr<Inspection> inspection)
    : CaseView(page, std::move(inspection)),
      sampleView_(new SampleView(&page)),
      contributions_(new ContributionsPanel(&page)),
      scope_(makeChooser(tr("What the table is about"), 14, &page)),
      scopeRow_(captioned(tr("&Table about"), scope_, &page)) {
  scope_->setObjectName("inspect/scope");
  connect(scope_, &QComboBox::activated, this, &FeaturesView::chooseScope);
  connect(sampleView_, &SampleView::toggled, this, &CaseView::toggled);
  connect(sampleView_, &SampleView::chosen, this, &CaseView::chosen);
}

ViewParts FeaturesView::parts() const {
  return {
      .centre = sampleView_, .aboveTable = scopeRow_, .tabs = {{tr("Dominance"), contributions_}}};
}

std::vector<ComparisonView> FeaturesView::comparisons() const {
  return {ComparisonView::SideBySide};
}

std::shared_ptr<const LoadedSample> FeaturesView::sample() const {
  return std::static_pointer_cast<const LoadedSample>(inspected());
}

std::shared_ptr<const SampleAnswer> FeaturesView::sampleAnswer() const {
  return std::static_pointer_cast<const SampleAnswer>(answer());
}

std::optional<ModalitySet> FeaturesView::shown() const {
  return answer() ? std::optional(asked_) : std::nullopt;
}

void FeaturesView::clear() {
  sampleView_->clear();
  offerSplits();
}

void FeaturesView::offerSplits() {
  split_.reset();
  scores_.reset();
  job().ask(nullptr);
  scope_->clear();
  scope_->addItem(tr("this sample"));
  if (!cohort() || !cohort()->splits) return;
  for (const char* split : {"valid", "test", "train"})
    if (cohort()->splits->contains(split))
      scope_->addItem(tr("%1 split").arg(splitWords(split)), QString(split));
}

void FeaturesView::chooseScope(int row) {
  const QString split = scope_->itemData(row).toString();
  split_.reset();
  scores_.reset();
  if (!split.isEmpty()) split_ = split.toStdString();
  showTable();
  job().ask(split_ ? std::make_shared<const SplitQuestion>(*split_) : nullptr);
}

/// Back to the table of this sample.
void FeaturesView::giveUpScores() {
  scope_->setCurrentIndex(0);
  chooseScope(0);
}

void FeaturesView::showFailure() {
  if (split_ && !scores_) giveUpScores();
}

void FeaturesView::show(ModalitySet set) {
  asked_ = set;
  if (!sample()) return;
  showStates();
  if (answer()) showSet();
}

void FeaturesView::setCorruption(Corruption corruption) {
  scores_.reset();
  CaseView::setCorruption(corruption);
  if (cohort()) showTable();
}

void FeaturesView::leaveRun() {
  scores_.reset();
}

void FeaturesView::showCase() {
  sampleView_->setSample(contentOf(*sample()));
  asked_ = page().switches()->set().intersected(available()).value_or(available());
  showStates();
}

void FeaturesView::showAnswer() {
  const auto answer = sampleAnswer();
  const Problem& problem = answer->outputs.problem;
  sampleView_->setOutputs(outputsOf(answer));
  sampleView_->setStandIns(answer->standIns);
  sampleView_->setShares(answer->contributions.shares);
  sampleView_->setRemark(remarkOn(*run(), *cohort(), answer->id));
  contributions_->set(problem.schema, answer->contributions, quantityOf(answer->outputs),
                      baselineOf(problem), insteadWords(answer->corruption));
  asked_ = page().switches()->set();
  showTable();
  showStates();
}

void FeaturesView::hideAnswer() {
  sampleView_->setOutputs(nullptr);
  sampleView_->setStandIns({});
  sampleView_->setShares({});
  sampleView_->setRemark({});
  contributions_->clear();
}

void FeaturesView::showReply(const std::shared_ptr<const InspectionReply>& reply) {
  const auto& scores = std::static_pointer_cast<const RepliedScores>(reply)->scores;
  if (split_ != scores.split || corruption() != scores.corruption) return;
  scores_ = scores;
  showTable();
}

void FeaturesView::showTable() {
  split_ ? showTableOfSplit() : showTableOfSample();
  page().subsets()->setSelected(asked_);
}

void FeaturesView::showTableOfSplit() {
  if (!run()) return page().subsets()->clear();
  if (!scores_) return page().subsets()->setPending();
  page().subsets()->setTable(scores_->table);
}

void FeaturesView::showTableOfSample() {
  if (!answer() || !sample()) return page().subsets()->clear();
  const SubsetOutputs& outputs = sampleAnswer()->outputs;
  const double truth = sample()->look.truth;
  SubsetTable table = tableOfSample(outputs, truth);
  auto columns = columnsOfSample(outputs.problem);
  if (kept_ && kept_.get() != &outputs) addDifference(*kept_, outputs, truth, table, columns);
  page().subsets()->setTable(table, columns);
}

/// What is on the screen says the set that it was made from.
void FeaturesView::showStates() {
  const Corruption how = answer() ? answer()->corruption : corruption();
  sampleView_->setShown(asked_, insteadWords(how));
  page().sharing()->setShown(how == Corruption::Absent ? asked_ : available());
}

void FeaturesView::setKept(bool kept) {
  kept_ = kept ? outputsOf(sampleAnswer()) : nullptr;
  sampleView_->setKept(kept ? std::optional(KeptOutputs{kept_, *shown()}) : std::nullopt);
  showTable();
}

void FeaturesView::nameComparison(const ComparedNames& names) {
  sampleView_->nameBoth(names.now.isEmpty() ? tr("No prediction") : tr("Now: %1").arg(names.now),
                        tr("Kept: %1").arg(names.kept));
}

}  // namespace modascope
