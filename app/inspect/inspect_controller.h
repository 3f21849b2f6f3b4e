#pragma once

#include <QObject>
#include <array>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/inspect/features/inspect_sample_comparison.h"
#include "app/inspect/features/inspect_samples.h"
#include "app/inspect/inspect_saving.h"
#include "app/inspect/inspect_undo.h"
#include "app/inspect/inspect_words.h"
#include "app/inspect/pictures/inspect_picture_comparison.h"
#include "app/inspect/pictures/inspect_pictures.h"
#include "app/inspect/volumes/inspect_comparison.h"
#include "app/inspect/volumes/inspect_display.h"
#include "app/inspect/volumes/inspect_dominance.h"
#include "app/inspect/volumes/region_readout.h"
#include "app/jobs/inspection/inspection_job.h"
#include "app/jobs/run_list_job.h"
#include "app/pages/run_watch.h"

namespace modascope {

class AppSettings;
class InspectPage;

/// Decides what the inspect page shows: which case through which run, and which modalities. What is
/// on the screen always says the set that its prediction was made from. GUI thread.
class InspectController : public QObject {
  Q_OBJECT

 public:
  InspectController(InspectPage& page, const AppSettings& settings, QObject* parent = nullptr);

  /// Shows the first case that no training has seen, or else the first usable one.
  void setCohort(const std::shared_ptr<const Cohort>& cohort);
  void openCase(const std::string& id);
  /// Predicts with this run's newest checkpoint.
  void openRun(const std::filesystem::path& run);
  /// A run has written a checkpoint: it can be chosen now; nothing is predicted by itself.
  void noticeCheckpoint(const std::filesystem::path& run);
  /// A run is over: if it is the one on show, its last checkpoint is taken.
  void noticeEnd(const std::filesystem::path& run);
  /// The page came to the front: with no run chosen yet, the newest that is finished is, or else
  /// the one that has come farthest.
  void activate();
  /// As a click on the switch does.
  void toggle(ModalityId id);

  const std::shared_ptr<const Case>& patient() const { return patient_; }
  /// Whether the 3D view shows what the tiles show.
  bool settled() const;
  const std::optional<Segmentation>& shown() const { return shown_; }
  const std::optional<SubsetTable>& table() const { return table_; }
  const std::optional<OpenedRun>& run() const { return run_; }
  /// Of the set on show; nothing before it was asked for.
  const InspectDominance& dominance() const { return dominance_; }
  const InspectSamples& samples() const { return samples_; }
  const InspectPictures& pictures() const { return flatPictures_; }
  const std::shared_ptr<const Cohort>& cohort() const { return cohort_; }
  const std::string& caseId() const { return caseId_; }

 Q_SIGNALS:
  /// What the notice says went wrong.
  void problem(const QString& sentence);
  /// It was read, and can be looked at.
  void caseOpened(const std::filesystem::path& data, const std::string& id);
  void runOpened(const std::filesystem::path& run);
  /// What is on the screen is this now.
  void shownChanged(const modascope::Segmentation& result);

 private:
  void connectPage();
  void connectJob();
  void leaveCase();
  void closeCase();
  void connectPictures();
  void showAvailable(ModalitySet available);
  void showFailure(const QString& sentence);
  void leaveUnfitRun(bool moved);
  void setRun(const std::optional<std::filesystem::path>& run,
              std::optional<std::int64_t> snapshot = std::nullopt);
  void showRun(const OpenedRun& run);
  void offerRuns();
  void fillRunList();
  const RunSummary* lastOpened() const;
  void takeRuns(const std::shared_ptr<const std::vector<RunSummary>>& runs);
  void chooseRun(const std::filesystem::path& run);
  void offerSteps(const OpenedRun& run);
  void chooseStep(std::int64_t step);
  void showCase(const std::shared_ptr<const Case>& patient);
  void showResult(const Segmentation& result);
  void showTable(const SubsetTable& table);
  void showReadout();
  void showNotes();
  QString labelsOf(ModalitySet set) const;
  void forgetPrediction();
  void ask(ModalitySet set);
  void askAndNote(ModalitySet set);
  void choose(ModalitySet set);
  void chooseCorruption(int row);
  void passCorruption();

  InspectPage& page_;
  const AppSettings& settings_;
  std::shared_ptr<const Cohort> cohort_;
  std::string caseId_;
  std::shared_ptr<const Case> patient_;
  bool chosen_ = false;       ///< a run or none, by somebody
  bool wanted_ = false;       ///< one that suits, as soon as it is known which there are
  bool trainedHere_ = false;  ///< a run of this session has a checkpoint
  std::filesystem::path chosenRun_;
  std::optional<OpenedRun> run_;
  ModalitySet asked_ = ModalitySchema::brats().all();  ///< last
  Corruption corruption_ = Corruption::Absent;         ///< of what is switched off
  bool placed_ = false;                                ///< the crosshair, in a tumour or by hand
  std::optional<Segmentation> shown_;
  std::optional<SubsetTable> table_;
  std::optional<std::int64_t> newestStep_;               ///< of the chosen run, once it was opened
  std::optional<RegionReference> reference_;             ///< with all modalities
  std::shared_ptr<const std::vector<RunSummary>> runs_;  ///< as they were last looked at
  RunListJob runList_;
  RunWatch runWatch_;
  InspectionJob job_;
  InspectDominance dominance_;
  InspectComparison comparison_;
  InspectDisplay display_;
  InspectSaving saving_;
  InspectSamples samples_;        ///< where cases are samples of features
  InspectPictures flatPictures_;  ///< where they are pictures
  InspectPictureComparison pictureComparison_;
  InspectSampleComparison sampleComparison_;
  InspectUndo undo_;
};

}  // namespace modascope
