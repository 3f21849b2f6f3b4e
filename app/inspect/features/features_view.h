#pragma once

#include "app/inspect/case_view.h"
#include "app/jobs/inspection/feature_findings.h"

class QComboBox;

namespace modascope {

class ContributionsPanel;
class SampleView;

/// Samples of features: their numbers, what the network says of a sample from each subset, and who
/// decides. All subsets are answered at once, so that a set is shown as soon as it is asked for.
class FeaturesView : public CaseView {
  Q_OBJECT

 public:
  FeaturesView(InspectPage& page, std::unique_ptr<Inspection> inspection);

  ViewParts parts() const override;
  std::vector<Export> exports() override;
  std::vector<ComparisonView> comparisons() const override;
  void show(ModalitySet set) override;
  void setCorruption(Corruption corruption) override;
  std::optional<ModalitySet> shown() const override;

  SampleView& sampleView() const { return *sampleView_; }
  /// Null: not read yet.
  std::shared_ptr<const LoadedSample> sample() const;
  /// Null: nothing is on show.
  std::shared_ptr<const SampleAnswer> sampleAnswer() const;
  /// Of the split that the table is about.
  const std::optional<SplitScores>& scores() const { return scores_; }

 protected:
  void showCase() override;
  void clear() override;
  void leaveRun() override;
  void showAnswer() override;
  void hideAnswer() override;
  void showReply(const std::shared_ptr<const InspectionReply>& reply) override;
  void showFailure() override;
  void setKept(bool kept) override;
  void nameComparison(const ComparedNames& names) override;

 private:
  void offerSplits();
  void chooseScope(int row);
  void giveUpScores();
  void showTable() override;
  void showTableOfSplit();
  void showTableOfSample();
  void showStates();

  SampleView* sampleView_;
  ContributionsPanel* contributions_;
  QComboBox* scope_;  ///< what the table is about: this sample or a split
  QWidget* scopeRow_;
  std::shared_ptr<const SubsetOutputs> kept_;  ///< for comparison
  std::optional<std::string> split_;           ///< whose scores the table shows; else this sample's
  std::optional<SplitScores> scores_;
  ModalitySet asked_ = ModalitySet::firstOf(1);
};

}  // namespace modascope
