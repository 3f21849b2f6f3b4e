#include "widgets/scene/region_actors.h"

#include <algorithm>

#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>

#include "widgets/scene/surface_actor.h"

namespace modascope {
namespace {

/// Of a surface seen from the side; inner regions are seen through outer ones.
double opacityOf(const Region& region, const RegionSchema& regions) {
  if (!regions.isNested() || region.place + 1 == regions.size()) return 1;
  return region.place == 0 ? 0.50 : 0.55;
}

}  // namespace

void RegionActors::setRegions(const RegionSchema& regions) {
  for (const auto& actor : actors_) renderer_->RemoveActor(actor);
  regions_ = regions;
  surfaces_.reset();
  actors_.clear();
  for (const Region& region : regions_)
    actors_.push_back(newSurfaceActor(opacityOf(region, regions_)));
  wanted_.assign(regions_.size(), true);
  if (!regions_.empty()) {
    // Where regions end together the outer one shall cover the inner: about a millimetre.
    auto* innermost = static_cast<vtkPolyDataMapper*>(actors_.back()->GetMapper());
    innermost->SetRelativeCoincidentTopologyPolygonOffsetParameters(0, 500);
  }
  for (auto actor = actors_.rbegin(); actor != actors_.rend(); ++actor) renderer_->AddActor(*actor);
  setColours(colours_);
}

void RegionActors::show(const std::optional<SurfaceSet>& surfaces) {
  surfaces_ = surfaces;
  for (std::size_t r = 0; r < actors_.size(); ++r) {
    setSurface(actors_[r], surfaces ? surfaces->regions[r].Get() : nullptr);
    if (!wanted_[r]) actors_[r]->SetVisibility(false);
  }
}

void RegionActors::setColours(RegionColours preset) {
  colours_ = preset;
  for (const Region& region : regions_) setColour(actors_[region.place], colour(region));
}

void RegionActors::setVisible(const Region& region, bool visible) {
  const std::size_t r = region.place;
  wanted_[r] = visible;
  actors_[r]->SetVisibility(visible && surfaces_ && surfaces_->regions[r] != nullptr);
}

void RegionActors::setOpacity(const Region& region, double opacity) {
  modascope::setOpacity(actors_[region.place], std::clamp(opacity, 0.0, 1.0));
}

double RegionActors::opacity(const Region& region) const {
  return actors_[region.place]->GetProperty()->GetOpacity();
}

}  // namespace modascope
