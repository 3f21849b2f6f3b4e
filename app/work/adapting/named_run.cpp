#include "app/work/adapting/named_run.h"

#include "core/files/paths.h"

namespace modascope {

namespace fs = std::filesystem;

std::vector<fs::path> placesOf(const NamedRun& run, const fs::path& folder) {
  const fs::path here = realPath(folder);
  std::vector<fs::path> places{run.place};
  if (run.fromHere) places.push_back((here / *run.fromHere).lexically_normal());
  places.push_back(here.parent_path() / run.place.filename());
  return places;
}

}  // namespace modascope
