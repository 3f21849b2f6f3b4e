#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/error.h"
#include "core/cohort/cohort.h"
#include "core/problem/data_fit.h"

namespace modascope {

class Sampler;
struct SamplerOptions;

/// What a user may say about how cases are brought to one scale and grid.
struct FitOptions {
  double spacing = 0;  ///< mm of the training grid of volumes; 0: what is usual in the cases
};

/// Who hears of cases while they are read. Either may be empty.
struct CaseWatch {
  /// Its files were just read. Throws `Error` when they are not what they should be.
  std::function<void(const CaseInfo&)> read = {};
  /// It cannot be used any more, and why.
  std::function<void(const CaseInfo&, const std::string& reason)> lost = {};

  /// Calls `use()`, which reads the case; what it throws of the case's files is told first.
  template <typename Use>
  auto watching(const CaseInfo& info, Use use) const {
    try {
      return use();
    } catch (const Error& error) {
      if (error.fault() != Fault::System && lost) lost(info, error.what());
      throw;
    }
  }
};

/// The cases that batches are drawn of.
struct TrainingCases {
  std::vector<CaseInfo> cases;
  DataFit fit;
  std::string preprocessing = "zscore";  ///< of volumes
  CaseWatch watch = {};
};

/// Where the cases of a cohort come from: a room each for volumes, pictures and features. Any
/// thread may ask.
class CaseSource {
 public:
  virtual ~CaseSource() = default;

  /// Of the training cases. Throws `Error` when none of them can be read.
  virtual DataFit fit(const std::vector<CaseInfo>& cases, const FitOptions& options = {}) const = 0;
  /// Draws batches of the cases for training. Throws `Error` when there are none.
  virtual std::shared_ptr<const Sampler> sampler(const TrainingCases& training,
                                                 const SamplerOptions& options) const = 0;
  /// Reads the case once and says what it holds; what is wrong with it excludes it. What comes back
  /// once `stop` was asked for is of no use.
  virtual CaseInfo look(const CaseInfo& headers, const std::stop_token& stop) const = 0;
  /// Or all are in one file that was read when it was opened.
  virtual bool hasFilesOfCases() const { return true; }
  /// What there is to say about the data that the cohort's own notes do not tell.
  virtual std::vector<std::string> notes() const { return {}; }
};

}  // namespace modascope
