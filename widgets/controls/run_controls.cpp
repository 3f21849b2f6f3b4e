#include "widgets/controls/run_controls.h"

#include <QBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

bool canStart(std::optional<RunState> state) {
  return !state || state == RunState::Finished || state == RunState::Failed ||
         state == RunState::Interrupted;
}

bool canResume(std::optional<RunState> state) {
  return state == RunState::Paused || state == RunState::Interrupted;
}

bool canStop(std::optional<RunState> state) {
  return state == RunState::Queued || state == RunState::Preparing || state == RunState::Running ||
         state == RunState::Pausing || state == RunState::Paused;
}

QString wordOf(std::optional<RunState> state) {
  if (!state) return RunControls::tr("No run");
  switch (*state) {
    case RunState::Queued:
      return RunControls::tr("Waiting");
    case RunState::Preparing:
      return RunControls::tr("Preparing");
    case RunState::Running:
      return RunControls::tr("Running");
    case RunState::Pausing:
      return RunControls::tr("Pausing");
    case RunState::Paused:
      return RunControls::tr("Paused");
    case RunState::Stopping:
      return RunControls::tr("Stopping");
    case RunState::Finished:
      return RunControls::tr("Finished");
    case RunState::Failed:
      return RunControls::tr("Failed");
    case RunState::Interrupted:
      return RunControls::tr("Interrupted");
  }
  return {};
}

/// When the buttons that can be pressed now take effect.
QString effectOf(std::optional<RunState> state) {
  if (!state || state == RunState::Finished || state == RunState::Failed)
    return RunControls::tr("Start makes a new run; no run is overwritten.");
  switch (*state) {
    case RunState::Queued:
    case RunState::Preparing:
      return RunControls::tr("Stop takes effect before the first step.");
    case RunState::Running:
      return RunControls::tr(
          "Pause and Stop take effect after this step; Stop saves a checkpoint.");
    case RunState::Pausing:
      return RunControls::tr("It pauses after this step.");
    case RunState::Paused:
      return RunControls::tr("Resume goes on at once; Stop saves a checkpoint.");
    case RunState::Stopping:
      return RunControls::tr("It stops after this step, with a checkpoint.");
    case RunState::Interrupted:
      return RunControls::tr("Resume goes on from the last checkpoint; Start makes a new run.");
    default:
      return {};
  }
}

}  // namespace

QString durationWords(double seconds) {
  const auto all = static_cast<std::int64_t>(std::llround(std::max(0.0, seconds)));
  if (all < 60) return RunControls::tr("%1 s").arg(all);
  if (all < 600) return RunControls::tr("%1 min %2 s").arg(all / 60).arg(all % 60);
  const auto minutes = (all + 30) / 60;
  if (minutes < 60) return RunControls::tr("%1 min").arg(minutes);
  return RunControls::tr("%1 h %2 min").arg(minutes / 60).arg(minutes % 60);
}

QString timeLeftWords(const RunProgress& run) {
  const auto left = run.secondsLeft();
  if (!left) return {};
  const auto unknown = run.validationsOfUnknownLength();
  const QString further = unknown == 1 ? RunControls::tr("one validation")
                                       : RunControls::tr("%1 validations").arg(unknown);
  if (unknown > 0 && *left < 0.5) return RunControls::tr("%1 left, of unknown length").arg(further);
  const QString words = RunControls::tr("%1 left").arg(durationWords(*left));
  if (unknown > 0) return RunControls::tr("%1, and %2").arg(words, further);
  return run.step() < run.steps() || *left >= 0.5 ? words : QString();
}

RunControls::RunControls(QWidget* parent)
    : QWidget(parent),
      start_(new QPushButton(tr("Start"), this)),
      pause_(new QPushButton(tr("Pause"), this)),
      stop_(new QPushButton(tr("Stop"), this)),
      effect_(new QLabel(this)),
      bar_(new QProgressBar(this)),
      progress_(new QLabel(this)) {
  auto small = font();
  small.setPointSizeF(small.pointSizeF() * 0.9);
  effect_->setFont(small);
  effect_->setWordWrap(true);
  bar_->setTextVisible(false);
  bar_->setMaximumHeight(8);
  bar_->setAccessibleName(tr("Progress of the run"));
  progress_->setWordWrap(true);
  progress_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
  progress_->setMinimumHeight(2 * fontMetrics().lineSpacing());  // buttons above stay in place
  auto* row = new QHBoxLayout;
  for (auto* button : {start_, pause_, stop_}) row->addWidget(button);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addLayout(row);
  column->addWidget(effect_);
  column->addWidget(bar_);
  column->addWidget(progress_);
  connect(start_, &QPushButton::clicked, this, &RunControls::startRequested);
  connect(stop_, &QPushButton::clicked, this, &RunControls::stopRequested);
  connect(pause_, &QPushButton::clicked, this, [this] {
    if (canResume(state_))
      Q_EMIT resumeRequested();
    else
      Q_EMIT pauseRequested();
  });
  showState();
  showProgress();
}

void RunControls::setState(std::optional<RunState> state) {
  state_ = state;
  showState();
  showProgress();
}

void RunControls::setStartable(bool startable, const QString& why) {
  startable_ = startable;
  why_ = why;
  showState();
}

void RunControls::showState() {
  const bool resume = canResume(state_);
  start_->setEnabled(canStart(state_) && startable_);
  pause_->setText(resume ? tr("Resume") : tr("Pause"));
  pause_->setEnabled(resume || state_ == RunState::Running);
  stop_->setEnabled(canStop(state_));
  start_->setToolTip(startable_ ? tr("Makes a new run with these settings, at once") : why_);
  pause_->setToolTip(state_ == RunState::Interrupted ? tr("Goes on from the last checkpoint")
                     : resume                        ? tr("Goes on at once, where it paused")
                                                     : tr("Pauses after this step"));
  stop_->setToolTip(tr("Stops after this step, with a checkpoint, so that it can go on later"));
  for (auto* button : {start_, pause_, stop_}) button->setAccessibleDescription(button->toolTip());
  const bool blocked = canStart(state_) && !startable_ && !resume;
  effect_->setText(blocked ? why_ : effectOf(state_));
}

void RunControls::setProgress(std::int64_t step, std::int64_t steps) {
  run_.begin(step, steps);
  showProgress();
}

void RunControls::append(const std::vector<StepEvent>& steps) {
  for (const auto& event : steps) run_.take(event);
  showProgress();
}

void RunControls::setPhase(const PhaseEvent& phase) {
  run_.take(phase);
  showProgress();
}

QString RunControls::words() const {
  QStringList words{wordOf(state_)};
  const bool going = state_ == RunState::Running || state_ == RunState::Pausing;
  const bool busy = going || state_ == RunState::Preparing || state_ == RunState::Stopping;
  const auto phase = QString::fromStdString(wordsOf(run_.phase()));
  if (busy && !phase.isEmpty()) words << phase;
  if (run_.steps() > 0) words << tr("%1 / %2").arg(run_.step()).arg(run_.steps());
  if (const auto pace = run_.pace()) words << tr("%1 s/step").arg(*pace, 0, 'f', 2);
  const QString left = timeLeftWords(run_);
  if (going && !left.isEmpty()) words << left;
  return words.join(QStringLiteral(" · "));
}

void RunControls::showProgress() {
  const bool busy = state_ == RunState::Preparing;
  bar_->setVisible(run_.steps() > 0 || busy);
  bar_->setRange(0, busy ? 0 : 1000);
  if (!busy && run_.steps() > 0)
    bar_->setValue(static_cast<int>(1000 * run_.step() / run_.steps()));
  progress_->setText(words());
}

}  // namespace modascope
