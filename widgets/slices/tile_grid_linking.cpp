#include <QKeyEvent>

#include "widgets/slices/tile_grid.h"

namespace modascope {

/// What is done in one tile, for those that show the same.
void TileGrid::connectTile(std::size_t i) {
  const SliceView* tile = tiles()[i];
  connect(tile, &SliceView::crosshairMoved, this, [this](const Vec3& world) {
    setCrosshair(world);
    Q_EMIT crosshairMoved(world);
    Q_EMIT pointed(world, describe(world));
  });
  connect(tile, &SliceView::pointed, this,
          [this](const Vec3& world) { Q_EMIT pointed(world, describe(world)); });
  connect(tile, &SliceView::frameChanged, this,
          [this, i](const ViewFrame& frame) { look_.setFrame(cells()[i].plane, frame); });
  connect(tile, &SliceView::headerClicked, this,
          [this, i] { Q_EMIT toggled(cells()[i].modality); });
  connect(tile, &SliceView::maximiseRequested, this,
          [this, i] { stage_.maximise(maximised() ? std::nullopt : std::optional(i)); });
}

void TileGrid::connectLooks(std::size_t i) {
  const SliceView* tile = tiles()[i];
  connect(tile, &SliceView::overlayStyleChanged, this, [this](const OverlayStyle& style) {
    setOverlayStyle(style);
    Q_EMIT overlayStyleChanged(style);
  });
  connect(tile, &SliceView::crosshairVisibilityChanged, this,
          [this](bool visible) { look_.setCrosshairVisible(visible); });
  connect(tile, &SliceView::wipeMoved, this, [this](double wipe) {
    setWipe(wipe);
    Q_EMIT wipeMoved(wipe);
  });
  connect(tile, &SliceView::windowChanged, this, [this, i](const IntensityWindow& window) {
    const ModalityId id = cells()[i].modality;
    case_.setWindow(id, window);
    showWindow(id);
    Q_EMIT windowChanged(id, window);
  });
  connect(tile, &SliceView::windowSettled, this,
          [this, i](const IntensityWindow& before, const IntensityWindow& window) {
            Q_EMIT windowSettled(cells()[i].modality, before, window);
          });
}

void TileGrid::setIntensityWindow(ModalityId id, const IntensityWindow& window) {
  if (!case_.has(id) || window == intensityWindow(id)) return;
  case_.setWindow(id, window);
  showWindow(id);
}

IntensityWindow TileGrid::intensityWindow(ModalityId id) const {
  return case_.has(id) ? case_.window(id) : IntensityWindow();
}

void TileGrid::autoWindow(ModalityId id) {
  if (!case_.has(id)) return;
  const IntensityWindow found = case_.foundWindow(id);
  const IntensityWindow before = case_.window(id);
  if (found == before) return;
  setIntensityWindow(id, found);
  Q_EMIT windowChanged(id, found);
  Q_EMIT windowSettled(id, before, found);
}

void TileGrid::showWindow(ModalityId id) {
  for (std::size_t i = 0; i < tiles().size(); ++i) {
    if (cells()[i].modality == id) tiles()[i]->setIntensityWindow(case_.window(id));
  }
}

void TileGrid::keyPressEvent(QKeyEvent* event) {
  const Qt::KeyboardModifiers keys = event->modifiers() & ~Qt::KeypadModifier;
  const int digit = event->key() - Qt::Key_1;
  const int modalities = case_.schema() ? static_cast<int>(case_.schema()->size()) : 0;
  if (keys == Qt::NoModifier && digit >= 0 && digit < modalities) {
    const ModalityId id(static_cast<std::size_t>(digit));
    tileLayout() == TileLayout::Modalities ? setMaximised(id) : setMain(id);
  } else if (keys == Qt::NoModifier && event->key() == Qt::Key_Escape && maximised()) {
    stage_.maximise(std::nullopt);
  } else {
    event->ignore();
  }
}

}  // namespace modascope
