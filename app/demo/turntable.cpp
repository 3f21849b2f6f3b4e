#include "app/demo/turntable.h"

#include <chrono>

#include "widgets/scene/scene_view.h"

namespace modascope {
namespace {

constexpr std::chrono::milliseconds kFrame{40};
constexpr double kStep = 0.4;  // degrees

}  // namespace

Turntable::Turntable(SceneView& scene, QObject* parent) : QObject(parent), scene_(scene) {
  timer_.setInterval(kFrame);
  connect(&timer_, &QTimer::timeout, this, &Turntable::turn);
}

void Turntable::setTurning(bool on) {
  if (on == isTurning()) return;
  if (on)
    timer_.start();
  else
    timer_.stop();
}

void Turntable::turn() {
  if (!scene_.isVisible()) return;
  scene_.setCamera(turnedPose(scene_.camera(), kStep));
}

}  // namespace modascope
