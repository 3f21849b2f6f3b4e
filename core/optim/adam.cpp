#include "core/optim/adam.h"

#include <cmath>

#include <ATen/ATen.h>

namespace modascope {
namespace {

constexpr double kBeta1 = 0.9;
constexpr double kBeta2 = 0.999;
constexpr double kEpsilon = 1e-8;
constexpr double kPower = 0.9;

}  // namespace

Adam::Adam(torch::Tensor parameters, double weightDecay)
    : parameters_(std::move(parameters)),
      first_(torch::zeros_like(parameters_)),
      second_(torch::zeros_like(parameters_)),
      weightDecay_(weightDecay) {}

void Adam::step(const torch::Tensor& gradient, double learningRate) {
  ++steps_;
  const auto decayed = at::add(gradient, parameters_, weightDecay_);
  first_.mul_(kBeta1).add_(decayed, 1 - kBeta1);
  second_.mul_(kBeta2).addcmul_(decayed, decayed, 1 - kBeta2);
  const double correct1 = 1 - std::pow(kBeta1, static_cast<double>(steps_));
  const double correct2 = 1 - std::pow(kBeta2, static_cast<double>(steps_));
  const auto deviation = second_.sqrt().div_(std::sqrt(correct2)).add_(kEpsilon);
  parameters_.addcdiv_(first_, deviation, -learningRate / correct1);
}

void Adam::restore(const torch::Tensor& first, const torch::Tensor& second, std::int64_t steps) {
  first_.copy_(first);
  second_.copy_(second);
  steps_ = steps;
}

double polynomialRate(double rate, std::int64_t step, std::int64_t steps) {
  return rate * std::pow(1 - static_cast<double>(step) / static_cast<double>(steps), kPower);
}

}  // namespace modascope
