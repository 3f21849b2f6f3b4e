#include "core/volume/nifti_geometry.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <optional>

#include "core/base/error.h"

namespace modascope {
namespace {

constexpr double kDisagreementMm = 0.1;
constexpr double kSmallestStep = 1e-6;  // from voxel to voxel, in the file's unit
constexpr double kLargestStep = 1e6;
constexpr double kFarthest = 1e9;
constexpr double kRightAngle = 1e-3;  // largest cosine between two axes: 0.24 mm over a head

// What could be an image of a body or a part of it, in mm. Small pieces and small test images pass,
// but not a whole head of a few centimetres.
constexpr double kSmallestVoxel = 0.1;
constexpr double kLargestVoxel = 20;
constexpr double kSmallBody = 50;     // along its longest axis, where every voxel is
constexpr double kCoarseVoxel = 0.5;  // finer than this

/// Columns of an affine matrix, RAS, in the file's unit: where an index grows, and voxel 0.
struct Affine {
  std::array<Vec3, 3> column{};
  Vec3 origin{};
};

Affine fromSform(const NiftiSpace& space) {
  Affine affine;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t axis = 0; axis < 3; ++axis) {
      affine.column[axis][row] = space.sform[row * 4 + axis];
    }
    affine.origin[row] = space.sform[row * 4 + 3];
  }
  return affine;
}

/// NIfTI-1, "method 2": a unit quaternion, voxel sizes, and −1 in pixdim[0] for a mirrored z axis.
Affine fromQform(const NiftiSpace& space) {
  double b = space.quaternion[0], c = space.quaternion[1], d = space.quaternion[2];
  double a = 1.0 - (b * b + c * c + d * d);
  if (a < 1e-7) {
    const double scale = 1.0 / std::sqrt(b * b + c * c + d * d);
    b *= scale, c *= scale, d *= scale;
    a = 0;
  } else {
    a = std::sqrt(a);
  }
  const double handed = space.pixdim[0] < 0 ? -1 : 1;
  const Vec3 step{std::abs(space.pixdim[1]), std::abs(space.pixdim[2]),
                  handed * std::abs(space.pixdim[3])};
  Affine affine;
  affine.column[0] = {a * a + b * b - c * c - d * d, 2 * (b * c + a * d), 2 * (b * d - a * c)};
  affine.column[1] = {2 * (b * c - a * d), a * a + c * c - b * b - d * d, 2 * (c * d + a * b)};
  affine.column[2] = {2 * (b * d + a * c), 2 * (c * d - a * b), a * a + d * d - c * c - b * b};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    for (double& value : affine.column[axis]) value *= step[axis];
    affine.origin[axis] = space.quaternion[3 + axis];
  }
  return affine;
}

Affine fromVoxelSizes(const NiftiSpace& space) {
  Affine affine;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    affine.column[axis][axis] = std::abs(space.pixdim[axis + 1]);
  }
  return affine;
}

/// Not std::hypot: with three arguments libstdc++ 12 makes 0 of (0, 0, NaN).
double length(const Vec3& v) {
  return std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

/// Numbers that can place a voxel. Every transform that a file offers must pass, used or not.
bool isPossible(const Affine& affine) {
  const auto isStep = [](const Vec3& column) {
    return length(column) >= kSmallestStep && length(column) <= kLargestStep;
  };
  return std::all_of(affine.column.begin(), affine.column.end(), isStep) &&
         length(affine.origin) <= kFarthest;
}

bool hasRightAngles(const Affine& affine) {
  for (std::size_t i = 0; i < 3; ++i) {
    const Vec3& a = affine.column[i];
    const Vec3& b = affine.column[(i + 1) % 3];
    const double cosine = (a[0] * b[0] + a[1] * b[1] + a[2] * b[2]) / (length(a) * length(b));
    if (!(std::abs(cosine) <= kRightAngle)) return false;
  }
  return true;
}

/// To LPS. The voxel size of the header, where it says the same, is exact where the column's length
/// carries rounding.
VoxelGrid toGrid(const Affine& affine, const NiftiSpace& space) {
  VoxelGrid grid;
  grid.size = space.size;
  const Vec3 toLps{-1, -1, 1};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double measured = length(affine.column[axis]);
    const double stated = std::abs(space.pixdim[axis + 1]);
    grid.spacing[axis] = std::abs(stated - measured) <= 1e-6 * measured ? stated : measured;
    grid.origin[axis] = toLps[axis] * affine.origin[axis] + 0.0;
    for (std::size_t i = 0; i < 3; ++i) {
      grid.direction[axis][i] = toLps[i] * affine.column[axis][i] / grid.spacing[axis] + 0.0;
    }
  }
  return grid;
}

/// The transforms that a file offers, best first, each with its name.
struct Candidate {
  Affine affine;
  std::string name;
};

std::vector<Candidate> candidates(const NiftiSpace& space) {
  std::vector<Candidate> all;
  if (space.sformCode > 0) all.push_back({fromSform(space), "s-form"});
  if (space.qformCode > 0) all.push_back({fromQform(space), "q-form"});
  if (all.empty()) all.push_back({fromVoxelSizes(space), "voxel sizes"});
  return all;
}

void requireVoxelSizes(const NiftiSpace& space, const std::filesystem::path& file) {
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const float value = space.pixdim[axis + 1];
    if (!(std::abs(value) >= kSmallestStep && std::abs(value) <= kLargestStep)) {
      throw Error(file.string() + " gives its voxels a size of " + std::to_string(value) +
                  " along axis " + std::to_string(axis + 1) + "; expected a length in mm above 0.");
    }
  }
}

/// The best transform that is possible and rectangular; notes when that is not the first.
const Candidate& choose(const std::vector<Candidate>& all, const std::filesystem::path& file,
                        std::vector<std::string>& notes) {
  for (const Candidate& candidate : all) {
    if (!isPossible(candidate.affine)) {
      throw Error(file.string() + " has a " + candidate.name +
                  " with numbers that place no voxel (zero, beyond all measure or not finite).");
    }
  }
  for (const Candidate& candidate : all) {
    if (!hasRightAngles(candidate.affine)) continue;
    if (&candidate != &all.front()) {
      notes.push_back(file.filename().string() + ": its " + all.front().name +
                      " is no rotation; its " + candidate.name + " was used.");
    }
    return candidate;
  }
  throw Error(file.string() + " is sheared: the axes of its " + all.front().name +
              " are not at right angles. Resample it to a rectangular grid first.");
}

void noteDisagreement(const std::vector<Candidate>& all, const Candidate& used,
                      const NiftiSpace& space, const std::filesystem::path& file,
                      std::vector<std::string>& notes) {
  if (all.size() < 2 || &used != &all.front()) return;
  if (toGrid(used.affine, space).matches(toGrid(all[1].affine, space), kDisagreementMm)) return;
  notes.push_back(file.filename().string() +
                  ": s-form and q-form place it differently; the s-form was used.");
}

VoxelGrid scaled(VoxelGrid grid, double scale) {
  for (std::size_t axis = 0; axis < 3; ++axis) {
    grid.spacing[axis] *= scale;
    grid.origin[axis] *= scale;
  }
  return grid;
}

/// Into mm. A header that says metres or micrometres while only mm make a body of its numbers is a
/// common mistake of converters.
VoxelGrid inMm(const VoxelGrid& asWritten, int units, const std::filesystem::path& file,
               std::vector<std::string>& notes) {
  if (units != 1 && units != 3) return asWritten;
  const std::string name = file.filename().string();
  const std::string unit = units == 1 ? "metres" : "micrometres";
  VoxelGrid converted = scaled(asWritten, units == 1 ? 1000.0 : 0.001);
  if (!couldBeABody(converted) && couldBeABody(asWritten)) {
    notes.push_back(name + ": its header says " + unit +
                    ", but its lengths make a body only in mm and were taken as mm.");
    return asWritten;
  }
  notes.push_back(name + ": its lengths are in " + unit + " and were converted to mm.");
  return converted;
}

void requireBody(const VoxelGrid& grid, const std::filesystem::path& file) {
  if (couldBeABody(grid, kLongestImage)) return;
  std::array<char, 200> text{};
  std::snprintf(text.data(), text.size(),
                "%lldx%lldx%lld voxels of %.3gx%.3gx%.3g mm make no image of a body (expected "
                "voxels of %g to "
                "%g mm and at most %g mm along an axis)",
                static_cast<long long>(grid.size[0]), static_cast<long long>(grid.size[1]),
                static_cast<long long>(grid.size[2]), grid.spacing[0], grid.spacing[1],
                grid.spacing[2], kSmallestVoxel, kLargestVoxel, kLongestImage);
  throw Error(file.string() + ": " + text.data() +
              ". Correct the voxel sizes or the unit in its header.");
}

}  // namespace

double lengthMm(const VoxelGrid& grid) {
  double longest = 0;
  for (std::size_t axis = 0; axis < 3; ++axis)
    longest = std::max(longest, grid.spacing[axis] * static_cast<double>(grid.size[axis]));
  return longest;
}

bool couldBeABody(const VoxelGrid& grid, double longestMm) {
  constexpr double kRounding = 1e-6;
  double coarsest = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double voxel = grid.spacing[axis];
    if (!(voxel >= kSmallestVoxel * (1 - kRounding) && voxel <= kLargestVoxel * (1 + kRounding)))
      return false;
    coarsest = std::max(coarsest, voxel);
  }
  const double longest = lengthMm(grid);
  return longest <= longestMm * (1 + kRounding) &&
         (longest >= kSmallBody || coarsest >= kCoarseVoxel);
}

VoxelGrid gridOf(const NiftiSpace& space, const std::filesystem::path& file,
                 std::vector<std::string>& notes) {
  requireVoxelSizes(space, file);
  const std::vector<Candidate> all = candidates(space);
  const Candidate& used = choose(all, file, notes);
  noteDisagreement(all, used, space, file, notes);
  if (space.sformCode <= 0 && space.qformCode <= 0) {
    notes.push_back(file.filename().string() +
                    ": it does not say how it lies in the patient (no s-form, no q-form); its axes "
                    "were taken as right, anterior, superior.");
  }
  const VoxelGrid grid = inMm(toGrid(used.affine, space), space.units, file, notes);
  requireBody(grid, file);
  return grid;
}

}  // namespace modascope
