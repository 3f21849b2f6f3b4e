#pragma once

#include <bit>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modascope {

/// The position of a modality in its schema, 0…7.
class ModalityId {
 public:
  constexpr explicit ModalityId(std::size_t index) : index_(static_cast<std::uint8_t>(index)) {}
  constexpr std::size_t index() const { return index_; }
  auto operator<=>(const ModalityId&) const = default;

 private:
  std::uint8_t index_;
};

/// Which modalities the model may see. Never empty: a model without input has no meaning.
class ModalitySet {
 public:
  constexpr explicit ModalitySet(ModalityId only) : bits_(bitOf(only)) {}
  /// The first `count` modalities, 1 ≤ count ≤ 8.
  static constexpr ModalitySet firstOf(std::size_t count) {
    return ModalitySet(static_cast<std::uint8_t>((1u << count) - 1u));
  }
  /// Nothing if `bits` is 0.
  static constexpr std::optional<ModalitySet> fromBits(std::uint8_t bits) {
    if (bits == 0) return std::nullopt;
    return ModalitySet(bits);
  }

  constexpr bool contains(ModalityId id) const { return (bits_ & bitOf(id)) != 0; }
  constexpr bool contains(ModalitySet other) const { return (bits_ & other.bits_) == other.bits_; }
  constexpr std::size_t size() const { return static_cast<std::size_t>(std::popcount(bits_)); }
  constexpr std::uint8_t bits() const { return bits_; }
  constexpr ModalitySet with(ModalityId id) const {
    return ModalitySet(static_cast<std::uint8_t>(bits_ | bitOf(id)));
  }
  /// Nothing if it is the last.
  constexpr std::optional<ModalitySet> without(ModalityId id) const {
    return fromBits(static_cast<std::uint8_t>(bits_ & ~bitOf(id)));
  }
  constexpr std::optional<ModalitySet> intersected(ModalitySet other) const {
    return fromBits(static_cast<std::uint8_t>(bits_ & other.bits_));
  }
  /// In the schema's order.
  std::vector<ModalityId> ids() const;

  constexpr bool operator==(const ModalitySet&) const = default;
  constexpr auto operator<=>(const ModalitySet&) const = default;

 private:
  constexpr explicit ModalitySet(std::uint8_t bits) : bits_(bits) {}
  static constexpr std::uint8_t bitOf(ModalityId id) {
    return static_cast<std::uint8_t>(1u << id.index());
  }
  std::uint8_t bits_;
};

/// One modality: `key` as in files and on the command line ("t1ce"), `label` as people read it
/// ("T1ce").
struct Modality {
  std::string key;
  std::string label;
  bool operator==(const Modality&) const = default;
};

/// Which modalities exist in an experiment, 1…8 of them, in a fixed order.
class ModalitySchema {
 public:
  static constexpr std::size_t kMost = 8;

  /// Throws `Error` when there are none, more than eight, or two of one key.
  explicit ModalitySchema(std::vector<Modality> modalities);

  std::size_t size() const { return modalities_.size(); }
  const std::string& key(ModalityId id) const { return modalities_[id.index()].key; }
  const std::string& label(ModalityId id) const { return modalities_[id.index()].label; }
  const std::vector<Modality>& modalities() const { return modalities_; }
  /// By key, upper or lower case; nothing if unknown.
  std::optional<ModalityId> find(std::string_view key) const;
  ModalitySet all() const { return ModalitySet::firstOf(size()); }
  std::vector<ModalityId> ids() const { return all().ids(); }

  bool operator==(const ModalitySchema&) const = default;

 private:
  std::vector<Modality> modalities_;
};

/// The 2^M − 1 non-empty subsets: the full set first, then by falling size, within a size in the
/// schema's order.
std::vector<ModalitySet> allSubsets(const ModalitySchema& schema);

/// "t1,flair" → a set. Throws `Error` naming the unknown key and those that exist.
ModalitySet parseModalities(const ModalitySchema& schema, std::string_view commaSeparated);
/// {"t1", "flair"}
std::vector<std::string> keysOf(const ModalitySchema& schema, ModalitySet set);
/// "T1, FLAIR"
std::string labelOf(const ModalitySchema& schema, ModalitySet set);

}  // namespace modascope
