#include "core/imagefolder/image_cases.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/base/name_text.h"
#include "core/base/words.h"
#include "core/imagefolder/modality_folders.h"
#include "core/imagefolder/picture.h"
#include "core/problem/split_file.h"
#include "core/problem/split_lists.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

using Cases = std::map<std::string, ImageCase>;

ImageCase& caseCalled(Cases& cases, const std::string& id, std::size_t modalities) {
  ImageCase& one = cases[id];
  one.id = id;
  one.files.resize(modalities);
  return one;
}

void addModality(Cases& cases, const fs::path& folder, const ImageLayout& layout, std::size_t m,
                 std::vector<std::string>& notes) {
  const ImageModality& modality = layout.modalities[m];
  for (const ImagePart& part : modality.parts) {
    for (const auto& [id, file] : picturesBelow(folder / part.folder, notes)) {
      caseCalled(cases, id, layout.modalities.size()).files[m].push_back(file);
    }
  }
  for (auto& [id, one] : cases) {
    if (one.files[m].size() < modality.parts.size()) one.files[m].clear();
    if (!one.files[m].empty()) one.available |= ModalitySet(ModalityId(m)).bits();
  }
}

bool isFolderOf(const ImageLayout& layout, const std::string& name) {
  if (lowerCase(name) == lowerCase(layout.labelFolder)) return true;
  for (const ImageModality& modality : layout.modalities) {
    for (const ImagePart& part : modality.parts) {
      if (lowerCase(part.folder) == lowerCase(name)) return true;
    }
  }
  return false;
}

/// What follows a folder of the data set: "/data/rgb/0001.png" → "0001".
std::string idBelowAFolder(const std::string& word, const ImageLayout& layout, const Cases& cases) {
  fs::path path = fs::path(word).lexically_normal();
  if (isPictureName(path)) path.replace_extension();
  std::string id = textOf(path);
  fs::path above;
  for (const fs::path& part : path) {
    above /= part;
    if (above == path || !isFolderOf(layout, part.string())) continue;
    id = textOf(path.lexically_relative(above));
    if (cases.contains(id)) break;
  }
  return id;
}

/// "rgb/0001.png label/0001.png" → "0001", wherever its path begins, also on Windows. A name with
/// spaces stays whole if there is such a case.
std::string idIn(const std::string& line, const ImageLayout& layout, const Cases& cases) {
  if (cases.contains(line)) return line;
  if (const std::string text = textOfName(line); cases.contains(text)) return text;
  std::string word = line.substr(0, line.find_first_of(" \t"));
  const std::string id = idBelowAFolder(word, layout, cases);
  if (cases.contains(id) || word.find('\\') == std::string::npos) return id;
  std::replace(word.begin(), word.end(), '\\', '/');
  return idBelowAFolder(word, layout, cases);
}

ImageSplit readList(const StatedPart& list, const ImageLayout& layout, const Cases& cases,
                    std::vector<std::string>& notes) {
  ImageSplit split{list.name, {}};
  std::set<std::string> seen;
  std::size_t repeated = 0;
  for (const std::string& line : list.entries) {
    const std::string id = idIn(line, layout, cases);
    const auto known = cases.find(id);
    if (known == cases.end() || known->second.available == 0) {
      throw Error(inQuotes(list.file) + " names " + inQuotes(line) + ", but there is no picture " +
                  id + " in " + layout.modalities.front().parts.front().folder +
                  " or any other modality's folder.");
    }
    if (seen.insert(id).second) {
      split.ids.push_back(id);
    } else {
      ++repeated;
    }
  }
  if (repeated > 0) {
    notes.push_back(list.file.filename().string() + " names " + std::to_string(repeated) +
                    " pictures twice; they count once.");
  }
  return split;
}

std::vector<ImageSplit> hashedSplits(const fs::path& folder, const Cases& cases,
                                     std::vector<std::string>& notes) {
  std::vector<std::string> ids;
  for (const auto& [id, one] : cases) {
    if (one.available != 0 && one.label) ids.push_back(id);
  }
  if (ids.empty()) {
    throw Error(inQuotes(folder) + " has no picture with a label of the same name.");
  }
  const auto parts = hashedSplit(ids);
  std::vector<ImageSplit> splits;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const char* name = i == 0 ? "train" : i == 1 ? "valid" : "test";
    if (!parts[i].empty()) splits.push_back({name, parts[i]});
  }
  notes.push_back(
      "There is no train.txt: the pictures were split by a hash of their names, 70 % to " +
      std::string("train, 10 % to validate, 20 % to test."));
  return splits;
}

void noteShared(const std::vector<ImageSplit>& splits, std::vector<std::string>& notes) {
  for (std::size_t i = 1; i < splits.size(); ++i) {
    const std::set<std::string> own(splits[i].ids.begin(), splits[i].ids.end());
    for (std::size_t j = 0; j < i; ++j) {
      const auto shared = std::count_if(splits[j].ids.begin(), splits[j].ids.end(),
                                        [&](const std::string& id) { return own.contains(id); });
      if (shared == 0) continue;
      notes.push_back(std::to_string(shared) +
                      (shared == 1 ? " picture is in " : " pictures are in ") +
                      inQuotes(splits[j].name) + " and in " + inQuotes(splits[i].name) +
                      ", so its scores flatter.");
    }
  }
}

/// Pictures of some modality that no list names are left aside.
void noteUnlisted(const std::vector<ImageSplit>& splits, const Cases& cases,
                  std::vector<std::string>& notes) {
  std::set<std::string> listed;
  for (const ImageSplit& split : splits) listed.insert(split.ids.begin(), split.ids.end());
  std::vector<std::string> others;
  for (const auto& [id, one] : cases)
    if (one.available != 0 && !listed.contains(id)) others.push_back(id);
  if (others.empty()) return;
  notes.push_back(std::to_string(others.size()) +
                  (others.size() == 1 ? " picture is in no list and takes no part, "
                                      : " pictures are in no list and take no part, such as ") +
                  inQuotes(others.front()) + ".");
}

/// Height and width of one more picture of a case.
void measure(ImageCase& one, const fs::path& file, const PictureSize& size) {
  if (one.height == 0) {
    one.height = size.height;
    one.width = size.width;
  }
  if (one.height == size.height && one.width == size.width) return;
  throw Error(inQuotes(file) + " is " + std::to_string(size.width) + " × " +
              std::to_string(size.height) + " pixels, but another picture of " + inQuotes(one.id) +
              " is " + std::to_string(one.width) + " × " + std::to_string(one.height) +
              "; all modalities and the label of a scene have one size.");
}

/// The channels of one part; a grey picture among coloured ones is repeated when it is read.
std::size_t measurePart(Cases& cases, const ImagePart& part, std::size_t m, std::size_t place) {
  const auto fourth =
      part.channels == Channels::All ? FourthChannel::Transparency : FourthChannel::Measurement;
  std::size_t most = 1;
  for (auto& [id, one] : cases) {
    if (one.files[m].empty()) continue;
    const fs::path& file = one.files[m][place];
    PictureSize size;
    readForCase(one, [&] { size = pictureSize(file, fourth); });
    if (!one.problem.empty()) continue;
    measure(one, file, size);
    if (part.channels != Channels::All && size.channels != 4) {
      throw Error(inQuotes(file) + " has " + std::to_string(size.channels) +
                  " channels; four are expected: colour and thermal, as in the others.");
    }
    most = std::max(most, channelsIn(part, size.channels));
  }
  return most;
}

}  // namespace

Cases findImageCases(const fs::path& folder, const ImageLayout& layout,
                     std::vector<std::string>& notes) {
  Cases cases;
  for (std::size_t m = 0; m < layout.modalities.size(); ++m) {
    addModality(cases, folder, layout, m, notes);
  }
  for (const auto& [id, file] : picturesBelow(folder / layout.labelFolder, notes)) {
    caseCalled(cases, id, layout.modalities.size()).label = file;
  }
  return cases;
}

std::vector<ImageSplit> imageSplits(const fs::path& folder, const ImageLayout& layout,
                                    const Cases& cases, std::vector<std::string>& notes) {
  const std::vector<StatedPart> lists = statedParts(folder, notes);
  if (lists.empty()) return hashedSplits(folder, cases, notes);
  std::vector<ImageSplit> splits;
  for (const StatedPart& list : lists) splits.push_back(readList(list, layout, cases, notes));
  if (splits.front().name != "train" || splits.front().ids.empty()) {
    throw Error(inQuotes(folder) + " has no pictures to train on: train.txt is " +
                (splits.front().name == "train" ? "empty." : "not there."));
  }
  noteUnlisted(splits, cases, notes);
  noteShared(splits, notes);
  return splits;
}

std::vector<std::int64_t> measureImages(Cases& cases, const ImageLayout& layout) {
  std::vector<std::int64_t> widths;
  for (std::size_t m = 0; m < layout.modalities.size(); ++m) {
    std::size_t width = 0;
    for (std::size_t place = 0; place < layout.modalities[m].parts.size(); ++place) {
      width += measurePart(cases, layout.modalities[m].parts[place], m, place);
    }
    widths.push_back(static_cast<std::int64_t>(width));
  }
  return widths;
}

std::size_t channelsIn(const ImagePart& part, std::size_t stored) {
  switch (part.channels) {
    case Channels::Colour:
      return 3;
    case Channels::Fourth:
      return 1;
    case Channels::All:
      break;
  }
  return stored;
}

}  // namespace modascope
