#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace modascope {

/// A frozen network to be adapted to missing modalities (METHOD section 5).
struct AdaptationRequest {
  std::filesystem::path run;  ///< of the frozen network
  std::string checkpoint = "last";
  std::filesystem::path data;
  std::filesystem::path out;        ///< does not exist, is empty, or holds the beginning of this
  std::filesystem::path runs = {};  ///< where a new folder is made if `out` is not said
  std::string method = "ssf";       ///< ssf, bitfit, lora, norm or dedicated
  std::string subsets = "all";      ///< a word of gmd.subsets, or subsets such as "t1+t2,flair"
  std::int64_t rank = 4;            ///< of lora
  std::int64_t steps = 0;   ///< for each subset; 0: `kAdapterSteps`, or the run's own of dedicated
  double learningRate = 0;  ///< 0: what suits the method
  std::int64_t seed = -1;   ///< -1: the run's own
  /// That is scored at the end; empty: valid if there is one, else none. Test only if asked for.
  std::string split = {};
};
inline constexpr std::int64_t kAdapterSteps = 300;
inline constexpr const char* kNoSplit = "none";  ///< scores nothing

}  // namespace modascope
