#include "core/cohort/passed_over.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "core/base/words.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostNamed = 5;
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
  return part == kSegmentation ? "the segmentation"
                               : ModalitySchema::brats().label(ModalityId(part));
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

/// The parts that the case lacks and this file may be: by its name, else any.
std::vector<std::size_t> candidates(const fs::path& file, const std::vector<std::size_t>& lacking) {
  const std::string name = lowerCase(file.filename().string());
  std::vector<std::size_t> likely;
  for (const bool segmentation : {true, false})
    for (const std::size_t part : lacking)
      if (likely.empty() && (part == kSegmentation) == segmentation && mayMean(name, part))
        likely.push_back(part);
  return likely.empty() ? lacking : likely;
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

}  // namespace

void notePassedOver(CaseFiles& files, const std::vector<fs::path>& volumes,
                    const std::string& prefix, const fs::path& labelFolder) {
  const std::vector<std::size_t> lacking = lackingIn(files);
  auto& notes = lacking.empty() ? files.remarks : files.warnings;
  for (std::size_t i = 0; i < std::min(volumes.size(), kMostNamed); ++i) {
    const fs::path& file = volumes[i];
    std::string note = file.filename().string() + " was passed over: " +
                       (isNiftiName(file) ? "its name says neither a modality nor a segmentation"
                                          : "only .nii and .nii.gz files are read");
    if (!lacking.empty())
      note += hint({files, prefix, labelFolder}, file, candidates(file, lacking));
    notes.push_back(note + ".");
  }
  if (volumes.size() > kMostNamed)
    notes.push_back(std::to_string(volumes.size() - kMostNamed) +
                    " more volumes were passed over for the same reason.");
}

}  // namespace modascope
