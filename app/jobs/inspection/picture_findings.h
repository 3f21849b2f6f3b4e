#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "app/jobs/inspection/inspection.h"
#include "app/jobs/inspection/picture_scores.h"
#include "core/imagefolder/image_folder.h"
#include "core/imagefolder/picture.h"

namespace modascope {

/// The pixels of a case.
struct InspectedPicture : InspectedCase {
  std::shared_ptr<const ImageSample> sample;
};

struct PicturePrediction : InspectionAnswer {
  std::shared_ptr<const LabelPicture> classes;
  std::optional<PixelScores> scores;  ///< where the truth is known
  /// What the network gets of each modality when it is left out; nothing where it gets nothing.
  std::shared_ptr<const std::vector<std::vector<float>>> given;
};

}  // namespace modascope
