#include "app/window/bench/plots_command.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTimer>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <memory>
#include <random>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/window/bench/spread.h"
#include "app/window/virtual_display.h"
#include "core/base/json_text.h"
#include "core/modality/modality.h"
#include "core/problem/brats.h"
#include "widgets/plots/loss_plot.h"

namespace modascope {
namespace {

constexpr int kLooks = 20;
constexpr int kTogether = 20;  // steps that arrive at a time
constexpr std::int64_t kFill = 1000;

struct Request {
  std::int64_t steps = 1'000'000;
  double seconds = 10;  ///< of steps that arrive
  bool json = false;
};

struct Times {
  double fillS = 0;
  std::vector<double> fitMs, zoomMs, cursorMs;
  double busyPercent = 0;  ///< of the GUI thread, while steps arrive
  double longestMs = 0;    ///< for so long it answered nothing
};

/// A made-up run: every subset's loss falls and is noisy, and once in ten thousand steps it jumps.
class Steps {
 public:
  std::vector<StepEvent> next(std::int64_t count) {
    std::vector<StepEvent> steps(static_cast<std::size_t>(count));
    for (auto& step : steps) step = one();
    return steps;
  }

 private:
  StepEvent one() {
    StepEvent step;
    step.step = ++number_;
    step.epoch = static_cast<double>(number_) / 100;
    step.elapsedSeconds = static_cast<double>(number_) / 10;
    step.subsets = subsets_;
    const double level = 1 / (1 + std::sqrt(static_cast<double>(number_)) / 100);
    for (std::size_t i = 0; i < subsets_.size(); ++i)
      step.losses.push_back(level * (1 + 0.3 * noise_(random_)));
    step.meanLoss = number_ % 10'000 == 0 ? 100 : level * (1 + 0.1 * noise_(random_));
    return step;
  }

  std::int64_t number_ = 0;
  std::vector<ModalitySet> subsets_ = allSubsets(bratsModalities());
  std::mt19937 random_{1};
  std::normal_distribution<double> noise_;
};

double msOf(const std::function<void()>& work) {
  QElapsedTimer clock;
  clock.start();
  work();
  return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// As a run that was recorded is shown.
void fill(LossPlot& plot, Steps& steps, std::int64_t count, Times& times) {
  for (std::int64_t done = 0; done < count; done += kFill) {
    const auto some = steps.next(std::min(kFill, count - done));
    times.fillS += msOf([&] { plot.append(some); }) / 1000;
  }
  plot.fit();
  QApplication::processEvents();
}

void look(LossPlot& plot, Times& times) {
  auto* canvas = plot.childAt(plot.rect().center());
  for (int i = 0; i < kLooks; ++i) {
    times.fitMs.push_back(msOf([&] { plot.fit(); }));
    const QPointF place(60 + 10 * i, 100);
    QMouseEvent move(QEvent::MouseMove, place, canvas->mapToGlobal(place), Qt::NoButton,
                     Qt::NoButton, Qt::NoModifier);
    times.cursorMs.push_back(msOf([&] { QApplication::sendEvent(canvas, &move); }));
    QWheelEvent zoom(place, canvas->mapToGlobal(place), {}, {0, i % 2 ? 120 : -120}, Qt::NoButton,
                     Qt::NoModifier, Qt::NoScrollPhase, false);
    times.zoomMs.push_back(msOf([&] {
      QApplication::sendEvent(canvas, &zoom);
      canvas->repaint();
      QApplication::processEvents();
    }));
  }
  plot.fit();
}

/// As the window gives a run's steps to the plot, twenty times a second.
void follow(LossPlot& plot, Steps& steps, double seconds, Times& times) {
  QElapsedTimer all, sinceBeat;
  QTimer arrivals, beats;
  QObject::connect(&arrivals, &QTimer::timeout, [&] { plot.append(steps.next(kTogether)); });
  QObject::connect(&beats, &QTimer::timeout, [&] {
    times.longestMs =
        std::max(times.longestMs, static_cast<double>(sinceBeat.nsecsElapsed()) / 1e6);
    sinceBeat.start();
    if (static_cast<double>(all.elapsed()) > 1000 * seconds) QApplication::quit();
  });
  const auto before = std::clock();
  all.start();
  sinceBeat.start();
  arrivals.start(50);
  beats.start(5);
  QApplication::exec();
  times.busyPercent = 100.0 * static_cast<double>(std::clock() - before) / CLOCKS_PER_SEC /
                      (static_cast<double>(all.elapsed()) / 1000);
}

void print(const Request& request, const Times& times) {
  const nlohmann::ordered_json line{{"steps", request.steps},
                                    {"fill_s", times.fillS},
                                    {"fit_ms", medianOf(times.fitMs)},
                                    {"zoom_ms", medianOf(times.zoomMs)},
                                    {"zoom_ms_most", mostOf(times.zoomMs)},
                                    {"cursor_ms", medianOf(times.cursorMs)},
                                    {"following_busy_percent", times.busyPercent},
                                    {"following_longest_ms", times.longestMs}};
  if (request.json)
    std::printf("%s\n", jsonText(line).c_str());
  else
    std::printf(
        "%lld steps taken in %.1f s; all shown anew in %.0f ms; zoomed and drawn in %.0f (%.0f) "
        "ms; read under the cursor in %.1f ms. While steps arrive the window is busy %.0f %% of "
        "the time, for %.0f ms at most.\n",
        static_cast<long long>(request.steps), times.fillS, medianOf(times.fitMs),
        medianOf(times.zoomMs), mostOf(times.zoomMs), medianOf(times.cursorMs), times.busyPercent,
        times.longestMs);
}

void measure(const Request& request) {
  const auto app = makeCommandApp();
  LossPlot plot;
  plot.setSchema(bratsModalities());
  plot.resize(900, 400);
  plot.show();
  Steps steps;
  Times times;
  fill(plot, steps, request.steps, times);
  look(plot, times);
  follow(plot, steps, request.seconds, times);
  print(request, times);
}

}  // namespace

void addPlotsBench(CLI::App& app) {
  auto* command = app.get_subcommand("bench")->add_subcommand(
      "plots", "What a plot of a long run costs the window");
  auto request = std::make_shared<Request>();
  command->add_option("--steps", request->steps, "Of the made-up run")
      ->check(CLI::Range(1000, 10'000'000))
      ->capture_default_str();
  command->add_option("--seconds", request->seconds, "While more steps arrive")
      ->check(CLI::Range(0.5, 3600.0))
      ->capture_default_str();
  command->add_flag("--json", request->json, "One line of JSON");
  command->callback([request] { measure(*request); });
}

}  // namespace modascope
