#include "app/work/adapting/named_run.h"

#include <nlohmann/json.hpp>

#include "core/base/name_text.h"
#include "core/files/paths.h"

namespace modascope {

namespace fs = std::filesystem;

NamedRun namedRun(const nlohmann::ordered_json& json, const std::string& key) {
  NamedRun run{pathFrom(json.at(key).get<std::string>())};
  if (json.contains(key + "_from_here"))
    run.fromHere = pathFrom(json.at(key + "_from_here").get<std::string>());
  return run;
}

std::vector<fs::path> placesOf(const NamedRun& run, const fs::path& folder) {
  const fs::path here = realPath(folder);
  std::vector<fs::path> places{run.place};
  if (run.fromHere) places.push_back((here / *run.fromHere).lexically_normal());
  places.push_back(here.parent_path() / run.place.filename());
  return places;
}

Error notUnderstood(const fs::path& file, const std::exception& why) {
  return Error(inQuotes(file) + " is not understood: " + why.what());
}

}  // namespace modascope
