#include "core/cohort/naming/label_words.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <set>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/cohort/naming/naming.h"
#include "core/problem/brats.h"
#include "core/volume/label_profile.h"

namespace modascope {
namespace {

enum class Kind { Background, Ignored, Necrosis, Oedema, Enhancing, Cavity, Whole, Core, Unknown };

/// Letters only: "Non-enhancing tumour (NCR/NET)" → "nonenhancingtumorncrnet".
std::string letters(std::string_view name) {
  std::string text = lowerCase(name);
  std::erase_if(text, [](char c) { return c < 'a' || c > 'z'; });
  for (std::size_t at = 0; (at = text.find("tumour")) != std::string::npos;)
    text.replace(at, 6, "tumor");
  return text;
}

Kind kindOf(std::string_view name) {
  const std::string text = letters(name);
  const auto is = [&](std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return text == word; });
  };
  const auto has = [&](std::initializer_list<const char*> parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const char* part) { return text.find(part) != std::string::npos; });
  };
  if (is({"background", "bg", "unlabelled", "unlabeled", "none", "nontumor"}))
    return Kind::Background;
  if (is({"ignore"})) return Kind::Ignored;
  if (is({"ed"}) || has({"edema", "snfh", "hyperintens", "peritumoral", "invaded"}))
    return Kind::Oedema;
  if (is({"rc"}) || has({"cavity", "resection"})) return Kind::Cavity;
  if (is({"net", "netc", "nec"}) || has({"nonenhanc", "necro", "ncr"})) return Kind::Necrosis;
  if (is({"et", "at", "active", "activetumor"}) || has({"enhanc"})) return Kind::Enhancing;
  if (is({"wt", "whole", "wholetumor", "completetumor"})) return Kind::Whole;
  if (is({"tc", "core", "tumorcore"})) return Kind::Core;
  return Kind::Unknown;
}

using Values = std::set<std::int64_t>;
/// A value in the file → the tissue that it stands for; nothing for the cavity.
using Meaning = std::map<std::int64_t, std::optional<Tissue>>;

void add(Meaning& meaning, std::int64_t value, std::optional<Tissue> tissue) {
  const auto [entry, isNew] = meaning.emplace(value, tissue);
  if (!isNew && entry->second != tissue)
    throw Error("give the value " + std::to_string(value) + " two meanings");
}

std::int64_t onlyValue(const std::string& name, const std::vector<std::int64_t>& values) {
  if (values.size() != 1) throw Error("give " + inQuotes(name) + " several values");
  return values.front();
}

/// What is in `outer` and not in `inner`, which must lie within it.
Values between(const Values& outer, const Values& inner) {
  Values rest;
  std::set_difference(outer.begin(), outer.end(), inner.begin(), inner.end(),
                      std::inserter(rest, rest.end()));
  if (rest.size() + inner.size() != outer.size())
    throw Error("name regions that do not lie within each other");
  return rest;
}

class Reader {
 public:
  Meaning read(const NamedLabels& labels) {
    for (const auto& [name, values] : labels) take(name, values);
    if (whole_)
      takeRegions();
    else if (core_)
      add(meaning_, onlyValue("the tumour core", {core_->begin(), core_->end()}), Tissue::Necrosis);
    if (meaning_.empty()) throw Error("name no tissue");
    return meaning_;
  }

 private:
  void take(const std::string& name, const std::vector<std::int64_t>& values) {
    switch (kindOf(name)) {
      case Kind::Background:
        if (onlyValue(name, values) != 0) throw Error("give the background another value than 0");
        return;
      case Kind::Ignored:
        return;
      case Kind::Necrosis:
        return add(meaning_, onlyValue(name, values), Tissue::Necrosis);
      case Kind::Oedema:
        return add(meaning_, onlyValue(name, values), Tissue::Oedema);
      case Kind::Enhancing:
        return add(meaning_, onlyValue(name, values), Tissue::Enhancing);
      case Kind::Cavity:
        return add(meaning_, onlyValue(name, values), std::nullopt);
      case Kind::Whole:
        whole_ = Values(values.begin(), values.end());
        return;
      case Kind::Core:
        core_ = Values(values.begin(), values.end());
        return;
      case Kind::Unknown:
        throw Error("name " + inQuotes(name) + ", which is no tissue of a brain tumour");
    }
  }

  void takeRegions() {
    Values enhancing;
    for (const auto& [value, tissue] : meaning_)
      if (tissue == Tissue::Enhancing) enhancing.insert(value);
    if (!core_ || enhancing.empty())
      throw Error("name the whole tumour without its core and its enhancing part");
    for (const std::int64_t value : between(*whole_, *core_)) add(meaning_, value, Tissue::Oedema);
    for (const std::int64_t value : between(*core_, enhancing))
      add(meaning_, value, Tissue::Necrosis);
  }

  Meaning meaning_;
  std::optional<Values> whole_;
  std::optional<Values> core_;
};

bool says(LabelProfile profile, const Meaning& meaning) {
  return std::all_of(meaning.begin(), meaning.end(), [&](const auto& entry) {
    const auto& [value, tissue] = entry;
    if (!tissue) return profile == LabelProfile::Brats2024 && value == 4;
    return tissueOf(profile, value) == static_cast<std::uint8_t>(*tissue);
  });
}

}  // namespace

std::vector<LabelProfile> profilesMeantBy(const NamedLabels& labels) {
  const Meaning meaning = Reader().read(labels);
  std::vector<LabelProfile> fitting;
  for (const LabelProfile profile : {LabelProfile::Msd, LabelProfile::Brats2023,
                                     LabelProfile::Brats2021, LabelProfile::Brats2024})
    if (says(profile, meaning)) fitting.push_back(profile);
  if (fitting.empty()) throw Error("number the tissues in a way that is none of ours");
  return fitting;
}

}  // namespace modascope
