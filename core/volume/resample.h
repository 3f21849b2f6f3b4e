#pragma once

#include "core/volume/volume.h"

namespace modascope {

/// The grid with its axes permuted and flipped so that x, y, z run closest to L, P, S. No voxel
/// moves in the world.
VoxelGrid reorientedGrid(const VoxelGrid& grid);
/// The same extent in the world at another spacing (mm); the first voxel's outer corner stays.
VoxelGrid respacedGrid(const VoxelGrid& grid, const Vec3& spacing);

/// Values of `volume` at the voxels of `grid`: linear between voxels where `grid` is finer, the
/// mean over a voxel's footprint where it is coarser, along each axis by itself; 0 outside. Exact
/// (a copy of voxels) when the grids differ by permutation and flips only.
Volume resampleImage(const Volume& volume, const VoxelGrid& grid);
/// The label with the largest share of each voxel's footprint, what lies outside being 0; of equal
/// shares the larger label, so that no side is preferred. On a finer grid this is the nearest
/// voxel. The centres of balls are kept in the mean over many places; that of one ball of radius r
/// is off by about 0.17 h^2/r along an axis at most (root mean square; voxels of h, all in mm), as
/// it is for any choice of whole voxels by their shares.
LabelVolume resampleLabels(const LabelVolume& labels, const VoxelGrid& grid);

}  // namespace modascope
