#pragma once

#include <QWidget>
#include <optional>
#include <vector>

#include "core/events/run_progress.h"

class QLabel;
class QProgressBar;
class QPushButton;

namespace modascope {

/// Start, pause, resume, stop, each saying when it takes effect, and how far the run is. Shows the
/// state it is told, not the button that was pressed.
class RunControls : public QWidget {
  Q_OBJECT

 public:
  explicit RunControls(QWidget* parent = nullptr);

  /// Nothing: there is no run.
  void setState(std::optional<RunState> state);
  std::optional<RunState> state() const { return state_; }
  /// Whether a new run may start; `why` is said where it may not.
  void setStartable(bool startable, const QString& why = {});
  /// For a run that is opened or resumed: nothing is known of its speed yet.
  void setProgress(std::int64_t step, std::int64_t steps);
  /// As it goes on.
  void append(const std::vector<StepEvent>& steps);
  void setPhase(const PhaseEvent& phase);
  /// "Running · validating 3 of 8 · 60 / 60 · 0.45 s/step · 35 s left"
  QString words() const;

 Q_SIGNALS:
  void startRequested();
  void pauseRequested();
  void resumeRequested();
  void stopRequested();

 private:
  void showState();
  void showProgress();
  std::optional<RunState> state_;
  bool startable_ = true;
  QString why_;
  RunProgress run_;
  QPushButton* start_;
  QPushButton* pause_;  ///< or resume
  QPushButton* stop_;
  QLabel* effect_;
  QProgressBar* bar_;
  QLabel* progress_;
};

/// "45 s", "2 min 5 s", "1 h 20 min".
QString durationWords(double seconds);
/// "35 s left", "35 s left, then 2 validations" where none was timed yet; empty: nothing is known.
QString timeLeftWords(const RunProgress& run);

}  // namespace modascope
