#include "core/cohort/naming/naming.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "core/base/lower_case.h"
#include "core/cohort/naming/modality_words.h"
#include "core/files/leftover_files.h"
#include "core/problem/brats.h"

namespace modascope {
namespace {

/// "_0003" is channel 3. A fifth and further ones are channels, too, though none of ours.
bool isChannel(std::string_view word) {
  return word.size() == 4 && word.starts_with("000") && word[3] >= '0' && word[3] <= '9';
}

/// T1c stands in folders of both schemes; there the separator tells.
bool isBrats2023Word(std::string_view word, char separator) {
  return word == "t1n" || word == "t2w" || word == "t2f" || (word == "t1c" && separator == '-');
}

/// A stem in lower case and where its words begin.
struct Words {
  std::string stem;
  std::vector<std::size_t> begin;

  explicit Words(const std::string& text) : stem(lowerCase(text)), begin{0} {
    for (std::size_t i = 0; i < stem.size(); ++i)
      if (stem[i] == '_' || stem[i] == '-') begin.push_back(i + 1);
  }
  std::size_t count() const { return begin.size(); }
  /// Without the separator that ends it.
  std::string word(std::size_t i) const {
    return stem.substr(begin[i], i + 1 < count() ? begin[i + 1] - 1 - begin[i] : std::string::npos);
  }
  std::string from(std::size_t i) const { return stem.substr(begin[i]); }
  std::string before(std::size_t i) const { return i == 0 ? "" : stem.substr(0, begin[i] - 1); }
};

struct NamedEnd {
  std::size_t first;  ///< word
  ModalityId modality;
};

/// The longest end of the name that means a modality.
std::optional<NamedEnd> modalityAtEnd(const Words& words) {
  constexpr std::size_t kMost = 4;
  const std::size_t least = words.count() > kMost ? words.count() - kMost : 0;
  for (std::size_t first = least; first < words.count(); ++first) {
    std::vector<std::string> end;
    for (std::size_t i = first; i < words.count(); ++i) end.push_back(words.word(i));
    if (const auto modality = modalityInName(end)) return NamedEnd{first, *modality};
  }
  return std::nullopt;
}

/// BIDS says by `ce-<agent>` anywhere in the name that contrast agent was given.
std::optional<std::size_t> contrastEntity(const Words& words, std::size_t end) {
  for (std::size_t i = 0; i + 1 < end; ++i)
    if (words.word(i) == "ce" && words.stem[words.begin[i + 1] - 1] == '-' &&
        (i == 0 || words.stem[words.begin[i] - 1] == '_'))
      return i;
  return std::nullopt;
}

/// "post" before a modality is contrast agent or surgery: not for us to decide, except in BIDS's
/// `ses-post`.
bool isUnclear(const Words& words, std::size_t first) {
  return first > 0 && words.word(first - 1) == "post" &&
         !(first > 1 && words.word(first - 2) == "ses");
}

struct NamedModality {
  ModalityId modality;
  std::string prefix;
  std::string longerPrefix;
  std::string word;    ///< all that names it
  char separator = 0;  ///< before it
};

std::optional<NamedModality> modalityOf(const std::string& stem) {
  const Words words(stem);
  const auto end = modalityAtEnd(words);
  if (!end || isUnclear(words, end->first)) return std::nullopt;
  NamedModality named{
      end->modality, stem.substr(0, words.before(end->first).size()), {}, words.from(end->first)};
  const std::size_t last = words.count() - 1;
  if (end->first < last && modalityInName({words.word(last)}) == end->modality)
    named.longerPrefix = stem.substr(0, words.before(last).size());
  if (end->first > 0) named.separator = stem[words.begin[end->first] - 1];
  const auto entity = contrastEntity(words, end->first);
  if (!entity) return named;
  const auto& schema = bratsModalities();
  if (named.modality == *schema.find("t2") || named.modality == *schema.find("flair"))
    return std::nullopt;
  named.modality = *schema.find("t1ce");
  const std::size_t after = words.begin[*entity + 1] + words.word(*entity + 1).size();
  named.prefix = stem.substr(0, words.before(*entity).size()) +
                 stem.substr(after, named.prefix.size() - after);
  return named;
}

}  // namespace

LabelProfile profileOf(NamingScheme scheme) {
  switch (scheme) {
    case NamingScheme::Brats2021:
      return LabelProfile::Brats2021;
    case NamingScheme::Brats2023:
      return LabelProfile::Brats2023;
    case NamingScheme::NnUnet:
    case NamingScheme::Msd:
      return LabelProfile::Msd;
  }
  std::abort();
}

bool isNiftiName(const std::filesystem::path& file) {
  const std::string name = lowerCase(file.filename().string());
  return !isLeftover(file) && (name.ends_with(".nii") || name.ends_with(".nii.gz"));
}

std::string niftiStem(const std::filesystem::path& file) {
  std::string name = file.filename().string();
  const std::string lower = lowerCase(name);
  if (lower.ends_with(".gz")) name.resize(name.size() - 3);
  if (lowerCase(name).ends_with(".nii")) name.resize(name.size() - 4);
  return name;
}

bool isVolumeName(const std::filesystem::path& file) {
  const std::string name = lowerCase(file.filename().string());
  if (isLeftover(file)) return false;
  if (name.find(".nii") != std::string::npos) return true;
  constexpr std::array kEndings{".nrrd", ".nhdr", ".mha", ".mhd", ".mgz",
                                ".mgh",  ".hdr",  ".img", ".dcm", ".img.gz"};
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](const char* ending) { return name.ends_with(ending); });
}

std::optional<NamedFile> parseName(const std::filesystem::path& file) {
  if (!isNiftiName(file)) return std::nullopt;
  const std::string stem = niftiStem(file);
  NamedFile named;
  named.file = file;
  if (const auto modality = modalityOf(stem)) {
    named.modality = modality->modality;
    named.prefix = modality->prefix;
    named.longerPrefix = modality->longerPrefix;
    named.saysBrats2023 = isBrats2023Word(modality->word, modality->separator);
    return named;
  }
  const auto separator = stem.find_last_of("_-");
  const bool bare = separator == std::string::npos;
  const std::string word = lowerCase(bare ? stem : stem.substr(separator + 1));
  if (!bare) named.prefix = stem.substr(0, separator);
  named.segmentation = word == "seg";
  if (!bare && isChannel(word)) named.channel = word[3] - '0';
  if (!named.segmentation && !named.channel) return std::nullopt;
  return named;
}

}  // namespace modascope
