#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/jobs/inspection/feature_findings.h"
#include "app/jobs/inspection/inspection_job.h"
#include "core/cohort/cohort.h"

namespace modascope {

class InspectPage;

/// What `InspectController` does where cases are samples of features: the sample, what the network
/// says of it from each subset, and who decides. GUI thread.
class InspectSamples : public QObject {
  Q_OBJECT

 public:
  explicit InspectSamples(InspectPage& page, QObject* parent = nullptr);

  /// Null: the page shows something else.
  void setCohort(const std::shared_ptr<const Cohort>& cohort);
  bool isActive() const { return cohort_ != nullptr; }

  void open(const CaseInfo& info);
  void setRun(const std::optional<std::filesystem::path>& run,
              std::optional<std::int64_t> snapshot = std::nullopt);
  /// At once where the answers are there, else when they come.
  void show(ModalitySet set);
  void setCorruption(Corruption corruption);
  void forgetAnswer();
  /// The table tells how each subset of another answer differs from these; null: from nothing.
  void setKept(std::shared_ptr<const SubsetOutputs> kept);

  /// The set on show.
  ModalitySet shown() const { return asked_; }
  const std::optional<OpenedRun>& run() const { return run_; }
  const std::shared_ptr<const LoadedSample>& sample() const { return sample_; }
  const std::shared_ptr<const SampleAnswer>& answer() const { return answer_; }
  const std::optional<SplitScores>& scores() const { return scores_; }

 Q_SIGNALS:
  void runOpened(const modascope::OpenedRun& run);
  /// The modalities that it has are known.
  void sampleShown(modascope::ModalitySet available);
  void failed(const QString& sentence);
  /// Another answer or set is on show, or none.
  void shownChanged();

 private:
  void offerSplits();
  void chooseScope(int row);
  void giveUpScores();
  void showSample(const std::shared_ptr<const LoadedSample>& sample);
  void showAnswer(const std::shared_ptr<const SampleAnswer>& answer);
  void showScores(const SplitScores& scores);
  void showTable();
  void showSet();

  InspectPage& page_;
  std::shared_ptr<const Cohort> cohort_;
  std::optional<OpenedRun> run_;
  std::shared_ptr<const LoadedSample> sample_;
  std::shared_ptr<const SampleAnswer> answer_;
  std::shared_ptr<const SubsetOutputs> kept_;  ///< for comparison
  std::optional<std::string> split_;           ///< whose scores the table shows; else this sample's
  std::optional<SplitScores> scores_;
  Corruption corruption_ = Corruption::Absent;  ///< of what is switched off
  ModalitySet asked_ = ModalitySet::firstOf(1);
  InspectionJob job_;
};

}  // namespace modascope
