#pragma once

#include <QObject>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/jobs/newest_task.h"
#include "app/jobs/opened_run.h"
#include "app/jobs/split_scores.h"
#include "app/work/looking/sample_look.h"

namespace modascope {

/// A sample to look at, with what the training labels are like.
struct LoadedSample {
  Problem problem;
  SampleLook look;
  LabelFacts labels;
};

/// What a network says of it; large, and made once.
struct SampleAnswer {
  std::string id;
  SubsetOutputs outputs;
  Contributions contributions;
  Corruption corruption = Corruption::Absent;  ///< of what a subset leaves out
  /// What the network got in the place of each modality; none where it got nothing.
  std::vector<std::vector<float>> standIns = {};
};

/// Loads a sample and a run and answers for all subsets at once; the newest wish wins. All methods
/// and signals belong to the GUI thread.
class SampleJob : public QObject {
  Q_OBJECT

 public:
  explicit SampleJob(QObject* parent = nullptr);
  ~SampleJob() override;

  /// The sample of this data to look at, or none; answered by `sampleLoaded`, and again when a run
  /// standardises otherwise.
  void setSample(const std::filesystem::path& data, const std::optional<CaseInfo>& info);
  /// As `SegmentationJob::setRun`; answered by `runOpened`, and `answered` for the sample.
  void setRun(const std::optional<std::filesystem::path>& folder,
              std::optional<std::int64_t> snapshot = std::nullopt);
  /// The split whose scores are wanted, or none; answered by `scored` now and for later runs.
  void setSplit(const std::optional<std::string>& split);
  /// What answers and scores are made with in the place of what a subset leaves out.
  void setCorruption(Corruption corruption);

 Q_SIGNALS:
  void sampleLoaded(const std::shared_ptr<const modascope::LoadedSample>& sample);
  void runOpened(const modascope::OpenedRun& run);
  void answered(const std::shared_ptr<const modascope::SampleAnswer>& answer);
  void scored(const modascope::SplitScores& scores);
  void failed(const QString& sentence);

 private:
  struct Wish {
    std::filesystem::path data;
    std::optional<CaseInfo> info;
    std::uint64_t sampleNumber = 0;
    std::optional<std::filesystem::path> run;
    std::optional<std::int64_t> snapshot;
    std::uint64_t runNumber = 0;
    std::optional<std::string> split;
    Corruption corruption = Corruption::Absent;
  };
  class Worker;
  template <typename Signal, typename Value>
  void tell(const Wish& wish, Signal signal, Value value);
  void post();

  Wish wish_;
  std::unique_ptr<Worker> worker_;  // used on the task's thread only
  NewestTask task_;                 // last: joined before the rest goes
};

}  // namespace modascope
