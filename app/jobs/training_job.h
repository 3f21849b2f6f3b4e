#pragma once

#include <QObject>
#include <QTimer>
#include <filesystem>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "app/work/adapting/adaptation_request.h"
#include "app/work/training/training.h"
#include "core/events/events.h"
#include "core/events/run_phase.h"

namespace modascope {

/// Trains, or adapts, on a thread of its own and tells the GUI what happens: every 50 ms, all that
/// came since.
/// A slow screen loses steps (the run's file has them), never speed. All methods and signals
/// belong to the GUI thread.
class TrainingJob : public QObject {
  Q_OBJECT

 public:
  explicit TrainingJob(QObject* parent = nullptr);
  /// Stops the run, which leaves a checkpoint, and waits for it.
  ~TrainingJob() override;

  /// Nothing may be running.
  void start(const TrainingRequest& request);
  void adapt(const AdaptationRequest& request);
  void resume(const std::filesystem::path& run);
  /// Goes on to more steps than the run was made for.
  void extend(const std::filesystem::path& run, std::int64_t steps);
  /// After the step that is being computed.
  void pause();
  void goOn();
  void stop();

  bool isRunning() const { return session_ != nullptr; }
  bool isPaused() const;
  /// Of the run that is or was last running; empty before.
  const std::filesystem::path& folder() const { return folder_; }

 Q_SIGNALS:
  void folderKnown(const std::filesystem::path& run);
  void modelKnown(const modascope::ModelDescription& model);
  void stateChanged(modascope::RunState state, const QString& words);
  void steps(const std::vector<modascope::StepEvent>& events);
  /// Steps were dropped on the way: the run's file has them all.
  void stepsMissed(const std::filesystem::path& run);
  void validated(const modascope::ValidationEvent& event);
  void checkpointWritten(qint64 step);
  void noted(const QString& note);
  void phaseChanged(const modascope::PhaseEvent& phase);
  void adapted(const modascope::AdaptedSet& set);
  /// The last signal of a run, or `failed`.
  void finished(const modascope::TrainingOutcome& outcome);
  void failed(const QString& sentence);

 private:
  struct Session;
  using Work = std::function<TrainingOutcome(const TrainingControl&)>;
  void begin(Work work);
  void drain();

  std::unique_ptr<Session> session_;
  std::filesystem::path folder_;
  QTimer timer_;
};

}  // namespace modascope
