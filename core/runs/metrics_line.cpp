#include "core/runs/metrics_line.h"

#include <cmath>
#include <limits>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/files/bounded_json.h"

namespace modascope {
namespace {

using Json = nlohmann::ordered_json;
using Parsed = nlohmann::json;

constexpr std::size_t kLongestLine = 16'000'000;  // 255 subsets of eight modalities take 1 MB

double number(const Parsed& field) {
  return field.is_null() ? std::numeric_limits<double>::quiet_NaN() : field.get<double>();
}

std::vector<double> numbers(const Parsed& list) {
  std::vector<double> values;
  for (const auto& field : list) values.push_back(number(field));
  return values;
}

Json lowerHalf(const Matrix& gram) {
  Json rows = Json::array();
  for (std::size_t i = 0; i < gram.rows(); ++i) {
    Json row = Json::array();
    for (std::size_t j = 0; j <= i; ++j) row.push_back(gram(i, j));
    rows.push_back(std::move(row));
  }
  return rows;
}

/// A matrix is made only after its half is there: 30,000 empty rows would ask for 7 GB.
Matrix fromLowerHalf(const Parsed& rows) {
  for (std::size_t i = 0; i < rows.size(); ++i)
    if (rows.at(i).size() != i + 1) throw Error("A Gram matrix that is no half of a square.");
  Matrix gram(rows.size(), rows.size());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j <= i; ++j) gram(i, j) = gram(j, i) = number(rows.at(i).at(j));
  }
  return gram;
}

/// What only a cheaper step knows stands on its lines alone.
Json gradientsJson(const GradientFacts& facts) {
  Json json = {{"norms", facts.modalityNorms},
               {"shares", facts.shares},
               {"gram", lowerHalf(facts.gram)},
               {"conflicts", facts.conflictingPairs},
               {"merged_norm", facts.mergedNorm}};
  if (!facts.ranks.empty()) json["ranks"] = facts.ranks;
  if (!facts.discarded.empty()) json["discarded"] = facts.discarded;
  if (!std::isnan(facts.exactCosine)) json["exact_cosine"] = facts.exactCosine;
  return json;
}

GradientFacts gradientsFrom(const Parsed& json) {
  GradientFacts facts;
  facts.modalityNorms = numbers(json.at("norms"));
  facts.shares = numbers(json.at("shares"));
  facts.gram = fromLowerHalf(json.at("gram"));
  facts.conflictingPairs = json.at("conflicts").get<int>();
  facts.mergedNorm = number(json.at("merged_norm"));
  if (json.contains("ranks")) json.at("ranks").get_to(facts.ranks);
  if (json.contains("discarded")) facts.discarded = numbers(json.at("discarded"));
  if (json.contains("exact_cosine")) facts.exactCosine = number(json.at("exact_cosine"));
  return facts;
}

std::vector<ModalitySet> subsetsFrom(const Parsed& list) {
  std::vector<ModalitySet> subsets;
  for (const auto& bits : list) {
    const auto set = ModalitySet::fromBits(bits.get<std::uint8_t>());
    if (!set) throw Error("An empty subset of modalities.");
    subsets.push_back(*set);
  }
  return subsets;
}

StepEvent stepFrom(const Parsed& json) {
  StepEvent event;
  event.step = json.at("step").get<std::int64_t>();
  event.steps = json.at("steps").get<std::int64_t>();
  event.epoch = number(json.at("epoch"));
  event.seconds = number(json.at("seconds"));
  event.elapsedSeconds = number(json.at("elapsed_seconds"));
  event.learningRate = number(json.at("lr"));
  event.cases = json.at("cases").get<std::vector<std::string>>();
  event.subsets = subsetsFrom(json.at("subsets"));
  event.losses = numbers(json.at("losses"));
  event.meanLoss = number(json.at("loss"));
  if (json.contains("gradients")) event.gradients = gradientsFrom(json.at("gradients"));
  return event;
}

ValidationEvent validationFrom(const Parsed& json) {
  ValidationEvent event;
  event.step = json.at("step").get<std::int64_t>();
  const bool old = json.contains("regions");  // how it was written when all scores were Dice
  event.columns = json.at(old ? "regions" : "columns").get<std::vector<std::string>>();
  event.scores = numbers(json.at(old ? "dice" : "scores"));
  event.best = json.at("best").get<bool>();
  return event;
}

}  // namespace

std::string metricsLine(const StepEvent& event) {
  Json json = {{"type", "step"},           {"step", event.step},
               {"steps", event.steps},     {"epoch", event.epoch},
               {"seconds", event.seconds}, {"elapsed_seconds", event.elapsedSeconds},
               {"lr", event.learningRate}, {"cases", event.cases},
               {"loss", event.meanLoss},   {"losses", event.losses}};
  Json& subsets = json["subsets"] = Json::array();
  for (const ModalitySet set : event.subsets) subsets.push_back(set.bits());
  if (event.gradients) json["gradients"] = gradientsJson(*event.gradients);
  return jsonText(json);
}

std::string metricsLine(const ValidationEvent& event) {
  const Json json = {{"type", "validation"},
                     {"step", event.step},
                     {"columns", event.columns},
                     {"scores", event.scores},
                     {"best", event.best}};
  return jsonText(json);
}

std::optional<MetricsEvent> parseMetricsLine(std::string_view line) {
  try {
    const Parsed json = parseJson(line, {.bytes = kLongestLine});
    const auto type = json.at("type").get<std::string>();
    if (type == "step") return stepFrom(json);
    if (type == "validation") return validationFrom(json);
  } catch (const Json::exception&) {
  } catch (const Error&) {
  }
  return std::nullopt;
}

std::int64_t stepOf(const MetricsEvent& event) {
  return std::visit([](const auto& one) { return one.step; }, event);
}

}  // namespace modascope
