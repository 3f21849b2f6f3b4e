#include "widgets/slices/painting/slice_overlays.h"

#include <QCoreApplication>
#include <array>

#include "widgets/bridge/map_image.h"

namespace modascope {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("SliceOverlays", text);
}

QString shortNameOf(ShownPrediction which) {
  return which == ShownPrediction::Kept ? tr("kept") : tr("now");
}

const LabelVolume* predictionOf(ShownPrediction which, const SliceOverlays& overlays) {
  if (which == ShownPrediction::Live) return overlays.live.get();
  return overlays.kept ? overlays.kept->labels.get() : nullptr;
}

/// A view of the kept prediction has nothing to compare it with but itself.
OverlayContent contentOf(const SliceOverlays& overlays) {
  const OverlayContent content = overlays.style.content;
  const bool itself =
      content == OverlayContent::Compared && overlays.shown == ShownPrediction::Kept;
  return itself ? OverlayContent::Prediction : content;
}

RegionLines linesOf(const Region& region, const LabelVolume& labels, const SliceOverlays& overlays,
                    const SliceSpec& slice) {
  return {regionColour(region, overlays.colours), regionOutline(labels, slice, region)};
}

void drawRegions(SliceLabels& picture, const LabelVolume& labels, const SliceOverlays& overlays,
                 const SliceSpec& slice, bool linesOnly) {
  if (!linesOnly) {
    picture.regions = regionImage(labels, slice, overlays.regions, overlays.colours);
    return;
  }
  for (const Region& region : overlays.regions)
    picture.outlines.push_back(linesOf(region, labels, overlays, slice));
}

/// Null: there are no regions to differ.
const Region* comparedOf(const SliceOverlays& overlays) {
  const std::size_t place = overlays.style.differenceOf;
  return place < overlays.regions.size() ? &overlays.regions[place] : nullptr;
}

void drawDifference(SliceLabels& picture, const LabelVolume& labels, const LabelVolume& reference,
                    const SliceOverlays& overlays, const SliceSpec& slice) {
  const Region* region = comparedOf(overlays);
  if (region == nullptr) return;
  picture.lacking = onlyInImage(reference, labels, slice, *region);
  picture.added = onlyInImage(labels, reference, slice, *region);
  picture.outlines = {linesOf(*region, labels, overlays, slice)};
}

SliceLabels pictureOf(ShownPrediction which, const SliceOverlays& overlays, const SliceSpec& slice,
                      bool linesOnly) {
  const OverlayContent content = contentOf(overlays);
  const LabelVolume* prediction = predictionOf(which, overlays);
  const LabelVolume* reference = content == OverlayContent::Compared
                                     ? predictionOf(ShownPrediction::Kept, overlays)
                                     : overlays.truth.get();
  SliceLabels picture;
  if (content == OverlayContent::Difference || content == OverlayContent::Compared) {
    if (prediction == nullptr || reference == nullptr) return picture;
    drawDifference(picture, *prediction, *reference, overlays, slice);
  } else if (const auto* labels = content == OverlayContent::Truth ? reference : prediction) {
    drawRegions(picture, *labels, overlays, slice, linesOnly || overlays.style.outline);
  }
  if (content == OverlayContent::Prediction && overlays.style.truthOutline && overlays.truth)
    for (const Region& region : overlays.regions)
      picture.outlines.push_back(linesOf(region, *overlays.truth, overlays, slice));
  return picture;
}

void explainPatches(SliceLegend& legend, const SliceOverlays& overlays, const QString& lacking,
                    const QString& added, const QString& line) {
  const Region* region = comparedOf(overlays);
  if (region == nullptr) return;
  legend.keys.push_back({lacking, missedColour(), Patch::Hatched});
  legend.keys.push_back({added, wronglyFoundColour(), Patch::Solid});
  legend.lines << tr("%1, line: %2").arg(regionName(*region), line);
}

void explainTruth(SliceLegend& legend, const SliceOverlays& overlays) {
  if (!overlays.truth) {
    legend.lines << tr("no truth to show");
  } else if (overlays.style.content == OverlayContent::Truth) {
    legend.lines << tr("truth");
  } else if (predictionOf(overlays.shown, overlays) == nullptr && !isWiped(overlays)) {
    legend.lines << tr("no prediction to compare");
  } else {
    explainPatches(legend, overlays, tr("missed"), tr("wrongly found"), tr("prediction"));
  }
}

void explainComparison(SliceLegend& legend, const SliceOverlays& overlays) {
  if (!overlays.live) {
    legend.lines << tr("no prediction to compare");
  } else if (overlays.kept) {
    explainPatches(legend, overlays, tr("only kept"), tr("only now"), tr("now"));
  }
}

}  // namespace

double& opacityOf(OverlayStyle& style, bool mapped) {
  return mapped ? style.mapOpacity : style.opacity;
}

bool lieOn(const SliceOverlays& overlays, const VoxelGrid& grid) {
  const auto lies = [&grid](const LabelVolume* labels) {
    return labels == nullptr || labels->grid.matches(grid);
  };
  return lies(overlays.live.get()) && lies(overlays.truth.get()) &&
         lies(predictionOf(ShownPrediction::Kept, overlays));
}

void dropOthersThan(SliceOverlays& overlays, const VoxelGrid& grid) {
  const auto lies = [&grid](const auto& labels) { return labels && labels->grid.matches(grid); };
  if (!lies(overlays.live)) overlays.live = nullptr;
  if (!lies(overlays.truth)) overlays.truth = nullptr;
  if (overlays.kept && !lies(overlays.kept->labels)) overlays.kept.reset();
}

QString nameOf(ShownPrediction which, const SliceOverlays& overlays) {
  const QString keptName = overlays.kept ? overlays.kept->name : QString();
  const QString& name = which == ShownPrediction::Kept ? keptName : overlays.liveName;
  if (overlays.style.namesAlone && !name.isEmpty()) return name;
  return name.isEmpty() ? shortNameOf(which) : tr("%1: %2").arg(shortNameOf(which), name);
}

Wipe wipeOf(const SliceOverlays& overlays) {
  const auto words = [&overlays](ShownPrediction which) {
    return WipeWords{nameOf(which, overlays), shortNameOf(which)};
  };
  return {overlays.wipe.value_or(0.5), words(ShownPrediction::Kept), words(ShownPrediction::Live)};
}

bool isWiped(const SliceOverlays& overlays) {
  if (!overlays.wipe || !overlays.kept || !overlays.style.visible) return false;
  const OverlayContent content = overlays.style.content;
  return overlays.shown == ShownPrediction::Live &&
         (content == OverlayContent::Prediction ||
          (content == OverlayContent::Difference && overlays.truth));
}

OverlayContent contentAfter(const SliceOverlays& overlays) {
  constexpr std::array order{OverlayContent::Prediction, OverlayContent::Truth,
                             OverlayContent::Difference, OverlayContent::Compared};
  const auto possible = [&overlays](OverlayContent content) {
    if (content == OverlayContent::Compared) return overlays.kept.has_value();
    return content == OverlayContent::Prediction || overlays.truth;
  };
  for (auto at = static_cast<std::size_t>(overlays.style.content) + 1; at < order.size(); ++at) {
    if (possible(order[at])) return order[at];
  }
  return OverlayContent::Prediction;
}

void drawOverlays(SlicePicture& picture, const SliceOverlays& overlays, const SliceSpec& slice,
                  bool linesOnly) {
  if (!overlays.style.visible) return;
  picture.labels = pictureOf(overlays.shown, overlays, slice, linesOnly);
  if (isWiped(overlays)) {
    picture.leftOfWipe = pictureOf(ShownPrediction::Kept, overlays, slice, linesOnly);
  }
}

void explainOverlays(SliceLegend& legend, const SliceOverlays& overlays) {
  if (!overlays.style.visible) return;
  const OverlayContent content = overlays.style.content;
  const bool wantsKept =
      content == OverlayContent::Compared || overlays.shown == ShownPrediction::Kept;
  if (wantsKept && !overlays.kept) legend.lines << tr("nothing kept yet");
  if (content == OverlayContent::Compared) {
    if (overlays.shown == ShownPrediction::Live) explainComparison(legend, overlays);
  } else if (content != OverlayContent::Prediction) {
    explainTruth(legend, overlays);
  } else if (overlays.style.truthOutline && overlays.truth) {
    legend.lines << tr("lines: truth");
  }
}

}  // namespace modascope
