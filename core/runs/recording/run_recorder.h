#pragma once

#include <fstream>

#include "core/base/stopwatch.h"
#include "core/events/events.h"
#include "core/runs/recording/folder_watch.h"
#include "core/runs/recording/tensorboard_writer.h"
#include "core/runs/run_store.h"

namespace modascope {

/// Writes what a run reports into its folder, on the training thread: metrics.jsonl (one line a
/// step, whole lines only), state.json (at most once a second, and on every change of state),
/// log.txt and tensorboard/. Throws `Error` (System), which ends the run, when the disk is full, or
/// when the folder is no longer where it was.
class RunRecorder : public TrainObserver {
 public:
  explicit RunRecorder(RunFolder folder);

  void onModel(const ModelDescription& model) override;
  void onState(RunState state, const std::string& words) override;
  void onStep(const StepEvent& event) override;
  void onValidation(const ValidationEvent& event) override;
  void onCheckpoint(std::int64_t step) override;
  void onNote(const std::string& note) override;

 private:
  void log(const std::string& line);
  void appendMetrics(const std::string& line);
  void saveStatus();
  /// Of a folder that was moved, where it is now.
  void saveFailure();

  RunFolder folder_;
  std::ofstream metrics_;
  std::ofstream log_;
  RunStatus status_;
  TensorBoardWriter tensorBoard_;
  double secondsBefore_ = 0;
  std::optional<FolderWatch> watch_;
  std::optional<Stopwatch> sinceSaved_;  ///< no clock that somebody sets
};

}  // namespace modascope
