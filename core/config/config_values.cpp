#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "core/base/error.h"
#include "core/config/config_keys.h"

namespace modascope {
namespace {

/// Levenshtein's: insertions, deletions and replacements from `a` to `b`.
std::size_t editDistance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, replaced});
    }
  }
  return row.back();
}

/// Of a whole key, or of its last word when the section was left out.
std::size_t distanceTo(const ConfigKey& key, std::string_view given) {
  const std::size_t whole = editDistance(given, key.key);
  if (given.find('.') != std::string_view::npos) return whole;
  const std::string_view name = key.key;
  return std::min(whole, editDistance(given, name.substr(name.find('.') + 1)));
}

Error unknownKey(std::string_view given) {
  const auto& keys = configKeys();
  const auto nearest =
      std::min_element(keys.begin(), keys.end(), [given](const ConfigKey& a, const ConfigKey& b) {
        return distanceTo(a, given) < distanceTo(b, given);
      });
  std::string sentence = "There is no setting " + inQuotes(given);
  if (distanceTo(*nearest, given) <= std::max<std::size_t>(2, given.size() / 3)) {
    sentence += "; did you mean " + inQuotes(nearest->key) + "?";
  } else {
    sentence += "; \"modascope train --help-config\" lists them all.";
  }
  return Error(sentence);
}

std::string bound(const ConfigKey& key, double value) {
  if (std::holds_alternative<double>(key.standard)) return toText(value);
  return toText(static_cast<std::int64_t>(value));
}

Error complaint(const ConfigKey& key, const ConfigValue& value, const std::string& rule) {
  const bool isWord = std::holds_alternative<std::string>(value);
  return Error(key.key + " is " + (isWord ? inQuotes(toText(value)) : toText(value)) + "; " + rule);
}

/// In the number's own type: near 2^53 a whole number is not its double.
template <typename Number>
void checkNumber(const ConfigKey& key, Number number) {
  const auto least = static_cast<Number>(*key.least);
  const auto most = static_cast<Number>(*key.most);
  if (!(number >= least && number <= most)) {
    throw complaint(key, number,
                    "it must lie between " + toText(least) + " and " + toText(most) + ".");
  }
  if (key.step && std::fmod(static_cast<double>(number), *key.step) != 0) {
    throw complaint(key, number,
                    "it must be a multiple of " + bound(key, *key.step) + ". " + key.words);
  }
}

void checkWord(const ConfigKey& key, const std::string& word) {
  if (std::find(key.choices.begin(), key.choices.end(), word) != key.choices.end()) return;
  if (key.fits && key.fits(word)) return;
  std::vector<std::string> allowed = key.choices;
  if (!key.also.empty()) allowed.push_back(key.also);
  std::string list = allowed.front();
  for (std::size_t i = 1; i < allowed.size(); ++i) {
    list += (i + 1 == allowed.size() ? " or " : ", ") + allowed[i];
  }
  throw complaint(key, word, "it must be " + list + ".");
}

/// Whole numbers stand for doubles, and doubles without a fraction for whole numbers.
ConfigValue inTypeOf(const ConfigKey& key, const ConfigValue& value) {
  if (value.index() == key.standard.index()) return value;
  const auto* whole = std::get_if<std::int64_t>(&value);
  const auto* real = std::get_if<double>(&value);
  if (whole != nullptr && std::holds_alternative<double>(key.standard)) {
    return static_cast<double>(*whole);
  }
  if (real != nullptr && std::holds_alternative<std::int64_t>(key.standard) &&
      std::abs(*real) <= 0x1p53 && std::trunc(*real) == *real) {
    return static_cast<std::int64_t>(*real);
  }
  if (std::holds_alternative<std::string>(key.standard)) {
    throw complaint(key, value, "a word is expected, such as " + toText(key.standard) + ".");
  }
  const bool wantsReal = std::holds_alternative<double>(key.standard);
  throw complaint(key, value,
                  std::string(wantsReal ? "a number" : "a whole number") + " from " +
                      bound(key, *key.least) + " to " + bound(key, *key.most) + " is expected.");
}

}  // namespace

const ConfigKey& configKey(std::string_view key) {
  for (const auto& known : configKeys()) {
    if (known.key == key) return known;
  }
  throw unknownKey(key);
}

void setValue(RunConfig& config, std::string_view key, const ConfigValue& value) {
  const ConfigKey& known = configKey(key);
  const ConfigValue typed = inTypeOf(known, value);
  if (const auto* word = std::get_if<std::string>(&typed)) {
    checkWord(known, *word);
  } else if (const auto* real = std::get_if<double>(&typed)) {
    checkNumber(known, *real);
  } else {
    checkNumber(known, std::get<std::int64_t>(typed));
  }
  known.put(config, typed);
}

}  // namespace modascope
