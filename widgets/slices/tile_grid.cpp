#include "widgets/slices/tile_grid.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/slices/largest_slice.h"

namespace modascope {
namespace {

Vec3 centreOf(const VoxelGrid& grid) {
  const auto middle = [&grid](std::size_t axis) {
    return std::floor(static_cast<double>(grid.size[axis]) / 2);
  };
  return grid.toWorld({middle(0), middle(1), middle(2)});
}

QString accessibleNameOf(TileLayout layout) {
  switch (layout) {
    case TileLayout::Planes:
      return TileGrid::tr("Three planes of one modality");
    case TileLayout::SideBySide:
      return TileGrid::tr("The kept prediction beside the live one");
    case TileLayout::Modalities:
      break;
  }
  return TileGrid::tr("Slices of all modalities");
}

}  // namespace

TileGrid::TileGrid(QWidget* parent) : QWidget(parent) {
  setAccessibleName(accessibleNameOf(layout_));
}

void TileGrid::setCase(const ModalitySchema& schema,
                       std::vector<std::shared_ptr<const Volume>> volumes, const VoxelGrid& grid) {
  const bool sameGrid = case_.liesOn(grid);
  const bool sameSchema = case_.schema() == schema;
  const auto mainBefore = case_.schema() ? std::optional(mainModality()) : std::nullopt;
  case_.take(schema, std::move(volumes), grid);
  if (!sameGrid) {
    crosshair_ = centreOf(grid);
    frames_ = {};
  }
  if (!sameSchema) maximised_.reset();
  rebuild();
  if (mainModality() != mainBefore) Q_EMIT mainChanged(mainModality());
}

void TileGrid::clear() {
  case_.clear();
  maximised_.reset();
  rebuild();
}

void TileGrid::setTileLayout(TileLayout layout) {
  if (layout == layout_) return;
  const ModalityId mainBefore = mainModality();
  if (layout_ == TileLayout::Modalities && maximised_ && case_.has(*maximised()))
    chosen_ = maximised();
  layout_ = layout;
  maximised_.reset();
  setAccessibleName(accessibleNameOf(layout));
  rebuild();
  if (mainModality() != mainBefore) Q_EMIT mainChanged(mainModality());
  Q_EMIT tileLayoutChanged(layout);
}

void TileGrid::setMain(ModalityId id) {
  if (case_.schema() && !case_.has(id)) return;
  const ModalityId before = mainModality();
  chosen_ = id;
  if (!case_.schema() || mainModality() == before) return;
  rebuild();
  Q_EMIT mainChanged(mainModality());
}

ModalityId TileGrid::mainModality() const {
  return chosen_ && case_.has(*chosen_) ? *chosen_ : case_.first();
}

void TileGrid::setPlane(Plane plane) {
  plane_ = plane;
  rebuild();
}

/// Makes the tiles what layout, main modality and plane say.
void TileGrid::rebuild() {
  cells_ = case_.schema() ? cellsOf(layout_, *case_.schema(), mainModality(), plane_)
                          : std::vector<TileCell>();
  makeTiles();
  for (std::size_t i = 0; i < tiles_.size(); ++i) fill(i);
  arrange();
}

/// One for each cell. A tile too many may be the one whose event this answers, so it goes later.
void TileGrid::makeTiles() {
  const bool focused = isAncestorOf(QApplication::focusWidget());
  while (tiles_.size() < cells_.size()) {
    tiles_.push_back(new SliceView(this));
    connectTile(tiles_.size() - 1);
    connectLooks(tiles_.size() - 1);
  }
  for (; tiles_.size() > cells_.size(); tiles_.pop_back()) {
    tiles_.back()->disconnect(this);
    tiles_.back()->hide();
    tiles_.back()->deleteLater();
  }
  if (focused && !tiles_.empty() && !isAncestorOf(QApplication::focusWidget())) {
    tiles_.front()->setFocus();
  }
}

/// All that a tile shows follows from its cell and the state of the grid.
void TileGrid::fill(std::size_t i) {
  const TileCell& cell = cells_[i];
  const TileSight sight = case_.sightOf(cell, layout_);
  SliceView& tile = *tiles_[i];
  tile.setPlane(cell.plane);
  tile.setConvention(convention_);
  tile.setMouseScheme(scheme_);
  tile.setVolume(sight.volume, sight.window);
  tile.setFitted(case_.head());
  tile.setFrame(frames_[static_cast<std::size_t>(cell.plane)]);
  tile.setCrosshair(crosshair_);
  tile.setCrosshairVisible(crosshairVisible_);
  tile.setStandIn(sight.standIn);
  tile.setTitle(sight.title);
  tile.setState(sight.state);
  tile.setSwitchable(sight.switchable);
  tile.setOverlays(sight.overlays);
  tile.setMap(sight.map);
}

void TileGrid::centreOnLargestSlice() {
  if (!case_.overlays().live) return;
  const std::size_t through = screenAxes(plane_, convention_).through;
  const auto middle = middleOfLargestSlice(*case_.overlays().live, through);
  if (!middle) return;
  setCrosshair(*middle);
  Q_EMIT crosshairMoved(crosshair_);
}

void TileGrid::setMaximised(std::optional<ModalityId> id) {
  if (!id) return maximiseCell(std::nullopt);
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (cells_[i].modality == *id) return maximiseCell(i);
  }
}

void TileGrid::maximiseCell(std::optional<std::size_t> cell) {
  maximised_ = cell;
  arrange();
  if (cell) tiles_[*cell]->setFocus();
}

std::optional<ModalityId> TileGrid::maximised() const {
  return maximised_ ? std::optional(cells_[*maximised_].modality) : std::nullopt;
}

std::vector<std::size_t> TileGrid::visibleCells() const {
  if (maximised_) return {*maximised_};
  std::vector<std::size_t> all(cells_.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  return all;
}

void TileGrid::arrange() {
  const std::vector<std::size_t> visible = visibleCells();
  const std::vector<QRect> places = placesOf(layout_, visible.size(), size());
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    tiles_[i]->setVisible(!maximised_ || i == *maximised_);
  }
  for (std::size_t i = 0; i < visible.size(); ++i) tiles_[visible[i]]->setGeometry(places[i]);
}

void TileGrid::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

const SliceView* TileGrid::tile(ModalityId id) const {
  return tiles_.at(cellOf(id));
}
SliceView* TileGrid::tile(ModalityId id) {
  return tiles_.at(cellOf(id));
}

std::size_t TileGrid::cellOf(ModalityId id) const {
  const auto at = std::find_if(cells_.begin(), cells_.end(),
                               [id](const TileCell& cell) { return cell.modality == id; });
  return at == cells_.end() ? 0 : static_cast<std::size_t>(at - cells_.begin());
}

QImage TileGrid::render(QSize size, double dpr) const {
  QImage image(size * dpr, QImage::Format_RGB32);
  image.setDevicePixelRatio(dpr);
  image.fill(Qt::black);
  QPainter painter(&image);
  const std::vector<std::size_t> visible = visibleCells();
  const std::vector<QRect> places = placesOf(layout_, visible.size(), size);
  for (std::size_t i = 0; i < visible.size(); ++i) {
    painter.drawImage(places[i].topLeft(), tiles_[visible[i]]->render(places[i].size(), dpr));
  }
  return image;
}

}  // namespace modascope
