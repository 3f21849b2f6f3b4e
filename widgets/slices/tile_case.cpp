#include "widgets/slices/tile_case.h"

#include "core/base/error.h"
#include "widgets/bridge/palette.h"
#include "widgets/slices/point_words.h"

namespace modascope {
namespace {

bool sameVoxels(const std::shared_ptr<const Volume>& a, const std::shared_ptr<const Volume>& b) {
  if (a == b) return true;
  return a && b && a->grid.matches(b->grid) && a->voxels == b->voxels;
}

}  // namespace

void TileCase::take(const ModalitySchema& schema,
                    std::vector<std::shared_ptr<const Volume>> volumes, const VoxelGrid& grid) {
  for (std::size_t i = 0; i < volumes.size(); ++i) {
    if (volumes[i] && !volumes[i]->grid.matches(grid)) {
      throw Error(
          tr("%1 does not lie on the grid of the case, so it cannot be shown beside the others.")
              .arg(QString::fromStdString(schema.label(ModalityId(i))))
              .toStdString());
    }
  }
  volumes.resize(schema.size());
  const bool sameGrid = liesOn(grid);
  const bool sameCase = takeVolumes(schema, std::move(volumes)) && sameGrid;
  schema_ = schema;
  grid_ = grid;
  head_ = headBox();
  shown_.reset();
  overlays_.live = overlays_.truth = nullptr;
  overlays_.liveName.clear();
  if (!sameCase) overlays_.kept.reset();
}

/// Whether they are those of before, which then keep their windows.
bool TileCase::takeVolumes(const ModalitySchema& schema,
                           std::vector<std::shared_ptr<const Volume>> volumes) {
  bool allSame = schema_ == schema;
  std::vector<Channel> before =
      allSame ? std::move(channels_) : std::vector<Channel>(schema.size());
  channels_ = std::vector<Channel>(schema.size());
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    Channel& channel = channels_[i];
    channel.volume = std::move(volumes[i]);
    const bool same = sameVoxels(channel.volume, before[i].volume);
    allSame = allSame && same;
    if (same) {
      channel.window = before[i].window;
    } else if (channel.volume) {
      channel.window = autoWindow(*channel.volume);
    }
  }
  return allSame;
}

/// The first image's content with a little air around it.
std::optional<VoxelBox> TileCase::headBox() const {
  for (const Channel& channel : channels_) {
    auto box = channel.volume ? contentBox(*channel.volume) : std::nullopt;
    if (!box) continue;
    for (std::size_t a = 0; a < 3; ++a) {
      const std::int64_t air = (box->high[a] - box->low[a] + 1) / 12;
      box->low[a] -= air;
      box->high[a] += air;
    }
    return box;
  }
  return std::nullopt;
}

void TileCase::clear() {
  schema_.reset();
  channels_.clear();
  overlays_.live = overlays_.truth = nullptr;
  overlays_.kept.reset();
}

ModalityId TileCase::first() const {
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    if (channels_[i].volume) return ModalityId(i);
  }
  return ModalityId(0);
}

void TileCase::setWindow(ModalityId id, const IntensityWindow& window) {
  channels_[id.index()].window = window;
}

IntensityWindow TileCase::foundWindow(ModalityId id) const {
  return autoWindow(*channels_[id.index()].volume);
}

void TileCase::setOverlays(SliceOverlays overlays) {
  if (!lieOn(overlays, grid_)) {
    throw Error(
        tr("The segmentation does not lie on the grid of the case, so it cannot be shown over it.")
            .toStdString());
  }
  overlays_ = std::move(overlays);
}

void TileCase::setMaps(const ModalityMaps& maps) {
  std::vector<std::optional<MapOverlay>> each(channels_.size());
  for (std::size_t i = 0; i < each.size() && i < maps.values.size(); ++i) {
    if (!maps.values[i] || !channels_[i].volume) continue;
    each[i] = MagnitudeMap{maps.values[i], maps.most, maps.quantity, maps.colours};
    requireGrid(*each[i], grid_, labelOf(ModalityId(i)));
  }
  for (std::size_t i = 0; i < each.size(); ++i) channels_[i].map = std::move(each[i]);
}

void TileCase::setStrongest(const StrongestModality& map) {
  StrongestMap overlay{map.strongest, map.margins, map.quantity, {}};
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    overlay.classes.push_back(
        {modalityLetter(*schema_, ModalityId(i)), modalityColour(ModalityId(i))});
  }
  requireGrid(overlay, grid_, tr("the case"));
  for (Channel& channel : channels_) {
    channel.map = channel.volume ? std::optional<MapOverlay>(overlay) : std::nullopt;
  }
}

void TileCase::clearMaps() {
  for (Channel& channel : channels_) channel.map.reset();
}

QString TileCase::labelOf(ModalityId id) const {
  return QString::fromStdString(schema_->label(id));
}

TileTitle TileCase::titleOf(const TileCell& cell, TileLayout layout) const {
  TileTitle title{labelOf(cell.modality), modalityColour(cell.modality), channelOf(cell).note, {}};
  if (layout == TileLayout::Planes) title.detail = nameOf(cell.plane);
  if (layout == TileLayout::SideBySide) title.detail = nameOf(cell.prediction, overlays_);
  if (cell.prediction == ShownPrediction::Kept)
    title.note.clear();
  else
    title.instead = instead_;
  return title;
}

/// What a prediction saw; of a kept one it may not be known.
TileState TileCase::stateOf(const TileCell& cell) const {
  if (!channelOf(cell).volume) return TileState::Absent;
  const bool kept = cell.prediction == ShownPrediction::Kept;
  const auto keptSaw = overlays_.kept ? overlays_.kept->shown : std::nullopt;
  const auto& saw = kept ? keptSaw : shown_;
  return saw && !saw->contains(cell.modality) ? TileState::LeftOut : TileState::On;
}

/// What the network got in place of a modality is known of the live prediction only.
std::shared_ptr<const Volume> TileCase::standInOf(const TileCell& cell) const {
  const bool replaced =
      cell.prediction == ShownPrediction::Live && stateOf(cell) == TileState::LeftOut;
  return replaced ? channelOf(cell).standIn : nullptr;
}

void TileCase::setStandIns(const std::vector<std::shared_ptr<const Volume>>& volumes) {
  for (std::size_t i = 0; i < channels_.size(); ++i)
    channels_[i].standIn = i < volumes.size() ? volumes[i] : nullptr;
}

void TileCase::setShown(ModalitySet set, const QString& instead) {
  shown_ = set;
  instead_ = instead;
}

void TileCase::setNote(ModalityId id, const QString& note) {
  if (id.index() >= channels_.size()) return;
  channels_[id.index()].note = note;
}

TileSight TileCase::sightOf(const TileCell& cell, TileLayout layout) const {
  const Channel& channel = channelOf(cell);
  const bool live = cell.prediction == ShownPrediction::Live;
  TileSight sight{channel.volume, standInOf(cell),        channel.window, titleOf(cell, layout),
                  stateOf(cell),  channel.volume && live, overlays_,      channel.map};
  sight.overlays.shown = cell.prediction;
  return sight;
}

/// "T1 512  FLAIR 80"
QString TileCase::valuesAt(const Vec3& worldMm, const std::vector<ModalityId>& ids) const {
  QStringList values;
  for (const ModalityId id : ids) {
    const auto standIn = standInOf({id});
    const auto& volume = standIn ? standIn : channels_[id.index()].volume;
    const QString value = volume ? valueWords(*volume, worldMm) : QString();
    const QString name = standIn ? tr("%1 (%2)").arg(labelOf(id), instead_) : labelOf(id);
    if (!value.isEmpty()) values << name + QChar(' ') + value;
  }
  return values.join(QStringLiteral("  "));
}

/// "attribution T1 0.12  FLAIR 0.61" where there are magnitudes.
QString TileCase::mapWordsAt(const Vec3& worldMm, const std::vector<ModalityId>& ids) const {
  QStringList values;
  QString quantity;
  for (const ModalityId id : ids) {
    const auto& map = channels_[id.index()].map;
    const auto* magnitude = map ? std::get_if<MagnitudeMap>(&*map) : nullptr;
    if (magnitude == nullptr) continue;
    const QString value = valueWords(*magnitude->values, worldMm);
    if (value.isEmpty()) continue;
    quantity = magnitude->quantity;
    values << labelOf(id) + QChar(' ') + value;
  }
  return values.isEmpty() ? QString() : quantity + QChar(' ') + values.join(QStringLiteral("  "));
}

QString TileCase::describe(const Vec3& worldMm, const std::vector<ModalityId>& ids) const {
  QStringList parts{placeWords(worldMm), valuesAt(worldMm, ids)};
  const QString label =
      overlays_.live ? labelWords(*overlays_.live, overlays_.regions, worldMm) : QString();
  if (!label.isEmpty()) parts << tr("label %1").arg(label);
  const auto& kept = overlays_.kept;
  const QString keptLabel =
      kept ? labelWords(*kept->labels, overlays_.regions, worldMm) : QString();
  if (!keptLabel.isEmpty()) parts << tr("kept %1").arg(keptLabel);
  parts << mapWordsAt(worldMm, ids);
  parts.removeAll({});
  return parts.join(QStringLiteral("   "));
}

}  // namespace modascope
