#pragma once

#include <QString>
#include <memory>
#include <optional>

#include "core/modality/modality.h"
#include "core/volume/labels.h"
#include "core/volume/volume.h"
#include "widgets/bridge/slice_image.h"
#include "widgets/slices/painting/slice_legend.h"
#include "widgets/slices/painting/slice_painter.h"

namespace modascope {

/// What of the segmentations is laid over a slice. Difference: where the prediction misses a region
/// of the truth (hatched) and where it finds too much (solid). Compared: where only the kept
/// prediction has the region (hatched) and where only the live one has it (solid).
enum class OverlayContent { Prediction, Truth, Difference, Compared };

struct OverlayStyle {
  bool visible = true;
  double opacity = 0.45;
  bool outline = false;       ///< borders of the regions instead of areas
  bool truthOutline = false;  ///< the truth's borders over a prediction's areas
  OverlayContent content = OverlayContent::Prediction;
  std::size_t differenceOf = 0;  ///< place of the region; also of what is compared
  double mapOpacity = 1;         ///< times the map's own
  bool namesAlone = false;       ///< the predictions' names, without "kept" and "now"
  bool operator==(const OverlayStyle&) const = default;
};

/// Of the map, where there is one over the slice, or else of the regions.
double& opacityOf(OverlayStyle& style, bool mapped);

/// A prediction set aside to be compared with the live one.
struct KeptPrediction {
  std::shared_ptr<const LabelVolume> labels;
  QString name;                           ///< "all"
  std::optional<ModalitySet> shown = {};  ///< what it saw; nothing: not known
};

/// Which of the two predictions a view is about.
enum class ShownPrediction { Live, Kept };

/// The segmentations of a case and how they are laid over its slices.
struct SliceOverlays {
  std::shared_ptr<const LabelVolume> live;
  QString liveName;  ///< "T1, T2, FLAIR"
  std::optional<KeptPrediction> kept;
  std::shared_ptr<const LabelVolume> truth;
  ShownPrediction shown = ShownPrediction::Live;
  /// 0…1 of the picture's width: kept at its left, live at its right.
  std::optional<double> wipe;
  OverlayStyle style;
  RegionSchema regions;
  RegionColours colours = RegionColours::Own;
};

/// Whether each of them lies on `grid`.
bool lieOn(const SliceOverlays& overlays, const VoxelGrid& grid);
/// Takes away those that do not.
void dropOthersThan(SliceOverlays& overlays, const VoxelGrid& grid);
/// "kept: all" or, without a name, "kept"; "now: T1, FLAIR" or "now".
QString nameOf(ShownPrediction which, const SliceOverlays& overlays);
/// The line with the words of both; its place is that of `wipe`.
Wipe wipeOf(const SliceOverlays& overlays);
/// Whether the wipe parts the view: there is a kept prediction and something of it to draw.
bool isWiped(const SliceOverlays& overlays);
/// The content after this one, of those that there is something to show of.
OverlayContent contentAfter(const SliceOverlays& overlays);
/// One slice of them. `linesOnly`: areas would hide what else lies over the slice.
void drawOverlays(SlicePicture& picture, const SliceOverlays& overlays, const SliceSpec& slice,
                  bool linesOnly);
/// Adds what their colours mean.
void explainOverlays(SliceLegend& legend, const SliceOverlays& overlays);

}  // namespace modascope
