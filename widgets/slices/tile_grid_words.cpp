#include <algorithm>

#include "widgets/bridge/palette.h"
#include "widgets/slices/point_words.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {

QString TileGrid::labelOf(ModalityId id) const {
  return QString::fromStdString(schema_->label(id));
}

TileTitle TileGrid::titleOf(const TileCell& cell) const {
  TileTitle title{labelOf(cell.modality), modalityColour(cell.modality), channelOf(cell).note, {}};
  if (layout_ == TileLayout::Planes) title.detail = nameOf(cell.plane);
  if (layout_ == TileLayout::SideBySide) title.detail = nameOf(cell.prediction, overlays_);
  if (cell.prediction == ShownPrediction::Kept)
    title.note.clear();
  else
    title.instead = instead_;
  return title;
}

/// What a prediction saw; of a kept one it may not be known.
TileState TileGrid::stateOf(const TileCell& cell) const {
  if (!channelOf(cell).volume) return TileState::Absent;
  const bool kept = cell.prediction == ShownPrediction::Kept;
  const auto keptSaw = overlays_.kept ? overlays_.kept->shown : std::nullopt;
  const auto& saw = kept ? keptSaw : shown_;
  return saw && !saw->contains(cell.modality) ? TileState::LeftOut : TileState::On;
}

/// Of a kept prediction it is not known any more.
std::shared_ptr<const Volume> TileGrid::standInOf(const TileCell& cell) const {
  const bool replaced =
      cell.prediction == ShownPrediction::Live && stateOf(cell) == TileState::LeftOut;
  return replaced ? channelOf(cell).standIn : nullptr;
}

void TileGrid::setStandIns(const std::vector<std::shared_ptr<const Volume>>& volumes) {
  for (std::size_t i = 0; i < channels_.size(); ++i)
    channels_[i].standIn = i < volumes.size() ? volumes[i] : nullptr;
  showTitles();
}

void TileGrid::showTitles() {
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    tiles_[i]->setStandIn(standInOf(cells_[i]));
    tiles_[i]->setTitle(titleOf(cells_[i]));
    tiles_[i]->setState(stateOf(cells_[i]));
  }
}

void TileGrid::setShown(ModalitySet set, const QString& instead) {
  shown_ = set;
  instead_ = instead;
  showTitles();
}

void TileGrid::setNote(ModalityId id, const QString& note) {
  if (id.index() >= channels_.size()) return;
  channels_[id.index()].note = note;
  showTitles();
}

std::vector<ModalityId> TileGrid::visibleModalities() const {
  std::vector<ModalityId> visible;
  for (const std::size_t i : visibleCells()) visible.push_back(cells_[i].modality);
  visible.erase(std::unique(visible.begin(), visible.end()), visible.end());
  return visible;
}

/// "T1 512  FLAIR 80"
QString TileGrid::valuesAt(const Vec3& worldMm) const {
  QStringList values;
  for (const ModalityId id : visibleModalities()) {
    const auto standIn = standInOf({id, plane_});
    const auto& volume = standIn ? standIn : channels_[id.index()].volume;
    const QString value = volume ? valueWords(*volume, worldMm) : QString();
    const QString name = standIn ? tr("%1 (%2)").arg(labelOf(id), instead_) : labelOf(id);
    if (!value.isEmpty()) values << name + QChar(' ') + value;
  }
  return values.join(QStringLiteral("  "));
}

/// "attribution T1 0.12  FLAIR 0.61" where there are magnitudes.
QString TileGrid::mapWordsAt(const Vec3& worldMm) const {
  QStringList values;
  QString quantity;
  for (const ModalityId id : visibleModalities()) {
    const auto& map = channels_[id.index()].map;
    const auto* magnitude = map ? std::get_if<MagnitudeMap>(&*map) : nullptr;
    const QString value = magnitude ? valueWords(*magnitude->values, worldMm) : QString();
    if (value.isEmpty()) continue;
    quantity = magnitude->quantity;
    values << labelOf(id) + QChar(' ') + value;
  }
  return values.isEmpty() ? QString() : quantity + QChar(' ') + values.join(QStringLiteral("  "));
}

QString TileGrid::describe(const Vec3& worldMm) const {
  QStringList parts{placeWords(worldMm), valuesAt(worldMm)};
  const QString label =
      overlays_.live ? labelWords(*overlays_.live, overlays_.regions, worldMm) : QString();
  if (!label.isEmpty()) parts << tr("label %1").arg(label);
  const auto& kept = overlays_.kept;
  const QString keptLabel =
      kept ? labelWords(*kept->labels, overlays_.regions, worldMm) : QString();
  if (!keptLabel.isEmpty()) parts << tr("kept %1").arg(keptLabel);
  parts << mapWordsAt(worldMm);
  parts.removeAll({});
  return parts.join(QStringLiteral("   "));
}

}  // namespace modascope
