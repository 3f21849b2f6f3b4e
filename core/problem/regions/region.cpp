#include "core/problem/regions/region.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/name_text.h"
#include "core/problem/score_column.h"

namespace modascope {
namespace {

bool contains(const std::vector<std::uint8_t>& labels, std::uint8_t label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

/// The first that has the same as one before it.
template <typename Items, typename Of>
auto repeated(const Items& items, Of of) {
  auto one = items.begin();
  for (; one != items.end(); ++one)
    if (std::any_of(items.begin(), one, [&](const auto& other) { return of(other) == of(*one); }))
      break;
  return one;
}

void requireLabels(const std::vector<Label>& labels, const std::vector<Region>& regions) {
  for (const Label& label : labels) {
    const std::string words = "Label " + std::to_string(label.value);
    if (label.value == 0) throw Error(words + " is background and is not listed.");
    const auto holdsIt = [&](const Region& region) { return region.holds(label.value); };
    if (std::none_of(regions.begin(), regions.end(), holdsIt))
      throw Error(words + " (" + inQuotes(label.name) + ") is in no region.");
  }
  const auto again = repeated(labels, [](const Label& label) { return label.value; });
  if (again != labels.end())
    throw Error("Two labels have the value " + std::to_string(again->value) + ".");
}

void requireRegion(const Region& region, const std::vector<Label>& labels) {
  const std::string words = "Region " + inQuotes(region.key);
  if (region.key.empty()) throw Error("A region has no name.");
  if (region.key.find_first_of("+,") != std::string::npos)
    throw Error(words + " has a + or a comma in its name, which stand between names.");
  if (scoreColumn(region.key).measure != "Dice" || region.key == kPicked ||
      region.key == kEverywhere)
    throw Error(words + " bears a name that tables need for something else.");
  if (region.labels.empty()) throw Error(words + " unites no labels.");
  for (const std::uint8_t value : region.labels)
    if (std::none_of(labels.begin(), labels.end(),
                     [value](const Label& label) { return label.value == value; }))
      throw Error(words + " unites label " + std::to_string(value) + ", which is not listed.");
  const auto again = repeated(region.labels, [](std::uint8_t value) { return value; });
  if (again != region.labels.end())
    throw Error(words + " names label " + std::to_string(*again) + " twice.");
}

}  // namespace

bool Region::holds(std::uint8_t label) const {
  return contains(labels, label);
}

std::array<bool, 256> membershipOf(const Region& region) {
  std::array<bool, 256> inside{};
  for (const std::uint8_t label : region.labels) inside[label] = true;
  return inside;
}

Colour usualColour(std::size_t place) {
  constexpr std::array<Colour, RegionSchema::kMost> colours{{{0xff, 0xd9, 0x2f},
                                                             {0xff, 0x8c, 0x1a},
                                                             {0x6e, 0xc6, 0xf5},
                                                             {0x9b, 0xe5, 0x64},
                                                             {0xf7, 0x8f, 0xb3},
                                                             {0xc9, 0xa6, 0xff},
                                                             {0xb5, 0x8a, 0x5c},
                                                             {0xd0, 0xd0, 0xd0}}};
  return colours[place % colours.size()];
}

RegionSchema::RegionSchema(std::vector<Label> labels, std::vector<Region> regions)
    : labels_(std::move(labels)), regions_(std::move(regions)) {
  if (regions_.empty() || regions_.size() > kMost)
    throw Error("A segmentation has 1 to 8 regions; " + std::to_string(regions_.size()) +
                " were given.");
  for (Label& label : labels_) label.name = validText(label.name);
  for (std::size_t place = 0; place < regions_.size(); ++place) {
    Region& region = regions_[place];
    region.key = textOfName(region.key);
    region.label = validText(region.label);
    region.name = validText(region.name);
    region.place = place;
    requireRegion(region, labels_);
  }
  const auto again = repeated(regions_, [](const Region& region) { return region.key; });
  if (again != regions_.end()) throw Error("Two regions are called " + inQuotes(again->key) + ".");
  requireLabels(labels_, regions_);
}

std::vector<std::string> RegionSchema::keys() const {
  std::vector<std::string> keys;
  for (const Region& region : regions_) keys.push_back(region.key);
  return keys;
}

const Region* RegionSchema::find(std::string_view key) const {
  const auto found = std::find_if(regions_.begin(), regions_.end(),
                                  [key](const Region& region) { return region.key == key; });
  return found == regions_.end() ? nullptr : &*found;
}

std::optional<std::string> RegionSchema::nameOf(std::uint8_t label) const {
  for (const Label& one : labels_)
    if (one.value == label) return one.name;
  return std::nullopt;
}

bool RegionSchema::isSameAs(const RegionSchema& other) const {
  return std::equal(regions_.begin(), regions_.end(), other.begin(), other.end(),
                    [](const Region& a, const Region& b) {
                      return a.key == b.key && membershipOf(a) == membershipOf(b);
                    });
}

bool RegionSchema::isNested() const {
  for (std::size_t place = 1; place < regions_.size(); ++place)
    for (const std::uint8_t label : regions_[place].labels)
      if (!regions_[place - 1].holds(label)) return false;
  return true;
}

}  // namespace modascope
