#include <cstdio>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/options/case_options.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/dicom/dicom_segments.h"
#include "core/dicom/seg_writing.h"
#include "core/dicom/series_labels.h"
#include "core/files/paths.h"
#include "core/inference/volumes/volume_predictor.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace {

struct Request {
  CaseOptions source;
  std::filesystem::path out;
  std::filesystem::path dicom;  ///< folder of the series; empty: NIfTI is written
  bool json = false;
};

/// DICOM is written when a series is named, and only then.
void requireFittingName(const Request& request) {
  const std::string name = request.out.filename().string();
  const bool isNifti = name.ends_with(".nii") || name.ends_with(".nii.gz");
  if (!isNifti && !name.ends_with(".dcm"))
    throw Error("--out is " + request.out.string() + "; it must end in .nii, .nii.gz or .dcm.");
  if (!isNifti && request.dicom.empty())
    throw Error(
        "--out is " + request.out.string() +
        ", a DICOM segmentation: --dicom must name the folder of the series that it belongs "
        "to.");
  if (isNifti && !request.dicom.empty())
    throw Error("--dicom names a series, so that --out must end in .dcm; it is " +
                request.out.string() + ".");
}

void requireNewFile(const std::filesystem::path& file) {
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

/// Nothing where NIfTI is asked for.
std::optional<DicomSeries> seriesOf(const Request& request) {
  if (request.dicom.empty()) return std::nullopt;
  return readDicomSeries(request.dicom);
}

/// Returns what was written, on its own grid.
LabelVolume write(const Request& request, const std::optional<DicomSeries>& series,
                  const TrainedRun& run, const Case& patient, const LabelVolume& seen) {
  if (!series) {
    LabelVolume labels = resampleLabels(seen, patient.sourceGrid);
    writeLabels(request.out, labels, patient.profile, patient.sourceSpace);
    return labels;
  }
  LabelVolume labels = labelsOnSeries(seen, *series);
  writeDicomSeg(
      request.out, *series, labels,
      {run.manifest.problem.regions, algorithmName(run.folder, run.model.kind, run.step)});
  return labels;
}

void segment(const Request& request) {
  requireFittingName(request);
  requireNewFile(request.out);
  const auto series = seriesOf(request);
  const TrainedRun run = request.source.openRun();
  const Case patient = request.source.read();
  const ModalitySet set = request.source.setOf(patient, run.manifest.problem.schema);
  const auto stop = Interrupt::token();
  const auto prediction = volumePredictorOf(run).predict(patient, {}, stop);
  const auto answer = prediction ? prediction->answer(set, stop) : std::nullopt;
  if (!answer) throw Error("The segmentation was stopped; nothing was written.", Fault::System);
  const auto& seen = *std::get<std::shared_ptr<const LabelVolume>>(*answer);
  report(request, run.manifest, set, write(request, series, run, patient, seen));
}

}  // namespace

void addSegment(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* command =
      app.add_subcommand("segment", "Segment one case and write it as NIfTI or DICOM");
  request->source.addTo(*command);
  command->add_option("--out", request->out, "File to write, .nii, .nii.gz or .dcm")->required();
  command->add_option("--dicom", request->dicom,
                      "Folder of the DICOM series that a .dcm file belongs to");
  command->add_flag("--json", request->json, "One line of JSON");
  command->callback([request] { segment(*request); });
}

}  // namespace modascope
