#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/jobs/inspection/inspection.h"
#include "core/data/case.h"
#include "core/metrics/attribution.h"

namespace modascope {

/// The voxels of a case.
struct InspectedVolumes : InspectedCase {
  std::shared_ptr<const Case> patient;
};

struct Segmentation : InspectionAnswer {
  std::shared_ptr<const LabelVolume> labels;
  std::vector<double> ml = {};                             ///< volume of each region
  std::optional<std::vector<double>> dice = std::nullopt;  ///< where the truth is known
  /// What the network gets of each modality when it is left out, on the case's grid, on the
  /// network's own scale above its lowest value; background is 0. Null where it gets nothing.
  std::vector<std::shared_ptr<const Volume>> standIns;
};

/// Which modality decides about a region, at which of the network's layers. Where something stands
/// in for what is left out, there is no reply.
struct AttributionQuestion : InspectionQuestion {
  explicit AttributionQuestion(Region about, std::string at = {},
                               const std::optional<Ball>& inside = std::nullopt)
      : region(std::move(about)), layer(std::move(at)), within(inside) {}

  Region region;
  std::string layer;           ///< empty: `defaultAttributionLayer`
  std::optional<Ball> within;  ///< else where the region was predicted
};

/// The reply; large, and made once.
struct Explanation : InspectionReply {
  explicit Explanation(Attribution found) : attribution(std::move(found)) {}

  Attribution attribution;
  std::optional<Ball> within;
  std::optional<Dominance> dominance;  ///< where there are maps
};

}  // namespace modascope
