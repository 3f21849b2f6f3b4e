#include "app/cli/options/case_options.h"

#include <algorithm>
#include <cstdio>

#include <CLI/CLI.hpp>

#include "core/base/error.h"

namespace modascope {
namespace {

/// The images do without a segmentation that is not what it should be.
bool lacksTruthOnly(const CaseInfo& info) {
  const auto isUnreadable = [](const ModalityFile& file) {
    return file.presence == Presence::Unreadable;
  };
  return info.segmentationPresence == Presence::Unreadable && info.available() &&
         std::none_of(info.modalities.begin(), info.modalities.end(), isUnreadable);
}

}  // namespace

void CaseOptions::addTo(CLI::App& command) {
  command.add_option("--run", run, "Folder of the run")->required();
  command.add_option("--case", folder, "Folder of the case")->required();
  command.add_option("--modalities", modalities,
                     "Use only these, such as t1,flair (all that are there otherwise)");
  command.add_option("--checkpoint", checkpoint, "last, best, previous or snapshot-000200");
  command.add_option("--device", device, "auto, cpu or cuda:N");
}

TrainedRun CaseOptions::openRun() const {
  TrainedRun trained = openTrainedRun(run, checkpoint, device);
  volumePredictorOf(trained);  // refuses other data
  trained.manifest.requireProblem(volumeProblemAt(folder));
  return trained;
}

Case CaseOptions::read() const {
  const CaseInfo info = openCase(folder);
  if (!info.usable() && !lacksTruthOnly(info))
    throw Error("Case " + info.id + " cannot be used: " +
                (info.notes.empty() ? "no modality was found" : info.notes.back()));
  Case patient = readCase(info);
  for (const std::string& note : patient.notes) std::fprintf(stderr, "%s\n", note.c_str());
  if (!patient.whyUnlabelled.empty())
    std::fprintf(stderr, "It goes on without the ground truth.\n");
  return patient;
}

ModalitySet CaseOptions::setOf(const Case& patient, const ModalitySchema& schema) const {
  const auto available = patient.available();
  if (!available)
    throw Error("Case " + patient.id + " has none of the modalities that this network knows.");
  if (modalities.empty()) return *available;
  const ModalitySet wanted = parseModalities(schema, modalities);
  if (!available->contains(wanted))
    throw Error("Case " + patient.id + " has " + labelOf(schema, *available) + ", not all of " +
                labelOf(schema, wanted) + ".");
  return wanted;
}

}  // namespace modascope
