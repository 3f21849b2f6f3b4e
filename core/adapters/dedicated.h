#pragma once

#include "core/adapters/adapter.h"

namespace modascope {

/// All parameters, learnt from other weights than the frozen ones: a network of the subset's own
/// ("dedicated"), with which the small adapters are compared.
class Dedicated : public Adapter {
 public:
  /// `initial` [P]: the weights to start from.
  Dedicated(const ParameterLayout& network, torch::Tensor initial);

  torch::Tensor start() const override { return initial_.clone(); }

 protected:
  std::vector<Change> changes(const torch::Tensor& frozen,
                              const torch::Tensor& delta) const override;

 private:
  torch::Tensor initial_;
};

}  // namespace modascope
