#include <QKeyEvent>
#include <QMouseEvent>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "widgets/slices/slice_view.h"

namespace modascope {
namespace {

constexpr double kLeastZoom = 0.25;
constexpr double kMostZoom = 40;
constexpr int kWheelNotch = 120;

/// The centre of the voxel nearest to `world`, inside the volume.
Vec3 snapped(const VoxelGrid& grid, const Vec3& world) {
  Vec3 index = grid.toIndex(world);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    index[axis] = std::clamp(std::round(index[axis]), 0.0,
                             std::max(0.0, static_cast<double>(grid.size[axis] - 1)));
  }
  return grid.toWorld(index);
}

}  // namespace

void SliceView::moveCrosshair(const Vec3& worldMm) {
  if (!volume_) return;
  const Vec3 world = snapped(volume_->grid, worldMm);
  if (world == crosshair_) return;
  setCrosshair(world);
  Q_EMIT crosshairMoved(crosshair_);
}

void SliceView::stepCrosshair(int right, int down, int through) {
  if (!volume_) return;
  const ScreenAxes axes = screenAxes(plane_, convention_);
  Vec3 index = volume_->grid.toIndex(snapped(volume_->grid, crosshair_));
  index[axes.right] += axes.rightFlipped ? -right : right;
  index[axes.down] += axes.downFlipped ? -down : down;
  index[axes.through] += through;
  moveCrosshair(volume_->grid.toWorld(index));
}

void SliceView::changeFrame(const ViewFrame& frame) {
  if (frame == frame_) return;
  setFrame(frame);
  Q_EMIT frameChanged(frame_);
}

void SliceView::changeWindow(const IntensityWindow& window) {
  if (window == window_) return;
  setIntensityWindow(window);
  Q_EMIT windowChanged(window_);
}

void SliceView::changeWindowByHand(const IntensityWindow& window) {
  if (window == window_) return;
  const IntensityWindow before = window_;
  changeWindow(window);
  Q_EMIT windowSettled(before, window_);
}

void SliceView::autoAdjustWindow() {
  if (volume_) changeWindowByHand(autoWindow(*volume_));
}

/// Zooms so that the point under `position` stays where it is.
void SliceView::zoomAt(const QPointF& position, const ViewFrame& from, double factor) {
  const SliceGeometry geometry = geometryIn(pictureRect(), from);
  ViewFrame frame = from;
  frame.zoom = std::clamp(from.zoom * factor, kLeastZoom, kMostZoom);
  const double scale = geometry.scale() * frame.zoom / from.zoom;
  const QPointF offset = position - pictureRect().center();
  frame.panMm = from.panMm + offset / geometry.scale() - offset / scale;
  changeFrame(frame);
}

void SliceView::beginDrag(Drag drag, const QPointF& position) {
  drag_ = drag;
  dragStart_ = position;
  dragFrame_ = frame_;
  dragWindow_ = window_;
}

void SliceView::dragTo(const QPointF& position) {
  const QPointF moved = position - dragStart_;
  switch (drag_) {
    case Drag::Crosshair: {
      const SliceGeometry geometry = geometryIn(pictureRect(), frame_);
      moveCrosshair(geometry.toWorld(position, geometry.sliceAt(crosshair_)));
      break;
    }
    case Drag::Zoom:
      zoomAt(dragStart_, dragFrame_, std::exp(-moved.y() / 120));
      break;
    case Drag::Pan:
      changeFrame(
          {dragFrame_.zoom, dragFrame_.panMm - moved / geometryIn(pictureRect(), frame_).scale()});
      break;
    case Drag::Window: {
      const double width = dragWindow_.high - dragWindow_.low;
      const double level = dragWindow_.low + width / 2 + width * moved.y() / 300;
      const double half = width / 2 * std::exp(moved.x() / 200);
      changeWindow({level - half, level + half});
      break;
    }
    case Drag::Wipe:
      moveWipe(wipeAt(pictureRect(), position.x()));
      break;
    case Drag::None:
      break;
  }
}

SliceView::Drag SliceView::dragFor(const QMouseEvent& event) const {
  const Qt::KeyboardModifiers keys = event.modifiers();
  const bool shift = keys.testFlag(Qt::ShiftModifier);
  switch (event.button()) {
    case Qt::MiddleButton:
      return Drag::Pan;
    case Qt::LeftButton:
      if (keys.testFlag(Qt::AltModifier)) return Drag::Pan;
      if (!shift && isOnWipe(event.position())) return Drag::Wipe;
      return scheme_ == MouseScheme::Pacs && !shift ? Drag::Window : Drag::Crosshair;
    case Qt::RightButton:
      return scheme_ == MouseScheme::ItkSnap && shift ? Drag::Window : Drag::Zoom;
    default:
      return Drag::None;
  }
}

void SliceView::mousePressEvent(QMouseEvent* event) {
  if (!volume_ || !pictureRect().contains(event->position())) return;
  beginDrag(dragFor(*event), event->position());
  if (drag_ == Drag::Crosshair) dragTo(event->position());
}

void SliceView::mouseMoveEvent(QMouseEvent* event) {
  if (drag_ != Drag::None) {
    dragTo(event->position());
    return;
  }
  if (isOnWipe(event->position())) {
    setCursor(Qt::SplitHCursor);
  } else {
    unsetCursor();
  }
  if (const auto world = worldAt(event->position())) {
    Q_EMIT pointed(*world);
  }
}

void SliceView::mouseReleaseEvent(QMouseEvent* event) {
  if (drag_ == Drag::Window && window_ != dragWindow_) Q_EMIT windowSettled(dragWindow_, window_);
  const bool click = drag_ == Drag::Window && event->position() == dragStart_;
  if (click && event->button() == Qt::LeftButton) {
    const SliceGeometry geometry = geometryIn(pictureRect(), frame_);
    moveCrosshair(geometry.toWorld(dragStart_, geometry.sliceAt(crosshair_)));
  }
  drag_ = Drag::None;
}

void SliceView::mouseDoubleClickEvent(QMouseEvent* event) {
  drag_ = Drag::None;
  if (event->button() == Qt::LeftButton) Q_EMIT maximiseRequested();
}

void SliceView::wheelEvent(QWheelEvent* event) {
  event->accept();
  if (!volume_) return;
  if (event->modifiers().testFlag(Qt::ControlModifier)) {
    zoomAt(event->position(), frame_, std::exp(event->angleDelta().y() / 600.0));
    return;
  }
  wheelRest_ += event->angleDelta().y();
  const int notches = wheelRest_ / kWheelNotch;
  wheelRest_ -= notches * kWheelNotch;
  if (notches != 0) stepCrosshair(0, 0, notches);
}

bool SliceView::moveKey(const QKeyEvent& event) {
  switch (event.key()) {
    case Qt::Key_Left:
      stepCrosshair(-1, 0, 0);
      return true;
    case Qt::Key_Right:
      stepCrosshair(1, 0, 0);
      return true;
    case Qt::Key_Up:
      stepCrosshair(0, -1, 0);
      return true;
    case Qt::Key_Down:
      stepCrosshair(0, 1, 0);
      return true;
    case Qt::Key_PageUp:
      stepCrosshair(0, 0, 1);
      return true;
    case Qt::Key_PageDown:
      stepCrosshair(0, 0, -1);
      return true;
    default:
      return false;
  }
}

void SliceView::keyPressEvent(QKeyEvent* event) {
  const Qt::KeyboardModifiers keys =
      event->modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
  if (keys == Qt::ControlModifier && event->key() == Qt::Key_J) {
    autoAdjustWindow();
  } else if (keys != Qt::NoModifier) {
    event->ignore();
  } else if (event->key() == Qt::Key_X) {
    setCrosshairVisible(!crosshairVisible_);
    Q_EMIT crosshairVisibilityChanged(crosshairVisible_);
  } else if (event->key() == Qt::Key_R) {
    changeFrame({});
  } else if (!styleKey(*event) && !wipeKey(*event) && !moveKey(*event)) {
    event->ignore();
  }
}

void SliceView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  header_->setGeometry(0, 0, width(), headerHeight());
}

void SliceView::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  update();
}

void SliceView::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  update();
}

void SliceView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange) header_->setGeometry(0, 0, width(), headerHeight());
  groundChanged();
}

}  // namespace modascope
