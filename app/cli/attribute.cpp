#include <algorithm>
#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <unistd.h>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/work/attribution.h"
#include "app/work/trained_run.h"
#include "core/base/error.h"

namespace modascope {
namespace {

struct Request {
  std::filesystem::path run;
  std::filesystem::path folder;
  std::filesystem::path out;
  std::string region;
  std::string layer;
  std::string modalities;
  std::string checkpoint = "last";
  std::string device = "auto";
  bool json = false;
};

Region regionOf(const std::string& key) {
  const auto found = std::find_if(kRegions.begin(), kRegions.end(),
                                  [&](Region region) { return keyOf(region) == key; });
  if (found == kRegions.end())
    throw Error("There is no region " + inQuotes(key) + "; --region is wt, tc or et.");
  return *found;
}

Case caseOf(const Request& request) {
  const CaseInfo info = openCase(request.folder);
  if (!info.usable())
    throw Error("Case " + info.id + " cannot be used: " +
                (info.notes.empty() ? "no modality was found" : info.notes.back()));
  Case patient = readCase(info);
  for (const std::string& note : patient.notes) std::fprintf(stderr, "%s\n", note.c_str());
  return patient;
}

ModalitySet setFor(const Request& request, const Case& patient, const ModalitySchema& schema) {
  const ModalitySet available = patient.available().value();
  if (request.modalities.empty()) return available;
  const ModalitySet wanted = parseModalities(schema, request.modalities);
  if (!available.contains(wanted))
    throw Error("Case " + patient.id + " has " + labelOf(schema, available) + ", not all of " +
                labelOf(schema, wanted) + ".");
  return wanted;
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
  }
  ~NewFolder() {
    std::error_code ignored;
    std::filesystem::remove(folder_, ignored);  // only if it is empty
  }
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

 private:
  std::filesystem::path folder_;
};

Attribution attributionOf(const Request& request, const TrainedRun& run, const Case& patient) {
  const Interrupt interrupt;
  const RegionQuestion question{setFor(request, patient, run.manifest.schema),
                                regionOf(request.region), request.layer};
  const bool watched = ::isatty(STDERR_FILENO) != 0;
  auto result = attributeRegion(run, patient, question, interrupt.token(),
                                watched ? AttributionProgress(tell) : AttributionProgress());
  if (!result) throw Error("The attribution was stopped; nothing was written.", Fault::System);
  return std::move(*result);
}

void attributeCase(const Request& request) {
  regionOf(request.region);
  const TrainedRun run = openTrainedRun(request.run, request.checkpoint, request.device);
  const Case patient = caseOf(request);
  const NewFolder folder(request.out);
  const Attribution result = attributionOf(request, run, patient);
  const AttributionSource source = sourceOf(run, patient.id);
  writeAttribution(request.out, result, source, patient.sourceGrid);
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
  command->add_option("--run", request->run, "Folder of the run")->required();
  command->add_option("--case", request->folder, "Folder of the case")->required();
  command->add_option("--region", request->region, "wt, tc or et")->required();
  command->add_option("--out", request->out, "Folder to write to, new or empty")->required();
  command->add_option("--layer", request->layer,
                      "Such as \"up 3\" (the last at half resolution otherwise)");
  command->add_option("--modalities", request->modalities,
                      "Use only these, such as t1,flair (all that are there otherwise)");
  command->add_option("--checkpoint", request->checkpoint,
                      "last, best, previous or snapshot-000200");
  command->add_option("--device", request->device, "auto, cpu or cuda:N");
  command->add_flag("--json", request->json, "One line of JSON");
  command->callback([request] { attributeCase(*request); });
}

}  // namespace modascope
