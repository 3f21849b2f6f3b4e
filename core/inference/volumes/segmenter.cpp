#include "core/inference/volumes/segmenter.h"

#include <cassert>
#include <cmath>

#include "core/base/error.h"
#include "core/inference/volumes/logit_cache.h"
#include "core/models/torch_errors.h"
#include "core/volume/resample.h"

namespace modascope {
namespace {

/// Where `part` starts in `whole` in whole voxels, if it is a piece of it.
std::optional<std::array<std::int64_t, 3>> pieceOf(const VoxelGrid& part, const VoxelGrid& whole) {
  const Vec3 start = whole.toIndex(part.origin);
  std::array<std::int64_t, 3> low{};
  for (std::size_t a = 0; a < 3; ++a) {
    low[a] = std::llround(start[a]);
    if (std::abs(start[a] - static_cast<double>(low[a])) > 0.01 ||
        std::abs(part.spacing[a] - whole.spacing[a]) > 1e-3 * whole.spacing[a] || low[a] < 0 ||
        low[a] + part.size[a] > whole.size[a])
      return std::nullopt;
  }
  return low;
}

LabelVolume placed(const LabelVolume& part, const VoxelGrid& whole) {
  const auto low = pieceOf(part.grid, whole);
  if (!low) return resampleLabels(part, whole);
  LabelVolume all{whole, std::vector<std::uint8_t>(static_cast<std::size_t>(whole.voxelCount()))};
  for (std::int64_t z = 0; z < part.grid.size[2]; ++z)
    for (std::int64_t y = 0; y < part.grid.size[1]; ++y) {
      const auto row = part.voxels.begin() + static_cast<std::ptrdiff_t>(part.grid.offset(0, y, z));
      std::copy(row, row + part.grid.size[0],
                all.voxels.begin() + static_cast<std::ptrdiff_t>(
                                         whole.offset((*low)[0], (*low)[1] + y, (*low)[2] + z)));
    }
  return all;
}

}  // namespace

CasePrediction::CasePrediction(std::shared_ptr<const LogitCache> logits, VoxelGrid grid)
    : logits_(std::move(logits)), grid_(grid) {}

ModalitySet CasePrediction::available() const {
  return logits_->available();
}

const RegionSchema& CasePrediction::regions() const {
  return logits_->regions();
}

LabelVolume CasePrediction::segment(ModalitySet set) const {
  return segment(set, {}).value();
}

std::optional<LabelVolume> CasePrediction::segment(ModalitySet set, std::stop_token stop,
                                                   const TileProgress& progress) const {
  const auto labels = logits_->labels(set, stop, progress);
  if (!labels) return std::nullopt;
  return placed(*labels, grid_);
}

Probabilities CasePrediction::probabilities(ModalitySet set) const {
  const torch::NoGradGuard noGrad;
  const torch::Tensor p = logits_->fused(set).sigmoid().contiguous();
  return {logits_->grid(),
          std::vector<float>(p.data_ptr<float>(), p.data_ptr<float>() + p.numel())};
}

Segmenter::Segmenter(std::shared_ptr<const MultimodalModel> model, SegmenterOptions options)
    : model_(std::move(model)), options_(std::move(options)) {
  assert(!options_.regions.empty());
}

std::optional<CasePrediction> Segmenter::predict(const Case& patient, std::stop_token stop,
                                                 const TileProgress& progress) const {
  return predict(patient, StandIn(), stop, progress);
}

std::optional<CasePrediction> Segmenter::predict(const Case& patient, const StandIn& standIn,
                                                 std::stop_token stop,
                                                 const TileProgress& progress) const {
  if (!patient.available())
    throw Error("Case " + patient.id + " has none of the modalities that this network knows.");
  const PreparedCase prepared =
      prepare(patient, options_.spacing, preprocessingFrom(options_.preprocessing));
  std::optional<PreparedCase> other;
  if (standIn) other = standIn(prepared);
  auto logits = withTorchErrors([&] {
    return slidingWindow(model_, {prepared, other ? &*other : nullptr}, options_, stop, progress);
  });
  if (!logits) return std::nullopt;
  return CasePrediction(std::make_shared<const LogitCache>(std::move(*logits)), patient.grid);
}

}  // namespace modascope
