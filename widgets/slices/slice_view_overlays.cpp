#include "core/base/error.h"
#include "widgets/bridge/map_image.h"
#include "widgets/slices/slice_view.h"

namespace modascope {
namespace {

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

}  // namespace

QString SliceView::nameForErrors() const {
  return header_->title().name.isEmpty() ? tr("the image") : header_->title().name;
}

void SliceView::requireVolumeGrid(const LabelVolume* labels) const {
  if (labels == nullptr || !volume_ || labels->grid.matches(volume_->grid)) return;
  throw Error(tr("The segmentation does not lie on the grid of %1, so it cannot be shown over it.")
                  .arg(nameForErrors())
                  .toStdString());
}

void SliceView::setOverlay(std::shared_ptr<const LabelVolume> labels) {
  requireVolumeGrid(labels.get());
  overlay_ = std::move(labels);
  pictureChanged();
}

void SliceView::setTruth(std::shared_ptr<const LabelVolume> labels) {
  requireVolumeGrid(labels.get());
  truth_ = std::move(labels);
  pictureChanged();
}

void SliceView::setMap(std::optional<MapOverlay> map) {
  if (map && volume_) requireGrid(*map, volume_->grid, nameForErrors());
  map_ = std::move(map);
  mapIsEmpty_ = map_ && isEmpty(*map_);
  pictureChanged();
}

void SliceView::drawOverlays(SlicePicture& picture, const SliceSpec& spec) const {
  if (map_) picture.map = mapImage(*map_, spec);
  const bool difference = style_.content == OverlayContent::Difference;
  const auto& labels = style_.content == OverlayContent::Truth ? truth_ : overlay_;
  if (!labels || (difference && !truth_)) return;
  if (difference) {
    picture.missed = onlyInImage(*truth_, *overlay_, spec, style_.differenceOf);
    picture.wronglyFound = onlyInImage(*overlay_, *truth_, spec, style_.differenceOf);
  } else if (!style_.outline && !map_) {
    picture.regions = regionImage(*labels, spec, colours_);
    return;
  }
  for (std::size_t r = 0; r < kRegions.size(); ++r) {
    if (difference && kRegions[r] != style_.differenceOf) continue;
    picture.outlines[r] = regionOutline(*labels, spec, kRegions[r]);
  }
}

SliceLegend SliceView::legend() const {
  SliceLegend legend;
  if (!volume_ || !style_.visible) return legend;
  if (map_) legend = legendOf(*map_, mapIsEmpty_);
  if (style_.content == OverlayContent::Prediction) return legend;
  if (!truth_) {
    legend.lines << tr("no truth to show");
  } else if (style_.content == OverlayContent::Truth) {
    legend.lines << tr("truth");
  } else if (!overlay_) {
    legend.lines << tr("no prediction to compare");
  } else {
    legend.keys.push_back({tr("missed"), missedColour(), Patch::Hatched});
    legend.keys.push_back({tr("wrongly found"), wronglyFoundColour(), Patch::Solid});
    const auto region = labelOf(style_.differenceOf);
    legend.lines << tr("%1, line: prediction")
                        .arg(QString::fromUtf8(region.data(), static_cast<int>(region.size())));
  }
  return legend;
}

}  // namespace modascope
