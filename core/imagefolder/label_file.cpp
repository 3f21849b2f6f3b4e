#include "core/imagefolder/label_file.h"

#include <numeric>

#include <png.h>

#include "core/base/error.h"
#include "core/files/atomic_file.h"
#include "core/imagefolder/image_folder_info.h"
#include "core/imagefolder/picture_notes.h"
#include "core/problem/split_lists.h"

namespace modascope {
namespace {

std::string pngOf(const LabelPicture& labels) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = static_cast<png_uint_32>(labels.width);
  image.height = static_cast<png_uint_32>(labels.height);
  image.format = PNG_FORMAT_GRAY;
  png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(image);
  std::string bytes(size, '\0');
  if (png_image_write_to_memory(&image, bytes.data(), &size, 0, labels.values.data(), 0, nullptr) ==
      0)
    throw Error(std::string("The classes cannot be written as PNG: ") + image.message + '.',
                Fault::System);
  bytes.resize(size);
  return bytes;
}

/// 1 where 0 stands for pixels without a label.
std::uint8_t firstNumber(const std::filesystem::path& folder, std::size_t classes) {
  try {
    return zeroIsUnlabelled(imageLayout(folder), classes + 1) ? 1 : 0;
  } catch (const Error&) {
    return 0;  // no layout that is known for it
  }
}

}  // namespace

bool isClassName(const std::string& line) {
  return line != "-" && !line.starts_with("- ");
}

std::vector<std::uint8_t> numbersOfClasses(const std::filesystem::path& folder,
                                           std::size_t classes) {
  std::vector<std::uint8_t> numbers;
  if (const auto lines = linesOf(folder / "classes.txt"))
    for (std::size_t number = 0; number < lines->size(); ++number)
      if (isClassName((*lines)[number])) numbers.push_back(static_cast<std::uint8_t>(number));
  if (numbers.empty()) {
    numbers.resize(classes);
    std::iota(numbers.begin(), numbers.end(), firstNumber(folder, classes));
  }
  if (numbers.size() != classes)
    throw Error(inQuotes(folder / "classes.txt") + " names " + std::to_string(numbers.size()) +
                " classes now, not " + std::to_string(classes) +
                " as when the folder was opened; open it again.");
  return numbers;
}

void writeLabelPicture(const std::filesystem::path& file, const LabelPicture& labels) {
  writeAtomically(file, pngOf(labels));
}

}  // namespace modascope
