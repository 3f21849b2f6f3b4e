#pragma once

#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/data/preprocessing.h"

namespace modascope {

/// Prepared cases of one split, read when first asked for; the ones not used for longest go when
/// they would fill more than the budget. For one thread.
class CaseStore {
 public:
  static constexpr std::size_t kBudget = std::size_t{6} << 30;  ///< bytes

  CaseStore(std::vector<CaseInfo> cases, Vec3 spacing, Preprocessing how,
            std::size_t budget = kBudget);

  std::size_t size() const { return cases_.size(); }
  std::shared_ptr<const PreparedCase> get(std::size_t index);

 private:
  void makeRoom();

  std::vector<CaseInfo> cases_;
  Vec3 spacing_;
  Preprocessing how_;
  std::size_t budget_;
  std::size_t bytes_ = 0;
  std::list<std::size_t> recent_;  ///< latest first
  std::unordered_map<std::size_t, std::shared_ptr<const PreparedCase>> prepared_;
};

}  // namespace modascope
