#include "widgets/slices/tile_grid.h"

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

TileGrid::TileGrid(QWidget* parent) : QWidget(parent), stage_(this), look_(stage_) {
  setAccessibleName(accessibleNameOf(tileLayout()));
}

void TileGrid::setCase(const ModalitySchema& schema,
                       std::vector<std::shared_ptr<const Volume>> volumes, const VoxelGrid& grid) {
  const bool sameGrid = case_.liesOn(grid);
  const bool sameSchema = case_.schema() == schema;
  const auto mainBefore = case_.schema() ? std::optional(mainModality()) : std::nullopt;
  case_.take(schema, std::move(volumes), grid);
  if (!sameGrid) look_.startAt(centreOf(grid));
  if (!sameSchema) stage_.showAll();
  rebuild();
  if (mainModality() != mainBefore) Q_EMIT mainChanged(mainModality());
}

void TileGrid::clear() {
  case_.clear();
  stage_.showAll();
  rebuild();
}

void TileGrid::setTileLayout(TileLayout layout) {
  if (layout == tileLayout()) return;
  const ModalityId mainBefore = mainModality();
  const auto largest = maximised();
  if (tileLayout() == TileLayout::Modalities && largest && case_.has(*largest)) chosen_ = largest;
  stage_.setLayout(layout);
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
  const auto& schema = case_.schema();
  const std::size_t before = tiles().size();
  stage_.setCells(schema ? cellsOf(tileLayout(), *schema, mainModality(), plane_)
                         : std::vector<TileCell>());
  for (std::size_t i = before; i < tiles().size(); ++i) {
    connectTile(i);
    connectLooks(i);
  }
  for (std::size_t i = 0; i < tiles().size(); ++i) fill(i);
  stage_.arrange();
}

/// All that a tile shows follows from its cell and the state of the grid.
void TileGrid::fill(std::size_t i) {
  const TileCell& cell = cells()[i];
  const TileSight sight = sightOf(i);
  SliceView& tile = *tiles()[i];
  tile.setPlane(cell.plane);
  tile.setVolume(sight.volume, sight.window);
  tile.setFitted(case_.head());
  look_.fill(tile, cell.plane);
  tile.setStandIn(sight.standIn);
  tile.setTitle(sight.title);
  tile.setState(sight.state);
  tile.setSwitchable(sight.switchable);
  tile.setOverlays(sight.overlays);
  tile.setMap(sight.map);
}

void TileGrid::centreOnLargestSlice() {
  if (!case_.overlays().live) return;
  const std::size_t through = screenAxes(plane_, look_.convention()).through;
  const auto middle = middleOfLargestSlice(*case_.overlays().live, through);
  if (!middle) return;
  setCrosshair(*middle);
  Q_EMIT crosshairMoved(crosshair());
}

void TileGrid::setMaximised(std::optional<ModalityId> id) {
  const auto cell = id ? stage_.cellOf(*id) : std::nullopt;
  if (cell || !id) stage_.maximise(cell);
}

std::optional<ModalityId> TileGrid::maximised() const {
  const auto cell = stage_.maximised();
  return cell ? std::optional(cells()[*cell].modality) : std::nullopt;
}

void TileGrid::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  stage_.arrange();
}

const SliceView* TileGrid::tile(ModalityId id) const {
  return tiles().at(stage_.cellOf(id).value_or(0));
}
SliceView* TileGrid::tile(ModalityId id) {
  return tiles().at(stage_.cellOf(id).value_or(0));
}

}  // namespace modascope
