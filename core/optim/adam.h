#pragma once

#include <torch/types.h>

namespace modascope {

/// Adam (Kingma & Ba 2015) on one flat vector, with coupled L2: the decay is part of the gradient.
class Adam {
 public:
  /// Parameters [P] share memory with the network.
  Adam(torch::Tensor parameters, double weightDecay);

  void step(const torch::Tensor& gradient, double learningRate);

  std::int64_t steps() const { return steps_; }
  const torch::Tensor& first() const { return first_; }    ///< [P], moving mean
  const torch::Tensor& second() const { return second_; }  ///< [P], moving square
  void restore(const torch::Tensor& first, const torch::Tensor& second, std::int64_t steps);

 private:
  torch::Tensor parameters_;
  torch::Tensor first_;
  torch::Tensor second_;
  double weightDecay_;
  std::int64_t steps_ = 0;
};

/// lr · (1 − step/steps)^0.9, step counting from 0 over all optimisation steps (not epochs).
double polynomialRate(double rate, std::int64_t step, std::int64_t steps);

}  // namespace modascope
