#include "widgets/plots/smoothing.h"

#include <algorithm>
#include <cmath>

namespace modascope {

ExponentialMean::ExponentialMean(double steps) : weight_(1.0 - 1.0 / std::max(1.0, steps)) {}

double ExponentialMean::next(double value) {
  if (std::isnan(value)) return value;
  mean_ = weight_ * mean_ + (1.0 - weight_) * value;
  correction_ *= weight_;
  return mean_ / (1.0 - correction_);
}

std::vector<double> smoothed(const std::vector<double>& values, double steps) {
  ExponentialMean mean(steps);
  std::vector<double> result;
  result.reserve(values.size());
  for (const double value : values) result.push_back(mean.next(value));
  return result;
}

}  // namespace modascope
