#pragma once

#include <array>

#include "widgets/slices/tile_stage.h"

namespace modascope {

/// How all tiles look at their case: one crosshair, one side on the left and one mouse, a zoom for
/// each plane. A change reaches every tile at once.
class TileLook {
 public:
  /// `stage` outlives this.
  explicit TileLook(const TileStage& stage) : stage_(stage) {}

  /// The crosshair there and each plane seen whole, in tiles that are filled later.
  void startAt(const Vec3& worldMm);
  /// For a tile that shows this plane and has its volume.
  void fill(SliceView& tile, Plane plane) const;

  void setConvention(Convention convention);
  Convention convention() const { return convention_; }
  void setMouseScheme(MouseScheme scheme);
  void setCrosshair(const Vec3& worldMm);
  const Vec3& crosshair() const { return crosshair_; }
  void setCrosshairVisible(bool visible);
  void setFrame(Plane plane, const ViewFrame& frame);

 private:
  const TileStage& stage_;
  std::array<ViewFrame, 3> frames_;  ///< as `Plane`
  Convention convention_ = Convention::Radiological;
  MouseScheme scheme_ = MouseScheme::ItkSnap;
  Vec3 crosshair_{0, 0, 0};
  bool crosshairVisible_ = true;
};

}  // namespace modascope
