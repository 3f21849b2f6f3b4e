#pragma once

#include <QObject>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "app/jobs/run_list_job.h"
#include "app/jobs/training_job.h"
#include "core/config/run_config.h"

namespace modascope {

class AppSettings;
class ExperimentPage;
class FormMemory;

/// What the page's notice offers to do with a run that stopped, at the start or when it has ended,
/// and what is asked before it goes on. What is chosen is told; nothing is offered to go on while a
/// run is going on. GUI thread.
class ResumeOffers : public QObject {
  Q_OBJECT

 public:
  ResumeOffers(ExperimentPage& page, AppSettings& settings, const FormMemory& memory,
               const TrainingJob& training, QObject* parent = nullptr);

  /// Looks for a run that was interrupted, and offers to go on with it when it is found, unless
  /// something else is said by then.
  void look();
  /// What can be done with a run that is over, beside a sentence about it.
  void offerAfter(const TrainingOutcome& outcome, const QString& sentence, bool adaptable);
  /// What the notice says from now on is about no run.
  void withdraw() { offered_.clear(); }
  /// By its own settings. Where the form's were edited since it last showed those of a run, what is
  /// not used of them is said first.
  void resume(const std::filesystem::path& run);

 Q_SIGNALS:
  /// To the run's own last step, or to a later one.
  void goOnChosen(const std::filesystem::path& run, std::optional<std::int64_t> steps);
  void inspectChosen(const std::filesystem::path& run);
  void adaptChosen(const std::filesystem::path& run);
  void commandChosen(const QString& command);
  void failed(const QString& sentence);

 private:
  void offerNewest(const std::vector<RunSummary>& runs);
  void tellUnused(const std::filesystem::path& run, const RunConfig& recorded);
  void askToExtend(const std::filesystem::path& run);
  void answer(const QString& action);

  ExperimentPage& page_;
  AppSettings& settings_;
  const FormMemory& memory_;
  const TrainingJob& training_;
  std::filesystem::path offered_;  ///< the run that the notice speaks of; else empty
  std::int64_t extendTo_ = 0;      ///< what its action offers
  RunListJob list_;
};

}  // namespace modascope
