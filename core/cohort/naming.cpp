#include "core/cohort/naming.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>

namespace modascope {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 10> kNames{{
    {"t1", "t1"},
    {"t1n", "t1"},
    {"t1w", "t1"},
    {"t1ce", "t1ce"},
    {"t1c", "t1ce"},
    {"t1gd", "t1ce"},
    {"t2", "t2"},
    {"t2w", "t2"},
    {"flair", "flair"},
    {"t2f", "flair"},
}};

bool isChannel(std::string_view word) {
  return word.size() == 4 && word.starts_with("000") && word[3] >= '0' && word[3] <= '3';
}

/// T1c stands in folders of both schemes; there the separator tells.
bool isBrats2023Word(std::string_view word, char separator) {
  return word == "t1n" || word == "t2w" || word == "t2f" || (word == "t1c" && separator == '-');
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

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

bool isNiftiName(const std::filesystem::path& file) {
  const std::string name = lowerCase(file.filename().string());
  return !name.starts_with('.') && (name.ends_with(".nii") || name.ends_with(".nii.gz"));
}

std::string niftiStem(const std::filesystem::path& file) {
  std::string name = file.filename().string();
  const std::string lower = lowerCase(name);
  if (lower.ends_with(".gz")) name.resize(name.size() - 3);
  if (lowerCase(name).ends_with(".nii")) name.resize(name.size() - 4);
  return name;
}

std::optional<ModalityId> modalityNamed(std::string_view word) {
  const std::string lower = lowerCase(word);
  const auto* found = std::find_if(kNames.begin(), kNames.end(),
                                   [&](const auto& name) { return name.first == lower; });
  if (found == kNames.end()) return std::nullopt;
  return ModalitySchema::brats().find(found->second);
}

std::optional<NamedFile> parseName(const std::filesystem::path& file) {
  if (!isNiftiName(file)) return std::nullopt;
  const std::string stem = niftiStem(file);
  const auto separator = stem.find_last_of("_-");
  const bool bare = separator == std::string::npos;
  const std::string word = lowerCase(bare ? stem : stem.substr(separator + 1));

  NamedFile named;
  named.file = file;
  if (!bare) named.prefix = stem.substr(0, separator);
  named.segmentation = word == "seg";
  named.modality = modalityNamed(word);
  if (!bare && isChannel(word)) named.channel = word[3] - '0';
  if (!named.segmentation && !named.modality && !named.channel) return std::nullopt;
  named.saysBrats2023 = isBrats2023Word(word, bare ? '\0' : stem[separator]);
  return named;
}

}  // namespace modascope
