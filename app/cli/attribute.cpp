#include <cstdio>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/options/case_options.h"
#include "app/work/looking/case_attribution.h"
#include "core/base/error.h"
#include "core/base/words.h"
#include "core/files/unfinished.h"
#include "core/system/terminal.h"

namespace modascope {
namespace {

struct Request {
  CaseOptions source;
  std::filesystem::path out;
  std::string region;
  std::string layer;
  bool json = false;
};

/// "wt, tc or et"
std::string anyOf(std::vector<std::string> words) {
  const std::string last = words.back();
  words.pop_back();
  return words.empty() ? last : joined(words) + " or " + last;
}

const Region& regionOf(const std::string& key, const RegionSchema& regions) {
  if (const Region* found = regions.find(key)) return *found;
  throw Error("There is no region " + inQuotes(key) + "; --region is " + anyOf(regions.keys()) +
              ".");
}

/// On a terminal, a line that counts.
void tell(const char* what, int done, int total) {
  std::fprintf(stderr, "\r%s: window %d of %d%s", what, done, total, done == total ? "\n" : "");
}

/// The folder goes again if nothing came of it.
class NewFolder {
 public:
  explicit NewFolder(const std::filesystem::path& folder) : folder_(folder) {
    requireOutputFolder(folder);
    unfinished_.emplace(folder);
  }
  /// Now that all is in it.
  void keep() { unfinished_.reset(); }
  ~NewFolder() {
    std::error_code ignored;
    std::filesystem::remove(folder_, ignored);  // only if it is empty
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

 private:
  std::filesystem::path folder_;
  std::optional<Unfinished> unfinished_;
};

Attribution attributionOf(const Request& request, const TrainedRun& run, const Case& patient) {
  const RegionQuestion question{request.source.setOf(patient, run.manifest.problem.schema),
                                regionOf(request.region, run.manifest.problem.regions),
                                request.layer};
  const bool watched = isTerminal(Stream::Error);
  auto result = attributeRegion(run, patient, question, Interrupt::token(),
                                watched ? AttributionProgress(tell) : AttributionProgress());
  if (!result) throw Error("The attribution was stopped; nothing was written.", Fault::System);
  return std::move(*result);
}

void attributeCase(const Request& request) {
  const TrainedRun run = request.source.openRun();
  regionOf(request.region, run.manifest.problem.regions);
  const Case patient = request.source.read();
  NewFolder folder(request.out);
  const Attribution result = attributionOf(request, run, patient);
  const AttributionSource source = sourceOf(run, patient.id);
  writeAttribution(request.out, result, source, patient);
  folder.keep();
  if (request.json) {
    std::printf("%s\n", attributionJson(result, source).c_str());
    return;
  }
  for (const std::string& sentence : attributionWords(result, source))
    std::printf("%s\n", sentence.c_str());
}

}  // namespace

void addAttribute(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* command = app.add_subcommand(
      "attribute", "Which modality decides about a region, and where: maps, shares, removals");
  request->source.addTo(*command);
  command->add_option("--region", request->region, "Its name, such as wt, tc or et")->required();
  command->add_option("--out", request->out, "Folder to write to, new or empty")->required();
  command->add_option("--layer", request->layer,
                      "Such as \"up 3\" (the last at half resolution otherwise)");
  command->add_flag("--json", request->json, "One line of JSON");
  command->callback([request] { attributeCase(*request); });
}

}  // namespace modascope
