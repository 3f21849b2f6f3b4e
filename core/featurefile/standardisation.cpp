#include "core/featurefile/standardisation.h"

#include <cassert>
#include <cmath>
#include <span>
#include <utility>

namespace modascope {
namespace {

bool has(const FeatureArrays& arrays, std::size_t sample, std::size_t modality) {
  return (arrays.available[sample] >> modality & 1) != 0;
}

/// `visit(numbers, present)` with the numbers [steps · width] of each sample.
template <typename Arrays, typename Visit>
void eachSample(Arrays& arrays, std::size_t modality, Visit visit) {
  auto& values = arrays.modalities[modality];
  const std::size_t count = arrays.available.size();
  const std::size_t each = count == 0 ? 0 : values.size() / count;
  for (std::size_t i = 0; i < count; ++i) {
    visit(std::span(values).subspan(i * each, each), has(arrays, i, modality));
  }
}

/// Welford's: a number that never changes has the deviation 0, exactly.
struct Running {
  double count = 0, mean = 0, squares = 0;

  void add(double value) {
    const double before = value - mean;
    count += 1;
    mean += before / count;
    squares += before * (value - mean);
  }
  double deviation() const { return count == 0 ? 0 : std::sqrt(squares / count); }
};

std::vector<Running> runningOver(const FeatureArrays& arrays, std::size_t modality,
                                 std::size_t width) {
  std::vector<Running> numbers(width);
  eachSample(arrays, modality, [&](std::span<const float> values, bool present) {
    if (!present) return;
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (std::isfinite(values[i])) numbers[i % width].add(values[i]);
    }
  });
  return numbers;
}

float standardised(float value, float mean, float deviation) {
  if (!std::isfinite(value) || !(deviation > 0)) return 0;
  return static_cast<float>((static_cast<double>(value) - mean) / deviation);
}

}  // namespace

Standardisation::Standardisation(std::vector<std::vector<float>> means,
                                 std::vector<std::vector<float>> deviations)
    : means_(std::move(means)), deviations_(std::move(deviations)) {
  assert(means_.size() == deviations_.size());
}

Standardisation Standardisation::fit(const FeatureArrays& train, const Problem& problem) {
  std::vector<std::vector<float>> means, deviations;
  for (const ModalityId id : problem.schema.ids()) {
    means.emplace_back();
    deviations.emplace_back();
    const auto width = static_cast<std::size_t>(problem.inputs[id].width);
    for (const Running& number : runningOver(train, id.index(), width)) {
      means.back().push_back(static_cast<float>(number.mean));
      deviations.back().push_back(static_cast<float>(number.deviation()));
    }
  }
  return {std::move(means), std::move(deviations)};
}

void Standardisation::apply(FeatureArrays& arrays) const {
  for (std::size_t m = 0; m < means_.size(); ++m) {
    const std::size_t width = means_[m].size();
    eachSample(arrays, m, [&](std::span<float> values, bool present) {
      for (std::size_t i = 0; i < values.size(); ++i) {
        const std::size_t number = i % width;
        values[i] =
            present ? standardised(values[i], means_[m][number], deviations_[m][number]) : 0;
      }
    });
  }
}

std::vector<std::size_t> nonFiniteCounts(const FeatureArrays& arrays) {
  std::vector<std::size_t> counts;
  for (std::size_t m = 0; m < arrays.modalities.size(); ++m) {
    counts.push_back(0);
    eachSample(arrays, m, [&](std::span<const float> values, bool present) {
      if (!present) return;
      for (const float value : values) counts.back() += !std::isfinite(value);
    });
  }
  return counts;
}

std::vector<std::string> nonFiniteNotes(const FeatureArrays& arrays, const ModalitySchema& schema,
                                        const std::string& split) {
  std::vector<std::string> notes;
  const std::vector<std::size_t> counts = nonFiniteCounts(arrays);
  for (const ModalityId id : schema.ids()) {
    const std::size_t count = counts[id.index()];
    if (count == 0) continue;
    const std::string values = count == 1 ? " value that is" : " values that are";
    notes.push_back(schema.label(id) + " has " + std::to_string(count) + values +
                    " not finite in " + split + "; " + (count == 1 ? "it is" : "they are") +
                    " taken for the mean.");
  }
  return notes;
}

}  // namespace modascope
