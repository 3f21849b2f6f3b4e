#pragma once

#include "core/phantom/phantom_head.h"

namespace modascope {

/// Parts of a voxel that are tumour; the rest is healthy.
struct TumourMix {
  double oedema = 0;
  double enhancing = 0;
  double necrosis = 0;
  double all() const { return oedema + enhancing + necrosis; }
};

/// An irregular glioma in the white matter of one side: a necrotic core in an enhancing rim of
/// changing thickness, and oedema that spreads through white matter and spares the cortex.
class PhantomTumour {
 public:
  PhantomTumour(const Seed& seed, std::uint64_t index, const PhantomHead& head);

  const Vec3& centre() const { return centre_; }
  TumourMix mix(const Vec3& mm, const BrainMix& healthy, double voxelMm) const;
  /// Where the tissue that is at `mm` would be without the tumour, which pushes it outwards.
  Vec3 beforeGrowth(const Vec3& mm) const;

 private:
  void placeIn(const PhantomHead& head, std::mt19937_64& rng);

  Vec3 centre_{};
  Vec3 stretch_{1, 1, 1};
  double coreMm_ = 0;
  double rimMm_ = 0;
  double oedemaMm_ = 0;
  double shapeAtCentre_ = 0;  ///< taken off, so that it makes no tumour large or small
  SmoothNoise shape_;
  SmoothNoise detail_;
  SmoothNoise rim_;
};

}  // namespace modascope
