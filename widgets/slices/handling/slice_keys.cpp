#include "widgets/slices/handling/slice_keys.h"

#include <QKeyEvent>

namespace modascope {
namespace {

constexpr double kWipeStep = 0.05;
constexpr double kOpacityStep = 0.1;

SliceActions placeActions(int key, const SlicePlace& place) {
  switch (key) {
    case Qt::Key_Left:
      return {CrosshairTo{place.stepped(-1, 0, 0)}};
    case Qt::Key_Right:
      return {CrosshairTo{place.stepped(1, 0, 0)}};
    case Qt::Key_Up:
      return {CrosshairTo{place.stepped(0, -1, 0)}};
    case Qt::Key_Down:
      return {CrosshairTo{place.stepped(0, 1, 0)}};
    case Qt::Key_PageUp:
      return {CrosshairTo{place.stepped(0, 0, 1)}};
    case Qt::Key_PageDown:
      return {CrosshairTo{place.stepped(0, 0, -1)}};
    case Qt::Key_X:
      return {CrosshairSwitched{}};
    case Qt::Key_R:
      return {FrameTo{}};
    default:
      return {};
  }
}

SliceActions wipeActions(int key, const SliceOverlays& overlays) {
  if (key != Qt::Key_BracketLeft && key != Qt::Key_BracketRight) return {};
  if (!isWiped(overlays)) return {};
  return {WipeTo{*overlays.wipe + (key == Qt::Key_BracketLeft ? -kWipeStep : kWipeStep)}};
}

SliceActions styleActions(int key, const SliceOverlays& overlays, bool mapped) {
  OverlayStyle style = overlays.style;
  switch (key) {
    case Qt::Key_S:
      style.visible = !style.visible;
      break;
    case Qt::Key_O:
      style.outline = !style.outline;
      break;
    case Qt::Key_T:
      style.content = contentAfter(overlays);
      if (style.content == overlays.style.content) return {};
      break;
    case Qt::Key_A:
      opacityOf(style, mapped) -= kOpacityStep;
      break;
    case Qt::Key_D:
      opacityOf(style, mapped) += kOpacityStep;
      break;
    default:
      return {};
  }
  return {StyleTo{style}};
}

}  // namespace

SliceActions actionsOf(const QKeyEvent& event, const SlicePlace& place,
                       const SliceOverlays& overlays, bool mapped) {
  const Qt::KeyboardModifiers keys =
      event.modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
  if (keys == Qt::ControlModifier && event.key() == Qt::Key_J) return {WindowFound{}};
  if (keys != Qt::NoModifier) return {};
  SliceActions asked = placeActions(event.key(), place);
  if (asked.empty()) asked = wipeActions(event.key(), overlays);
  return asked.empty() ? styleActions(event.key(), overlays, mapped) : asked;
}

}  // namespace modascope
