#include "core/attribution/attribute.h"

#include <algorithm>

#include "core/attribution/grad_cam.h"
#include "core/base/error.h"
#include "core/models/torch_errors.h"
#include "core/volume/resample.h"

namespace modascope {
namespace {

bool empty(const LabelVolume& mask) {
  return std::all_of(mask.voxels.begin(), mask.voxels.end(), [](auto v) { return v == 0; });
}

bool emptyWithin(const LabelVolume& mask, const std::shared_ptr<const LabelVolume>& picked) {
  if (!picked) return empty(mask);
  for (std::size_t i = 0; i < mask.voxels.size(); ++i)
    if (mask.voxels[i] != 0 && picked->voxels.at(i) != 0) return false;
  return true;
}

double mlOf(const LabelVolume& mask) {
  const auto zeros = std::count(mask.voxels.begin(), mask.voxels.end(), 0);
  return static_cast<double>(mask.grid.voxelCount() - zeros) * mask.grid.voxelMl();
}

std::size_t indexOf(const std::string& layer, const MultimodalModel& model) {
  const auto names = attributionLayers(model);
  const auto found = std::find(names.begin(), names.end(), layer);
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + inQuotes(name);
  throw Error(
      "There is no layer " + inQuotes(layer) + " whose activations are a modality's own" +
      (all.empty() ? " in a network of kind " + model.describe().kind : "; there are " + all) +
      '.');
}

std::string noLayers(const std::string& kind) {
  return "A network of kind " + kind +
         " mixes the modalities in its first convolution: no layer has activations of one modality "
         "alone, so there are no maps. What each removal costs is measured all the same.";
}

std::string noVoxels(const AttributionTarget& target, const ModalitySchema& schema,
                     ModalitySet set) {
  if (target.picked) return "No voxel was picked, so there is nothing to attribute.";
  return "No voxel was predicted as " + target.region.label + " from " + labelOf(schema, set) +
         ", so there is nothing to attribute.";
}

torch::Tensor voxelsOn(const VoxelGrid& grid, const LabelVolume& mask) {
  LabelVolume moved = resampleLabels(mask, grid);
  return torch::from_blob(moved.voxels.data(), {grid.size[2], grid.size[1], grid.size[0]},
                          torch::kUInt8)
      .ne(0);
}

/// [D, H, W] on one grid → a volume on another.
Volume volumeOn(const VoxelGrid& to, const torch::Tensor& map, const VoxelGrid& from) {
  const float* first = map.data_ptr<float>();
  return resampleImage({from, std::vector<float>(first, first + map.numel())}, to);
}

/// Whether any image of the case has something there.
std::vector<bool> headOf(const Case& patient) {
  std::vector<bool> head(static_cast<std::size_t>(patient.grid.voxelCount()));
  for (const auto& volume : patient.modalities)
    for (std::size_t i = 0; volume && i < head.size(); ++i)
      if (volume->voxels[i] != 0) head[i] = true;
  return head;
}

void cutTo(Volume& map, const std::vector<bool>& head) {
  for (std::size_t i = 0; i < map.voxels.size(); ++i)
    if (!head[i]) map.voxels[i] = 0;
}

/// One request on its way through.
class CaseAttribution {
 public:
  CaseAttribution(const Segmenter& segmenter, const Case& patient, const CasePrediction& prediction,
                  const AttributionRequest& request)
      : segmenter_(segmenter),
        patient_(patient),
        prediction_(prediction),
        request_(request),
        words_(segmenter.model().describe()),
        head_(headOf(patient)),
        labels_(prediction.segment(request.set)) {
    for (const AttributionTarget& target : request.targets) {
      masks_.push_back(target.picked ? *target.picked : regionMask(labels_, target.region));
      results_.push_back(startOf(target, masks_.back()));
    }
  }

  bool addMaps(std::stop_token stop, const TileProgress& progress);
  bool addRemovals(std::stop_token stop);
  std::vector<Attribution> takeResults() { return std::move(results_); }

 private:
  Attribution startOf(const AttributionTarget& target, const LabelVolume& mask) const;
  void fill(Attribution& result, const LabelVolume& mask, const torch::Tensor& maps,
            const VoxelGrid& grid) const;

  const Segmenter& segmenter_;
  const Case& patient_;
  const CasePrediction& prediction_;
  const AttributionRequest& request_;
  ModelDescription words_;
  std::vector<bool> head_;  ///< on the case's own grid
  LabelVolume labels_;
  std::vector<LabelVolume> masks_;  ///< of each target, on the case's own grid
  std::vector<Attribution> results_;
};

Attribution CaseAttribution::startOf(const AttributionTarget& target,
                                     const LabelVolume& mask) const {
  if (!mask.grid.matches(labels_.grid) || mask.voxels.size() != labels_.voxels.size())
    throw Error("The picked voxels lie on another grid than case " + patient_.id + ".");
  Attribution result{.schema = words_.schema,
                     .set = request_.set,
                     .regions = prediction_.regions(),
                     .region = target.region,
                     .picked = target.picked != nullptr,
                     .ml = mlOf(mask)};
  if (attributionLayers(segmenter_.model()).empty()) result.noMaps = noLayers(words_.kind);
  if (empty(mask)) result.noMaps = noVoxels(target, words_.schema, request_.set);
  return result;
}

bool CaseAttribution::addMaps(std::stop_token stop, const TileProgress& progress) {
  const MultimodalModel& model = segmenter_.model();
  const SegmenterOptions& options = segmenter_.options();
  if (request_.layer.empty() && attributionLayers(model).empty()) return true;
  const std::string layer =
      request_.layer.empty() ? defaultAttributionLayer(model).value() : request_.layer;
  GradCamTask task{request_.set, indexOf(layer, model), {}};
  const PreparedCase prepared =
      prepare(patient_, options.spacing, preprocessingFrom(options.preprocessing));
  std::vector<std::size_t> answered;
  for (std::size_t t = 0; t < results_.size(); ++t) {
    if (!results_[t].noMaps.empty()) continue;
    answered.push_back(t);
    task.targets.push_back({static_cast<std::int64_t>(request_.targets[t].region.place),
                            voxelsOn(prepared.grid, masks_[t])});
  }
  if (answered.empty()) return true;
  const auto maps = gradCam(model, prepared, options, task, stop, progress);
  if (!maps) return false;
  for (std::size_t i = 0; i < answered.size(); ++i) {
    results_[answered[i]].layer = layer;
    fill(results_[answered[i]], masks_[answered[i]], (*maps)[static_cast<std::int64_t>(i)],
         prepared.grid);
  }
  return true;
}

void CaseAttribution::fill(Attribution& result, const LabelVolume& mask, const torch::Tensor& maps,
                           const VoxelGrid& grid) const {
  for (std::int64_t m = 0; m < maps.size(0); ++m) {
    result.maps.push_back(volumeOn(patient_.grid, maps[m], grid));
    cutTo(result.maps.back(), head_);
  }
  result.scale = scaleOf(result.maps);
  result.shares.push_back(sharesOf(result.maps, result.target(), &mask));
  for (const Region& region : prediction_.regions()) {
    if (!result.picked && region.key == result.region.key) continue;
    const LabelVolume other = regionMask(labels_, region);
    if (empty(other)) continue;  // nothing was predicted, so nothing speaks for it
    result.shares.push_back(sharesOf(result.maps, region.key, &other));
  }
  result.shares.push_back(sharesOf(result.maps, kEverywhere));
}

bool CaseAttribution::addRemovals(std::stop_token stop) {
  for (std::size_t t = 0; t < results_.size(); ++t) {
    if (!request_.targets[t].picked && empty(masks_[t])) continue;
    auto removals = measureRemovals(patient_, prediction_, request_.set, request_.targets[t], stop);
    if (!removals) return false;
    results_[t].removals = std::move(*removals);
  }
  return true;
}

}  // namespace

std::vector<std::string> attributionLayers(const MultimodalModel& model) {
  std::vector<std::string> names;
  for (const OwnLayer& layer : model.ownLayers()) names.push_back(layer.name);
  return names;
}

std::optional<std::string> defaultAttributionLayer(const MultimodalModel& model) {
  const auto layers = model.ownLayers();
  if (layers.empty()) return std::nullopt;
  return layers.back().name;
}

void requireAttributionLayer(const MultimodalModel& model, const std::string& layer) {
  indexOf(layer, model);
}

std::optional<Removals> measureRemovals(const Case& patient, const CasePrediction& prediction,
                                        ModalitySet set, const AttributionTarget& target,
                                        std::stop_token stop) {
  const LabelVolume full = prediction.segment(set);
  const bool hasTruth =
      patient.labels && !emptyWithin(regionMask(*patient.labels, target.region), target.picked);
  const LabelVolume& reference = hasTruth ? *patient.labels : full;
  const auto score = [&](const LabelVolume& labels) {
    return regionDice(labels, reference, target.region, target.picked.get());
  };
  Removals removals{
      hasTruth ? RemovalMeasure::DiceWithTruth : RemovalMeasure::DiceWithFullPrediction,
      score(full),
      {},
      regionMl(full, target.region)};
  for (const ModalityId id : set.ids()) {
    if (stop.stop_requested()) return std::nullopt;
    const auto rest = set.without(id);
    if (!rest) break;
    const auto labels = prediction.segment(*rest, stop);
    if (!labels) return std::nullopt;
    const double without = score(*labels);
    removals.each.push_back(
        {id, without, removals.fullScore - without, regionMl(*labels, target.region)});
  }
  return removals;
}

std::optional<std::vector<Attribution>> attribute(const Segmenter& segmenter, const Case& patient,
                                                  const CasePrediction& prediction,
                                                  const AttributionRequest& request,
                                                  std::stop_token stop,
                                                  const TileProgress& progress) {
  return withTorchErrors([&]() -> std::optional<std::vector<Attribution>> {
    CaseAttribution task(segmenter, patient, prediction, request);
    if (!task.addMaps(stop, progress) || !task.addRemovals(stop)) return std::nullopt;
    return task.takeResults();
  });
}

}  // namespace modascope
