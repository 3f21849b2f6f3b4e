#pragma once

#include <QColor>
#include <optional>
#include <vector>

#include <vtkActor.h>
#include <vtkSmartPointer.h>

#include "core/volume/labels.h"
#include "widgets/bridge/palette.h"
#include "widgets/scene/surfaces.h"

class vtkRenderer;

namespace modascope {

/// The regions' surfaces in a scene: their colours, how clear they are, and which are wanted. They
/// are drawn from the innermost to the outermost.
class RegionActors {
 public:
  /// No regions. `renderer` outlives it.
  explicit RegionActors(vtkRenderer* renderer) : renderer_(renderer) {}

  /// Without surfaces; all are visible, and all solid but nested ones, of which the last is.
  void setRegions(const RegionSchema& regions);
  const RegionSchema& regions() const { return regions_; }
  /// Of these regions. Nothing: none.
  void show(const std::optional<SurfaceSet>& surfaces);
  const std::optional<SurfaceSet>& surfaces() const { return surfaces_; }

  void setColours(RegionColours preset);
  QColor colour(const Region& region) const { return regionColour(region, colours_); }
  /// Also of a surface that comes later.
  void setVisible(const Region& region, bool visible);
  bool isVisible(const Region& region) const { return wanted_[region.place]; }
  /// 0…1
  void setOpacity(const Region& region, double opacity);
  double opacity(const Region& region) const;

 private:
  vtkRenderer* renderer_;
  RegionSchema regions_;
  RegionColours colours_ = RegionColours::Own;
  std::vector<vtkSmartPointer<vtkActor>> actors_;  ///< as the regions
  std::vector<bool> wanted_;                       ///< likewise
  std::optional<SurfaceSet> surfaces_;
};

}  // namespace modascope
