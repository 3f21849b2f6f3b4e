#include "app/jobs/training_job.h"

#include <chrono>
#include <exception>
#include <variant>

#include "app/jobs/sentence.h"
#include "app/work/adapting/adaptation.h"
#include "app/work/resume.h"
#include "app/work/training/extending.h"
#include "core/events/mailbox.h"

namespace modascope {
namespace {

struct State {
  RunState state;
  std::string words;
};
struct Checkpoint {
  std::int64_t step;
};
struct Note {
  std::string words;
};
using Fact = std::variant<std::filesystem::path, ModelDescription, State, ValidationEvent,
                          Checkpoint, Note, PhaseEvent, AdaptedSet>;

}  // namespace

/// One run from start to end: what the training thread writes and the GUI thread collects.
struct TrainingJob::Session : TrainObserver {
  explicit Session(Work work)
      : thread([this, work = std::move(work)](std::stop_token stop) { train(work, stop); }) {}

  void onModel(const ModelDescription& model) override { facts.put(model); }
  void onState(RunState state, const std::string& words) override {
    facts.put(State{state, words});
  }
  void onStep(const StepEvent& event) override { stepEvents.put(event); }
  void onValidation(const ValidationEvent& event) override { facts.put(event); }
  void onCheckpoint(std::int64_t step) override { facts.put(Checkpoint{step}); }
  void onNote(const std::string& note) override { facts.put(Note{note}); }
  void onPhase(const PhaseEvent& event) override { facts.put(event); }
  void onAdapted(const AdaptedSet& set) override { facts.put(set); }

  void train(const Work& work, std::stop_token stop) {
    TrainingControl control{this, &pause, stop, [this](const auto& run) { facts.put(run); }};
    try {
      ends.put(work(control));
    } catch (...) {
      ends.put(sentenceOf(std::current_exception()));
    }
  }

  using End = std::variant<TrainingOutcome, std::string>;
  Mailbox<StepEvent> stepEvents{4096};
  Mailbox<Fact> facts{1024};
  Mailbox<End> ends{1};
  std::size_t dropped = 0;
  PauseSwitch pause;
  std::jthread thread;  // last: joined before the rest goes
};

TrainingJob::TrainingJob(QObject* parent) : QObject(parent) {
  timer_.setInterval(std::chrono::milliseconds(50));
  connect(&timer_, &QTimer::timeout, this, &TrainingJob::drain);
}

TrainingJob::~TrainingJob() = default;

void TrainingJob::start(const TrainingRequest& request) {
  folder_.clear();
  begin([request](const TrainingControl& control) { return startTraining(request, control); });
}

void TrainingJob::adapt(const AdaptationRequest& request) {
  folder_.clear();
  begin([request](const TrainingControl& control) { return adaptRun(request, control); });
}

void TrainingJob::resume(const std::filesystem::path& run) {
  folder_ = run;
  begin([run](const TrainingControl& control) { return resumeTraining(run, control); });
}

void TrainingJob::extend(const std::filesystem::path& run, std::int64_t steps) {
  folder_ = run;
  begin(
      [run, steps](const TrainingControl& control) { return extendTraining(run, steps, control); });
}

void TrainingJob::begin(Work work) {
  Q_ASSERT(!isRunning());
  session_ = std::make_unique<Session>(std::move(work));
  timer_.start();
}

void TrainingJob::pause() {
  if (session_) session_->pause.pause();
}

void TrainingJob::goOn() {
  if (session_) session_->pause.resume();
}

void TrainingJob::stop() {
  if (session_) session_->thread.request_stop();
}

bool TrainingJob::isPaused() const {
  return session_ && session_->pause.isPaused();
}

void TrainingJob::drain() {
  // The end is collected first: whatever came before it is then in the other boxes.
  const auto ends = session_->ends.drain();
  for (const Fact& fact : session_->facts.drain()) {
    if (const auto* run = std::get_if<std::filesystem::path>(&fact)) {
      folder_ = *run;
      Q_EMIT folderKnown(*run);
    } else if (const auto* model = std::get_if<ModelDescription>(&fact)) {
      Q_EMIT modelKnown(*model);
    } else if (const auto* state = std::get_if<State>(&fact)) {
      Q_EMIT stateChanged(state->state, QString::fromStdString(state->words));
    } else if (const auto* validation = std::get_if<ValidationEvent>(&fact)) {
      Q_EMIT validated(*validation);
    } else if (const auto* checkpoint = std::get_if<Checkpoint>(&fact)) {
      Q_EMIT checkpointWritten(checkpoint->step);
    } else if (const auto* note = std::get_if<Note>(&fact)) {
      Q_EMIT noted(QString::fromStdString(note->words));
    } else if (const auto* phase = std::get_if<PhaseEvent>(&fact)) {
      Q_EMIT phaseChanged(*phase);
    } else if (const auto* set = std::get_if<AdaptedSet>(&fact)) {
      Q_EMIT adapted(*set);
    }
  }
  const auto events = session_->stepEvents.drain();
  if (!events.empty()) Q_EMIT steps(events);
  if (const auto dropped = session_->stepEvents.dropped(); dropped != session_->dropped) {
    session_->dropped = dropped;
    Q_EMIT stepsMissed(folder_);
  }
  if (ends.empty()) return;
  timer_.stop();
  session_.reset();
  if (const auto* outcome = std::get_if<TrainingOutcome>(&ends.front())) {
    Q_EMIT finished(*outcome);
  } else {
    Q_EMIT failed(QString::fromStdString(std::get<std::string>(ends.front())));
  }
}

}  // namespace modascope
