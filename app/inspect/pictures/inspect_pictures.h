#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/jobs/inspection/inspection_job.h"
#include "app/jobs/inspection/picture_findings.h"

namespace modascope {

class PictureGrid;
class SharingDiagram;
class SubsetTableView;

/// The page's views that pictures are shown in.
struct PictureParts {
  PictureGrid& grid;
  SubsetTableView& subsets;
  SharingDiagram& sharing;
};

/// What `InspectController` does where cases are pictures: the case, what the network sees in it
/// through any of its modalities, and how right that is. What is on the screen always says the set
/// that its prediction was made from. GUI thread.
class InspectPictures : public QObject {
  Q_OBJECT

 public:
  explicit InspectPictures(const PictureParts& parts, QObject* parent = nullptr);

  /// A cohort of `Segmentation2d`; no case is opened yet. Null: the page shows something else, and
  /// shared views are left alone.
  void setCohort(const std::shared_ptr<const Cohort>& cohort);
  bool isActive() const { return cohort_ != nullptr; }

  void open(const CaseInfo& info);
  /// Predicts with this run's newest checkpoint or the snapshot of a step; nothing: no run.
  void setRun(const std::optional<std::filesystem::path>& run,
              std::optional<std::int64_t> snapshot = std::nullopt);
  /// Asks for this set; it is on the screen when the answer comes.
  void show(ModalitySet set);
  void setCorruption(Corruption corruption);
  void forgetPrediction();

  const std::shared_ptr<const ImageSample>& sample() const { return sample_; }
  const std::optional<OpenedRun>& run() const { return run_; }
  const std::optional<PicturePrediction>& shown() const { return shown_; }
  const std::optional<SubsetTable>& table() const { return table_; }

 Q_SIGNALS:
  void runOpened(const modascope::OpenedRun& run);
  /// The modalities that the case has are known.
  void pictureShown(modascope::ModalitySet available);
  /// What is on the screen is this now.
  void shownChanged(const modascope::PicturePrediction& prediction);
  /// "Showing: RGB (Depth left out) · mIoU 0.612 (−0.101 against all)"
  void saying(const QString& words);
  /// "Predicting"
  void busy(const QString& words);
  void idle();
  /// Subsets scored and to score.
  void progress(int done, int total);
  /// What is under the mouse or the crosshair.
  void pointed(const QString& words);
  void failed(const QString& sentence);

 private:
  void showCase(const std::shared_ptr<const ImageSample>& sample);
  void showRun(const OpenedRun& run);
  void showPrediction(const PicturePrediction& prediction);
  void showTable(const SubsetTable& table);
  void showWords();
  QString scoreWords() const;
  QString seenWords() const;

  PictureParts parts_;
  std::shared_ptr<const Cohort> cohort_;
  std::string caseId_;
  std::shared_ptr<const ImageSample> sample_;
  std::optional<OpenedRun> run_;
  bool runWanted_ = false;
  std::optional<PicturePrediction> shown_;
  std::optional<SubsetTable> table_;
  InspectionJob job_;
};

}  // namespace modascope
