#pragma once

#include <QObject>
#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>

#include "app/jobs/newest_task.h"
#include "app/jobs/opened_run.h"
#include "app/work/trained_run.h"
#include "core/cohort/cohort.h"
#include "core/data/case.h"
#include "core/metrics/attribution.h"
#include "core/metrics/subset_table.h"
#include "core/problem/corruption.h"

namespace modascope {

/// What a network sees in a case through some of its modalities.
struct Segmentation {
  std::uint64_t number = 0;                    ///< of the request that it answers
  ModalitySet set;                             ///< that it was made from
  Corruption corruption = Corruption::Absent;  ///< of the others
  std::shared_ptr<const LabelVolume> labels;
  std::array<double, kRegions.size()> ml{};                 ///< volume of each region
  std::optional<std::array<double, kRegions.size()>> dice;  ///< where the truth is known
  /// What the network gets of each modality when it is left out, on the case's grid, on the
  /// network's own scale above its lowest value; background is 0. Null where it gets nothing.
  std::vector<std::shared_ptr<const Volume>> standIns = {};
};

/// Which modality decides about a region, at which of the network's layers.
struct AttributionQuestion {
  Region region = Region::EnhancingTumour;
  std::string layer = {};                     ///< empty: `defaultAttributionLayer`
  std::optional<Ball> within = std::nullopt;  ///< else where the region was predicted
};

/// The answer; large, and made once.
struct Explanation {
  Attribution attribution;
  std::optional<Ball> within;
  std::optional<Dominance> dominance;  ///< where there are maps
};

/// Loads a case and a run, predicts, and answers requests for subsets; the newest wins. All methods
/// and signals belong to the GUI thread.
class SegmentationJob : public QObject {
  Q_OBJECT

 public:
  explicit SegmentationJob(QObject* parent = nullptr);
  ~SegmentationJob() override;

  /// The case to look at, or none; its voxels arrive by `caseLoaded`.
  void setCase(const std::optional<CaseInfo>& info, const ModalitySchema& schema);
  /// The run that predicts, or none, with its newest checkpoint or the snapshot of a step. The same
  /// again: reads the file again.
  void setRun(const std::optional<std::filesystem::path>& folder,
              std::optional<std::int64_t> snapshot = std::nullopt);
  /// Answered by `segmented` with this number, unless a newer request comes first. It holds for
  /// later cases and runs, too. Modalities that a case does not have are left out of what is shown;
  /// where nothing remains, all that it has are taken.
  std::uint64_t request(ModalitySet set);
  /// What stands in for modalities that a set leaves out; `other`: the case whose volumes do when
  /// they are another's. It holds for later cases and runs, too. Then nothing is explained.
  void setCorruption(Corruption corruption, const std::optional<CaseInfo>& other);
  /// Answered by `explained`, for the set on show, unless something newer is asked for.
  void explain(const AttributionQuestion& question);
  /// What is being explained is not wanted any more; all else goes on.
  void stopExplaining();

 Q_SIGNALS:
  void caseLoaded(const std::shared_ptr<const modascope::Case>& patient);
  void runOpened(const modascope::OpenedRun& run);
  /// Windows done and to do of a prediction: the first, and with networks that fuse early that of
  /// a set which was not asked for before.
  void progress(int done, int total);
  void segmented(const modascope::Segmentation& result);
  /// Every subset of this case, against the truth or, without it, all modalities; first with Dice,
  /// then with HD95 as well.
  void scored(const modascope::SubsetTable& table);
  void explained(const std::shared_ptr<const modascope::Explanation>& explanation);
  /// Windows done and to do of an attribution.
  void explaining(int done, int total);
  void failed(const QString& sentence);

 private:
  struct Wish {
    std::uint64_t number = 0;
    std::uint64_t toShow = 0;    ///< the number of the newest wish for a picture
    std::stop_token superseded;  ///< there is a newer wish
    std::optional<CaseInfo> info;
    ModalitySchema schema = ModalitySchema::brats();  ///< of the case
    std::uint64_t caseNumber = 0;
    std::optional<std::filesystem::path> run;
    std::optional<std::int64_t> snapshot;
    std::uint64_t runNumber = 0;
    std::optional<ModalitySet> set;
    Corruption corruption = Corruption::Absent;
    std::optional<CaseInfo> other;
    std::optional<AttributionQuestion> question;
  };
  class Worker;

  /// What a message belongs to; nothing where it does not matter.
  struct Stamp {
    std::optional<std::uint64_t> caseNumber;
    std::optional<std::uint64_t> runNumber;
    std::optional<std::uint64_t> number = std::nullopt;  ///< of the wish
  };
  template <typename Signal, typename... Values>
  void tell(Stamp stamp, Signal signal, Values... values);
  std::uint64_t nextNumber();
  void post(bool interrupt);

  Wish wish_;
  std::stop_source newer_;          ///< than the wish that was posted last
  std::unique_ptr<Worker> worker_;  // used on the task's thread only
  NewestTask task_;                 // last: joined before the rest goes
};

}  // namespace modascope
