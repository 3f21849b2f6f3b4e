#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace modascope {

/// Soft Dice pooled over a batch or a whole cohort, one score a class, the number that the papers'
/// released script prints: (2 Σ p t + 1) / (Σ p + Σ t + 1), the sums over all voxels of all cases.
/// Large regions weigh more than in a mean over cases.
class SoftDicePool {
 public:
  explicit SoftDicePool(std::size_t classes) : sums_(classes) {}

  /// One case's voxels of one class: p in [0, 1], t 0 or 1, as many of each.
  void add(std::size_t index, std::span<const float> probability,
           std::span<const std::uint8_t> truth);
  std::vector<double> dice() const;

 private:
  struct Sums {
    double both = 0;
    double probability = 0;
    double truth = 0;
  };
  std::vector<Sums> sums_;
};

}  // namespace modascope
