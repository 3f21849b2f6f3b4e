#include "core/cohort/layout/passed_over.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "core/base/lower_case.h"
#include "core/base/words.h"
#include "core/problem/brats.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostNamed = 20;
constexpr std::size_t kSegmentation = 4;  // after the four modalities

/// What the scheme's names end in: T1, T1ce, T2, FLAIR, segmentation.
using Endings = std::array<const char*, 5>;

Endings endingsOf(NamingScheme scheme) {
  switch (scheme) {
    case NamingScheme::Brats2023:
      return {"-t1n", "-t1c", "-t2w", "-t2f", "-seg"};
    case NamingScheme::NnUnet:
    case NamingScheme::Msd:
    case NamingScheme::Brats2021:
      break;
  }
  return {"_t1", "_t1ce", "_t2", "_flair", "_seg"};
}

std::string nameOf(std::size_t part) {
  return part == kSegmentation ? "the segmentation" : bratsModalities().label(ModalityId(part));
}

std::vector<std::size_t> lackingIn(const CaseFiles& files) {
  std::vector<std::size_t> lacking;
  for (std::size_t i = 0; i < files.modalities.size(); ++i)
    if (!files.modalities[i]) lacking.push_back(i);
  if (!files.segmentation) lacking.push_back(kSegmentation);
  return lacking;
}

/// What a name that is not understood may mean: for a hint, never for reading.
bool mayMean(const std::string& name, std::size_t part) {
  const auto has = [&](std::initializer_list<const char*> parts) {
    return std::any_of(parts.begin(), parts.end(),
                       [&](const char* text) { return name.find(text) != std::string::npos; });
  };
  switch (part) {
    case 0:
      return has({"t1"}) && !has({"t1c", "t1_c", "t1-c", "gd", "gad", "post"});
    case 1:
      return has({"t1"}) && has({"t1c", "t1_c", "t1-c", "gd", "gad", "post", "contrast"});
    case 2:
      return has({"t2"}) && !has({"flair"});
    case 3:
      return has({"flair", "t2f"});
    default:
      return has({"seg", "mask", "label", "roi", "lesion", "tumor", "tumour", "truth", "gt"});
  }
}

/// The parts that the case lacks and this file may be by its name.
std::vector<std::size_t> likelyParts(const fs::path& file,
                                     const std::vector<std::size_t>& lacking) {
  const std::string name = lowerCase(file.filename().string());
  std::vector<std::size_t> likely;
  for (const bool segmentation : {true, false})
    for (const std::size_t part : lacking)
      if (likely.empty() && (part == kSegmentation) == segmentation && mayMean(name, part))
        likely.push_back(part);
  return likely;
}

struct Place {
  const CaseFiles& files;
  const std::string& prefix;
  const fs::path& labelFolder;
};

std::string properName(const Place& place, std::size_t part) {
  if (part == kSegmentation && !place.labelFolder.empty())
    return (place.labelFolder.filename() / (place.files.id + ".nii.gz")).string();
  const std::string ending = endingsOf(place.files.scheme)[part];
  return (place.prefix.empty() ? ending.substr(1) : place.prefix + ending) + ".nii.gz";
}

std::string hint(const Place& place, const fs::path& file, const std::vector<std::size_t>& parts) {
  std::vector<std::string> names, properNames;
  for (const std::size_t part : parts) {
    names.push_back(nameOf(part));
    properNames.push_back(properName(place, part));
  }
  const std::string which = parts.size() == 1 ? "" : ", in this order";
  return "; if it is " + joined(names, " or ") + ", " +
         (isNiftiName(file) ? "name it " : "convert it to ") + joined(properNames, " or ") + which;
}

std::string reasonFor(const fs::path& file, bool several) {
  if (!isNiftiName(file)) return kOtherFormat;
  return several ? "their names say neither a modality nor a segmentation"
                 : "its name says neither a modality nor a segmentation";
}

std::string noteOf(const fs::path& file, const std::string& advice) {
  return file.filename().string() + " was passed over: " + reasonFor(file, false) + advice + ".";
}

std::string noteOf(const std::vector<fs::path>& files) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(files.size(), kMostNamed); ++i)
    names.push_back(files[i].filename().string());
  std::string note = joined(names);
  if (files.size() > kMostNamed)
    note += " and " + std::to_string(files.size() - kMostNamed) + " more";
  return note + " were passed over: " + reasonFor(files.front(), true) + ".";
}

}  // namespace

void notePassedOver(CaseFiles& files, const std::vector<fs::path>& volumes,
                    const std::string& prefix, const fs::path& labelFolder) {
  const std::vector<std::size_t> lacking = lackingIn(files);
  const Place place{files, prefix, labelFolder};
  std::vector<std::string> notes;
  std::array<std::vector<fs::path>, 2> rest;
  for (const fs::path& file : volumes) {
    const auto likely = likelyParts(file, lacking);
    if (likely.empty())
      rest[isNiftiName(file) ? 0 : 1].push_back(file);
    else
      notes.push_back(noteOf(file, hint(place, file, likely)));
  }
  const bool nothingLikely = notes.empty() && !lacking.empty();
  for (const auto& unclear : rest) {
    if (unclear.size() == 1)
      notes.push_back(noteOf(unclear[0], nothingLikely ? hint(place, unclear[0], lacking) : ""));
    else if (!unclear.empty())
      notes.push_back(noteOf(unclear));
  }
  auto& said = lacking.empty() ? files.remarks : files.warnings;
  said.insert(said.end(), notes.begin(), notes.end());
}

}  // namespace modascope
