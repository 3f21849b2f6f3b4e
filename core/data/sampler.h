#pragma once

#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include <torch/types.h>

#include "core/base/seed.h"
#include "core/data/preprocessing.h"

namespace modascope {

/// Samples of one size, ready for a network.
struct Batch {
  /// [N, C, …] float32, C as `InputLayout` has it; an absent modality is zeros and not in
  /// `available`.
  torch::Tensor x;
  torch::Tensor y;  ///< [N, K, …] float32, 1 where region or class k is; or a number
  std::vector<ModalitySet> available;  ///< of each sample
  std::vector<std::string> cases;      ///< of each sample
};

/// Gives case `index` of the training split, prepared; may read it from disk.
using CaseLoader = std::function<std::shared_ptr<const PreparedCase>(std::size_t index)>;

struct SamplerOptions {
  std::int64_t batch = 1;
  std::int64_t crop = 48;   ///< voxels along each axis
  double foreground = 0.5;  ///< fraction of crops centred on tumour
  double flip = 0.5;        ///< probability of each axis
  Seed seed;
};

/// Draws batches. Stateless: batch `step` depends on the seed and on `step` alone, so a resumed run
/// goes on exactly. Every case comes once an epoch, in an order of the epoch's own.
class Sampler {
 public:
  /// Throws `Error` when there is no case.
  Sampler(SamplerOptions options, std::size_t cases);
  virtual ~Sampler() = default;

  /// `step` counts from 0.
  virtual Batch batch(std::int64_t step) const = 0;
  double epochAt(std::int64_t step) const;

 protected:
  /// Which case the sample is of; samples count on over all batches.
  std::size_t caseAt(std::int64_t sample) const;
  /// For the random choices about a sample.
  std::mt19937_64 rngOf(std::int64_t sample) const;

  SamplerOptions options_;
  std::size_t cases_;
};

/// Crops of volumes, mirrored by chance.
class CropSampler : public Sampler {
 public:
  CropSampler(SamplerOptions options, std::size_t cases, std::size_t modalities, CaseLoader load);

  Batch batch(std::int64_t step) const override;

 private:
  void fill(Batch& batch, std::int64_t n, std::int64_t sample) const;

  std::size_t modalities_;
  CaseLoader load_;
};

}  // namespace modascope
