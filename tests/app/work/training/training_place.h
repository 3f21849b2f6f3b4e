#pragma once

#include <QTemporaryDir>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "app/work/training/training.h"
#include "core/events/events.h"
#include "core/events/run_phase.h"
#include "core/phantom/phantom.h"

namespace modascope::testing {

/// A cohort of three tiny phantoms on disk, and a place for runs.
struct Place {
  QTemporaryDir folder;
  std::filesystem::path data = std::filesystem::path(folder.path().toStdString()) / "data";
  std::filesystem::path runs = std::filesystem::path(folder.path().toStdString()) / "runs";

  Place() {
    PhantomOptions options;
    options.cases = 3;
    options.size = 24;
    options.spacing = 6;
    writePhantomCohort(options, data);
  }
  TrainingRequest request() const {
    RunConfig config;
    config.train.steps = 4;
    config.train.crop = 16;
    config.train.checkpointEvery = 2;
    config.train.validateEvery = 4;
    return {data, runs, config};
  }
};

/// Stops the run after some steps.
struct StopAfter : TrainObserver {
  std::int64_t last;
  std::stop_source stop;
  explicit StopAfter(std::int64_t step) : last(step) {}
  void onStep(const StepEvent& event) override {
    if (event.step == last) stop.request_stop();
  }
};

/// Keeps what a run says it is at.
struct Phases : TrainObserver {
  std::vector<PhaseEvent> events;
  std::vector<std::string> notes;
  std::vector<StepEvent> steps;
  void onPhase(const PhaseEvent& event) override { events.push_back(event); }
  void onNote(const std::string& note) override { notes.push_back(note); }
  void onStep(const StepEvent& event) override { steps.push_back(event); }
};

inline std::string bytesOf(const std::filesystem::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

/// The folder of a run that was stopped after its first step.
inline std::filesystem::path begunIn(const Place& place) {
  StopAfter watcher(1);
  TrainingControl control;
  control.observer = &watcher;
  control.stop = watcher.stop.get_token();
  return startTraining(place.request(), control).run;
}

}  // namespace modascope::testing
