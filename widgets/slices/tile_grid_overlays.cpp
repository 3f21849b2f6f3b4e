#include <algorithm>

#include "core/base/error.h"
#include "widgets/bridge/palette.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {

void TileGrid::requireCaseGrid(const LabelVolume* labels) const {
  if (labels == nullptr || labels->grid.matches(grid_)) return;
  throw Error(
      tr("The segmentation does not lie on the grid of the case, so it cannot be shown over it.")
          .toStdString());
}

SliceOverlays TileGrid::overlaysIn(const TileCell& cell) const {
  SliceOverlays overlays = overlays_;
  overlays.shown = cell.prediction;
  return overlays;
}

void TileGrid::showOverlays() {
  for (std::size_t i = 0; i < tiles_.size(); ++i) tiles_[i]->setOverlays(overlaysIn(cells_[i]));
}

void TileGrid::setOverlay(std::shared_ptr<const LabelVolume> labels) {
  requireCaseGrid(labels.get());
  overlays_.live = std::move(labels);
  showOverlays();
}

void TileGrid::setTruth(std::shared_ptr<const LabelVolume> labels) {
  requireCaseGrid(labels.get());
  overlays_.truth = std::move(labels);
  showOverlays();
}

void TileGrid::setKept(std::optional<KeptPrediction> kept) {
  if (kept && !kept->labels) kept.reset();
  if (kept) requireCaseGrid(kept->labels.get());
  overlays_.kept = std::move(kept);
  showOverlays();
  showTitles();
}

void TileGrid::setLiveName(const QString& name) {
  overlays_.liveName = name;
  showOverlays();
  showTitles();
}

void TileGrid::setWipe(std::optional<double> wipe) {
  overlays_.wipe = wipe ? std::optional(std::clamp(*wipe, 0.0, 1.0)) : std::nullopt;
  for (SliceView* tile : tiles_) tile->setWipe(overlays_.wipe);
}

void TileGrid::setOverlayStyle(const OverlayStyle& style) {
  overlays_.style = style;
  for (SliceView* tile : tiles_) tile->setOverlayStyle(style);
}

void TileGrid::setOverlayOpacity(double opacity) {
  OverlayStyle style = overlays_.style;
  opacityOf(style, showsMaps()) = std::clamp(opacity, 0.0, 1.0);
  setOverlayStyle(style);
}

double TileGrid::overlayOpacity() const {
  OverlayStyle style = overlays_.style;
  return opacityOf(style, showsMaps());
}

bool TileGrid::showsMaps() const {
  return std::any_of(cells_.begin(), cells_.end(),
                     [this](const TileCell& cell) { return channelOf(cell).map.has_value(); });
}

void TileGrid::setRegions(const RegionSchema& regions) {
  if (regions == overlays_.regions) return;
  overlays_.regions = regions;
  overlays_.style.differenceOf = 0;
  for (SliceView* tile : tiles_) {
    tile->setRegions(regions);
    tile->setOverlayStyle(overlays_.style);
  }
}

void TileGrid::setRegionColours(RegionColours preset) {
  overlays_.colours = preset;
  for (SliceView* tile : tiles_) tile->setRegionColours(preset);
}

void TileGrid::setMaps(const ModalityMaps& maps) {
  std::vector<std::optional<MapOverlay>> each(channels_.size());
  for (std::size_t i = 0; i < each.size() && i < maps.values.size(); ++i) {
    if (!maps.values[i] || !channels_[i].volume) continue;
    each[i] = MagnitudeMap{maps.values[i], maps.most, maps.quantity, maps.colours};
    requireGrid(*each[i], grid_, labelOf(ModalityId(i)));
  }
  for (std::size_t i = 0; i < each.size(); ++i) channels_[i].map = std::move(each[i]);
  showMaps();
}

void TileGrid::setStrongest(const StrongestModality& map) {
  StrongestMap overlay{map.strongest, map.margins, map.quantity, {}};
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    overlay.classes.push_back(
        {modalityLetter(*schema_, ModalityId(i)), modalityColour(ModalityId(i))});
  }
  requireGrid(overlay, grid_, tr("the case"));
  for (Channel& channel : channels_) {
    channel.map = channel.volume ? std::optional<MapOverlay>(overlay) : std::nullopt;
  }
  showMaps();
}

void TileGrid::clearMaps() {
  for (Channel& channel : channels_) channel.map.reset();
  showMaps();
}

void TileGrid::showMaps() {
  for (std::size_t i = 0; i < tiles_.size(); ++i) tiles_[i]->setMap(channelOf(cells_[i]).map);
}

}  // namespace modascope
