#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modascope {

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
  bool operator==(const Colour&) const = default;
};

/// A value of a voxel, and what it means: 4, "ET". 0 is background and never listed.
struct Label {
  std::uint8_t value = 0;
  std::string name;
  bool operator==(const Label&) const = default;
};

/// Labels that are trained, scored and shown as one.
struct Region {
  std::string key;                   ///< "wt": in files and on the command line
  std::string label;                 ///< "WT": in tables
  std::string name;                  ///< "whole tumour"
  std::vector<std::uint8_t> labels;  ///< that it unites, never 0
  Colour colour = {};
  std::size_t place = 0;  ///< in its schema: the network's output, the column of a table

  bool holds(std::uint8_t label) const;
  bool operator==(const Region&) const = default;
};

/// What tables call voxels that somebody picked, and all of them; no region is called so.
inline constexpr const char *kPicked = "picked", *kEverywhere = "everywhere";

/// Value → whether it lies in the region: for walks over many voxels.
std::array<bool, 256> membershipOf(const Region& region);

/// The colour of a region that has none of its own, by its place; the first three are BraTS's.
Colour usualColour(std::size_t place);

/// Which labels a segmentation has and which regions they make, 1…8 of them in a fixed order.
class RegionSchema {
 public:
  static constexpr std::size_t kMost = 8;

  /// None: of data that have no regions, or before there are any.
  RegionSchema() = default;
  /// Sets the regions' places. Throws `Error` when there are none or more than eight, when two have
  /// one key or two labels one value, when a key is that of a score ("f1"), when a region unites
  /// nothing, what is not listed or a label twice, and when a label is in no region.
  RegionSchema(std::vector<Label> labels, std::vector<Region> regions);

  const std::vector<Label>& labels() const { return labels_; }
  std::size_t size() const { return regions_.size(); }
  bool empty() const { return regions_.empty(); }
  const Region& operator[](std::size_t place) const { return regions_[place]; }
  auto begin() const { return regions_.begin(); }
  auto end() const { return regions_.end(); }
  std::vector<std::string> keys() const;
  /// By key; nothing if unknown.
  const Region* find(std::string_view key) const;
  /// "NCR"; nothing of a value that is not listed.
  std::optional<std::string> nameOf(std::uint8_t label) const;
  /// Whether each region lies within the one before it.
  bool isNested() const;

  /// The same keys of the same labels, whatever they are called and however they are shown.
  bool isSameAs(const RegionSchema& other) const;

  bool operator==(const RegionSchema&) const = default;

 private:
  std::vector<Label> labels_;
  std::vector<Region> regions_;
};

}  // namespace modascope
