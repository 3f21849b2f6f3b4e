#pragma once

#include <QObject>
#include <QTemporaryDir>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "app/work/adapting/adaptation.h"
#include "app/work/training/training.h"
#include "core/config/config_keys.h"
#include "core/events/events.h"
#include "core/events/run_phase.h"
#include "tests/core/featurefile/made_up_features.h"

namespace modascope::testing {

struct Steps : TrainObserver {
  std::vector<StepEvent> events;
  std::vector<AdaptedSet> sets;
  std::function<void(const StepEvent&)> onEach;
  std::function<void()> onPaused;
  void onState(RunState state, const std::string&) override {
    if (state == RunState::Paused) onPaused();
  }
  void onStep(const StepEvent& event) override {
    events.push_back(event);
    if (onEach) onEach(event);
  }
  void onAdapted(const AdaptedSet& set) override { sets.push_back(set); }
};

/// A run on made-up features, to be adapted in folders beside it.
class AdaptingPlace : public QObject {
 public:
  AdaptingPlace() {
    writeMadeUpFeatures(path("made_up.h5").string());
    TrainingRequest request{path("made_up.h5"), path("runs"), standardFor(Task::Classification)};
    request.config.model.kind = "early-fusion";
    request.config.model.embedding = 16;
    request.config.train.steps = 20;
    base_ = startTraining(request, {}).run;
  }

 protected:
  std::filesystem::path path(const char* name) const {
    return folder_.filePath(name).toStdString();
  }
  AdaptationRequest into(const char* out) const {
    AdaptationRequest request;
    request.run = base_;
    request.data = path("made_up.h5");
    request.out = path(out);
    request.steps = 10;
    return request;
  }

  /// Shaped like the base's, with these splits; no sample of `colourless` has its colour.
  std::filesystem::path writeOthers(const char* name, const std::vector<std::string>& splits,
                                    const std::string& colourless) const {
    Hdf5Writer writer(path(name));
    constexpr std::size_t kCount = 9;
    for (const std::string& split : splits) {
      std::vector<float> some(kCount * 6);
      for (std::size_t i = 0; i < some.size(); ++i) some[i] = static_cast<float>(i * 7 % 5);
      const auto firstOf = [&](std::size_t width) {
        return std::vector<float>(some.begin(), some.begin() + static_cast<long>(kCount * width));
      };
      writer.floats(split + "/shape", {kCount, 4}, firstOf(4));
      writer.floats(split + "/sound", {kCount, 3, 2}, some);
      writer.floats(split + "/colour", {kCount, 5}, firstOf(5));
      writer.integers(split + "/colour_absent", {kCount},
                      std::vector<int>(kCount, split == colourless ? 1 : 0));
      writer.integers(split + "/labels", {kCount}, {0, 1, 2, 0, 1, 2, 0, 1, 2});
    }
    return path(name);
  }

  /// Stops after the step, and keeps the subsets that were learnt before.
  static std::filesystem::path stopAt(std::int64_t step, const AdaptationRequest& request) {
    std::stop_source stop;
    Steps steps;
    steps.onEach = [&](const StepEvent& event) {
      if (event.step == step) stop.request_stop();
    };
    TrainingControl control;
    control.observer = &steps;
    control.stop = stop.get_token();
    const TrainingOutcome outcome = adaptRun(request, control);
    if (outcome.state != RunState::Interrupted || outcome.steps != (step - 1) / 10 * 10)
      qFatal("It was not stopped there.");
    return outcome.run;
  }

  QTemporaryDir folder_;
  std::filesystem::path base_;
};

}  // namespace modascope::testing
