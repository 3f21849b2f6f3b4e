#include "core/data/preprocessing.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/volume/crop.h"
#include "core/volume/resample.h"

namespace modascope {
namespace {

std::vector<float> nonZero(const Volume& volume) {
  std::vector<float> values;
  values.reserve(volume.voxels.size());
  std::copy_if(volume.voxels.begin(), volume.voxels.end(), std::back_inserter(values),
               [](float v) { return v != 0; });
  return values;
}

float percentile(std::vector<float>& values, double fraction) {
  const auto rank = static_cast<std::ptrdiff_t>(fraction * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), values.begin() + rank, values.end());
  return values[static_cast<std::size_t>(rank)];
}

void zscore(Volume& volume) {
  std::vector<float> values = nonZero(volume);
  if (values.empty()) return;
  const float low = percentile(values, 0.01), high = percentile(values, 0.99);
  double sum = 0, squares = 0;
  for (const float v : values) sum += std::clamp(v, low, high);
  const double mean = sum / static_cast<double>(values.size());
  for (const float v : values) squares += std::pow(std::clamp(v, low, high) - mean, 2);
  const double deviation = std::sqrt(squares / static_cast<double>(values.size()));
  const double scale = deviation > 0 ? 1 / deviation : 0;
  for (float& v : volume.voxels)
    if (v != 0) v = static_cast<float>((std::clamp(v, low, high) - mean) * scale);
}

void minmax(Volume& volume) {
  const auto [least, most] = std::minmax_element(volume.voxels.begin(), volume.voxels.end());
  const float low = *least, range = *most - *least;
  for (float& v : volume.voxels)
    if (v != 0) v = range > 0 ? (v - low) / range : 0;
}

IndexBox nonZeroBox(const PreparedCase& prepared) {
  IndexBox box = emptyBox(prepared.grid);
  for (const auto& volume : prepared.modalities)
    if (volume) takeInNonZero(box, *volume);
  return box.high[0] == 0 ? IndexBox{{0, 0, 0}, prepared.grid.size} : box;
}

bool sameSpacing(const Vec3& a, const Vec3& b) {
  for (std::size_t axis = 0; axis < 3; ++axis)
    if (std::abs(a[axis] - b[axis]) > 1e-3 * b[axis]) return false;
  return true;
}

/// A case's images, and what of the grid at the training spacing was kept.
struct PreparedImages {
  PreparedCase images;
  VoxelGrid whole;
  IndexBox box;
};

PreparedImages prepareImages(const Case& patient, const Vec3& spacing, Preprocessing how) {
  const bool resample = !sameSpacing(patient.grid.spacing, spacing);
  PreparedCase prepared{
      patient.id, resample ? respacedGrid(patient.grid, spacing) : patient.grid, {}};
  for (const auto& volume : patient.modalities) {
    if (!volume) {
      prepared.modalities.emplace_back();
      continue;
    }
    prepared.modalities.emplace_back(resample ? resampleImage(*volume, prepared.grid) : *volume);
    normalise(*prepared.modalities.back(), how);
  }
  const VoxelGrid whole = prepared.grid;
  const IndexBox box = nonZeroBox(prepared);
  for (auto& volume : prepared.modalities)
    if (volume) volume = cropped(*volume, box);
  for (const auto& volume : prepared.modalities)
    if (volume) prepared.grid = volume->grid;
  return {std::move(prepared), whole, box};
}

}  // namespace

Preprocessing preprocessingFrom(std::string_view name) {
  if (name == "zscore") return Preprocessing::ZScore;
  if (name == "minmax") return Preprocessing::MinMax;
  throw Error("data.preprocessing is '" + std::string(name) + "'; it is zscore or minmax.");
}

void normalise(Volume& volume, Preprocessing how) {
  how == Preprocessing::ZScore ? zscore(volume) : minmax(volume);
}

std::optional<ModalitySet> PreparedCase::available() const {
  std::uint8_t bits = 0;
  for (std::size_t m = 0; m < modalities.size(); ++m)
    if (modalities[m]) bits = static_cast<std::uint8_t>(bits | (1u << m));
  return ModalitySet::fromBits(bits);
}

std::size_t PreparedCase::bytes() const {
  std::size_t total = 0;
  for (const auto& volume : modalities)
    if (volume) total += volume->voxels.size() * sizeof(float);
  return total;
}

PreparedCase prepare(const Case& patient, const Vec3& spacing, Preprocessing how) {
  return prepareImages(patient, spacing, how).images;
}

LabelledCase prepare(const LabelledPatient& patient, const Vec3& spacing, Preprocessing how) {
  PreparedImages prepared = prepareImages(patient.patient(), spacing, how);
  const LabelVolume& own = patient.labels();
  const bool moved = !own.grid.matches(prepared.whole);
  LabelVolume labels = cropped(moved ? resampleLabels(own, prepared.whole) : own, prepared.box);
  return {std::move(prepared.images), std::move(labels)};
}

}  // namespace modascope
