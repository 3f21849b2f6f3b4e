#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/modality/modality.h"
#include "core/problem/input_layout.h"
#include "core/problem/regions/region.h"
#include "core/problem/task.h"

namespace modascope {

/// What an experiment is about: from which modalities, of which shape, a network says what.
struct Problem {
  Task task = kDefaultTask;
  ModalitySchema schema;
  InputLayout inputs;
  /// Names of regions or classes, or of the one number: {"wt", "tc", "et"}.
  std::vector<std::string> outputs;
  RegionSchema regions = {};  ///< of volumes; their keys are the outputs

  bool operator==(const Problem&) const = default;
};

/// Regions of volumes, each modality one channel.
Problem volumeProblem(const ModalitySchema& schema, const RegionSchema& regions);

/// The same data where another task is asked of them: classes can be learnt as numbers. Nothing
/// where that cannot be.
std::optional<Problem> askedFor(const Problem& data, Task task);

}  // namespace modascope
