#include "core/featurefile/feature_arrays.h"

#include "core/base/error.h"
#include "core/base/words.h"

namespace modascope {

std::size_t placeOfSplit(const FeatureFileInfo& info, const std::string& split) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < info.splits.size(); ++i) {
    if (info.splits[i].name == split) return i;
    names.push_back(info.splits[i].name);
  }
  throw Error(inQuotes(info.file) + " has no split " + inQuotes(split) + "; it has " +
              joined(names) + ".");
}

}  // namespace modascope
