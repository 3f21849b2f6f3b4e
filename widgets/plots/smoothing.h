#pragma once

#include <vector>

namespace modascope {

/// Exponential mean of the values so far, looking back about `steps` values:
///
///     m_t = w m_{t−1} + (1 − w) x_t,   shown m_t / (1 − w^t),   w = 1 − 1 / steps
///
/// so the first value stands for itself (Kingma & Ba 2015, the bias correction of Adam) and a new
/// value never changes an earlier mean. NaN is passed over: its place is NaN, the mean goes on.
class ExponentialMean {
 public:
  explicit ExponentialMean(double steps);
  double next(double value);

 private:
  double weight_;
  double mean_ = 0;
  double correction_ = 1;  ///< w^t
};

std::vector<double> smoothed(const std::vector<double>& values, double steps);

}  // namespace modascope
