#pragma once

#include <functional>
#include <list>
#include <memory>
#include <unordered_map>
#include <vector>

#include "core/data/preprocessing.h"

namespace modascope {

/// Prepared cases of one split with their truth, read when first asked for; the ones not used for
/// longest go when they would fill more than the budget. For one thread.
class CaseStore {
 public:
  static constexpr std::size_t kBudget = std::size_t{6} << 30;  ///< bytes

  /// Throws `Error` when the files of a case that were just read are not what they should be.
  using Check = std::function<void(const CaseInfo&)>;

  CaseStore(std::vector<CaseInfo> cases, Vec3 spacing, Preprocessing how,
            std::size_t budget = kBudget);

  void setCheck(Check check) { check_ = std::move(check); }

  std::size_t size() const { return cases_.size(); }
  /// Throws `Error` when the case cannot be read or has no segmentation that can be used.
  std::shared_ptr<const LabelledCase> get(std::size_t index);

 private:
  std::shared_ptr<const LabelledCase> read(const CaseInfo& info) const;
  void makeRoom();

  std::vector<CaseInfo> cases_;
  Vec3 spacing_;
  Preprocessing how_;
  std::size_t budget_;
  Check check_;
  std::size_t bytes_ = 0;
  std::list<std::size_t> recent_;  ///< latest first
  std::unordered_map<std::size_t, std::shared_ptr<const LabelledCase>> prepared_;
};

}  // namespace modascope
