#include "widgets/slices/handling/slice_mouse.h"

#include <QMouseEvent>
#include <QWheelEvent>
#include <cmath>

#include "widgets/slices/painting/slice_wipe.h"

namespace modascope {
namespace {

constexpr double kGrab = 5;  // pixels to either side of the wipe line
constexpr int kWheelNotch = 120;

}  // namespace

bool isOnWipe(const QPointF& position, const MouseGround& ground) {
  if (!ground.wipe || !ground.viewport.contains(position)) return false;
  return std::abs(position.x() - wipeX(ground.viewport, *ground.wipe)) <= kGrab;
}

SliceMouse::Drag SliceMouse::dragFor(const QMouseEvent& event, const MouseGround& ground) const {
  const Qt::KeyboardModifiers keys = event.modifiers();
  const bool shift = keys.testFlag(Qt::ShiftModifier);
  switch (event.button()) {
    case Qt::MiddleButton:
      return Drag::Pan;
    case Qt::LeftButton:
      if (keys.testFlag(Qt::AltModifier)) return Drag::Pan;
      if (!shift && isOnWipe(event.position(), ground)) return Drag::Wipe;
      return scheme_ == MouseScheme::Pacs && !shift ? Drag::Window : Drag::Crosshair;
    case Qt::RightButton:
      return scheme_ == MouseScheme::ItkSnap && shift ? Drag::Window : Drag::Zoom;
    default:
      return Drag::None;
  }
}

SliceActions SliceMouse::press(const QMouseEvent& event, const MouseGround& ground) {
  if (!ground.viewport.contains(event.position())) return {};
  drag_ = dragFor(event, ground);
  start_ = event.position();
  startFrame_ = ground.place.frame();
  startWindow_ = ground.window;
  return drag_ == Drag::Crosshair ? move(start_, ground) : SliceActions();
}

/// To the right wider, downwards darker.
IntensityWindow SliceMouse::windowAfter(const QPointF& moved) const {
  const double width = startWindow_.high - startWindow_.low;
  const double level = startWindow_.low + width / 2 + width * moved.y() / 300;
  const double half = width / 2 * std::exp(moved.x() / 200);
  return {level - half, level + half};
}

SliceActions SliceMouse::move(const QPointF& position, const MouseGround& ground) const {
  const QRectF& viewport = ground.viewport;
  const QPointF moved = position - start_;
  switch (drag_) {
    case Drag::Crosshair:
      return {CrosshairTo{ground.place.voxelUnder(viewport, position)}};
    case Drag::Zoom:
      return {
          FrameTo{ground.place.zoomed(viewport, startFrame_, start_, std::exp(-moved.y() / 120))}};
    case Drag::Pan:
      return {FrameTo{ground.place.panned(viewport, startFrame_, moved)}};
    case Drag::Window:
      return {WindowTo{windowAfter(moved)}};
    case Drag::Wipe:
      return {WipeTo{wipeAt(viewport, position.x())}};
    case Drag::None:
      break;
  }
  return {};
}

SliceActions SliceMouse::release(const QMouseEvent& event, const MouseGround& ground) {
  SliceActions asked;
  if (drag_ == Drag::Window) {
    if (ground.window != startWindow_) asked.push_back(WindowDone{startWindow_});
    if (event.button() == Qt::LeftButton && event.position() == start_)
      asked.push_back(CrosshairTo{ground.place.voxelUnder(ground.viewport, start_)});
  }
  drag_ = Drag::None;
  return asked;
}

SliceActions SliceMouse::wheel(const QWheelEvent& event, const MouseGround& ground) {
  const SlicePlace& place = ground.place;
  const int turned = event.angleDelta().y();
  if (event.modifiers().testFlag(Qt::ControlModifier)) {
    return {FrameTo{
        place.zoomed(ground.viewport, place.frame(), event.position(), std::exp(turned / 600.0))}};
  }
  wheelRest_ += turned;
  const int notches = wheelRest_ / kWheelNotch;
  wheelRest_ -= notches * kWheelNotch;
  if (notches == 0) return {};
  return {CrosshairTo{place.stepped(0, 0, notches)}};
}

}  // namespace modascope
