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
  for (std::size_t i = 0; i < tiles().size(); ++i) tiles()[i]->setOverlays(sightOf(i).overlays);
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
  for (SliceView* tile : tiles()) tile->setWipe(wipe);
}

void TileGrid::setOverlayStyle(const OverlayStyle& style) {
  takeOverlay(&SliceOverlays::style, style);
  showOverlays();
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
  return std::any_of(tiles().begin(), tiles().end(),
                     [](const SliceView* tile) { return tile->map().has_value(); });
}

void TileGrid::setRegions(const RegionSchema& to) {
  if (to == regions()) return;
  OverlayStyle style = overlayStyle();
  style.differenceOf = 0;
  takeOverlay(&SliceOverlays::regions, to);
  setOverlayStyle(style);
}

void TileGrid::setRegionColours(RegionColours preset) {
  takeOverlay(&SliceOverlays::colours, preset);
  showOverlays();
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
  for (std::size_t i = 0; i < tiles().size(); ++i) tiles()[i]->setMap(sightOf(i).map);
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
  for (std::size_t i = 0; i < tiles().size(); ++i) {
    const TileSight sight = sightOf(i);
    tiles()[i]->setStandIn(sight.standIn);
    tiles()[i]->setTitle(sight.title);
    tiles()[i]->setState(sight.state);
  }
}

QString TileGrid::describe(const Vec3& worldMm) const {
  return case_.describe(worldMm, stage_.visibleModalities());
}

}  // namespace modascope
