#pragma once

#include <QObject>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>

#include "app/jobs/newest_task.h"
#include "app/jobs/picture_scores.h"
#include "app/jobs/segmentation_job.h"
#include "core/cohort/cohort.h"
#include "core/imagefolder/image_folder.h"
#include "core/imagefolder/picture.h"
#include "core/metrics/subset_table.h"

namespace modascope {

/// What a network sees in a picture through some of its modalities.
struct PicturePrediction {
  std::uint64_t number = 0;                    ///< of the request that it answers
  ModalitySet set;                             ///< that it was made from
  Corruption corruption = Corruption::Absent;  ///< of the others
  std::shared_ptr<const LabelPicture> classes;
  std::optional<PixelScores> scores;  ///< where the truth is known
  /// What the network gets of each modality when it is left out; nothing where it gets nothing.
  std::shared_ptr<const std::vector<std::vector<float>>> given = nullptr;
};

/// Loads a picture and a run, predicts, and answers requests for subsets; the newest wins. All
/// methods and signals belong to the GUI thread.
class PictureJob : public QObject {
  Q_OBJECT

 public:
  explicit PictureJob(QObject* parent = nullptr);
  ~PictureJob() override;

  /// The case of a folder of pictures to look at, or none (no id); its pixels arrive by `loaded`.
  void setCase(const std::shared_ptr<const Cohort>& cohort, const std::optional<std::string>& id);
  /// The run that predicts, or none, with its newest checkpoint or the snapshot of a step. The same
  /// again: reads the file again.
  void setRun(const std::optional<std::filesystem::path>& folder,
              std::optional<std::int64_t> snapshot = std::nullopt);
  /// Answered by `predicted` with this number, unless a newer request comes first. It holds for
  /// later cases and runs, too. Modalities that a case does not have are left out of what is shown;
  /// where nothing remains, all that it has are taken. What was predicted before comes at once.
  std::uint64_t request(ModalitySet set);
  /// What stands in for modalities that a set leaves out. It holds for later cases and runs, too.
  void setCorruption(Corruption corruption);

 Q_SIGNALS:
  void loaded(const std::shared_ptr<const modascope::ImageSample>& sample);
  /// Without layers that could be asked for attribution.
  void runOpened(const modascope::OpenedRun& run);
  void predicted(const modascope::PicturePrediction& prediction);
  /// Subsets scored and to score.
  void progress(int done, int total);
  /// Every subset of this picture, against the truth or, without it, all modalities. Classes that
  /// are nowhere have no column.
  void scored(const modascope::SubsetTable& table);
  void failed(const QString& sentence);

 private:
  struct Wish {
    std::uint64_t number = 0;
    std::stop_token superseded;  ///< there is a newer wish
    std::shared_ptr<const Cohort> cohort;
    std::optional<std::string> id;
    std::uint64_t caseNumber = 0;
    std::optional<std::filesystem::path> run;
    std::optional<std::int64_t> snapshot;
    std::uint64_t runNumber = 0;
    std::optional<ModalitySet> set;
    Corruption corruption = Corruption::Absent;
  };
  class Worker;

  /// What a message belongs to; nothing where it does not matter.
  struct Stamp {
    std::optional<std::uint64_t> caseNumber;
    std::optional<std::uint64_t> runNumber;
  };
  template <typename Signal, typename... Values>
  void tell(Stamp stamp, Signal signal, Values... values);
  void nextNumber();
  void post(bool interrupt);

  Wish wish_;
  std::stop_source newer_;          ///< than the wish that was posted last
  std::unique_ptr<Worker> worker_;  // used on the task's thread only
  NewestTask task_;                 // last: joined before the rest goes
};

}  // namespace modascope
