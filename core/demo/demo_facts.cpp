#include "core/demo/demo_facts.h"

#include <array>
#include <cmath>
#include <limits>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/files/bounded_json.h"
#include "core/files/json_number.h"
#include "core/problem/problem_json.h"

namespace modascope {
namespace {

using Json = nlohmann::ordered_json;
using Parsed = nlohmann::json;

constexpr const char* kFormat = "modascope-demo";
constexpr std::int64_t kVersion = 1;
constexpr std::int64_t kMostVoxelsAnAxis = 1024;
constexpr double kFarthestMm = 1e6;
constexpr double kLargestNumber = std::numeric_limits<float>::max();
constexpr std::int64_t kMostSteps = 1'000'000'000'000;
constexpr std::size_t kMostNetworks = 2;
constexpr std::array kDoubts{"other-spacing", "not-skull-stripped", "empty-image",
                             "far-intensities"};

Json vectorJson(const Vec3& vector) {
  return {vector[0], vector[1], vector[2]};
}

Vec3 vectorIn(const Parsed& json, const char* key, double low, double high) {
  const auto numbers = realsIn(json, key, low, high);
  if (numbers.size() != 3)
    throw Error(std::string(key) + " holds " + std::to_string(numbers.size()) +
                " numbers; three are expected");
  return {numbers[0], numbers[1], numbers[2]};
}

Json gridJson(const VoxelGrid& grid) {
  Json direction = Json::array();
  for (const Vec3& axis : grid.direction)
    for (const double part : axis) direction.push_back(part);
  return {{"size", {grid.size[0], grid.size[1], grid.size[2]}},
          {"spacing", vectorJson(grid.spacing)},
          {"origin", vectorJson(grid.origin)},
          {"direction", direction}};
}

double productOf(const Vec3& a, const Vec3& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

void requireAxes(const VoxelGrid& grid) {
  for (std::size_t i = 0; i < 3; ++i)
    for (std::size_t j = 0; j < 3; ++j)
      if (std::abs(productOf(grid.direction[i], grid.direction[j]) - (i == j ? 1 : 0)) > 1e-3)
        throw Error("the axes of its grid are not at right angles");
}

VoxelGrid gridFrom(const Parsed& json) {
  VoxelGrid grid;
  const Vec3 size = vectorIn(json, "size", 1, static_cast<double>(kMostVoxelsAnAxis));
  for (std::size_t axis = 0; axis < 3; ++axis)
    grid.size[axis] = static_cast<std::int64_t>(size[axis]);
  grid.spacing = vectorIn(json, "spacing", 1e-3, 1e3);
  grid.origin = vectorIn(json, "origin", -kFarthestMm, kFarthestMm);
  const auto direction = realsIn(json, "direction", -1.001, 1.001);
  if (direction.size() != 9) throw Error("direction does not hold nine numbers");
  for (std::size_t i = 0; i < 9; ++i) grid.direction[i / 3][i % 3] = direction[i];
  requireAxes(grid);
  return grid;
}

Json answersJson(const DemoFacts& facts, std::size_t network) {
  Json list = Json::array();
  const auto& answers = facts.demo.networks[network].answers;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    Json one{{"modalities", keysOf(facts.demo.schema, answers[i].set)}};
    if (facts.hasMap[network][i]) one["shares"] = answers[i].shares;
    list.push_back(std::move(one));
  }
  return list;
}

Json networksJson(const DemoFacts& facts) {
  Json list = Json::array();
  for (std::size_t i = 0; i < facts.demo.networks.size(); ++i) {
    const DemoNetwork& one = facts.demo.networks[i];
    list.push_back({{"name", one.name},
                    {"network", one.network},
                    {"method", one.method},
                    {"step", one.step},
                    {"saw_subsets", one.sawSubsets},
                    {"trained_on_made_up", one.trainedOnMadeUp},
                    {"trained_on_case", one.trainedOnPatient},
                    {"decides", one.decides},
                    {"layer", one.layer},
                    {"answers", answersJson(facts, i)}});
  }
  return list;
}

ModalitySet setFrom(const ModalitySchema& schema, const Parsed& keys) {
  std::uint8_t bits = 0;
  for (const Parsed& key : keys) {
    const auto id = schema.find(key.get<std::string>());
    if (!id) throw Error("it names a modality that it does not have: " + jsonText(key));
    bits |= ModalitySet(*id).bits();
  }
  const auto set = ModalitySet::fromBits(bits);
  if (!set) throw Error("it has an answer from no modality at all");
  return *set;
}

void readAnswers(DemoFacts& facts, DemoNetwork& network, const Parsed& list) {
  std::set<ModalitySet> seen;
  auto& hasMap = facts.hasMap.emplace_back();
  for (const Parsed& one : list) {
    const ModalitySet set = setFrom(facts.demo.schema, one.at("modalities"));
    if (!seen.insert(set).second)
      throw Error("it has two answers from " + labelOf(facts.demo.schema, set));
    DemoAnswer& answer = network.answers.emplace_back(set);
    hasMap.push_back(one.contains("shares"));
    if (!hasMap.back()) continue;
    answer.shares = realsIn(one, "shares", 0, 1);
    if (!answer.shares.empty() && answer.shares.size() != set.size())
      throw Error("the shares of " + labelOf(facts.demo.schema, set) + " are of another set");
  }
}

void readNetwork(DemoFacts& facts, const Parsed& json) {
  DemoNetwork network;
  network.name = json.at("name").get<std::string>();
  network.network = json.at("network").get<std::string>();
  network.method = json.at("method").get<std::string>();
  network.step = integerIn(json, "step", 0, kMostSteps);
  network.sawSubsets = json.at("saw_subsets").get<bool>();
  network.trainedOnMadeUp = json.at("trained_on_made_up").get<bool>();
  network.trainedOnPatient = json.at("trained_on_case").get<bool>();
  network.decides = json.at("decides").get<std::string>();
  network.layer = json.at("layer").get<std::string>();
  if (!network.decides.empty() && facts.demo.regions.find(network.decides) == nullptr)
    throw Error("its maps are about a region that it does not have: " + inQuotes(network.decides));
  readAnswers(facts, network, json.at("answers"));
  facts.demo.networks.push_back(std::move(network));
}

/// Whatever the case has can be switched, so an answer from it must be there.
void requireAllAnswers(const Demo& demo, ModalitySet available) {
  for (const DemoNetwork& network : demo.networks)
    for (const ModalitySet set : allSubsets(demo.schema))
      if (available.contains(set) != (network.answer(set) != nullptr))
        throw Error("its network " + inQuotes(network.name) + " has no answer from " +
                    labelOf(demo.schema, set) + ", or one from what the case does not have");
}

Json imagesJson(const DemoFacts& facts) {
  Json list = Json::array();
  for (const auto& scale : facts.scales)
    list.push_back(scale ? Json{{"low", scale->low}, {"high", scale->high}} : Json());
  return list;
}

ModalitySet readImages(DemoFacts& facts, const Parsed& list) {
  std::uint8_t bits = 0;
  for (const Parsed& one : list) {
    auto& scale = facts.scales.emplace_back();
    if (one.is_null()) continue;
    scale = GreyScale{realIn(one, "low", -kLargestNumber, kLargestNumber),
                      realIn(one, "high", -kLargestNumber, kLargestNumber)};
    if (facts.scales.size() <= facts.demo.schema.size())
      bits |= ModalitySet(ModalityId(facts.scales.size() - 1)).bits();
  }
  if (facts.scales.size() != facts.demo.schema.size())
    throw Error("it has " + std::to_string(facts.scales.size()) + " images for " +
                std::to_string(facts.demo.schema.size()) + " modalities");
  const auto available = ModalitySet::fromBits(bits);
  if (!available) throw Error("it has no image");
  return *available;
}

Json doubtsJson(const Demo& demo) {
  Json list = Json::array();
  for (const CaseDoubt& doubt : demo.doubts) {
    Json one{{"kind", kDoubts[static_cast<std::size_t>(doubt.kind)]}};
    if (doubt.modality) one["modality"] = demo.schema.key(*doubt.modality);
    one["found"] = doubt.found;
    one["usual"] = doubt.usual;
    list.push_back(std::move(one));
  }
  return list;
}

CaseDoubt doubtFrom(const ModalitySchema& schema, const Parsed& json) {
  const auto kind = json.at("kind").get<std::string>();
  const auto* found = std::find(kDoubts.begin(), kDoubts.end(), kind);
  if (found == kDoubts.end()) throw Error("it has a doubt that is not known: " + inQuotes(kind));
  CaseDoubt doubt;
  doubt.kind = static_cast<CaseDoubt::Kind>(found - kDoubts.begin());
  if (json.contains("modality")) {
    doubt.modality = schema.find(json.at("modality").get<std::string>());
    if (!doubt.modality) throw Error("it has a doubt about a modality that it does not have");
  }
  doubt.found = realIn(json, "found", -kLargestNumber, kLargestNumber);
  doubt.usual = realIn(json, "usual", -kLargestNumber, kLargestNumber);
  return doubt;
}

void requireVersion(const Parsed& json) {
  if (!json.is_object() || json.value("format", "") != kFormat)
    throw Error("its demo.json is of something else");
  const std::int64_t version = integerIn(json, "version", 1, kMostSteps);
  if (version > kVersion)
    throw Error("it was made by a newer Modascope (version " + std::to_string(version) +
                " of the format; this one reads up to " + std::to_string(kVersion) + ")");
}

DemoFacts factsFrom(const Parsed& json) {
  requireVersion(json);
  DemoFacts facts{Demo(modalitiesFrom(json.at("modalities"))), false, {}, false, {}};
  Demo& demo = facts.demo;
  demo.regions = regionsFrom(json.at("segmentation"));
  demo.title = json.at("title").get<std::string>();
  demo.madeUp = json.at("made_up").get<bool>();
  demo.grid = gridFrom(json.at("grid"));
  facts.asIs = json.at("as_is").get<bool>();
  facts.hasTruth = json.at("truth").get<bool>();
  const ModalitySet available = readImages(facts, json.at("images"));
  for (const Parsed& one : json.at("networks")) readNetwork(facts, one);
  if (demo.networks.empty() || demo.networks.size() > kMostNetworks)
    throw Error("it holds the answers of " + std::to_string(demo.networks.size()) +
                " networks; one or two are expected");
  requireAllAnswers(demo, available);
  for (const Parsed& one : json.at("doubts")) demo.doubts.push_back(doubtFrom(demo.schema, one));
  return facts;
}

}  // namespace

std::string demoFactsText(const DemoFacts& facts) {
  const Demo& demo = facts.demo;
  const Json json{{"format", kFormat},
                  {"version", kVersion},
                  {"title", demo.title},
                  {"made_up", demo.madeUp},
                  {"modalities", modalitiesJson(demo.schema)},
                  {"segmentation", regionsJson(demo.regions)},
                  {"grid", gridJson(demo.grid)},
                  {"as_is", facts.asIs},
                  {"images", imagesJson(facts)},
                  {"truth", facts.hasTruth},
                  {"networks", networksJson(facts)},
                  {"doubts", doubtsJson(demo)}};
  return jsonText(json, 2) + "\n";
}

DemoFacts demoFactsFrom(std::string_view text) {
  try {
    return factsFrom(parseJson(text));
  } catch (const Parsed::exception& error) {
    throw Error(error.what());
  }
}

}  // namespace modascope
