#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <variant>
#include <vector>

#include "core/imagefolder/picture_values.h"
#include "core/inference/evaluation.h"
#include "core/volume/labels.h"
#include "core/volume/volume.h"

namespace modascope {

class CaseSource;

/// What a network says of a case from one subset: labels on a volume's own grid, the class of every
/// pixel, or of features the classes' probabilities or the one number.
using CaseAnswer = std::variant<std::shared_ptr<const LabelVolume>,
                                std::shared_ptr<const LabelPicture>, std::vector<double>>;

/// What stands in for each of a case's modalities when a set leaves it out. Volumes on the case's
/// own grid, on the network's scale above its lowest value, background 0; null where the case has
/// none. Pixels of a picture [C, H, W] on the scale of its files; features as the network sees
/// them, [steps · width].
using CaseStandIns =
    std::variant<std::vector<std::shared_ptr<const Volume>>, std::vector<std::vector<float>>>;

/// What a network says of one case from any subset of the modalities that it has. Immutable.
class Prediction {
 public:
  virtual ~Prediction() = default;

  virtual ModalitySet available() const = 0;
  /// Nothing when stopped. Throws `Error` if `set` holds a modality that the case does not have.
  virtual std::optional<CaseAnswer> answer(ModalitySet set, std::stop_token stop = {},
                                           const TileProgress& progress = {}) const = 0;
  /// The set's row in a table of this case alone. Where nobody knows the truth, volumes and
  /// pictures are compared with the answer from all that the case has. Nothing when stopped.
  virtual std::optional<SubsetTable::Row> scores(ModalitySet set,
                                                 std::stop_token stop = {}) const = 0;
  /// Empty where nothing stands in.
  virtual CaseStandIns standIns() const = 0;
};

/// A network, ready to be asked about cases: a room each for volumes, pictures and features.
/// Immutable.
class Predictor {
 public:
  virtual ~Predictor() = default;

  /// Null when stopped. Throws `Error` when the case cannot be read or has no modality.
  virtual std::unique_ptr<const Prediction> predict(const CaseSource& source, const CaseInfo& info,
                                                    const LeftOutModalities& leftOut = {},
                                                    std::stop_token stop = {},
                                                    const TileProgress& progress = {}) const = 0;
  /// Scores of every subset over several cases. Nothing when stopped. Throws `Error` when none of
  /// the cases can be scored.
  virtual std::optional<SubsetTable> evaluate(const CaseSource& source,
                                              const std::vector<CaseInfo>& cases,
                                              std::stop_token stop = {},
                                              const EvaluationOptions& options = {}) const = 0;
};

}  // namespace modascope
