#include "core/imagefolder/image_folder.h"

#include <algorithm>
#include <numeric>

#include "core/base/error.h"
#include "core/base/name_text.h"
#include "core/imagefolder/image_cases.h"
#include "core/imagefolder/label_file.h"
#include "core/imagefolder/picture.h"
#include "core/imagefolder/picture_notes.h"
#include "core/problem/split_lists.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

/// Cases that no split names are of no interest.
void keepListed(std::map<std::string, ImageCase>& cases, const std::vector<ImageSplit>& splits) {
  std::set<std::string> listed;
  for (const ImageSplit& split : splits) listed.insert(split.ids.begin(), split.ids.end());
  std::erase_if(cases, [&](const auto& one) { return !listed.contains(one.first); });
}

void requireLabels(const fs::path& folder, const std::map<std::string, ImageCase>& cases,
                   const std::vector<ImageSplit>& splits) {
  for (const ImageSplit& split : splits) {
    if (split.name == "test") continue;
    for (const std::string& id : split.ids) {
      if (cases.at(id).label) continue;
      throw Error(inQuotes(folder) + " has no label for " + inQuotes(id) + ", which is in " +
                  inQuotes(split.name) + ".");
    }
  }
}

void noteAbsent(ImageFolderInfo& info) {
  for (const ImageSplit& split : info.splits) {
    const auto count = [&](auto isMissing) {
      return std::count_if(split.ids.begin(), split.ids.end(),
                           [&](const std::string& id) { return isMissing(info.cases.at(id)); });
    };
    const std::string of =
        " of " + std::to_string(split.size()) + " pictures of " + split.name + ".";
    for (const ModalityId id : info.problem.schema.ids()) {
      const auto missing =
          count([&](const ImageCase& one) { return one.files[id.index()].empty(); });
      if (missing == 0) continue;
      info.notes.push_back(info.problem.schema.label(id) + " is absent in " +
                           std::to_string(missing) + of);
    }
    const auto unlabelled = count([](const ImageCase& one) { return !one.label; });
    if (unlabelled > 0) {
      info.notes.push_back("There is no label for " + std::to_string(unlabelled) + of);
    }
  }
}

/// How far the labels go, and where. Nothing but `kIgnored` counts as 0 values.
struct LabelRange {
  std::size_t values = 0;  ///< 1 + the largest
  fs::path file;           ///< that holds the largest
  std::size_t kinds = 0;   ///< how many different ones there are
};

/// Every row of `width` values without its first `cut` ones.
template <typename Value>
void cutColumns(std::vector<Value>& values, std::size_t width, std::size_t cut) {
  if (cut == 0) return;
  auto to = values.begin();
  for (std::size_t row = 0; row < values.size(); row += width) {
    const auto from = values.begin() + static_cast<std::ptrdiff_t>(row);
    to = std::copy(from + static_cast<std::ptrdiff_t>(cut),
                   from + static_cast<std::ptrdiff_t>(width), to);
  }
  values.erase(to, values.end());
}

LabelPicture readCutLabels(const fs::path& file, std::size_t cut) {
  LabelPicture labels = readLabelPicture(file);
  cut = std::min(cut, labels.width);
  cutColumns(labels.values, labels.width, cut);
  labels.width -= cut;
  return labels;
}

constexpr std::size_t kPublished = 1224;  // pixels, the width of MCubeS' pictures

/// Only the pictures as they are published have columns to cut off, not smaller copies.
void settleCut(ImageFolderInfo& info) {
  std::size_t& cut = info.layout.cutLeft;
  const auto isPublished = [](const auto& one) {
    return one.second.width == kPublished || one.second.width == 0;
  };
  if (cut == 0) return;
  if (!std::all_of(info.cases.begin(), info.cases.end(), isPublished)) {
    cut = 0;
    return;
  }
  for (auto& [id, one] : info.cases) one.width -= std::min(cut, one.width);
  info.notes.push_back("The left " + std::to_string(cut) +
                       " columns of every picture are left out, as by the loader that MCubeS was "
                       "published with: not all of its cameras see them.");
}

void requireSize(const LabelPicture& labels, const ImageCase& one) {
  if (labels.height == one.height && labels.width == one.width) return;
  throw Error(inQuotes(*one.label) + " is " + std::to_string(labels.width) + " × " +
              std::to_string(labels.height) + " pixels, but the pictures of " + inQuotes(one.id) +
              " are " + std::to_string(one.width) + " × " + std::to_string(one.height) +
              "; all modalities and the label of a scene have one size.");
}

LabelRange rangeOfLabels(std::map<std::string, ImageCase>& cases, std::size_t cut) {
  LabelRange range;
  std::array<bool, 256> seen{};
  for (auto& [id, one] : cases) {
    if (!one.label) continue;
    LabelPicture labels;
    readForCase(one, [&] { labels = readCutLabels(*one.label, cut); });
    if (!one.problem.empty()) continue;
    requireSize(labels, one);
    for (const std::uint8_t value : labels.values) {
      seen[value] = true;
      if (value == kIgnored || value < range.values) continue;
      range = {value + std::size_t{1}, *one.label};
    }
  }
  seen[kIgnored] = false;
  range.kinds = static_cast<std::size_t>(std::count(seen.begin(), seen.end(), true));
  return range;
}

/// Where no labelled scene is whole, what is wrong with the first says what is wrong with all.
void requireWholeScene(const std::map<std::string, ImageCase>& cases) {
  const std::string* first = nullptr;
  for (const auto& [id, one] : cases) {
    if (!one.label) continue;
    if (one.problem.empty()) return;
    if (first == nullptr) first = &one.problem;
  }
  if (first != nullptr) throw Error(*first);
}

struct Classes {
  std::vector<std::string> names;
  ClassOfValue ofValue;
};

/// Numbers from `first` on; those before it do not count.
Classes numberedClasses(const fs::path& folder, std::size_t first, std::size_t count) {
  if (count < 2) {
    throw Error(inQuotes(folder) +
                ": the labels hold only 0 and 255, and 255 stands for pixels "
                "that do not count; classes are numbered 0, 1, 2 and so on.");
  }
  Classes classes;
  classes.ofValue.fill(kIgnored);
  for (std::size_t i = first; i < count; ++i) {
    classes.ofValue[i] = static_cast<std::uint8_t>(i - first);
    classes.names.push_back(std::to_string(i));
  }
  return classes;
}

Classes namedClasses(const fs::path& file, const std::vector<std::string>& lines,
                     const LabelRange& range) {
  if (lines.size() > kIgnored) {
    throw Error(inQuotes(file) + " has " + std::to_string(lines.size()) +
                " lines; 255 classes are the most.");
  }
  if (lines.size() < range.values) {
    throw Error(inQuotes(range.file) + " holds the class number " +
                std::to_string(range.values - 1) + ", but classes.txt has " +
                std::to_string(lines.size()) + " lines, for the numbers from 0 to " +
                std::to_string(lines.size() - 1) + ".");
  }
  Classes classes;
  classes.ofValue.fill(kIgnored);
  for (std::size_t value = 0; value < lines.size(); ++value) {
    if (!isClassName(lines[value])) continue;
    classes.ofValue[value] = static_cast<std::uint8_t>(classes.names.size());
    classes.names.push_back(lines[value]);
  }
  if (classes.names.size() > 1) return classes;
  throw Error(inQuotes(file) + " leaves fewer than two classes that count.");
}

/// Without a classes.txt.
Classes classesByNumber(ImageFolderInfo& info, const LabelRange& range) {
  const std::string most = std::to_string(range.values - 1);
  if (zeroIsUnlabelled(info.layout, range.values)) {
    info.notes.push_back("The labels go up to " + most + " as in " +
                         (range.values == 41 ? "NYUDv2" : "SUN RGB-D") +
                         ", where 0 stands for pixels without a label: it does not count, and the "
                         "classes are 1 to " +
                         most + ". A classes.txt can say otherwise.");
    return numberedClasses(info.folder, 1, range.values);
  }
  if (2 * range.kinds < range.values)
    info.notes.push_back("The labels hold only " + std::to_string(range.kinds) +
                         " different numbers, and go up to " + most + ": the classes are 0 to " +
                         most +
                         ", most of them without a pixel. Number them without gaps, or "
                         "leave some out in classes.txt.");
  return numberedClasses(info.folder, 0, range.values);
}

Problem problemOf(const fs::path& folder, const ImageLayout& layout,
                  const std::vector<std::int64_t>& widths) {
  std::vector<Modality> modalities;
  std::vector<InputShape> shapes;
  for (std::size_t m = 0; m < widths.size(); ++m) {
    modalities.push_back({layout.modalities[m].key, layout.modalities[m].label});
    shapes.push_back({widths[m], 1});
  }
  try {
    const ModalitySchema schema(modalities);
    return {Task::Segmentation2d, schema, InputLayout(shapes), {}};
  } catch (const Error& error) {
    throw Error(inQuotes(folder) + ": " + error.what() +
                " The file modalities.txt can name a choice.");
  }
}

/// Puts the channels that `part` takes of `picture` behind those that are there; a grey picture
/// stands for all `wanted` channels.
void append(std::vector<float>& values, const Picture& picture, const ImagePart& part,
            std::size_t wanted) {
  const std::size_t pixels = picture.size.pixels();
  const std::size_t first = part.channels == Channels::Fourth ? 3 : 0;
  for (std::size_t c = 0; c < wanted; ++c) {
    const std::size_t channel = picture.size.channels == 1 ? 0 : first + c;
    const auto from = picture.values.begin() + static_cast<std::ptrdiff_t>(channel * pixels);
    values.insert(values.end(), from, from + static_cast<std::ptrdiff_t>(pixels));
  }
}

std::vector<float> readModality(const ImageCase& one, const ImageLayout& layout, std::size_t m,
                                std::size_t width) {
  const ImageModality& modality = layout.modalities[m];
  std::vector<float> values;
  for (std::size_t place = 0; place < one.files[m].size(); ++place) {
    const ImagePart& part = modality.parts[place];
    const auto fourth =
        part.channels == Channels::All ? FourthChannel::Transparency : FourthChannel::Measurement;
    Picture picture = readPicture(one.files[m][place], fourth);
    if (picture.size.height != one.height || picture.size.width != one.width + layout.cutLeft) {
      throw Error(inQuotes(one.files[m][place]) + " has changed its size since it was found.");
    }
    cutColumns(picture.values, picture.size.width, layout.cutLeft);
    picture.size.width -= layout.cutLeft;
    const std::size_t wanted = modality.parts.size() == 1 ? width : picture.size.channels;
    append(values, picture, part, wanted);
  }
  values.resize(width * one.height * one.width);
  return values;
}

std::vector<std::uint8_t> readClasses(const fs::path& file, const ImageFolderInfo& info) {
  LabelPicture labels = readCutLabels(file, info.layout.cutLeft);
  for (std::uint8_t& value : labels.values) value = info.classes[value];
  return std::move(labels.values);
}

ImageFolderInfo inspected(const fs::path& folder) {
  const ImageLayout layout = imageLayout(folder);
  std::vector<std::string> notes;
  auto cases = findImageCases(folder, layout, notes);
  const auto splits = imageSplits(folder, layout, cases, notes);
  keepListed(cases, splits);
  requireLabels(folder / layout.labelFolder, cases, splits);
  const Problem problem = problemOf(folder, layout, measureImages(cases, layout));
  ImageFolderInfo info{folder, problem, layout, splits, std::move(cases), {}, std::move(notes)};
  settleCut(info);
  noteAbsent(info);
  const LabelRange range = rangeOfLabels(info.cases, info.layout.cutLeft);
  requireWholeScene(info.cases);
  const fs::path names = folder / "classes.txt";
  const auto lines = linesOf(names);
  Classes classes = lines ? namedClasses(names, *lines, range) : classesByNumber(info, range);
  info.problem.outputs = std::move(classes.names);
  for (std::string& name : info.problem.outputs) name = validText(name);
  info.classes = classes.ofValue;
  for (const std::string& note : info.layout.notes) info.notes.push_back(note);
  for (const std::string& note : notesOnPictures(info)) info.notes.push_back(note);
  return info;
}

}  // namespace

ImageFolderInfo inspectImages(const fs::path& folder) {
  try {
    return inspected(folder);
  } catch (const fs::filesystem_error& error) {
    throw Error(inQuotes(error.path1().empty() ? folder : error.path1()) +
                " cannot be looked through: " + error.code().message() + ".");
  }
}

ImageSample readImages(const ImageFolderInfo& info, const std::string& id) {
  const auto known = info.cases.find(id);
  if (known == info.cases.end()) {
    throw Error(inQuotes(info.folder) + " has no picture " + inQuotes(id) + ".");
  }
  const ImageCase& one = known->second;
  ImageSample sample{id, one.height, one.width, {}, one.available, {}};
  for (const ModalityId modality : info.problem.schema.ids()) {
    const std::size_t m = modality.index();
    const auto width = static_cast<std::size_t>(info.problem.inputs[modality].width);
    sample.modalities.push_back(readModality(one, info.layout, m, width));
  }
  if (one.label) sample.labels = readClasses(*one.label, info);
  return sample;
}

}  // namespace modascope
