#include "app/work/adapting/adaptation_folder.h"

#include "core/files/paths.h"

namespace modascope {

namespace fs = std::filesystem;

bool isAdaptation(const fs::path& run) {
  return isWholeAdaptation(run) || isThere(planFile(run)) || isThere(adaptersFile(run));
}

bool isWholeAdaptation(const fs::path& run) {
  return isThere(reportFile(run));
}

fs::path adaptersFile(const fs::path& run) {
  return run / "adapters.safetensors";
}

fs::path planFile(const fs::path& run) {
  return run / "plan.json";
}

fs::path reportFile(const fs::path& run) {
  return run / "adaptation.json";
}

}  // namespace modascope
