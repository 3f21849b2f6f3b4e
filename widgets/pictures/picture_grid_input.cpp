#include <QKeyEvent>
#include <algorithm>

#include "widgets/pictures/picture_grid.h"
#include "widgets/pictures/picture_keys.h"

namespace modascope {
namespace {

constexpr double kWipeStep = 0.02;  ///< of the width

}  // namespace

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
          [this, id] { setMaximised(maximised() ? std::nullopt : std::optional(id)); });
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

void PictureGrid::moveWipe(double to) {
  wipe_.at = std::clamp(to, 0.0, 1.0);
  for (PictureView* tile : tiles_.all()) tile->moveWipe(wipe_.at);
}

bool PictureGrid::styleKey(int key) {
  const auto style = styleAfter(key, style_, overlay_.classes());
  if (style) changeStyle(*style);
  return style.has_value();
}

bool PictureGrid::wipeKey(int key) {
  if (!overlay_.hasKept() || (key != Qt::Key_Comma && key != Qt::Key_Period)) return false;
  moveWipe(wipe_.at + (key == Qt::Key_Comma ? -kWipeStep : kWipeStep));
  return true;
}

bool PictureGrid::moveKey(int key) {
  const auto step = stepOf(key);
  if (!step) return false;
  if (const QPoint to = *crosshair() + *step; case_->contains(to)) moveCrosshair(to);
  return true;
}

void PictureGrid::keyPressEvent(QKeyEvent* event) {
  const Qt::KeyboardModifiers keys =
      event->modifiers() & ~(Qt::KeypadModifier | Qt::GroupSwitchModifier);
  const int digit = event->key() - Qt::Key_1;
  if (keys != Qt::NoModifier || !case_) {
    event->ignore();
  } else if (digit >= 0 && digit < static_cast<int>(tiles_.size())) {
    setMaximised(ModalityId(static_cast<std::size_t>(digit)));
  } else if (event->key() == Qt::Key_Escape && maximised()) {
    setMaximised(std::nullopt);
  } else if (event->key() == Qt::Key_R) {
    moveFrame({});
  } else if (event->key() == Qt::Key_X) {
    tiles_.toggleCrosshair();
  } else if (event->key() == Qt::Key_BracketLeft || event->key() == Qt::Key_BracketRight) {
    legend_->ask(event->key() == Qt::Key_BracketLeft ? -1 : 1);
  } else if (!styleKey(event->key()) && !wipeKey(event->key()) && !moveKey(event->key())) {
    event->ignore();
  }
}

}  // namespace modascope
