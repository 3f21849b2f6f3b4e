#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <torch/types.h>

#include "core/base/seed.h"
#include "core/data/preprocessing.h"

namespace modascope {

/// Samples with the same crop size, ready for a network.
struct Batch {
  torch::Tensor x;  ///< [N, M, D, H, W] float32; an absent modality is zeros and not in `available`
  torch::Tensor y;  ///< [N, K, D, H, W] float32, 1 inside region k
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

/// Draws crops. Stateless: batch `step` depends on the seed and on `step` alone, so a resumed run
/// goes on exactly. Every case comes once an epoch, in an order of the epoch's own.
class Sampler {
 public:
  Sampler(SamplerOptions options, std::size_t cases, std::size_t modalities, CaseLoader load);

  /// `step` counts from 0.
  Batch batch(std::int64_t step) const;
  double epochAt(std::int64_t step) const;

 private:
  std::size_t caseAt(std::int64_t sample) const;
  void fill(Batch& batch, std::int64_t n, std::int64_t sample) const;

  SamplerOptions options_;
  std::size_t cases_;
  std::size_t modalities_;
  CaseLoader load_;
};

}  // namespace modascope
