#include "widgets/slices/tile_look.h"

namespace modascope {

void TileLook::startAt(const Vec3& worldMm) {
  crosshair_ = worldMm;
  frames_ = {};
}

void TileLook::fill(SliceView& tile, Plane plane) const {
  tile.setConvention(convention_);
  tile.setMouseScheme(scheme_);
  tile.setFrame(frames_[static_cast<std::size_t>(plane)]);
  tile.setCrosshair(crosshair_);
  tile.setCrosshairVisible(crosshairVisible_);
}

void TileLook::setConvention(Convention convention) {
  convention_ = convention;
  for (SliceView* tile : stage_.tiles()) tile->setConvention(convention);
}

void TileLook::setMouseScheme(MouseScheme scheme) {
  scheme_ = scheme;
  for (SliceView* tile : stage_.tiles()) tile->setMouseScheme(scheme);
}

void TileLook::setCrosshair(const Vec3& worldMm) {
  crosshair_ = worldMm;
  for (SliceView* tile : stage_.tiles()) tile->setCrosshair(worldMm);
}

void TileLook::setCrosshairVisible(bool visible) {
  crosshairVisible_ = visible;
  for (SliceView* tile : stage_.tiles()) tile->setCrosshairVisible(visible);
}

void TileLook::setFrame(Plane plane, const ViewFrame& frame) {
  frames_[static_cast<std::size_t>(plane)] = frame;
  for (std::size_t i = 0; i < stage_.tiles().size(); ++i) {
    if (stage_.cells()[i].plane == plane) stage_.tiles()[i]->setFrame(frame);
  }
}

}  // namespace modascope
