#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/jobs/picture_job.h"

class QLabel;

namespace modascope {

class ModalitySwitchboard;
class PictureGrid;
class SharingDiagram;
class SubsetTableView;

/// The page's views that pictures are shown in.
struct PictureParts {
  PictureGrid& grid;
  ModalitySwitchboard& switches;
  SubsetTableView& subsets;
  SharingDiagram& sharing;
  QLabel& showing;  ///< "Showing: RGB (Depth left out) · mIoU 0.61"
};

/// Decides what the inspect page shows of a folder of pictures: which case through which run, and
/// which modalities. What is on the screen always says the set that its prediction was made from.
/// Without a cohort it leaves the views alone, whoever shares them. GUI thread.
class InspectPictures : public QObject {
  Q_OBJECT

 public:
  explicit InspectPictures(const PictureParts& parts, QObject* parent = nullptr);

  /// A cohort of `Segmentation2d`; no case is opened yet. Null: another task is on the page.
  void setCohort(const std::shared_ptr<const Cohort>& cohort);
  void openCase(const std::string& id);
  /// Predicts with this run's newest checkpoint or the snapshot of a step; nothing: no run.
  void setRun(const std::optional<std::filesystem::path>& run,
              std::optional<std::int64_t> snapshot = std::nullopt);
  /// As a click on the switch does.
  void toggle(ModalityId id);
  /// Shows this set, as undo does: nobody hears `chosen`.
  void show(ModalitySet set);

  const std::shared_ptr<const Cohort>& cohort() const { return cohort_; }
  const std::shared_ptr<const ImageSample>& sample() const { return sample_; }
  const std::optional<OpenedRun>& run() const { return run_; }
  const std::optional<PicturePrediction>& shown() const { return shown_; }
  const std::optional<SubsetTable>& table() const { return table_; }

 Q_SIGNALS:
  /// The user chose another set, for undo.
  void chosen(modascope::ModalitySet before, modascope::ModalitySet now);
  /// "Predicting"
  void busy(const QString& words);
  void idle();
  /// Subsets scored and to score.
  void progress(int done, int total);
  void caseLoaded(const std::shared_ptr<const modascope::ImageSample>& sample);
  void runOpened(const modascope::OpenedRun& run);
  /// What is on the screen is this now.
  void shownChanged(const modascope::PicturePrediction& prediction);
  /// Of the pixel under the mouse or the crosshair.
  void pointed(const QString& text);
  /// What went wrong.
  void problem(const QString& sentence);

 private:
  void connectViews();
  void connectJob();
  void forgetPrediction();
  void ask(ModalitySet set);
  void askAndTell(ModalitySet set);
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
  ModalitySet asked_ = ModalitySet::firstOf(1);  ///< last
  std::optional<PicturePrediction> shown_;
  std::optional<SubsetTable> table_;
  PictureJob job_;
};

}  // namespace modascope
