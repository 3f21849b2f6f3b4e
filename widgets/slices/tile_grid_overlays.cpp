#include <algorithm>

#include "widgets/slices/tile_grid.h"

namespace modascope {

/// One part of what is laid over; the tiles are told by the caller.
template <typename Part>
void TileGrid::takeOverlay(Part SliceOverlays::*part, Part value) {
  SliceOverlays overlays = case_.overlays();
  overlays.*part = std::move(value);
  case_.setOverlays(std::move(overlays));
}

void TileGrid::showOverlays() {
  for (std::size_t i = 0; i < tiles_.size(); ++i)
    tiles_[i]->setOverlays(case_.sightOf(cells_[i], layout_).overlays);
}

void TileGrid::setOverlay(std::shared_ptr<const LabelVolume> labels) {
  takeOverlay(&SliceOverlays::live, std::move(labels));
  showOverlays();
}

void TileGrid::setTruth(std::shared_ptr<const LabelVolume> labels) {
  takeOverlay(&SliceOverlays::truth, std::move(labels));
  showOverlays();
}

void TileGrid::setKept(std::optional<KeptPrediction> kept) {
  if (kept && !kept->labels) kept.reset();
  takeOverlay(&SliceOverlays::kept, std::move(kept));
  showOverlays();
  showTitles();
}

void TileGrid::setLiveName(const QString& name) {
  takeOverlay(&SliceOverlays::liveName, name);
  showOverlays();
  showTitles();
}

void TileGrid::setWipe(std::optional<double> wipe) {
  if (wipe) wipe = std::clamp(*wipe, 0.0, 1.0);
  takeOverlay(&SliceOverlays::wipe, wipe);
  for (SliceView* tile : tiles_) tile->setWipe(wipe);
}

void TileGrid::setOverlayStyle(const OverlayStyle& style) {
  takeOverlay(&SliceOverlays::style, style);
  for (SliceView* tile : tiles_) tile->setOverlayStyle(style);
}

void TileGrid::setOverlayOpacity(double opacity) {
  OverlayStyle style = overlayStyle();
  opacityOf(style, showsMaps()) = std::clamp(opacity, 0.0, 1.0);
  setOverlayStyle(style);
}

double TileGrid::overlayOpacity() const {
  OverlayStyle style = overlayStyle();
  return opacityOf(style, showsMaps());
}

bool TileGrid::showsMaps() const {
  return std::any_of(tiles_.begin(), tiles_.end(),
                     [](const SliceView* tile) { return tile->map().has_value(); });
}

void TileGrid::setRegions(const RegionSchema& to) {
  if (to == regions()) return;
  OverlayStyle style = overlayStyle();
  style.differenceOf = 0;
  takeOverlay(&SliceOverlays::regions, to);
  for (SliceView* tile : tiles_) tile->setRegions(to);
  setOverlayStyle(style);
}

void TileGrid::setRegionColours(RegionColours preset) {
  takeOverlay(&SliceOverlays::colours, preset);
  for (SliceView* tile : tiles_) tile->setRegionColours(preset);
}

void TileGrid::setMaps(const ModalityMaps& maps) {
  case_.setMaps(maps);
  showMaps();
}

void TileGrid::setStrongest(const StrongestModality& map) {
  case_.setStrongest(map);
  showMaps();
}

void TileGrid::clearMaps() {
  case_.clearMaps();
  showMaps();
}

void TileGrid::showMaps() {
  for (std::size_t i = 0; i < tiles_.size(); ++i)
    tiles_[i]->setMap(case_.sightOf(cells_[i], layout_).map);
}

void TileGrid::setStandIns(const std::vector<std::shared_ptr<const Volume>>& volumes) {
  case_.setStandIns(volumes);
  showTitles();
}

void TileGrid::setShown(ModalitySet set, const QString& instead) {
  case_.setShown(set, instead);
  showTitles();
}

void TileGrid::setNote(ModalityId id, const QString& note) {
  case_.setNote(id, note);
  showTitles();
}

void TileGrid::showTitles() {
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    const TileSight sight = case_.sightOf(cells_[i], layout_);
    tiles_[i]->setStandIn(sight.standIn);
    tiles_[i]->setTitle(sight.title);
    tiles_[i]->setState(sight.state);
  }
}

std::vector<ModalityId> TileGrid::visibleModalities() const {
  std::vector<ModalityId> visible;
  for (const std::size_t i : visibleCells()) visible.push_back(cells_[i].modality);
  visible.erase(std::unique(visible.begin(), visible.end()), visible.end());
  return visible;
}

QString TileGrid::describe(const Vec3& worldMm) const {
  return case_.describe(worldMm, visibleModalities());
}

}  // namespace modascope
