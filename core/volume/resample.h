#pragma once

#include "core/volume/volume.h"

namespace modascope {

/// The grid with its axes permuted and flipped so that x, y, z run closest to L, P, S. No voxel
/// moves in the world.
VoxelGrid reorientedGrid(const VoxelGrid& grid);
/// The same extent in the world at another spacing (mm); the first voxel's outer corner stays.
VoxelGrid respacedGrid(const VoxelGrid& grid, const Vec3& spacing);

/// Values of `volume` at the voxels of `grid`; 0 outside. Exact (a copy of voxels) when the grids
/// differ by permutation and flips only.
Volume resampleLinear(const Volume& volume, const VoxelGrid& grid);
LabelVolume resampleNearest(const LabelVolume& labels, const VoxelGrid& grid);

}  // namespace modascope
