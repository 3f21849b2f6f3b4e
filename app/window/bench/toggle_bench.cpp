#include "app/window/bench/toggle_bench.h"

#include <chrono>

#include "app/experiment/experiment_controller.h"
#include "app/inspect/inspect_controller.h"
#include "app/window/main_window.h"

namespace modascope {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{50};
constexpr std::chrono::milliseconds kBetweenClicks{300};
constexpr int kMostLooks = 20 * 60 * 30;  // thirty minutes, for the first prediction of a full case

}  // namespace

ToggleBench::ToggleBench(MainWindow& window, ToggleRequest request)
    : window_(window),
      watch_(window.inspectPage(), window.inspect()),
      request_(std::move(request)) {
  connect(&timer_, &QTimer::timeout, this, &ToggleBench::look);
  connect(&window_.inspect(), &InspectController::problem, this, &ToggleBench::failed);
  connect(&window_.experiment(), &ExperimentController::problem, this, &ToggleBench::failed);
  connect(&watch_, &FrameWatch::slicesPainted, this, [this] { note(times_.slicesMs); });
  connect(&watch_, &FrameWatch::surfacesPainted, this, [this] { note(times_.surfacesMs); });
}

void ToggleBench::begin() {
  window_.showPage(MainWindow::Page::Inspect);
  timer_.start(kBetweenLooks);
}

/// Shown, in three dimensions too, and every table made: nothing else is under way.
bool ToggleBench::ready() const {
  const InspectController& inspect = window_.inspect();
  return inspect.shown() && inspect.settled() && inspect.table() &&
         !inspect.table()->meanHd95().empty() &&
         (!request_.training || window_.experiment().lastStep());
}

void ToggleBench::look() {
  InspectController& inspect = window_.inspect();
  if (!opened_ && inspect.patient()) {
    opened_ = true;
    if (const auto set = inspect.patient()->available(); !set || set->size() < 2) {
      timer_.stop();
      Q_EMIT failed(tr("This case has less than two modalities: there is nothing to switch."));
      return;
    }
    inspect.openRun(request_.run);
    if (request_.training) window_.experiment().start();
  }
  if (opened_ && ready()) {
    timer_.stop();
    times_.size = inspect.patient()->grid.size;
    times_.views = watch_.views();
    click();
  } else if (++looks_ > kMostLooks) {
    timer_.stop();
    Q_EMIT failed(tr("The first prediction did not come in thirty minutes."));
  }
}

/// Off and on in turn, one modality after the other.
void ToggleBench::click() {
  const auto ids = window_.inspect().patient()->available()->ids();
  const ModalityId id = ids[static_cast<std::size_t>(clicks_ / 2) % ids.size()];
  ++clicks_;
  watch_.arm();
  sinceClick_ = {};
  window_.inspect().toggle(id);
}

void ToggleBench::note(std::vector<double>& times) {
  times.push_back(1000 * sinceClick_.seconds());
  const auto clicks = static_cast<std::size_t>(clicks_);
  if (times_.slicesMs.size() < clicks || times_.surfacesMs.size() < clicks) return;
  if (clicks_ < request_.toggles) {
    QTimer::singleShot(kBetweenClicks, this, &ToggleBench::click);
    return;
  }
  times_.triangles = watch_.triangles();
  Q_EMIT finished();
}

}  // namespace modascope
