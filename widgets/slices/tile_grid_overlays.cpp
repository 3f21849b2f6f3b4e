#include "core/base/error.h"
#include "widgets/bridge/palette.h"
#include "widgets/slices/point_words.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {

void TileGrid::requireCaseGrid(const LabelVolume* labels) const {
  if (labels == nullptr || labels->grid.matches(grid_)) return;
  throw Error(
      tr("The segmentation does not lie on the grid of the case, so it cannot be shown over it.")
          .toStdString());
}

void TileGrid::setOverlay(std::shared_ptr<const LabelVolume> labels) {
  requireCaseGrid(labels.get());
  overlay_ = std::move(labels);
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    if (volumes_[i]) tiles_[i]->setOverlay(overlay_);
  }
}

void TileGrid::setTruth(std::shared_ptr<const LabelVolume> labels) {
  requireCaseGrid(labels.get());
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    if (volumes_[i]) tiles_[i]->setTruth(labels);
  }
}

void TileGrid::setMaps(const ModalityMaps& maps) {
  std::vector<std::optional<MapOverlay>> each(tiles_.size());
  for (std::size_t i = 0; i < tiles_.size() && i < maps.values.size(); ++i) {
    if (!maps.values[i] || !volumes_[i]) continue;
    each[i] = MagnitudeMap{maps.values[i], maps.most, maps.quantity, maps.colours};
    requireGrid(*each[i], grid_, QString::fromStdString(schema_->label(ModalityId(i))));
  }
  for (std::size_t i = 0; i < tiles_.size(); ++i) tiles_[i]->setMap(std::move(each[i]));
}

void TileGrid::setStrongest(const StrongestModality& map) {
  StrongestMap overlay{map.strongest, map.margins, map.quantity, {}};
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    overlay.classes.push_back(
        {modalityLetter(*schema_, ModalityId(i)), modalityColour(ModalityId(i))});
  }
  requireGrid(overlay, grid_, tr("the case"));
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    if (volumes_[i]) tiles_[i]->setMap(overlay);
  }
}

void TileGrid::clearMaps() {
  for (SliceView* tile : tiles_) tile->setMap(std::nullopt);
}

/// "attribution T1 0.12  FLAIR 0.61" where there are magnitudes.
QString TileGrid::mapWordsAt(const Vec3& worldMm) const {
  QStringList values;
  QString quantity;
  for (const std::size_t i : visibleTiles()) {
    const auto& map = tiles_[i]->map();
    const auto* magnitude = map ? std::get_if<MagnitudeMap>(&*map) : nullptr;
    const QString value = magnitude ? valueWords(*magnitude->values, worldMm) : QString();
    if (value.isEmpty()) continue;
    quantity = magnitude->quantity;
    values << QString::fromStdString(schema_->label(ModalityId(i))) + QChar(' ') + value;
  }
  return values.isEmpty() ? QString() : quantity + QChar(' ') + values.join(QStringLiteral("  "));
}

}  // namespace modascope
