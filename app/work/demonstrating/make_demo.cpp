#include "app/work/demonstrating/make_demo.h"

#include <algorithm>

#include "app/work/demonstrating/case_doubts.h"
#include "app/work/demonstrating/packed_network.h"
#include "app/work/demonstrating/telling_layer.h"
#include "app/work/seen_patients.h"
#include "app/work/trained_run.h"
#include "core/attribution/attribute.h"
#include "core/base/error.h"
#include "core/demo/demo_html.h"
#include "core/inference/volumes/volume_predictor.h"
#include "core/phantom/phantom.h"
#include "core/volume/crop.h"

namespace modascope {
namespace {

constexpr std::int64_t kMargin = 2;  // voxels around the head

std::shared_ptr<const LabelVolume> shared(LabelVolume labels) {
  return std::make_shared<const LabelVolume>(std::move(labels));
}

bool isMadeUp(const std::string& caseId) {
  const std::string first = phantomId(0);
  return caseId.starts_with(first.substr(0, first.find_last_of('_') + 1));
}

IndexBox headBox(const Case& patient) {
  IndexBox box = emptyBox(patient.grid);
  for (const auto& image : patient.modalities)
    if (image) takeInNonZero(box, *image);
  if (box.high[0] == 0) return {{0, 0, 0}, patient.grid.size};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    box.low[axis] = std::max<std::int64_t>(0, box.low[axis] - kMargin);
    box.high[axis] = std::min(patient.grid.size[axis], box.high[axis] + kMargin);
  }
  return box;
}

/// The networks' answers about one case, subset by subset.
class Answering {
 public:
  Answering(const Case& patient, const IndexBox& box, std::stop_token stop,
            const DemoProgress& progress)
      : patient_(patient), box_(box), stop_(std::move(stop)), progress_(progress) {}

  void expect(int answers) { total_ = answers; }

  /// Nothing when stopped.
  std::optional<DemoNetwork> answersOf(const TrainedRun& run) {
    const VolumePredictor& predictor = volumePredictorOf(run);
    const auto prediction = predictor.predict(patient_, {}, stop_);
    if (!prediction) return std::nullopt;
    DemoNetwork network = factsOf(run);
    if (!chooseLayer(network, predictor, *prediction)) return std::nullopt;
    for (const ModalitySet set : allSubsets(run.manifest.problem.schema)) {
      if (!prediction->available().contains(set)) continue;
      if (!answer(network, predictor, *prediction, set)) return std::nullopt;
      if (progress_) progress_(++done_, total_);
    }
    return network;
  }

 private:
  DemoNetwork factsOf(const TrainedRun& run) const {
    DemoNetwork network;
    network.name = run.config.train.method;
    network.network = run.config.model.kind;
    network.method = run.config.train.method;
    network.step = run.step;
    network.sawSubsets = run.config.gmd.subsets != "full";
    const auto trained = run.manifest.splits.find("train");
    network.trainedOnMadeUp = trained != run.manifest.splits.end() &&
                              std::any_of(trained->second.begin(), trained->second.end(), isMadeUp);
    network.trainedOnPatient =
        sawPatientOf(run.manifest, PatientRule(run.config.data.patient), patient_.id);
    return network;
  }

  /// By the map of all scans; those of fewer are made at the same one.
  bool chooseLayer(DemoNetwork& network, const VolumePredictor& predictor,
                   const VolumeAnswers& prediction) const {
    const CasePrediction& seen = prediction.casePrediction();
    const auto found = seen.segment(seen.available(), stop_);
    if (!found) return false;
    const Region& region = tellingRegion(seen.regions(), *found);
    const auto layer = tellingLayer(predictor.segmenter(), patient_, seen, region, stop_);
    if (!layer) return false;
    network.layer = *layer;
    if (!layer->empty()) network.decides = region.key;
    return true;
  }

  bool answer(DemoNetwork& network, const VolumePredictor& predictor,
              const VolumeAnswers& prediction, ModalitySet set) const {
    const auto seen = prediction.answer(set, stop_);
    if (!seen) return false;
    DemoAnswer& answer = network.answers.emplace_back(set);
    const auto& labels = std::get<std::shared_ptr<const LabelVolume>>(*seen);
    answer.labels = shared(cropped(*labels, box_));
    if (network.decides.empty()) return true;
    const Region* region = prediction.casePrediction().regions().find(network.decides);
    return explain(answer, predictor, prediction, *region, network.layer);
  }

  bool explain(DemoAnswer& answer, const VolumePredictor& predictor,
               const VolumeAnswers& prediction, const Region& region,
               const std::string& layer) const {
    const auto found = attribute(predictor.segmenter(), patient_, prediction.casePrediction(),
                                 {answer.set, {AttributionTarget{region}}, layer}, stop_);
    if (!found) return false;
    const Attribution& attribution = found->front();
    if (attribution.maps.empty()) return true;
    const Dominance map = dominance(attribution);
    answer.strongest = shared(cropped(map.strongest, box_));
    answer.margins = std::make_shared<const Volume>(cropped(map.margin, box_));
    answer.shares = attribution.shares.front().shares;
    return true;
  }

  const Case& patient_;
  const IndexBox& box_;
  std::stop_token stop_;
  const DemoProgress& progress_;
  int done_ = 0;
  int total_ = 0;
};

std::vector<TrainedRun> openRuns(const DemoRequest& request) {
  if (request.runs.empty() || request.runs.size() > 2)
    throw Error("A demonstration shows one run or two; " + std::to_string(request.runs.size()) +
                " were named.");
  std::vector<TrainedRun> runs;
  for (const auto& folder : request.runs)
    runs.push_back(openTrainedRun(folder, request.checkpoint));
  for (const TrainedRun& run : runs) {
    volumePredictorOf(run);  // refuses what is of other data
    run.manifest.requireProblem(runs.front().manifest.problem);
  }
  return runs;
}

Demo emptyDemo(const Case& patient, const IndexBox& box, const DemoRequest& request,
               const RunManifest& manifest) {
  Demo demo(manifest.problem.schema);
  demo.regions = manifest.problem.regions;
  demo.madeUp = isMadeUp(patient.id);
  demo.title = request.title;
  for (const auto& image : patient.modalities)
    demo.images.push_back(image ? std::make_shared<const Volume>(cropped(*image, box)) : nullptr);
  if (patient.labels) demo.truth = shared(cropped(*patient.labels, box));
  for (const auto& image : demo.images)
    if (image) demo.grid = image->grid;
  return demo;
}

/// What one network's training makes doubtful and another's as well is said once.
void addDoubts(Demo& demo, const std::vector<CaseDoubt>& more) {
  for (const CaseDoubt& doubt : more)
    if (std::find(demo.doubts.begin(), demo.doubts.end(), doubt) == demo.doubts.end())
      demo.doubts.push_back(doubt);
}

int answersOf(const Case& patient, std::size_t runs) {
  const auto available = patient.available();
  return available ? static_cast<int>(runs) * ((1 << available->size()) - 1) : 0;
}

}  // namespace

std::optional<std::string> makeDemo(const DemoRequest& request, std::stop_token stop,
                                    const DemoProgress& progress) {
  const std::vector<TrainedRun> runs = openRuns(request);
  runs.front().manifest.requireProblem(request.problem);
  const Case patient = readCase(request.info);
  const IndexBox box = headBox(patient);
  Demo demo = emptyDemo(patient, box, request, runs.front().manifest);
  DemoPacking packing{request.asIs};
  Answering answering(patient, box, stop, progress);
  answering.expect(answersOf(patient, runs.size()));
  for (const TrainedRun& run : runs) {
    addDoubts(demo, doubtsAbout(patient, run.manifest.spacing));
    if (request.withNetworks) roundToHalf(run);
    auto network = answering.answersOf(run);
    if (!network) return std::nullopt;
    if (request.withNetworks)
      for (auto& part : packedNetwork(run, demo.networks.size()))
        packing.more.push_back(std::move(part));
    demo.networks.push_back(std::move(*network));
  }
  return request.html ? demoHtml(demo) : packDemo(demo, packing);
}

}  // namespace modascope
