#pragma once

#include <memory>
#include <string>
#include <vector>

#include <torch/types.h>

#include "core/problem/problem.h"

namespace modascope {

/// What a network said of any number of samples from one subset and what is true, pooled: a
/// correlation or the mean over classes is no mean over samples.
class ScorePool {
 public:
  virtual ~ScorePool() = default;

  /// Outputs f [N, K, …] and truth y [N, K, …].
  virtual void add(const torch::Tensor& f, const torch::Tensor& y) = 0;
  virtual std::vector<std::string> columns() const = 0;
  /// One for each column.
  virtual std::vector<double> scores() const = 0;
};

/// For what comes out of the problem's network; of volumes there is none.
std::unique_ptr<ScorePool> makeScorePool(const Problem& problem);

}  // namespace modascope
