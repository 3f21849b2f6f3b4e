#include "app/window/bench/toggle_bench.h"

#include <chrono>

#include "app/experiment/experiment_controller.h"
#include "app/experiment/experiment_tab.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_tab.h"
#include "app/inspect/volumes/volumes_view.h"
#include "app/window/main_window.h"

namespace modascope {
namespace {

constexpr std::chrono::milliseconds kBetweenLooks{50};
constexpr std::chrono::milliseconds kBetweenClicks{300};
constexpr int kMostLooks = 20 * 60 * 30;  // thirty minutes, for the first prediction of a full case

}  // namespace

ToggleBench::ToggleBench(MainWindow& window, ToggleRequest request)
    : window_(window),
      experiment_(window.page<ExperimentTab>().controller()),
      inspect_(window.page<InspectTab>().controller()),
      view_(dynamic_cast<VolumesView&>(inspect_.view())),
      watch_(*view_.widgets().tiles, *view_.widgets().scene),
      request_(std::move(request)) {
  connect(&timer_, &QTimer::timeout, this, &ToggleBench::look);
  connect(&inspect_, &InspectController::problem, this, &ToggleBench::failed);
  connect(&experiment_, &ExperimentController::problem, this, &ToggleBench::failed);
  connect(&view_, &VolumesView::shownChanged, &watch_, &FrameWatch::noteAnswer);
  connect(&watch_, &FrameWatch::slicesPainted, this, [this] { note(times_.slicesMs); });
  connect(&watch_, &FrameWatch::surfacesPainted, this, [this] { note(times_.surfacesMs); });
}

void ToggleBench::begin() {
  window_.showPage(window_.page<InspectTab>().key());
  timer_.start(kBetweenLooks);
}

/// Shown, in three dimensions too, and every table made: nothing else is under way.
bool ToggleBench::ready() const {
  return view_.shown() && view_.settled() && view_.table() && !view_.table()->meanHd95().empty() &&
         (!request_.training || experiment_.lastStep());
}

void ToggleBench::look() {
  if (!opened_ && view_.patient()) {
    opened_ = true;
    if (const auto set = view_.patient()->available(); !set || set->size() < 2) {
      timer_.stop();
      Q_EMIT failed(tr("This case has less than two modalities: there is nothing to switch."));
      return;
    }
    inspect_.openRun(request_.run);
    if (request_.training) experiment_.start();
  }
  if (opened_ && ready()) {
    timer_.stop();
    times_.size = view_.patient()->grid.size;
    times_.views = watch_.views();
    click();
  } else if (++looks_ > kMostLooks) {
    timer_.stop();
    Q_EMIT failed(tr("The first prediction did not come in thirty minutes."));
  }
}

/// Off and on in turn, one modality after the other.
void ToggleBench::click() {
  const auto ids = view_.patient()->available()->ids();
  const ModalityId id = ids[static_cast<std::size_t>(clicks_ / 2) % ids.size()];
  ++clicks_;
  watch_.arm();
  sinceClick_ = {};
  inspect_.toggle(id);
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
