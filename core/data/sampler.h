#pragma once

#include <array>
#include <functional>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <torch/types.h>

#include "core/base/seed.h"
#include "core/data/preprocessing.h"
#include "core/problem/problem.h"

namespace modascope {

/// Samples of one size, ready for a network.
struct Batch {
  /// [N, C, …] float32, C as `InputLayout` has it; an absent modality is zeros and not in
  /// `available`.
  torch::Tensor x;
  torch::Tensor y;  ///< [N, K, …] float32, 1 where region or class k is; or a number
  std::vector<ModalitySet> available;  ///< of each sample
  std::vector<std::string> cases;      ///< of each sample
  /// What became known while it was drawn: cases that are left out from now on, and why.
  std::vector<std::string> notes = {};
};

/// Gives case `index` of the training split, prepared; may read it from disk. Throws `Error` when
/// its files are no longer what they were.
using CaseLoader = std::function<std::shared_ptr<const LabelledCase>(std::size_t index)>;

struct SamplerOptions {
  std::int64_t batch = 1;
  std::int64_t crop = 48;   ///< voxels along each axis
  double foreground = 0.5;  ///< fraction of crops centred on a region
  double flip = 0.5;        ///< probability of each axis
  Seed seed;
};

/// Draws batches. Batch `step` depends on the seed and on `step` alone, so a resumed run goes on
/// exactly. Every case comes once an epoch, in an order of the epoch's own. A case that cannot be
/// read any more is left out from then on, and the next one of the order takes its place.
/// One thread.
class Sampler {
 public:
  /// Throws `Error` when there is no case.
  Sampler(SamplerOptions options, std::size_t cases);
  virtual ~Sampler() = default;

  /// `step` counts from 0. Throws `Error` when more than half of the cases are gone.
  virtual Batch batch(std::int64_t step) const = 0;
  double epochAt(std::int64_t step) const;

 protected:
  /// Calls `use` for the case that the sample is of, or for the one in its place; samples count on
  /// over all batches. A request's `Error` that `use` throws before it changes the batch costs the
  /// case.
  void withCaseOf(std::int64_t sample, Batch& batch,
                  const std::function<void(std::size_t index)>& use) const;
  /// For the random choices about a sample.
  std::mt19937_64 rngOf(std::int64_t sample) const;

  SamplerOptions options_;
  std::size_t cases_;

 private:
  /// Of all cases, in the epoch that the sample belongs to.
  std::vector<std::size_t> orderAt(std::int64_t sample) const;
  void lose(std::size_t index, std::int64_t sample, const std::string& reason, Batch& batch) const;

  mutable std::set<std::size_t> lost_;
};

/// Crops of volumes, mirrored by chance.
class CropSampler : public Sampler {
 public:
  CropSampler(SamplerOptions options, std::size_t cases, const Problem& problem, CaseLoader load);

  Batch batch(std::int64_t step) const override;

 private:
  void fill(Batch& batch, std::int64_t n, std::int64_t sample) const;

  std::size_t modalities_;
  std::vector<std::array<bool, 256>> regions_;  ///< see `membershipOf`
  CaseLoader load_;
};

}  // namespace modascope
