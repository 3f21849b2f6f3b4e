#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/options/case_options.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/files/paths.h"
#include "core/inference/volumes/volume_predictor.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace {

struct Request {
  CaseOptions source;
  std::filesystem::path out;
  bool json = false;
};

void requireNewFile(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  if (!name.ends_with(".nii") && !name.ends_with(".nii.gz"))
    throw Error("--out is " + file.string() + "; it must end in .nii or .nii.gz.");
  if (isThere(file))
    throw Error(file.string() + " is there already; nothing is overwritten. Name another file.");
}

void report(const Request& request, const RunManifest& run, ModalitySet set,
            const LabelVolume& labels) {
  if (!request.json) {
    std::printf("%s from %s:", request.out.c_str(), labelOf(run.problem.schema, set).c_str());
    for (const Region& region : run.problem.regions)
      std::printf(" %s %.1f mL", region.label.c_str(), regionMl(labels, region));
    std::printf("\nFor research use only.\n");
    return;
  }
  nlohmann::ordered_json volumes;
  for (const Region& region : run.problem.regions) volumes[region.key] = regionMl(labels, region);
  const nlohmann::ordered_json json{{"out", textOf(request.out)},
                                    {"modalities", keysOf(run.problem.schema, set)},
                                    {"volumes_ml", volumes}};
  std::printf("%s\n", jsonText(json).c_str());
}

void segment(const Request& request) {
  requireNewFile(request.out);
  const TrainedRun run = request.source.openRun();
  const Case patient = request.source.read();
  const ModalitySet set = request.source.setOf(patient, run.manifest.problem.schema);
  const auto stop = Interrupt::token();
  const auto prediction = volumePredictorOf(run).predict(patient, {}, stop);
  const auto answer = prediction ? prediction->answer(set, stop) : std::nullopt;
  if (!answer) throw Error("The segmentation was stopped; nothing was written.", Fault::System);
  const auto& seen = *std::get<std::shared_ptr<const LabelVolume>>(*answer);
  const LabelVolume labels = resampleLabels(seen, patient.sourceGrid);
  writeLabels(request.out, labels, patient.profile, patient.sourceSpace);
  report(request, run.manifest, set, labels);
}

}  // namespace

void addSegment(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* command = app.add_subcommand("segment", "Segment one case and write it as NIfTI");
  request->source.addTo(*command);
  command->add_option("--out", request->out, "File to write, .nii or .nii.gz")->required();
  command->add_flag("--json", request->json, "One line of JSON");
  command->callback([request] { segment(*request); });
}

}  // namespace modascope
