#include "app/work/adapting/adaptation_plan.h"

#include <algorithm>
#include <limits>

#include <nlohmann/json.hpp>

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/adapting/named_run.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/base/name_text.h"
#include "core/files/atomic_file.h"
#include "core/files/bounded_json.h"
#include "core/files/json_number.h"
#include "core/files/paths.h"

namespace modascope {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

Json planOf(const AdaptationRequest& request) {
  const fs::path run = realPath(request.run);
  const fs::path here = realPath(request.out);
  return Json{{"run", textOf(run)},
              {"run_from_here", textOf(run.lexically_relative(here))},
              {"checkpoint", request.checkpoint},
              {"data", textOf(realPath(request.data))},
              {"method", request.method},
              {"subsets", request.subsets},
              {"rank", request.rank},
              {"steps", request.steps},
              {"lr", request.learningRate},
              {"seed", request.seed},
              {"split", request.split}};
}

/// The base may have moved; whether its weights are the same is the adapters' own check.
Json withoutPlace(Json plan) {
  plan["run"] = textOf(pathFrom(plan.at("run").get<std::string>()).filename());
  plan.erase("run_from_here");
  return plan;
}

bool holdsPlan(const fs::path& file, const Json& plan) {
  try {
    return withoutPlace(readOrderedJson(file)) == withoutPlace(plan);
  } catch (const Json::exception&) {
    return false;
  } catch (const Error&) {
    return false;
  }
}

/// Or the first of all, for the sentence that says so.
fs::path firstThatExists(const std::vector<fs::path>& places) {
  const auto found = std::find_if(places.begin(), places.end(), isThere);
  return found == places.end() ? places.front() : *found;
}

}  // namespace

void writePlan(const fs::path& run, const AdaptationRequest& request) {
  AdaptationRequest placed = request;
  placed.out = run;
  writeAtomically(planFile(run), jsonText(planOf(placed), 1) + '\n');
}

AdaptationRequest readPlan(const fs::path& run) {
  try {
    const Json json = readOrderedJson(planFile(run));
    AdaptationRequest request;
    request.run = firstThatExists(placesOf(namedRun(json, "run"), run));
    request.checkpoint = json.at("checkpoint").get<std::string>();
    request.data = pathFrom(json.at("data").get<std::string>());
    request.out = run;
    request.method = json.at("method").get<std::string>();
    request.subsets = json.at("subsets").get<std::string>();
    request.rank = integerIn(json, "rank", 1, 256);
    request.steps = integerIn(json, "steps", 0, kMostSteps);
    request.learningRate = realIn(json, "lr", 0, 1);
    request.seed = integerIn(json, "seed", std::numeric_limits<std::int64_t>::min(),
                             std::numeric_limits<std::int64_t>::max());
    request.split = json.at("split").get<std::string>();
    return request;
  } catch (const Json::exception& error) {
    throw notUnderstood(planFile(run), error);
  } catch (const Error& error) {
    throw notUnderstood(planFile(run), error);
  }
}

bool isPlanOf(const AdaptationRequest& request) {
  return !request.out.empty() && isThere(planFile(request.out)) &&
         holdsPlan(planFile(request.out), planOf(request));
}

}  // namespace modascope
