#pragma once

#include <memory>

#include "core/problem/brats.h"
#include "widgets/slices/tile_grid.h"

namespace modascope::testing {

// x to the patient's left, y to the back, z to the head.
inline const VoxelGrid kGrid{{40, 44, 36}, {1, 1, 1}, {-20, -22, 100}};
constexpr QSize kSize{700, 560};
constexpr ModalityId kT1{0};
constexpr ModalityId kT2{2};
constexpr ModalityId kFlair{3};

template <typename T>
std::shared_ptr<GridVolume<T>> filled(T value) {
  return std::make_shared<GridVolume<T>>(
      GridVolume<T>{kGrid, std::vector<T>(static_cast<std::size_t>(kGrid.voxelCount()), value)});
}

/// A bright block of 5 × 5 × 5 voxels around (32, 8, 28): at the left, in front, above.
inline std::shared_ptr<const Volume> head(float bright) {
  auto volume = filled(1.0f);
  for (std::int64_t z = 26; z <= 30; ++z) {
    for (std::int64_t y = 6; y <= 10; ++y) {
      for (std::int64_t x = 30; x <= 34; ++x) volume->at(x, y, z) = bright;
    }
  }
  return volume;
}
inline const Vec3 kBlock = kGrid.toWorld({32, 8, 28});

/// T1, T1ce and FLAIR; no T2.
inline void setCaseOf(TileGrid& tiles, float bright = 1000) {
  tiles.resize(kSize);
  tiles.setCase(bratsModalities(), {head(bright), head(bright / 2), nullptr, head(bright / 4)},
                kGrid);
}

/// Live is all oedema, kept all enhancing.
inline void compare(TileGrid& tiles) {
  tiles.setOverlay(filled<std::uint8_t>(2));
  tiles.setKept(KeptPrediction{filled<std::uint8_t>(4), "all"});
  tiles.setLiveName("T1");
  OverlayStyle style;
  style.opacity = 1;
  tiles.setOverlayStyle(style);
  tiles.setShown(ModalitySet(kT1));
}

}  // namespace modascope::testing
