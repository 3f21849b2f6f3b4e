#include "widgets/slices/tile_grid.h"

#include <QKeyEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "widgets/bridge/palette.h"
#include "widgets/slices/point_words.h"

namespace modascope {
namespace {

constexpr int kGap = 2;

/// `count` cells of equal size in `area`, as near to square as it allows.
std::vector<QRect> cells(std::size_t count, const QSize& area) {
  std::vector<QRect> best;
  int bestSide = -1;
  const int n = static_cast<int>(count);
  for (int columns = 1; columns <= n; ++columns) {
    const int rows = (n + columns - 1) / columns;
    const int width = (area.width() - kGap * (columns - 1)) / columns;
    const int height = (area.height() - kGap * (rows - 1)) / rows;
    if (std::min(width, height) <= bestSide) continue;
    bestSide = std::min(width, height);
    best.clear();
    for (int i = 0; i < n; ++i) {
      best.emplace_back(i % columns * (width + kGap), i / columns * (height + kGap), width, height);
    }
  }
  return best;
}

Vec3 centreOf(const VoxelGrid& grid) {
  const auto middle = [&grid](std::size_t axis) {
    return std::floor(static_cast<double>(grid.size[axis]) / 2);
  };
  return grid.toWorld({middle(0), middle(1), middle(2)});
}

}  // namespace

TileGrid::TileGrid(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Slices of all modalities"));
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
  const bool sameTiles = schema_ == schema && tiles_.size() == schema.size();
  const bool sameGrid = schema_ && grid_.matches(grid);
  schema_ = schema;
  volumes_ = std::move(volumes);
  volumes_.resize(schema.size());
  grid_ = grid;
  overlay_ = nullptr;
  if (!sameTiles) rebuildTiles();
  if (!sameGrid) {
    crosshair_ = centreOf(grid);
    frame_ = {};
  }
  const std::optional<VoxelBox> head = headBox();
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    tiles_[i]->setOverlay(nullptr);
    tiles_[i]->setTruth(nullptr);
    tiles_[i]->setMap(std::nullopt);
    tiles_[i]->setVolume(volumes_[i]);
    tiles_[i]->setState(volumes_[i] ? TileState::On : TileState::Absent);
    tiles_[i]->setSwitchable(volumes_[i] != nullptr);
    tiles_[i]->setCrosshair(crosshair_);
    tiles_[i]->setFitted(head);
    tiles_[i]->setFrame(frame_);
    setNote(ModalityId(i), {});
  }
  arrange();
}

void TileGrid::clear() {
  qDeleteAll(tiles_);
  tiles_.clear();
  volumes_.clear();
  schema_.reset();
  overlay_ = nullptr;
  maximised_.reset();
}

/// The first image's content with a little air around it.
std::optional<VoxelBox> TileGrid::headBox() const {
  for (const auto& volume : volumes_) {
    auto box = volume ? contentBox(*volume) : std::nullopt;
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

void TileGrid::rebuildTiles() {
  qDeleteAll(tiles_);
  tiles_.clear();
  maximised_.reset();
  for (const ModalityId id : schema_->ids()) {
    auto* tile = new SliceView(this);
    tile->setPlane(plane_);
    tile->setConvention(convention_);
    tile->setOverlayStyle(style_);
    tile->setRegionColours(colours_);
    tile->setMouseScheme(scheme_);
    tiles_.push_back(tile);
    connectTile(tile, id);
    tile->show();
  }
}

void TileGrid::connectTile(SliceView* tile, ModalityId id) {
  connect(tile, &SliceView::crosshairMoved, this, [this](const Vec3& world) {
    setCrosshair(world);
    Q_EMIT crosshairMoved(world);
    Q_EMIT pointed(world, describe(world));
  });
  connect(tile, &SliceView::pointed, this,
          [this](const Vec3& world) { Q_EMIT pointed(world, describe(world)); });
  connect(tile, &SliceView::frameChanged, this, &TileGrid::setFrame);
  connect(tile, &SliceView::overlayStyleChanged, this, [this](const OverlayStyle& style) {
    setOverlayStyle(style);
    Q_EMIT overlayStyleChanged(style);
  });
  connect(tile, &SliceView::crosshairVisibilityChanged, this, [this](bool visible) {
    for (SliceView* other : tiles_) other->setCrosshairVisible(visible);
  });
  connect(tile, &SliceView::headerClicked, this, [this, id] { Q_EMIT toggled(id); });
  connect(tile, &SliceView::maximiseRequested, this,
          [this, id] { setMaximised(maximised_ ? std::nullopt : std::optional(id)); });
}

void TileGrid::setShown(ModalitySet set) {
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    if (!volumes_[i]) continue;
    tiles_[i]->setState(set.contains(ModalityId(i)) ? TileState::On : TileState::LeftOut);
  }
}

void TileGrid::setOverlayStyle(const OverlayStyle& style) {
  style_ = style;
  for (SliceView* tile : tiles_) tile->setOverlayStyle(style);
}

void TileGrid::setRegionColours(RegionColours preset) {
  colours_ = preset;
  for (SliceView* tile : tiles_) tile->setRegionColours(preset);
}

void TileGrid::setPlane(Plane plane) {
  if (plane != plane_) frame_ = {};
  plane_ = plane;
  for (SliceView* tile : tiles_) tile->setPlane(plane);
}

void TileGrid::setConvention(Convention convention) {
  convention_ = convention;
  for (SliceView* tile : tiles_) tile->setConvention(convention);
}

void TileGrid::setMouseScheme(MouseScheme scheme) {
  scheme_ = scheme;
  for (SliceView* tile : tiles_) tile->setMouseScheme(scheme);
}

void TileGrid::setCrosshair(const Vec3& worldMm) {
  crosshair_ = worldMm;
  for (SliceView* tile : tiles_) tile->setCrosshair(worldMm);
}

void TileGrid::setFrame(const ViewFrame& frame) {
  frame_ = frame;
  for (SliceView* tile : tiles_) tile->setFrame(frame);
}

void TileGrid::centreOnTumour() {
  if (!overlay_) return;
  const std::size_t through = screenAxes(plane_, convention_).through;
  std::vector<std::int64_t> area(static_cast<std::size_t>(grid_.size[through]), 0);
  const auto eachTumourVoxel = [this](const auto& visit) {
    std::array<std::int64_t, 3> at;
    for (at[2] = 0; at[2] < grid_.size[2]; ++at[2]) {
      for (at[1] = 0; at[1] < grid_.size[1]; ++at[1]) {
        for (at[0] = 0; at[0] < grid_.size[0]; ++at[0]) {
          if (overlay_->at(at[0], at[1], at[2]) != 0) visit(at);
        }
      }
    }
  };
  eachTumourVoxel([&](const auto& at) { ++area[static_cast<std::size_t>(at[through])]; });
  const auto largest = std::max_element(area.begin(), area.end());
  if (largest == area.end() || *largest == 0) return;
  const std::int64_t slice = largest - area.begin();
  Vec3 centre{0, 0, 0};
  eachTumourVoxel([&](const auto& at) {
    if (at[through] != slice) return;
    for (std::size_t axis = 0; axis < 3; ++axis) {
      centre[axis] += static_cast<double>(at[axis]) / static_cast<double>(*largest);
    }
  });
  for (double& c : centre) c = std::round(c);
  setCrosshair(grid_.toWorld(centre));
  Q_EMIT crosshairMoved(crosshair_);
}

void TileGrid::setMaximised(std::optional<ModalityId> id) {
  if (id && id->index() >= tiles_.size()) return;
  maximised_ = id;
  arrange();
  if (id) tiles_[id->index()]->setFocus();
  Q_EMIT maximisedChanged();
}

void TileGrid::setNote(ModalityId id, const QString& note) {
  tiles_.at(id.index())
      ->setTitle({QString::fromStdString(schema_->label(id)), modalityColour(id), note});
}

std::vector<std::size_t> TileGrid::visibleTiles() const {
  if (maximised_) return {maximised_->index()};
  std::vector<std::size_t> all(tiles_.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i] = i;
  return all;
}

void TileGrid::arrange() {
  const std::vector<std::size_t> visible = visibleTiles();
  const std::vector<QRect> places = cells(visible.size(), size());
  for (SliceView* tile : tiles_) {
    tile->setVisible(!maximised_ || tile == tiles_[maximised_->index()]);
  }
  for (std::size_t i = 0; i < visible.size(); ++i) tiles_[visible[i]]->setGeometry(places[i]);
}

QString TileGrid::describe(const Vec3& worldMm) const {
  QStringList parts{placeWords(worldMm)};
  QStringList values;
  for (const std::size_t i : visibleTiles()) {
    if (!volumes_[i]) continue;
    const QString value = valueWords(*volumes_[i], worldMm);
    if (!value.isEmpty()) {
      values << QString::fromStdString(schema_->label(ModalityId(i))) + QChar(' ') + value;
    }
  }
  if (!values.isEmpty()) parts << values.join(QStringLiteral("  "));
  const QString label = overlay_ ? labelWords(*overlay_, worldMm) : QString();
  if (!label.isEmpty()) parts << tr("label %1").arg(label);
  const QString map = mapWordsAt(worldMm);
  if (!map.isEmpty()) parts << map;
  return parts.join(QStringLiteral("   "));
}

const SliceView* TileGrid::tile(ModalityId id) const {
  return tiles_.at(id.index());
}
SliceView* TileGrid::tile(ModalityId id) {
  return tiles_.at(id.index());
}

QImage TileGrid::render(QSize size, double dpr) const {
  QImage image(size * dpr, QImage::Format_RGB32);
  image.setDevicePixelRatio(dpr);
  image.fill(Qt::black);
  QPainter painter(&image);
  const std::vector<std::size_t> visible = visibleTiles();
  const std::vector<QRect> places = cells(visible.size(), size);
  for (std::size_t i = 0; i < visible.size(); ++i) {
    painter.drawImage(places[i].topLeft(), tiles_[visible[i]]->render(places[i].size(), dpr));
  }
  return image;
}

void TileGrid::keyPressEvent(QKeyEvent* event) {
  const Qt::KeyboardModifiers keys = event->modifiers() & ~Qt::KeypadModifier;
  const int digit = event->key() - Qt::Key_1;
  if (keys == Qt::NoModifier && digit >= 0 && digit < static_cast<int>(tiles_.size())) {
    setMaximised(ModalityId(static_cast<std::size_t>(digit)));
  } else if (keys == Qt::NoModifier && event->key() == Qt::Key_Escape && maximised_) {
    setMaximised(std::nullopt);
  } else {
    event->ignore();
  }
}

void TileGrid::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

}  // namespace modascope
