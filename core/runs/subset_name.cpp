#include "core/runs/subset_name.h"

namespace modascope {

std::string subsetName(const ModalitySchema& schema, ModalitySet set) {
  std::string name;
  for (const std::string& key : keysOf(schema, set)) name += (name.empty() ? "" : "+") + key;
  return name;
}

}  // namespace modascope
