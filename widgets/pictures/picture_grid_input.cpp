#include <QKeyEvent>
#include <algorithm>

#include "widgets/pictures/picture_grid.h"

namespace modascope {

/// What is done in one tile, for all.
void PictureGrid::connectTile(ModalityId id) {
  const PictureView* view = tile(id);
  connect(view, &PictureView::crosshairMoved, this, &PictureGrid::moveCrosshair);
  connect(view, &PictureView::pointed, this,
          [this](QPoint pixel) { Q_EMIT pointed(pixel, describe(pixel)); });
  connect(view, &PictureView::frameChanged, this, &PictureGrid::moveFrame);
  connect(view, &PictureView::wipeMoved, this, &PictureGrid::moveWipe);
  connect(view, &PictureView::headerClicked, this, [this, id] { Q_EMIT toggled(id); });
  connect(view, &PictureView::maximiseRequested, this,
          [this, id] { setMaximised(maximised_ ? std::nullopt : std::optional(id)); });
}

void PictureGrid::moveCrosshair(QPoint pixel) {
  setCrosshair(pixel);
  Q_EMIT crosshairMoved(pixel);
  Q_EMIT pointed(pixel, describe(pixel));
}

void PictureGrid::moveFrame(const PictureFrame& frame) {
  setFrame(frame);
  Q_EMIT frameChanged(frame);
}

bool PictureGrid::styleKey(int key) {
  PictureStyle style = style_;
  switch (key) {
    case Qt::Key_S:
      style.visible = !style.visible;
      break;
    case Qt::Key_O:
      style.truthLines = !style.truthLines;
      break;
    case Qt::Key_B:
      style.ground = !style.ground;
      break;
    case Qt::Key_T:
      style.content = contentAfter(style.content, classes_);
      break;
    case Qt::Key_A:
      style.opacity -= 0.05;
      break;
    case Qt::Key_D:
      style.opacity += 0.05;
      break;
    default:
      return false;
  }
  style.opacity = std::clamp(style.opacity, 0.0, 1.0);
  changeStyle(style);
  return true;
}

bool PictureGrid::moveKey(int key) {
  QPoint to = *crosshair_;
  switch (key) {
    case Qt::Key_Left:
      --to.rx();
      break;
    case Qt::Key_Right:
      ++to.rx();
      break;
    case Qt::Key_Up:
      --to.ry();
      break;
    case Qt::Key_Down:
      ++to.ry();
      break;
    default:
      return false;
  }
  if (QRect({0, 0}, pictureSize()).contains(to)) moveCrosshair(to);
  return true;
}

void PictureGrid::keyPressEvent(QKeyEvent* event) {
  const Qt::KeyboardModifiers keys =
      event->modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
  const int digit = event->key() - Qt::Key_1;
  if (keys != Qt::NoModifier || !sample_) {
    event->ignore();
  } else if (digit >= 0 && digit < static_cast<int>(tiles_.size())) {
    setMaximised(ModalityId(static_cast<std::size_t>(digit)));
  } else if (event->key() == Qt::Key_Escape && maximised_) {
    setMaximised(std::nullopt);
  } else if (event->key() == Qt::Key_R) {
    moveFrame({});
  } else if (event->key() == Qt::Key_X) {
    crosshairVisible_ = !crosshairVisible_;
    setCrosshair(*crosshair_);
  } else if (event->key() == Qt::Key_BracketLeft || event->key() == Qt::Key_BracketRight) {
    legend_->ask(event->key() == Qt::Key_BracketLeft ? -1 : 1);
  } else if (!styleKey(event->key()) && !wipeKey(event->key()) && !moveKey(event->key())) {
    event->ignore();
  }
}

}  // namespace modascope
