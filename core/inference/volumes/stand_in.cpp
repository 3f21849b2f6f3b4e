#include "core/inference/volumes/stand_in.h"

#include "core/data/corrupted_input.h"

namespace modascope {

StandIn standInFor(const Segmenter& segmenter, Corruption how, const CaseInfo& other, Seed seed) {
  if (how == Corruption::Absent) return {};
  return [options = segmenter.options(), how, other, seed](const PreparedCase& patient) {
    if (how != Corruption::Shuffled) return corrupted(patient, how, patient, seed);
    const auto preprocessing = preprocessingFrom(options.preprocessing);
    return corrupted(patient, how, prepare(readCase(other), options.spacing, preprocessing), seed);
  };
}

}  // namespace modascope
