#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/experiment/form/form_memory.h"
#include "app/experiment/planning/chosen_data.h"
#include "app/experiment/planning/run_planning.h"
#include "app/experiment/resume_offers.h"
#include "app/experiment/run_views.h"
#include "app/jobs/training_job.h"
#include "core/config/run_config.h"

namespace modascope {

class AppSettings;
class ExperimentPage;

/// Decides what the experiment page does: which data may be opened and when, how runs start, stop
/// and go on. GUI thread.
class ExperimentController : public QObject {
  Q_OBJECT

 public:
  ExperimentController(ExperimentPage& page, AppSettings& settings, QObject* parent = nullptr);

  /// What is no data, such as a run's folder, is passed on by `openingRequested`.
  void openData(const std::filesystem::path& path);
  /// Fills the form with the settings of a file. What is wrong with it is said.
  void openConfig(const std::filesystem::path& file);
  /// The demo experiment: the embedded phantom cohort and a short configuration for it.
  void openPhantom();
  /// Offers to go on with a run that was interrupted, when one is found.
  void offerResume() { offers_.look(); }

  /// What the form says from now on.
  void setConfig(const RunConfig& config);
  void start();
  void pause();
  void goOn();
  void stop();
  /// Ctrl+R: start, or pause, or go on.
  void startOrPause();
  /// Small changes for missing modalities, on a network that stays as it is.
  void adapt(const AdaptationRequest& request);
  /// Asks which, and how.
  void askToAdapt(const std::filesystem::path& chosen = {});
  void copyAsCommand() const;

  bool isTraining() const { return training_.isRunning(); }
  const std::shared_ptr<const Cohort>& cohort() const { return data_.cohort(); }

  /// Of the run that is or was last running.
  const std::optional<StepEvent>& lastStep() const { return views_.lastStep(); }
  const std::filesystem::path& runFolder() const { return training_.folder(); }

  static PhantomOptions demoPhantom();
  static RunConfig demoConfig();

 Q_SIGNALS:
  /// Somebody chose what is not for this page.
  void openingRequested(const std::filesystem::path& path);
  void cohortOpened(const std::shared_ptr<const modascope::Cohort>& cohort);
  /// A checkpoint of this run is on disk.
  void checkpointReady(const std::filesystem::path& run);
  /// The user wants to see what this run has learned.
  void inspectRequested(const std::filesystem::path& run);
  /// One line for the status bar.
  void statusChanged(const QString& words);
  /// What the notice says went wrong.
  void problem(const QString& sentence);
  /// The run is over, however it ended; nothing is running any more.
  void trainingEnded();

 private:
  void connectPage();
  void connectData();
  void connectTraining();
  void connectOffers();
  bool dataAreFixed();
  void setRunsFolder(const std::filesystem::path& folder);
  void takeCohort(const std::shared_ptr<const Cohort>& cohort);
  QString whyNotStartable() const;
  void showReadiness();
  void showAdaptability();
  void prepare();
  void goOnWith(const std::filesystem::path& run, std::optional<std::int64_t> steps);
  void takeOutcome(const TrainingOutcome& outcome);
  void conclude(RunState state);
  void warn(const QString& sentence);
  void copy(const QString& command) const;

  ExperimentPage& page_;
  AppSettings& settings_;
  FormMemory memory_;
  RunPlanning planning_;
  ChosenData data_;
  TrainingJob training_;
  RunViews views_;
  ResumeOffers offers_;
};

}  // namespace modascope
