#include "core/inference/volumes/logit_cache.h"

#include <map>
#include <mutex>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/inference/volumes/labels_of_mean.h"
#include "core/inference/volumes/windows.h"
#include "core/models/torch_errors.h"

namespace modascope {
namespace {

using torch::Tensor;

/// [|which|, D, H, W], or [2·|which|, D, H, W] with what stands in.
Tensor channelsOf(const WindowInput& input, const std::vector<ModalityId>& which,
                  std::int64_t window) {
  const Tensor x = paddedInput(input.patient, which, window);
  return input.standIn ? at::cat({x, paddedInput(*input.standIn, which, window)}) : x;
}

std::optional<LogitCache> byBranches(const LateFusionModel& model, const WindowInput& input,
                                     const SegmenterOptions& options, std::stop_token stop,
                                     const TileProgress& progress) {
  const ModalitySet available = input.patient.available().value();
  const auto which = available.ids();
  const auto pass = [&](const Tensor& part) {
    std::vector<Tensor> all;
    for (const Tensor& x : part.split(static_cast<std::int64_t>(which.size()), 1))
      all.push_back(model.branchLogits(x.contiguous().to(model.parameters().device()), which)[0]);
    return at::cat(all);
  };
  const auto f = blended(channelsOf(input, which, options.window), input.patient.grid, options,
                         pass, stop, progress);
  if (!f) return std::nullopt;
  return LogitCache(*f, available, options.regions, input.patient.grid);
}

/// What a network without branches says of a window: of the set, or of all that the case has with
/// something else in the places of those outside the set.
Tensor logitsOf(const MultimodalModel& model, const Tensor& part, ModalitySet set,
                ModalitySet available) {
  const auto device = model.parameters().device();
  const auto modalities = static_cast<std::int64_t>(model.describe().schema.size());
  if (part.size(1) == modalities) return model.logits(part.to(device), set);
  Tensor x = part.narrow(1, modalities, modalities).clone();
  for (const ModalityId id : set.ids()) {
    const auto channel = static_cast<std::int64_t>(id.index());
    x.select(1, channel).copy_(part.select(1, channel));
  }
  return model.logits(x.to(device), available);
}

/// The set that the case has is passed over at once, so that a stop and the progress reach it.
std::optional<LogitCache> bySubsets(std::shared_ptr<const MultimodalModel> model,
                                    const WindowInput& input, const SegmenterOptions& options,
                                    std::stop_token stop, const TileProgress& progress) {
  const ModalitySet available = input.patient.available().value();
  const VoxelGrid& grid = input.patient.grid;
  const Tensor x = channelsOf(input, model->describe().schema.ids(), options.window);
  const auto over = [model, x, grid, options, available](
                        ModalitySet set, std::stop_token stop,
                        const TileProgress& progress) -> std::optional<Tensor> {
    const torch::NoGradGuard noGrad;
    const auto pass = [&](const Tensor& part) { return logitsOf(*model, part, set, available); };
    auto f = blended(x, grid, options, pass, stop, progress);
    if (!f) return std::nullopt;
    return (*f)[0];
  };
  const auto whole = over(available, stop, progress);
  if (!whole) return std::nullopt;
  return LogitCache(
      [over, whole = *whole, available](ModalitySet set, std::stop_token stop,
                                        const TileProgress& progress) {
        if (set == available) return std::optional(whole);
        return withTorchErrors([&] { return over(set, stop, progress); });
      },
      available, options.regions, grid);
}

}  // namespace

/// Labels of the subsets that were asked for.
struct LogitCache::Kept {
  std::mutex mutex;
  std::map<ModalitySet, LabelVolume> labels;
};

LogitCache::LogitCache(Tensor logits, ModalitySet available, RegionSchema regions, VoxelGrid grid)
    : logits_(std::move(logits)),
      available_(available),
      regions_(std::move(regions)),
      grid_(grid) {}

LogitCache::LogitCache(Pass pass, ModalitySet available, RegionSchema regions, VoxelGrid grid)
    : pass_(std::move(pass)),
      kept_(std::make_shared<Kept>()),
      available_(available),
      regions_(std::move(regions)),
      grid_(grid) {}

void LogitCache::requireAvailable(ModalitySet set) const {
  if (!available_.contains(set))
    throw Error("This case does not have every modality that was asked for.");
}

Tensor LogitCache::fused(ModalitySet set) const {
  requireAvailable(set);
  if (pass_) return pass_(set, {}, {}).value();
  std::vector<std::int64_t> rows;
  for (const std::size_t row : rowsOf(set)) rows.push_back(static_cast<std::int64_t>(row));
  return logits_.index_select(0, torch::tensor(rows, torch::kLong)).mean(0);
}

std::vector<std::size_t> LogitCache::rowsOf(ModalitySet set) const {
  std::vector<std::size_t> rows;
  const auto ids = available_.ids();
  const bool hasStandIns = static_cast<std::size_t>(logits_.size(0)) == 2 * ids.size();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (set.contains(ids[i]))
      rows.push_back(i);
    else if (hasStandIns)
      rows.push_back(ids.size() + i);
  }
  return rows;
}

std::optional<LabelVolume> LogitCache::labels(ModalitySet set, std::stop_token stop,
                                              const TileProgress& progress) const {
  requireAvailable(set);
  if (!kept_) return labelsOfMean(logits_, rowsOf(set), regions_, grid_);
  const std::scoped_lock lock(kept_->mutex);
  const auto known = kept_->labels.find(set);
  if (known != kept_->labels.end()) return known->second;
  const auto logits = pass_(set, stop, progress);
  if (!logits) return std::nullopt;
  return kept_->labels.emplace(set, labelsOf(*logits, regions_, grid_)).first->second;
}

std::optional<LogitCache> slidingWindow(std::shared_ptr<const MultimodalModel> model,
                                        const WindowInput& input, const SegmenterOptions& options,
                                        std::stop_token stop, const TileProgress& progress) {
  const torch::NoGradGuard noGrad;
  if (const auto* late = dynamic_cast<const LateFusionModel*>(model.get()))
    return byBranches(*late, input, options, stop, progress);
  return bySubsets(std::move(model), input, options, stop, progress);
}

}  // namespace modascope
