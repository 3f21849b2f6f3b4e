#pragma once

#include <QCoreApplication>
#include <memory>
#include <optional>

#include "core/volume/labels.h"
#include "core/volume/volume.h"
#include "widgets/bridge/slice_image.h"
#include "widgets/slices/painting/map_overlay.h"
#include "widgets/slices/painting/slice_overlays.h"
#include "widgets/slices/painting/slice_painter.h"

namespace modascope {

/// What the slices of one volume show: the volume or its stand-in in a window, and the regions and
/// the map over it, all on one grid. Keeps the picture of the last slice asked for.
class SliceContent {
  Q_DECLARE_TR_FUNCTIONS(SliceContent)

 public:
  /// Takes the window, or else the volume's auto window, and drops what lies on another grid.
  void setVolume(std::shared_ptr<const Volume> volume, std::optional<IntensityWindow> window);
  const std::shared_ptr<const Volume>& volume() const { return volume_; }
  /// Seen in place of the volume, in a window of its own; not if it lies on another grid.
  void setStandIn(std::shared_ptr<const Volume> volume);
  const std::shared_ptr<const Volume>& standIn() const { return standIn_; }
  void setWindow(const IntensityWindow& window);
  const IntensityWindow& window() const { return window_; }
  /// Throws `Error` when they do not lie on the volume's grid; `imageName` says of what.
  void setOverlays(SliceOverlays overlays, const QString& imageName);
  const SliceOverlays& overlays() const { return overlays_; }
  /// Throws likewise.
  void setMap(std::optional<MapOverlay> map, const QString& imageName);
  const std::optional<MapOverlay>& map() const { return map_; }
  /// Whether the slice's picture is another by it; moving the line leaves it as it is.
  bool setWipe(std::optional<double> wipe);

  /// Needs a volume.
  const SlicePicture& picture(const SliceSpec& slice) const;
  /// What the colours mean; empty without a volume.
  SliceLegend legend() const;
  /// How the overlays are drawn, and their legend; what depends on the place is left out.
  SliceMarks marks() const;

 private:
  std::shared_ptr<const Volume> volume_;
  std::shared_ptr<const Volume> standIn_;
  IntensityWindow window_;
  IntensityWindow standInWindow_;
  SliceOverlays overlays_;
  std::optional<MapOverlay> map_;
  bool mapIsEmpty_ = false;

  mutable std::optional<SlicePicture> picture_;  ///< of `pictured_`; made when asked for
  mutable SliceSpec pictured_;
};

}  // namespace modascope
