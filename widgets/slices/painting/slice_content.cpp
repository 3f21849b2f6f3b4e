#include "widgets/slices/painting/slice_content.h"

#include <algorithm>

#include "core/base/error.h"

namespace modascope {
namespace {

SliceLegend legendOf(const MapOverlay& map, bool empty) {
  SliceLegend legend;
  if (empty) legend.remark = SliceContent::tr("no positive evidence");
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

void SliceContent::setVolume(std::shared_ptr<const Volume> volume,
                             std::optional<IntensityWindow> window) {
  const bool sameGrid = volume && volume_ && volume->grid.matches(volume_->grid);
  volume_ = std::move(volume);
  standIn_.reset();
  if (volume_) window_ = window ? *window : autoWindow(*volume_);
  dropOthersThan(overlays_, volume_ ? volume_->grid : VoxelGrid{});
  if (!sameGrid) map_.reset();
  picture_.reset();
}

void SliceContent::setStandIn(std::shared_ptr<const Volume> volume) {
  if (volume && volume_ && !volume->grid.matches(volume_->grid)) volume.reset();
  standIn_ = std::move(volume);
  if (standIn_) standInWindow_ = autoWindow(*standIn_);
  picture_.reset();
}

void SliceContent::setWindow(const IntensityWindow& window) {
  window_ = window;
  picture_.reset();
}

void SliceContent::setOverlays(SliceOverlays overlays, const QString& imageName) {
  if (volume_ && !lieOn(overlays, volume_->grid)) {
    throw Error(
        tr("The segmentation does not lie on the grid of %1, so it cannot be shown over it.")
            .arg(imageName)
            .toStdString());
  }
  overlays.style = clamped(overlays.style);
  overlays_ = std::move(overlays);
  picture_.reset();
}

void SliceContent::setMap(std::optional<MapOverlay> map, const QString& imageName) {
  if (map && volume_) requireGrid(*map, volume_->grid, imageName);
  map_ = std::move(map);
  mapIsEmpty_ = map_ && isEmpty(*map_);
  picture_.reset();
}

bool SliceContent::setWipe(std::optional<double> wipe) {
  const bool wasWiped = isWiped(overlays_);
  overlays_.wipe = wipe ? std::optional(std::clamp(*wipe, 0.0, 1.0)) : std::nullopt;
  const bool otherPicture = isWiped(overlays_) != wasWiped;
  if (otherPicture) picture_.reset();
  return otherPicture;
}

const SlicePicture& SliceContent::picture(const SliceSpec& slice) const {
  if (picture_ && pictured_ == slice) return *picture_;
  picture_.emplace();
  pictured_ = slice;
  picture_->image = (standIn_ ? intensityImage(*standIn_, slice, standInWindow_)
                              : intensityImage(*volume_, slice, window_))
                        .convertToFormat(QImage::Format_RGB32);
  if (map_ && overlays_.style.visible) picture_->map = mapImage(*map_, slice);
  drawOverlays(*picture_, overlays_, slice, map_.has_value());
  return *picture_;
}

SliceLegend SliceContent::legend() const {
  SliceLegend legend;
  if (!volume_ || !overlays_.style.visible) return legend;
  if (map_) legend = legendOf(*map_, mapIsEmpty_);
  explainOverlays(legend, overlays_);
  return legend;
}

SliceMarks SliceContent::marks() const {
  SliceMarks marks;
  marks.opacity = overlays_.style.opacity;
  marks.mapOpacity = overlays_.style.mapOpacity;
  if (isWiped(overlays_)) marks.wipe = wipeOf(overlays_);
  marks.legend = legend();
  return marks;
}

}  // namespace modascope
