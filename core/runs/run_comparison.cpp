#include "core/runs/run_comparison.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <map>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/config/config_keys.h"
#include "core/files/atomic_file.h"
#include "core/files/bounded_json.h"
#include "core/problem/score_column.h"
#include "core/runs/subset_name.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

std::string textOf(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

/// NaN is NaN's like; 0 is not −0's.
bool sameBits(double a, double b) {
  return (a != a && b != b) || std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

/// Collects the first difference of two steps, in the order in which it is asked.
class FirstDifference {
 public:
  FirstDifference(std::int64_t step, const ModalitySchema& schema) : step_(step), schema_(schema) {}

  void number(const std::string& name, double a, double b) {
    if (!found_ && !sameBits(a, b)) found_ = {step_, name + ": " + textOf(a) + " and " + textOf(b)};
  }
  template <typename Name>
  void numbers(const std::vector<double>& a, const std::vector<double>& b, const Name& name) {
    if (a.size() != b.size()) return other("how many numbers there are");
    for (std::size_t i = 0; i < a.size(); ++i) number(name(i), a[i], b[i]);
  }
  void other(const std::string& words) {
    if (!found_) found_ = {step_, words};
  }
  const ModalitySchema& schema() const { return schema_; }
  const std::optional<Difference>& found() const { return found_; }

 private:
  std::int64_t step_;
  const ModalitySchema& schema_;
  std::optional<Difference> found_;
};

void compare(FirstDifference& first, const GradientFacts& a, const GradientFacts& b) {
  const auto ofModality = [&](const std::string& what) {
    return
        [what, &first](std::size_t m) { return what + " of " + first.schema().key(ModalityId(m)); };
  };
  first.numbers(a.modalityNorms, b.modalityNorms, ofModality("gradient norm"));
  first.numbers(a.gram.values(), b.gram.values(),
                [](std::size_t) { return "inner product of two gradients"; });
  if (a.ranks != b.ranks) first.other("the ranks");
  first.numbers(a.discarded, b.discarded, ofModality("discarded energy"));
  first.number("norm of the merged gradient", a.mergedNorm, b.mergedNorm);
  first.number("cosine with the exact step", a.exactCosine, b.exactCosine);
}

std::optional<Difference> differenceOf(const StepEvent& a, const StepEvent& b,
                                       const ModalitySchema& schema) {
  FirstDifference first(a.step, schema);
  if (a.cases != b.cases) first.other("the cases of the batch");
  if (a.subsets != b.subsets) first.other("the subsets that were trained on");
  first.numbers(a.losses, b.losses,
                [&](std::size_t s) { return "loss of " + subsetName(schema, a.subsets.at(s)); });
  first.number("mean loss", a.meanLoss, b.meanLoss);
  first.number("learning rate", a.learningRate, b.learningRate);
  if (a.gradients.has_value() != b.gradients.has_value())
    first.other("whether gradients were measured");
  else if (a.gradients)
    compare(first, *a.gradients, *b.gradients);
  return first.found();
}

std::optional<Difference> differenceOf(const ValidationEvent& a, const ValidationEvent& b,
                                       const ModalitySchema& schema) {
  FirstDifference first(a.step, schema);
  first.numbers(a.scores, b.scores, [&](std::size_t k) {
    return "validation " + (k < a.columns.size() ? scoreColumn(a.columns[k]).name : "score");
  });
  return first.found();
}

/// The earliest difference among events of the same step.
template <typename Event>
std::optional<Difference> firstDifference(const std::vector<Event>& first,
                                          const std::vector<Event>& second,
                                          const ModalitySchema& schema, std::int64_t& common) {
  std::map<std::int64_t, const Event*> others;
  for (const Event& event : second) others[event.step] = &event;
  for (const Event& event : first) {
    const auto other = others.find(event.step);
    if (other == others.end()) continue;
    ++common;
    if (const auto difference = differenceOf(event, *other->second, schema)) return difference;
  }
  return std::nullopt;
}

std::optional<std::int64_t> stepOfWeights(const RunFolder& run) {
  const fs::path words = run.checkpoints() / "last.json";
  std::error_code ignored;
  if (!fs::exists(words, ignored) || !fs::exists(run.checkpoints() / "last.safetensors", ignored))
    return std::nullopt;
  const auto json = readJson(words);
  if (!json.is_object() || !json.contains("step") || !json["step"].is_number_integer())
    return std::nullopt;
  return json["step"].get<std::int64_t>();
}

void compareWeights(RunComparison& comparison, const RunFolder& first, const RunFolder& second) {
  const auto step = stepOfWeights(first);
  if (!step || stepOfWeights(second) != step) return;
  comparison.weights = true;
  const auto bytes = [](const RunFolder& run) {
    return readText(run.checkpoints() / "last.safetensors");
  };
  if (!comparison.difference && bytes(first) != bytes(second))
    comparison.difference = {*step, "the weights of the checkpoint"};
}

void addIfOther(std::vector<std::string>& reasons, const std::string& what, const std::string& a,
                const std::string& b) {
  if (a != b)
    reasons.push_back(what + " differs: " + inQuotes(a.empty() ? "unknown" : a) + " and " +
                      inQuotes(b.empty() ? "unknown" : b) + ".");
}

}  // namespace

RunComparison compareRuns(const RunFolder& first, const RunFolder& second) {
  const ModalitySchema schema = first.manifest().problem.schema;
  RunComparison comparison;
  std::int64_t validations = 0;
  comparison.difference = firstDifference(first.steps(), second.steps(), schema, comparison.steps);
  if (comparison.steps == 0)
    throw Error("The runs " + inQuotes(first.path()) + " and " + inQuotes(second.path()) +
                " have recorded no step in common.");
  const auto validation =
      firstDifference(first.validations(), second.validations(), schema, validations);
  if (validation && (!comparison.difference || validation->step < comparison.difference->step))
    comparison.difference = validation;
  compareWeights(comparison, first, second);
  return comparison;
}

std::string verdictOf(const RunComparison& comparison) {
  if (comparison.difference)
    return "differs from step " + std::to_string(comparison.difference->step) + " (" +
           comparison.difference->words + ")";
  return "same: " + std::to_string(comparison.steps) + " steps" +
         (comparison.weights ? " and the weights agree bit for bit"
                             : " agree bit for bit; there are no weights of one step");
}

std::vector<std::string> reasonsToDiffer(const RunFolder& first, const RunFolder& second) {
  std::vector<std::string> reasons;
  RunManifest a = first.manifest();
  RunManifest b = second.manifest();
  for (const auto& [name, version] : b.versions) a.versions.try_emplace(name, "");
  for (const auto& [name, version] : a.versions)
    addIfOther(reasons, "The version of " + name, version, b.versions[name]);
  addIfOther(reasons, "The device", a.device, b.device);
  addIfOther(reasons, "The number of threads", std::to_string(a.threads),
             std::to_string(b.threads));
  addIfOther(reasons, "The processor", a.processor, b.processor);
  addIfOther(reasons, "The fingerprint of the data's names and sizes", a.dataLayout, b.dataLayout);
  if (!a.dataFingerprint.empty() && !b.dataFingerprint.empty()) {  // older runs have none
    addIfOther(reasons, "The data's fingerprint", a.dataFingerprint, b.dataFingerprint);
    addIfOther(reasons, "The validation data's fingerprint", a.validFingerprint,
               b.validFingerprint);
  }
  const RunConfig configA = first.config();
  const RunConfig configB = second.config();
  for (const ConfigKey& key : configKeys())
    if (!key.key.starts_with("run."))
      addIfOther(reasons, key.key, toText(key.get(configA)), toText(key.get(configB)));
  return reasons;
}

}  // namespace modascope
