#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/base/seed.h"
#include "core/cohort/cohort.h"
#include "core/inference/volumes/soft_scores.h"
#include "core/inference/volumes/subset_scores.h"
#include "core/problem/corruption.h"

namespace modascope {

/// What a network is given in the place of a case's modalities that a subset leaves out.
struct LeftOutModalities {
  Corruption how = Corruption::Absent;
  std::optional<CaseInfo> other = std::nullopt;  ///< whose modalities `Shuffled` puts there
  Seed seed = {};
};

struct EvaluationOptions {
  Scores scores = Scores::Dice;           ///< of volumes
  SoftScores* soft = nullptr;             ///< of volumes: gets every case, too
  std::vector<ModalitySet> subsets = {};  ///< empty for all
  /// Of each case, `how` the same for all; empty: absent.
  std::vector<LeftOutModalities> leftOutModalities = {};
  /// Hears of every case as it is done.
  std::function<void(const CaseInfo&, const SubsetTable&)> each = {};
  /// How many cases are done or left out, as the next begins.
  std::function<void(std::size_t done)> starting = {};
  /// Hears of every case that cannot be scored, and why.
  std::function<void(const CaseInfo&, const std::string& reason)> leftOut = {};
  /// Throws `Error` when the files of a case that were just read are not what they should be.
  std::function<void(const CaseInfo&)> check = {};
};

/// Cases that are to be scored, less those whose files are not what they should be.
class ReadableCases {
 public:
  ReadableCases(std::size_t count, const EvaluationOptions& options)
      : count_(count), options_(options) {}

  /// What `load` makes of the case; nothing, and a word to whom it concerns, when it throws.
  template <typename Load>
  auto read(const CaseInfo& info, Load load) -> std::optional<decltype(load())> {
    try {
      return load();
    } catch (const Error& error) {
      if (error.fault() == Fault::System) throw;
      if (lost_++ == 0) first_ = error.what();
      if (options_.leftOut) options_.leftOut(info, error.what());
      return std::nullopt;
    }
  }

  /// Throws `Error` when there were cases and none is left.
  void requireAny() const {
    if (lost_ < count_ || count_ == 0) return;
    throw Error("None of the " + std::to_string(count_) +
                " cases can be scored. The first: " + first_);
  }

 private:
  std::size_t count_;
  const EvaluationOptions& options_;
  std::size_t lost_ = 0;
  std::string first_;
};

}  // namespace modascope
