#include "app/window/bench/demo_bench.h"

#include <algorithm>

#include "app/demo/demo_controller.h"
#include "app/demo/demo_page.h"
#include "app/demo/demo_tab.h"
#include "app/window/main_window.h"
#include "core/system/process_mark.h"
#include "widgets/scene/scene_view.h"
#include "widgets/scene/vtk_widget.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {
namespace {

constexpr std::chrono::milliseconds kBetweenSwitches{150};
constexpr std::chrono::milliseconds kBeat{2};
constexpr std::chrono::milliseconds kBetweenChoices{350};
constexpr double kTurnDegrees = 4;

}  // namespace

DemoBench::DemoBench(MainWindow& window, DemoBenchRequest request)
    : tab_(window.page<DemoTab>()),
      controller_(tab_.controller()),
      watch_(*tab_.page().tiles(), *tab_.page().scene()),
      request_(std::move(request)) {
  connect(&tab_, &DemoTab::failed, this, &DemoBench::failed);
  connect(&controller_, &DemoController::lookShown, &watch_, &FrameWatch::noteAnswer);
  connect(&watch_, &FrameWatch::slicesPainted, this, [this] { noteSwitch(times_.slicesMs); });
  connect(&watch_, &FrameWatch::surfacesPainted, this, [this] { noteSwitch(times_.surfacesMs); });
  connect(tab_.page().scene()->findChild<VtkWidget*>(), &VtkWidget::rendered, this,
          &DemoBench::noteFrame, Qt::QueuedConnection);
  connect(&beats_, &QTimer::timeout, this, &DemoBench::beat);
  connect(&choices_, &QTimer::timeout, this, &DemoBench::chooseAtRandom);
}

void DemoBench::begin() {}

/// The first frame with surfaces in it, or one more of the scene that is turned.
void DemoBench::noteFrame() {
  const SceneView& scene = *tab_.page().scene();
  if (first_ && controller_.look() && scene.settled() && scene.surfaces()) {
    first_ = false;
    times_.firstPictureS = secondsSinceStart();
    QTimer::singleShot(kBetweenSwitches, this, &DemoBench::switchOne);
  } else if (turning_) {
    times_.framesMs.push_back(1000 * since_.seconds());
    turn();
  }
}

void DemoBench::switchOne() {
  const auto sets = allSubsets(controller_.opened()->demo.schema);
  const ModalitySet available = controller_.opened()->demo.available();
  ModalitySet next = available;
  while (!available.contains(next) || next == controller_.look()->set)
    next = sets[random_() % sets.size()];
  watch_.arm();
  since_ = {};
  controller_.setLook(DemoLook(next));
}

void DemoBench::noteSwitch(std::vector<double>& times) {
  if (first_ || turning_ || session_.isValid()) return;
  times.push_back(1000 * since_.seconds());
  const auto done = std::min(times_.slicesMs.size(), times_.surfacesMs.size());
  if (times_.slicesMs.size() != times_.surfacesMs.size()) return;
  if (done < static_cast<std::size_t>(request_.switches)) {
    QTimer::singleShot(kBetweenSwitches, this, &DemoBench::switchOne);
    return;
  }
  turning_ = true;
  turn();
}

void DemoBench::turn() {
  if (times_.framesMs.size() >= static_cast<std::size_t>(request_.turns)) return startSession();
  SceneView& scene = *tab_.page().scene();
  since_ = {};
  scene.setCamera(turnedPose(scene.camera(), kTurnDegrees));
}

void DemoBench::startSession() {
  turning_ = false;
  times_.memoryBefore = residentBytes();
  session_.start();
  sinceBeat_.start();
  beats_.start(kBeat);
  choices_.start(kBetweenChoices);
}

/// Whatever holds up the window holds up its timers.
void DemoBench::beat() {
  times_.longestFrameMs =
      std::max(times_.longestFrameMs, static_cast<double>(sinceBeat_.nsecsElapsed()) / 1e6);
  sinceBeat_.start();
  if (session_.elapsed() < 1000 * request_.seconds) return;
  beats_.stop();
  choices_.stop();
  times_.memoryAfter = residentBytes();
  Q_EMIT finished();
}

/// A step of the story, or scans, layers and lines in any combination.
void DemoBench::chooseAtRandom() {
  if (random_() % 4 == 0) return controller_.goTo(random_() % controller_.story().steps.size());
  const Demo& demo = controller_.opened()->demo;
  DemoLook look(
      demo.networks.front().answers[random_() % demo.networks.front().answers.size()].set);
  look.truth = demo.truth && random_() % 2 == 0;
  look.sideBySide = demo.networks.size() > 1 && random_() % 3 == 0;
  look.layer = static_cast<DemoLayer>(random_() % 3);
  controller_.setLook(look);
}

}  // namespace modascope
