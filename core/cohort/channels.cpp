#include "core/cohort/channels.h"

#include <fstream>
#include <set>
#include <string>

#include <nlohmann/json.hpp>

#include "core/cohort/naming.h"

namespace modascope {
namespace {

std::optional<ChannelOrder> orderIn(const std::filesystem::path& file) {
  std::ifstream input(file);
  const auto json = nlohmann::json::parse(input, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  ChannelOrder order = nnUnetChannelOrder();
  for (const char* key : {"channel_names", "modality"}) {
    const auto names = json.find(key);
    if (names == json.end() || !names->is_object()) continue;
    std::set<ModalityId> seen;
    for (std::size_t channel = 0; channel < order.size(); ++channel) {
      const auto name = names->find(std::to_string(channel));
      if (name == names->end() || !name->is_string()) break;
      const auto modality = modalityNamed(name->get<std::string>());
      if (!modality) break;
      order[channel] = *modality;
      seen.insert(*modality);
    }
    if (seen.size() == order.size()) return order;
  }
  return std::nullopt;
}

}  // namespace

std::optional<ChannelOrder> statedChannelOrder(const std::filesystem::path& folder) {
  for (const auto& place : {folder, folder.parent_path()}) {
    if (const auto order = orderIn(place / "dataset.json")) return order;
  }
  return std::nullopt;
}

ChannelOrder msdChannelOrder() {
  return {ModalityId(3), ModalityId(0), ModalityId(1), ModalityId(2)};
}

ChannelOrder nnUnetChannelOrder() {
  return {ModalityId(0), ModalityId(1), ModalityId(2), ModalityId(3)};
}

}  // namespace modascope
