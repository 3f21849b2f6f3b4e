#include "core/events/events.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>

#include "core/base/error.h"

namespace modascope {
namespace {

constexpr std::array<std::pair<RunState, std::string_view>, 9> kStates{{
    {RunState::Queued, "queued"},
    {RunState::Preparing, "preparing"},
    {RunState::Running, "running"},
    {RunState::Pausing, "pausing"},
    {RunState::Paused, "paused"},
    {RunState::Stopping, "stopping"},
    {RunState::Finished, "finished"},
    {RunState::Failed, "failed"},
    {RunState::Interrupted, "interrupted"},
}};

}  // namespace

std::int64_t ModelDescription::sharedParameters() const {
  std::int64_t sum = 0;
  for (const auto& block : blocks)
    if (!block.onlyFor && !block.owner) sum += block.sharedParameters;
  return sum;
}

std::int64_t ModelDescription::perModalityParameters() const {
  std::int64_t sum = 0;
  for (const auto& block : blocks) sum += block.perModalityParameters;
  return sum;
}

std::int64_t ModelDescription::totalParameters() const {
  std::int64_t sum = 0;
  for (const auto& block : blocks)
    sum += block.sharedParameters +
           static_cast<std::int64_t>(schema.size()) * block.perModalityParameters;
  return sum;
}

std::int64_t ModelDescription::activeParameters(ModalitySet set) const {
  std::int64_t sum = 0;
  for (const auto& block : blocks)
    if (block.runsFor(set))
      sum += block.sharedParameters +
             static_cast<std::int64_t>(set.size()) * block.perModalityParameters;
  return sum;
}

std::string_view keyOf(RunState state) {
  return std::find_if(kStates.begin(), kStates.end(),
                      [state](const auto& entry) { return entry.first == state; })
      ->second;
}

RunState runStateFrom(std::string_view key) {
  for (const auto& [state, word] : kStates) {
    if (word == key) return state;
  }
  throw Error(inQuotes(key) + " is no state of a run.");
}

double angleDegrees(const Matrix& gram, std::size_t i, std::size_t j) {
  const double lengths = std::sqrt(gram(i, i)) * std::sqrt(gram(j, j));
  if (!(lengths > 0)) return std::numeric_limits<double>::quiet_NaN();
  return std::acos(std::clamp(gram(i, j) / lengths, -1.0, 1.0)) * 180.0 / std::numbers::pi;
}

}  // namespace modascope
