#include "core/problem/problem_json.h"

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/json_text.h"

namespace modascope {
namespace {

using Json = nlohmann::ordered_json;
using Parsed = nlohmann::json;

std::uint8_t byteFrom(const Parsed& json) {
  const auto value = json.is_number_integer() ? json.get<std::int64_t>() : -1;
  if (value < 0 || value > 255)
    throw Error("segmentation holds " + jsonText(json) +
                "; whole numbers from 0 to 255 are expected");
  return static_cast<std::uint8_t>(value);
}

Colour colourFrom(const Parsed& json) {
  return {byteFrom(json.at(0)), byteFrom(json.at(1)), byteFrom(json.at(2))};
}

}  // namespace

Json modalitiesJson(const ModalitySchema& schema) {
  Json list = Json::array();
  for (const auto& one : schema.modalities())
    list.push_back({{"key", one.key}, {"label", one.label}});
  return list;
}

ModalitySchema modalitiesFrom(const Parsed& list) {
  std::vector<Modality> modalities;
  for (const auto& one : list) {
    modalities.push_back({one.at("key").get<std::string>(), one.at("label").get<std::string>()});
  }
  return ModalitySchema(std::move(modalities));
}

Json regionsJson(const RegionSchema& regions) {
  Json labels = Json::array(), list = Json::array();
  for (const Label& label : regions.labels())
    labels.push_back({{"value", label.value}, {"name", label.name}});
  for (const Region& region : regions)
    list.push_back({{"key", region.key},
                    {"label", region.label},
                    {"name", region.name},
                    {"labels", region.labels},
                    {"colour", {region.colour.red, region.colour.green, region.colour.blue}}});
  return {{"labels", labels}, {"regions", list}};
}

RegionSchema regionsFrom(const Parsed& json) {
  std::vector<Label> labels;
  for (const Parsed& one : json.at("labels"))
    labels.push_back({byteFrom(one.at("value")), one.at("name").get<std::string>()});
  std::vector<Region> regions;
  for (const Parsed& one : json.at("regions")) {
    Region region{one.at("key").get<std::string>(),
                  one.at("label").get<std::string>(),
                  one.at("name").get<std::string>(),
                  {},
                  colourFrom(one.at("colour"))};
    for (const Parsed& label : one.at("labels")) region.labels.push_back(byteFrom(label));
    regions.push_back(std::move(region));
  }
  return RegionSchema(std::move(labels), std::move(regions));
}

}  // namespace modascope
