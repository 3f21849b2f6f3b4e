#include "app/work/looking/case_attribution.h"

#include <cstdio>

#include <nlohmann/json.hpp>

#include "app/work/seen_patients.h"
#include "core/attribution/attribute.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/files/atomic_file.h"
#include "core/files/paths.h"
#include "core/inference/volumes/volume_predictor.h"
#include "core/system/file_facts.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

template <typename... Values>
std::string formatted(const char* format, Values... values) {
  char text[128];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

TileProgress namedProgress(const AttributionProgress& progress, const char* what) {
  if (!progress) return {};
  return [&progress, what](int done, int total) { progress(what, done, total); };
}

Json nullIfEmpty(const std::string& text) {
  return text.empty() ? Json() : Json(text);
}

std::string shownTarget(const Attribution& attribution) {
  const std::string& region = attribution.region.label;
  return attribution.picked ? region + " in the picked voxels" : region;
}

Json ballJson(const std::optional<Ball>& ball) {
  if (!ball) return nullptr;
  return {{"centre_lps_mm", ball->centreMm}, {"radius_mm", ball->radiusMm}};
}

std::string ballWords(const std::optional<Ball>& ball) {
  if (!ball) return {};
  const Vec3& c = ball->centreMm;
  return formatted(", those at most %.0f mm from (%.1f, %.1f, %.1f) mm LPS", ball->radiusMm, c[0],
                   c[1], c[2]);
}

Json sharesJson(const Attribution& attribution) {
  Json all = Json::object();
  const auto keys = keysOf(attribution.schema, attribution.set);
  for (const AttributionShares& row : attribution.shares) {
    Json shares;  // null: no positive evidence
    for (std::size_t m = 0; m < row.shares.size(); ++m) shares[keys[m]] = row.shares[m];
    all[row.where] = shares;
  }
  return all;
}

Json removalsJson(const Attribution& attribution) {
  const Removals& removals = attribution.removals;
  Json each = Json::array();
  for (const Removal& removal : removals.each)
    each.push_back({{"modality", attribution.schema.key(removal.modality)},
                    {"score", removal.score},
                    {"drop", removal.drop},
                    {"volume_ml", removal.ml}});
  const bool truth = removals.measure == RemovalMeasure::DiceWithTruth;
  return {{"measure", truth ? "dice_with_truth" : "dice_with_full_prediction"},
          {"words", wordsOf(removals.measure)},
          {"full", removals.fullScore},
          {"full_volume_ml", removals.fullMl},
          {"without", each}};
}

Json filesJson(const Attribution& attribution) {
  if (attribution.maps.empty()) return nullptr;
  Json maps, numbers{{"0", "no positive evidence"}};
  const auto ids = attribution.set.ids();
  for (std::size_t m = 0; m < ids.size(); ++m) {
    maps[attribution.schema.key(ids[m])] = mapFileName(attribution, m);
    numbers[std::to_string(1 + ids[m].index())] = attribution.schema.key(ids[m]);
  }
  return {{"maps", maps},
          {"dominance", kDominanceFile},
          {"dominance_values", numbers},
          {"margin", kMarginFile}};
}

std::string shareWords(const Attribution& attribution) {
  const auto& shares = attribution.shares.front().shares;
  if (shares.empty())
    return "No positive evidence in " + shownTarget(attribution) + ": no map is above 0 there.";
  std::string words = "Attribution shares in " + shownTarget(attribution) + ':';
  const auto ids = attribution.set.ids();
  for (std::size_t m = 0; m < ids.size(); ++m)
    words += (m == 0 ? " " : ", ") + attribution.schema.label(ids[m]) +
             formatted(" %.0f %%", 100 * shares[m]);
  return words + '.';
}

std::string removalWords(const Attribution& attribution) {
  const Removals& removals = attribution.removals;
  std::string words = wordsOf(removals.measure) + formatted(": %.3f;", removals.fullScore);
  for (const Removal& removal : removals.each)
    words += (removal.modality == removals.each.front().modality ? " without " : ", without ") +
             attribution.schema.label(removal.modality) +
             formatted(" %.3f (%+.3f)", removal.score, -removal.drop);
  return words + '.';
}

}  // namespace

std::optional<Attribution> attributeRegion(const TrainedRun& run, const Case& patient,
                                           const RegionQuestion& question, std::stop_token stop,
                                           const AttributionProgress& progress) {
  const VolumePredictor& predictor = volumePredictorOf(run);
  if (!question.layer.empty()) requireAttributionLayer(*run.network, question.layer);
  const auto prediction =
      predictor.predict(patient, {}, stop, namedProgress(progress, "prediction"));
  if (!prediction) return std::nullopt;
  auto results = attribute(predictor.segmenter(), patient, prediction->casePrediction(),
                           {question.set, {{question.region}}, question.layer}, stop,
                           namedProgress(progress, "attribution"));
  if (!results) return std::nullopt;
  if (results->front().ml == 0) throw Error(results->front().noMaps);
  return std::move(results->front());
}

AttributionSource sourceOf(const TrainedRun& run, const std::string& caseId) {
  const PatientRule patients(run.config.data.patient);
  return {caseId, run.folder, run.model.kind, run.step,
          sawPatientOf(run.manifest, patients, caseId)};
}

std::string mapFileName(const Attribution& attribution, std::size_t index) {
  return "map_" + attribution.schema.key(attribution.set.ids()[index]) + ".nii.gz";
}

std::vector<std::string> attributionWords(const Attribution& attribution,
                                          const AttributionSource& source) {
  std::vector<std::string> words{"Case " + source.caseId + ", " + shownTarget(attribution) +
                                 ballWords(source.within) +
                                 formatted(", %.1f mL, from ", attribution.ml) +
                                 labelOf(attribution.schema, attribution.set) + '.'};
  if (attribution.maps.empty()) {
    words.push_back(attribution.noMaps);
  } else {
    words.push_back("Grad-CAM at layer " + inQuotes(attribution.layer) +
                    formatted(", all maps on one scale from 0 to %.3g.",
                              static_cast<double>(attribution.scale)));
    words.push_back(shareWords(attribution));
  }
  if (!attribution.removals.each.empty()) words.push_back(removalWords(attribution));
  if (const auto warning = disagreement(attribution)) words.push_back(*warning);
  if (source.trainedOn)
    words.emplace_back("The network was trained on a case of this patient: its scores flatter.");
  words.emplace_back("For research use only.");
  return words;
}

std::string attributionJson(const Attribution& attribution, const AttributionSource& source) {
  const Json json{{"case", source.caseId},
                  {"run", textOf(source.run)},
                  {"network", source.network},
                  {"step", source.step},
                  {"trained_on", source.trainedOn},
                  {"region", attribution.region.key},
                  {"voxels", attribution.picked ? "picked" : "predicted"},
                  {"within", ballJson(source.within)},
                  {"volume_ml", attribution.ml},
                  {"modalities", keysOf(attribution.schema, attribution.set)},
                  {"layer", nullIfEmpty(attribution.layer)},
                  {"scale_max", attribution.scale},
                  {"positive_evidence", attribution.scale > 0},
                  {"shares", sharesJson(attribution)},
                  {"removal", removalsJson(attribution)},
                  {"disagreement", nullIfEmpty(disagreement(attribution).value_or(""))},
                  {"no_maps", nullIfEmpty(attribution.noMaps)},
                  {"files", filesJson(attribution)},
                  {"words", attributionWords(attribution, source)}};
  return jsonText(json);
}

void requireOutputFolder(const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem || !isFolder(folder) || !mayMakeFilesIn(folder))
    throw Error("Nothing can be written to the folder " + inQuotes(folder) +
                (problem ? " (" + problem.message() + ")" : "") + ". Name another folder.");
  if (!entriesOf(folder).empty())
    throw Error("The folder " + inQuotes(folder) +
                " is not empty; nothing is overwritten. Name one that is new or empty.");
}

void writeAttribution(const fs::path& folder, const Attribution& attribution,
                      const AttributionSource& source, const Case& patient) {
  const VoxelGrid& grid = patient.sourceGrid;
  const auto& like = patient.sourceSpace;
  for (std::size_t m = 0; m < attribution.maps.size(); ++m)
    writeVolume(folder / mapFileName(attribution, m), resampleImage(attribution.maps[m], grid),
                like);
  if (!attribution.maps.empty()) {
    const Dominance found = dominance(attribution);
    writeLabels(folder / kDominanceFile, resampleLabels(found.strongest, grid),
                LabelProfile::Stated, like);
    writeVolume(folder / kMarginFile, resampleImage(found.margin, grid), like);
  }
  writeAtomically(folder / kAttributionFile, attributionJson(attribution, source) + '\n');
}

}  // namespace modascope
