#pragma once

#include <map>
#include <stop_token>
#include <string>

#include "core/data/sample_source.h"
#include "core/featurefile/feature_file.h"

namespace modascope {

/// All samples of a file of features, in memory.
class FeatureSource : public SampleSource {
 public:
  /// Reads the file. Throws `Error`, also when it is stopped.
  explicit FeatureSource(FeatureFileInfo info, const std::stop_token& stop = {});

  DataFit fit(const std::vector<CaseInfo>& cases, const FitOptions& options = {}) const override;
  Sample get(const CaseInfo& info, const std::vector<Moments>& moments) const override;
  bool hasFilesOfCases() const override { return false; }
  std::vector<std::string> notes() const override { return notes_; }

  /// What was said; empty if the file does not tell.
  std::string textOf(const std::string& id) const;

 private:
  struct Place {
    std::size_t split;
    std::size_t row;
  };
  const Place& placeOf(const std::string& id) const;
  /// The samples alone, as they are in the file.
  FeatureArrays part(const std::vector<std::string>& ids) const;

  FeatureFileInfo info_;
  std::vector<FeatureArrays> splits_;
  std::map<std::string, Place> places_;
  std::vector<std::string> notes_;
};

}  // namespace modascope
