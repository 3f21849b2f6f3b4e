#include "core/data/sampler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/base/error.h"

namespace modascope {
namespace {

using Index3 = std::array<std::int64_t, 3>;

/// A cube of `side` voxels at `low` (x, y, z), which may reach outside: zeros there.
struct Crop {
  Index3 low{};
  std::int64_t side = 0;
  std::array<bool, 3> flip{};
};

/// Region → its `membershipOf`.
using RegionTables = std::vector<std::array<bool, 256>>;

/// A voxel of a region drawn evenly, without a list of them all: every region's voxels count once,
/// so that the small inner regions are seen more often than by volume alone.
std::optional<Index3> regionVoxel(const LabelVolume& labels, const RegionTables& regions,
                                  std::mt19937_64& rng) {
  const auto& region = regions[below(rng, regions.size())];
  std::vector<std::size_t> inside;
  for (std::size_t i = 0; i < labels.voxels.size(); ++i)
    if (region[labels.voxels[i]]) inside.push_back(i);
  if (inside.empty()) return std::nullopt;
  const auto at = static_cast<std::int64_t>(inside[below(rng, inside.size())]);
  const auto& size = labels.grid.size;
  return Index3{at % size[0], at / size[0] % size[1], at / size[0] / size[1]};
}

/// Keeps the crop inside; where the volume is smaller, centres the volume in the crop.
std::int64_t placed(std::int64_t low, std::int64_t size, std::int64_t side) {
  if (size <= side) return -(side - size) / 2;
  return std::clamp(low, std::int64_t{0}, size - side);
}

Crop drawCrop(const LabelledCase& patient, const RegionTables& regions,
              const SamplerOptions& options, std::mt19937_64& rng) {
  Crop crop{{}, options.crop, {}};
  std::optional<Index3> centre;
  if (uniform(rng) < options.foreground) centre = regionVoxel(patient.labels, regions, rng);
  for (std::size_t a = 0; a < 3; ++a) {
    const std::int64_t size = patient.images.grid.size[a],
                       room = std::max<std::int64_t>(size - options.crop + 1, 1);
    const auto low = centre
                         ? (*centre)[a] - options.crop / 2
                         : static_cast<std::int64_t>(below(rng, static_cast<std::uint64_t>(room)));
    crop.low[a] = placed(low, size, options.crop);
    crop.flip[a] = uniform(rng) < options.flip;
  }
  return crop;
}

/// Calls `put(offset in the crop, offset in the volume)` for every voxel of the crop that is in
/// the volume.
template <typename Put>
void forEachVoxel(const Crop& crop, const VoxelGrid& grid, Put put) {
  const auto source = [&](std::size_t axis, std::int64_t i) {
    return crop.low[axis] + (crop.flip[axis] ? crop.side - 1 - i : i);
  };
  const auto inside = [&](std::size_t axis, std::int64_t i) {
    return i >= 0 && i < grid.size[axis];
  };
  for (std::int64_t z = 0; z < crop.side; ++z) {
    const std::int64_t sz = source(2, z);
    if (!inside(2, sz)) continue;
    for (std::int64_t y = 0; y < crop.side; ++y) {
      const std::int64_t sy = source(1, y);
      if (!inside(1, sy)) continue;
      for (std::int64_t x = 0; x < crop.side; ++x) {
        const std::int64_t sx = source(0, x);
        if (inside(0, sx)) put((z * crop.side + y) * crop.side + x, grid.offset(sx, sy, sz));
      }
    }
  }
}

}  // namespace

Sampler::Sampler(SamplerOptions options, std::size_t cases) : options_(options), cases_(cases) {
  if (cases == 0) throw Error("There is nothing to train on.");
}

double Sampler::epochAt(std::int64_t step) const {
  return static_cast<double>(step * options_.batch) / static_cast<double>(cases_);
}

std::vector<std::size_t> Sampler::orderAt(std::int64_t sample) const {
  std::vector<std::size_t> order(cases_);
  std::iota(order.begin(), order.end(), std::size_t{0});
  auto rng = options_.seed.stream("order", static_cast<std::uint64_t>(sample) / cases_);
  for (std::size_t i = cases_; i > 1; --i) std::swap(order[i - 1], order[below(rng, i)]);
  return order;
}

void Sampler::withCaseOf(std::int64_t sample, Batch& batch,
                         const std::function<void(std::size_t)>& use) const {
  const std::vector<std::size_t> order = orderAt(sample);
  for (std::size_t next = static_cast<std::uint64_t>(sample) % cases_;; ++next) {
    const std::size_t index = order[next % cases_];
    if (lost_.contains(index)) continue;
    try {
      return use(index);
    } catch (const Error& error) {
      if (error.fault() == Fault::System) throw;
      lose(index, sample, error.what(), batch);
    }
  }
}

void Sampler::lose(std::size_t index, std::int64_t sample, const std::string& reason,
                   Batch& batch) const {
  lost_.insert(index);
  if (2 * lost_.size() > cases_)
    throw Error(
        std::to_string(lost_.size()) + " of the " + std::to_string(cases_) +
            " training cases cannot be read any more, which leaves too few. The last: " + reason,
        Fault::System);
  batch.notes.push_back("From step " + std::to_string(sample / options_.batch + 1) +
                        " on a training case is left out: " + reason);
}

std::mt19937_64 Sampler::rngOf(std::int64_t sample) const {
  return options_.seed.stream("crop", static_cast<std::uint64_t>(sample));
}

CropSampler::CropSampler(SamplerOptions options, std::size_t cases, const Problem& problem,
                         CaseLoader load)
    : Sampler(options, cases), modalities_(problem.schema.size()), load_(std::move(load)) {
  for (const Region& region : problem.regions) regions_.push_back(membershipOf(region));
}

void CropSampler::fill(Batch& batch, std::int64_t n, std::int64_t sample) const {
  std::shared_ptr<const LabelledCase> patient;
  withCaseOf(sample, batch, [&](std::size_t index) { patient = load_(index); });
  const PreparedCase& images = patient->images;
  auto rng = rngOf(sample);
  const Crop crop = drawCrop(*patient, regions_, options_, rng);
  for (std::size_t m = 0; m < modalities_; ++m) {
    if (!images.modalities[m]) continue;
    float* to = batch.x[n][static_cast<std::int64_t>(m)].data_ptr<float>();
    const float* from = images.modalities[m]->voxels.data();
    forEachVoxel(crop, images.grid, [&](std::int64_t i, std::size_t j) { to[i] = from[j]; });
  }
  float* to = batch.y[n].data_ptr<float>();
  const std::int64_t voxels = crop.side * crop.side * crop.side;
  forEachVoxel(crop, images.grid, [&](std::int64_t i, std::size_t j) {
    for (std::size_t k = 0; k < regions_.size(); ++k)
      to[static_cast<std::int64_t>(k) * voxels + i] =
          regions_[k][patient->labels.voxels[j]] ? 1.0F : 0.0F;
  });
  batch.available.push_back(images.available().value());
  batch.cases.push_back(images.id);
}

Batch CropSampler::batch(std::int64_t step) const {
  const std::int64_t side = options_.crop;
  Batch batch{
      torch::zeros({options_.batch, static_cast<std::int64_t>(modalities_), side, side, side}),
      torch::zeros({options_.batch, static_cast<std::int64_t>(regions_.size()), side, side, side}),
      {},
      {},
      {}};
  for (std::int64_t n = 0; n < options_.batch; ++n) fill(batch, n, step * options_.batch + n);
  return batch;
}

}  // namespace modascope
