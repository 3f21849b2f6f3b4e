#include "widgets/slices/tile_grid.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "widgets/slices/largest_slice.h"

namespace modascope {
namespace {

Vec3 centreOf(const VoxelGrid& grid) {
  const auto middle = [&grid](std::size_t axis) {
    return std::floor(static_cast<double>(grid.size[axis]) / 2);
  };
  return grid.toWorld({middle(0), middle(1), middle(2)});
}

bool sameVoxels(const std::shared_ptr<const Volume>& a, const std::shared_ptr<const Volume>& b) {
  if (a == b) return true;
  return a && b && a->grid.matches(b->grid) && a->voxels == b->voxels;
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
  for (std::size_t i = 0; i < volumes.size(); ++i) {
    if (volumes[i] && !volumes[i]->grid.matches(grid)) {
      throw Error(
          tr("%1 does not lie on the grid of the case, so it cannot be shown beside the others.")
              .arg(QString::fromStdString(schema.label(ModalityId(i))))
              .toStdString());
    }
  }
  volumes.resize(schema.size());
  const auto mainBefore = schema_ ? std::optional(mainModality()) : std::nullopt;
  const bool sameCase = takeVolumes(schema, std::move(volumes));
  if (!schema_ || !grid_.matches(grid)) {
    crosshair_ = centreOf(grid);
    frames_ = {};
  }
  if (schema_ != schema) maximised_.reset();
  schema_ = schema;
  grid_ = grid;
  head_ = headBox();
  shown_.reset();
  overlays_.live = overlays_.truth = nullptr;
  overlays_.liveName.clear();
  if (!sameCase) overlays_.kept.reset();
  rebuild();
  if (mainModality() != mainBefore) Q_EMIT mainChanged(mainModality());
}

/// Whether they are those of before, which then keep their windows.
bool TileGrid::takeVolumes(const ModalitySchema& schema,
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
      channel.window = modascope::autoWindow(*channel.volume);
    }
  }
  return allSame;
}

void TileGrid::clear() {
  schema_.reset();
  channels_.clear();
  overlays_.live = overlays_.truth = nullptr;
  overlays_.kept.reset();
  maximised_.reset();
  rebuild();
}

/// The first image's content with a little air around it.
std::optional<VoxelBox> TileGrid::headBox() const {
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

void TileGrid::setTileLayout(TileLayout layout) {
  if (layout == layout_) return;
  const ModalityId mainBefore = mainModality();
  if (layout_ == TileLayout::Modalities && maximised_ && has(*maximised())) chosen_ = maximised();
  layout_ = layout;
  maximised_.reset();
  setAccessibleName(accessibleNameOf(layout));
  rebuild();
  if (mainModality() != mainBefore) Q_EMIT mainChanged(mainModality());
  Q_EMIT tileLayoutChanged(layout);
}

void TileGrid::setMain(ModalityId id) {
  if (schema_ && !has(id)) return;
  const ModalityId before = mainModality();
  chosen_ = id;
  if (!schema_ || mainModality() == before) return;
  rebuild();
  Q_EMIT mainChanged(mainModality());
}

ModalityId TileGrid::mainModality() const {
  if (chosen_ && has(*chosen_)) return *chosen_;
  for (std::size_t i = 0; i < channels_.size(); ++i) {
    if (has(ModalityId(i))) return ModalityId(i);
  }
  return ModalityId(0);
}

void TileGrid::setPlane(Plane plane) {
  plane_ = plane;
  rebuild();
}

/// Makes the tiles what layout, main modality and plane say.
void TileGrid::rebuild() {
  cells_ = schema_ ? cellsOf(layout_, *schema_, mainModality(), plane_) : std::vector<TileCell>();
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
  const Channel& channel = channelOf(cell);
  SliceView& tile = *tiles_[i];
  tile.setPlane(cell.plane);
  tile.setConvention(convention_);
  tile.setMouseScheme(scheme_);
  tile.setVolume(channel.volume, channel.window);
  tile.setFitted(head_);
  tile.setFrame(frames_[static_cast<std::size_t>(cell.plane)]);
  tile.setCrosshair(crosshair_);
  tile.setCrosshairVisible(crosshairVisible_);
  tile.setStandIn(standInOf(cell));
  tile.setTitle(titleOf(cell));
  tile.setState(stateOf(cell));
  tile.setSwitchable(channel.volume && cell.prediction == ShownPrediction::Live);
  tile.setOverlays(overlaysIn(cell));
  tile.setMap(channel.map);
}

void TileGrid::centreOnLargestSlice() {
  if (!overlays_.live) return;
  const std::size_t through = screenAxes(plane_, convention_).through;
  const auto middle = middleOfLargestSlice(*overlays_.live, through);
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
