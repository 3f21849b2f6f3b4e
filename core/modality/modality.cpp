#include "core/modality/modality.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/base/name_text.h"
#include "core/base/words.h"

namespace modascope {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

std::vector<ModalityId> ModalitySet::ids() const {
  std::vector<ModalityId> result;
  for (std::size_t i = 0; i < ModalitySchema::kMost; ++i) {
    if (contains(ModalityId(i))) result.emplace_back(i);
  }
  return result;
}

ModalitySchema::ModalitySchema(std::vector<Modality> modalities)
    : modalities_(std::move(modalities)) {
  if (modalities_.empty() || modalities_.size() > kMost) {
    throw Error("An experiment has 1 to 8 modalities; " + std::to_string(modalities_.size()) +
                " were given.");
  }
  for (auto one = modalities_.begin(); one != modalities_.end(); ++one) {
    // Folders and data sets may be called anything; a label is also printed on the terminal.
    one->key = textOfName(one->key);
    one->label = cellText(one->label);
    if (one->key.find_first_of("+,") != std::string::npos) {
      throw Error("A modality is called " + inQuotes(one->key) +
                  "; names have no + and no comma, which stand between names.");
    }
    const auto same = [&](const Modality& other) {
      return lowerCase(other.key) == lowerCase(one->key);
    };
    if (std::any_of(modalities_.begin(), one, same)) {
      throw Error("Two modalities are called " + inQuotes(one->key) +
                  "; each needs a name of its own.");
    }
  }
}

std::optional<ModalityId> ModalitySchema::find(std::string_view key) const {
  for (const ModalityId id : ids()) {
    if (lowerCase(this->key(id)) == lowerCase(key)) return id;
  }
  return std::nullopt;
}

std::vector<ModalitySet> allSubsets(const ModalitySchema& schema) {
  std::vector<ModalitySet> subsets;
  for (unsigned bits = 1; bits < (1u << schema.size()); ++bits) {
    subsets.push_back(*ModalitySet::fromBits(static_cast<std::uint8_t>(bits)));
  }
  std::sort(subsets.begin(), subsets.end(), [](ModalitySet a, ModalitySet b) {
    return a.size() != b.size() ? a.size() > b.size() : a.ids() < b.ids();
  });
  return subsets;
}

ModalitySet parseModalities(const ModalitySchema& schema, std::string_view commaSeparated) {
  unsigned bits = 0;
  std::string_view rest = commaSeparated;
  while (!rest.empty()) {
    const auto comma = std::min(rest.find(','), rest.size());
    const std::string key(trimmed(rest.substr(0, comma)));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
    if (key.empty()) continue;
    const auto id = schema.find(key);
    if (!id) {
      throw Error("There is no modality " + inQuotes(key) + "; there are " +
                  joined(keysOf(schema, schema.all())) + ".");
    }
    bits |= ModalitySet(*id).bits();
  }
  const auto set = ModalitySet::fromBits(static_cast<std::uint8_t>(bits));
  if (!set) {
    throw Error("No modality was named; at least one of " + joined(keysOf(schema, schema.all())) +
                " is needed.");
  }
  return *set;
}

std::vector<std::string> keysOf(const ModalitySchema& schema, ModalitySet set) {
  std::vector<std::string> keys;
  for (const ModalityId id : set.ids()) keys.push_back(schema.key(id));
  return keys;
}

std::string labelOf(const ModalitySchema& schema, ModalitySet set) {
  std::vector<std::string> labels;
  for (const ModalityId id : set.ids()) labels.push_back(schema.label(id));
  return joined(labels);
}

}  // namespace modascope
