#include "core/imagefolder/picture_notes.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/imagefolder/picture.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kLooked = 20;

/// Up to 20, spread over all that there are.
std::vector<fs::path> someFiles(const ImageFolderInfo& info, std::size_t m) {
  std::vector<fs::path> files, some;
  for (const auto& [id, one] : info.cases)
    if (one.problem.empty()) files.insert(files.end(), one.files[m].begin(), one.files[m].end());
  const std::size_t count = std::min(files.size(), kLooked);
  for (std::size_t i = 0; i < count; ++i) some.push_back(files[i * files.size() / count]);
  return some;
}

struct Tally {
  std::size_t pictures = 0;
  std::size_t withoutNumbers = 0;  ///< pictures that are NaN everywhere
  double values = 0, notFinite = 0, zeros = 0;

  /// A broken picture says nothing; its scene is left out when all of it is looked at.
  void add(const fs::path& file) {
    try {
      add(readPicture(file));
    } catch (const Error& error) {
      if (error.fault() == Fault::System) throw;
    }
  }
  void add(const Picture& picture) {
    const auto bad = std::count_if(picture.values.begin(), picture.values.end(),
                                   [](float value) { return !std::isfinite(value); });
    const auto count = static_cast<double>(picture.values.size());
    ++pictures;
    values += count;
    notFinite += static_cast<double>(bad);
    zeros += static_cast<double>(std::count(picture.values.begin(), picture.values.end(), 0.0f));
    if (static_cast<double>(bad) == count) ++withoutNumbers;
  }
};

/// "13 %", "less than 1 %"
std::string share(double part, double whole) {
  const double percent = 100 * part / whole;
  return percent < 1 ? "less than 1 %" : std::to_string(std::lround(percent)) + " %";
}

void noteNumbers(const Tally& tally, const std::string& label, std::vector<std::string>& notes) {
  constexpr double kMany = 0.01;
  const std::string looked =
      std::to_string(tally.pictures) + (tally.pictures == 1 ? " picture" : " pictures");
  if (tally.notFinite > 0) {
    std::string note = label + ": " + share(tally.notFinite, tally.values) + " of the numbers in " +
                       looked + " looked at are NaN or infinite; they count as the mean.";
    if (tally.withoutNumbers > 0)
      note.append(" ")
          .append(std::to_string(tally.withoutNumbers))
          .append(" of these hold no number at all.");
    notes.push_back(note);
  }
  if (tally.zeros > kMany * tally.values)
    notes.push_back(label + ": " + share(tally.zeros, tally.values) + " of the numbers in " +
                    looked +
                    " looked at are 0, as sensors write where they measured nothing; 0 is "
                    "read as a number like any other.");
}

void noteTurned(const ImageFolderInfo& info, std::size_t m, const std::string& label,
                std::vector<std::string>& notes) {
  std::size_t turned = 0;
  for (const auto& [id, one] : info.cases) {
    if (!one.problem.empty()) continue;
    for (const fs::path& file : one.files[m])
      if (lowerCase(file.extension().string()).starts_with(".j"))
        turned += pictureSize(file).turned != 1 ? 1 : 0;
  }
  if (turned == 0) return;
  notes.push_back(label + ": " + std::to_string(turned) +
                  (turned == 1 ? " photograph is" : " photographs are") +
                  " marked as turned or mirrored (EXIF); the pixels are read as they lie, like "
                  "those of the other modalities.");
}

}  // namespace

std::vector<std::string> notesOnPictures(const ImageFolderInfo& info) {
  std::vector<std::string> notes;
  for (std::size_t m = 0; m < info.layout.modalities.size(); ++m) {
    const std::string& label = info.layout.modalities[m].label;
    Tally tally;
    for (const fs::path& file : someFiles(info, m))
      if (pictureSize(file).measures) tally.add(file);
    if (tally.values > 0) noteNumbers(tally, label, notes);
    noteTurned(info, m, label, notes);
  }
  return notes;
}

bool zeroIsUnlabelled(const ImageLayout& layout, std::size_t values) {
  const auto has = [&](const char* key) {
    return std::any_of(layout.modalities.begin(), layout.modalities.end(),
                       [&](const ImageModality& one) { return one.key == key; });
  };
  return has("rgb") && (has("depth") || has("hha")) && (values == 41 || values == 38);
}

}  // namespace modascope
