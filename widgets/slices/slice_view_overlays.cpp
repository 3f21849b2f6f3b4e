#include <QKeyEvent>
#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "widgets/slices/slice_view.h"

namespace modascope {
namespace {

constexpr double kGrab = 5;  // pixels to either side of the wipe line
constexpr double kWipeStep = 0.05;

SliceLegend legendOf(const MapOverlay& map, bool empty) {
  SliceLegend legend;
  if (empty) legend.remark = SliceView::tr("no positive evidence");
  if (const auto* magnitude = std::get_if<MagnitudeMap>(&map)) {
    if (magnitude->most <= 0) return legend;
    legend.ramp = magnitude->colours;
  } else {
    for (const MapClass& one : std::get<StrongestMap>(map).classes) {
      legend.keys.push_back({one.mark, one.colour});
    }
  }
  legend.lines = scaleWords(map);
  return legend;
}

OverlayStyle clamped(OverlayStyle style) {
  style.opacity = std::clamp(style.opacity, 0.0, 1.0);
  style.mapOpacity = std::clamp(style.mapOpacity, 0.0, 1.0);
  return style;
}

}  // namespace

QString SliceView::nameForErrors() const {
  return header_->title().name.isEmpty() ? tr("the image") : header_->title().name;
}

void SliceView::setOverlays(SliceOverlays overlays) {
  if (volume_ && !lieOn(overlays, volume_->grid)) {
    throw Error(
        tr("The segmentation does not lie on the grid of %1, so it cannot be shown over it.")
            .arg(nameForErrors())
            .toStdString());
  }
  overlays.style = clamped(overlays.style);
  overlays_ = std::move(overlays);
  pictureChanged();
}

void SliceView::setOverlay(std::shared_ptr<const LabelVolume> labels) {
  SliceOverlays overlays = overlays_;
  overlays.live = std::move(labels);
  setOverlays(std::move(overlays));
}

void SliceView::setTruth(std::shared_ptr<const LabelVolume> labels) {
  SliceOverlays overlays = overlays_;
  overlays.truth = std::move(labels);
  setOverlays(std::move(overlays));
}

void SliceView::setOverlayStyle(const OverlayStyle& style) {
  overlays_.style = clamped(style);
  pictureChanged();
}

void SliceView::setRegions(const RegionSchema& regions) {
  overlays_.regions = regions;
  pictureChanged();
}

void SliceView::setRegionColours(RegionColours preset) {
  overlays_.colours = preset;
  pictureChanged();
}

void SliceView::setMap(std::optional<MapOverlay> map) {
  if (map && volume_) requireGrid(*map, volume_->grid, nameForErrors());
  map_ = std::move(map);
  mapIsEmpty_ = map_ && isEmpty(*map_);
  pictureChanged();
}

/// Moving the line leaves the slice's picture as it is.
void SliceView::setWipe(std::optional<double> wipe) {
  const bool wasWiped = isWiped(overlays_);
  overlays_.wipe = wipe ? std::optional(std::clamp(*wipe, 0.0, 1.0)) : std::nullopt;
  if (isWiped(overlays_) == wasWiped) {
    groundChanged();
  } else {
    pictureChanged();
  }
}

void SliceView::moveWipe(double to) {
  setWipe(to);
  Q_EMIT wipeMoved(*overlays_.wipe);
}

bool SliceView::isOnWipe(const QPointF& position) const {
  if (!volume_ || !isWiped(overlays_) || !pictureRect().contains(position)) return false;
  return std::abs(position.x() - wipeX(pictureRect(), *overlays_.wipe)) <= kGrab;
}

bool SliceView::wipeKey(const QKeyEvent& event) {
  if (event.key() != Qt::Key_BracketLeft && event.key() != Qt::Key_BracketRight) return false;
  if (!isWiped(overlays_)) return false;
  moveWipe(*overlays_.wipe + (event.key() == Qt::Key_BracketLeft ? -kWipeStep : kWipeStep));
  return true;
}

bool SliceView::styleKey(const QKeyEvent& event) {
  constexpr double opacityStep = 0.1;
  OverlayStyle style = overlays_.style;
  switch (event.key()) {
    case Qt::Key_S:
      style.visible = !style.visible;
      break;
    case Qt::Key_O:
      style.outline = !style.outline;
      break;
    case Qt::Key_T:
      style.content = contentAfter(overlays_);
      if (style.content == overlays_.style.content) return false;
      break;
    case Qt::Key_A:
      opacityOf(style, map_.has_value()) -= opacityStep;
      break;
    case Qt::Key_D:
      opacityOf(style, map_.has_value()) += opacityStep;
      break;
    default:
      return false;
  }
  setOverlayStyle(style);
  Q_EMIT overlayStyleChanged(overlays_.style);
  return true;
}

SliceLegend SliceView::legend() const {
  SliceLegend legend;
  if (!volume_ || !overlays_.style.visible) return legend;
  if (map_) legend = legendOf(*map_, mapIsEmpty_);
  explainOverlays(legend, overlays_);
  return legend;
}

}  // namespace modascope
