#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/work/trained_run.h"
#include "core/base/error.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace {

struct Request {
  std::filesystem::path run;
  std::filesystem::path folder;
  std::filesystem::path out;
  std::string modalities;
  std::string checkpoint = "last";
  std::string device = "auto";
  bool json = false;
};

ModalitySet setFor(const Request& request, const CasePrediction& prediction,
                   const ModalitySchema& schema, const std::string& id) {
  if (request.modalities.empty()) return prediction.available();
  const ModalitySet wanted = parseModalities(schema, request.modalities);
  if (!prediction.available().contains(wanted))
    throw Error("Case " + id + " has " + labelOf(schema, prediction.available()) + ", not all of " +
                labelOf(schema, wanted) + ".");
  return wanted;
}

void requireNewFile(const std::filesystem::path& file) {
  const std::string name = file.filename().string();
  if (!name.ends_with(".nii") && !name.ends_with(".nii.gz"))
    throw Error("--out is " + file.string() + "; it must end in .nii or .nii.gz.");
  if (std::filesystem::exists(file))
    throw Error(file.string() + " is there already; nothing is overwritten. Name another file.");
}

void report(const Request& request, const ModalitySchema& schema, ModalitySet set,
            const LabelVolume& labels) {
  if (!request.json) {
    std::printf("%s from %s:", request.out.c_str(), labelOf(schema, set).c_str());
    for (const Region region : kRegions)
      std::printf(" %s %.1f mL", std::string(labelOf(region)).c_str(), regionMl(labels, region));
    std::printf("\nFor research use only.\n");
    return;
  }
  nlohmann::ordered_json volumes;
  for (const Region region : kRegions)
    volumes[std::string(keyOf(region))] = regionMl(labels, region);
  const nlohmann::ordered_json json{
      {"out", request.out.string()}, {"modalities", keysOf(schema, set)}, {"volumes_ml", volumes}};
  std::printf("%s\n", json.dump().c_str());
}

void segment(const Request& request) {
  requireNewFile(request.out);
  const Interrupt interrupt;
  const TrainedRun run = openTrainedRun(request.run, request.checkpoint, request.device);
  const CaseInfo info = openCase(request.folder);
  if (!info.usable())
    throw Error("Case " + info.id + " cannot be used: " +
                (info.notes.empty() ? "no modality was found" : info.notes.back()));
  const Case patient = readCase(info);
  for (const std::string& note : patient.notes) std::fprintf(stderr, "%s\n", note.c_str());
  const auto prediction = run.segmenter->predict(patient, interrupt.token());
  if (!prediction) throw Error("The segmentation was stopped; nothing was written.", Fault::System);
  const ModalitySet set = setFor(request, *prediction, run.manifest.schema, info.id);
  const LabelVolume labels = resampleNearest(prediction->segment(set), patient.sourceGrid);
  writeLabels(request.out, labels, patient.profile);
  report(request, run.manifest.schema, set, labels);
}

}  // namespace

void addSegment(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* command = app.add_subcommand("segment", "Segment one case and write it as NIfTI");
  command->add_option("--run", request->run, "Folder of the run")->required();
  command->add_option("--case", request->folder, "Folder of the case")->required();
  command->add_option("--out", request->out, "File to write, .nii or .nii.gz")->required();
  command->add_option("--modalities", request->modalities,
                      "Use only these, such as t1,flair (all that are there otherwise)");
  command->add_option("--checkpoint", request->checkpoint,
                      "last, best, previous or snapshot-000200");
  command->add_option("--device", request->device, "auto, cpu or cuda:N");
  command->add_flag("--json", request->json, "One line of JSON");
  command->callback([request] { segment(*request); });
}

}  // namespace modascope
