#include "core/imagefolder/picture.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/files/file_kind.h"
#include "core/files/input_file.h"
#include "core/files/memory_need.h"
#include "core/imagefolder/picture_formats.h"

namespace modascope {
namespace fs = std::filesystem;
namespace formats {

void throwBroken(const fs::path& file, std::string_view format, const std::string& why) {
  throw Error(inQuotes(file) + " is a broken " + std::string(format) + ": " + why + ".");
}

void requireRoom(const fs::path& file, const PictureSize& size) {
  constexpr std::size_t kLongest = 1 << 16;
  if (size.height > kLongest || size.width > kLongest)
    throw Error(inQuotes(file) + " claims " + std::to_string(size.width) + " × " +
                std::to_string(size.height) + " pixels; 65536 are the most on a side.");
  requireMemory(file, size.pixels() * std::max<std::size_t>(size.channels, 4) * 2 * sizeof(float));
}

void throwClass(const fs::path& file, double number) {
  std::array<char, 32> digits{};
  std::snprintf(digits.data(), digits.size(), "%.0f", number);
  throw Error(inQuotes(file) + " holds the class number " + digits.data() +
              "; 254 is the largest, and 255 stands for pixels that do not count.");
}

}  // namespace formats

namespace {

constexpr std::size_t kAll = ~std::size_t{0};
constexpr std::size_t kHeader = 1 << 16;  // where most tell their size

formats::Content contentOf(const fs::path& file, std::size_t most) {
  InputFile input(file);
  requireMemory(file, std::min<std::uint64_t>(input.size(), most));
  return {file, input.rest(most)};
}

[[noreturn]] void throwUnknown(const formats::Content& content) {
  const std::string what = otherKind(content.bytes, Wanted::Picture, content.file);
  throw Error(inQuotes(content.file) + " " +
              (what.empty() ? "is neither a PNG nor a JPEG nor a NumPy array" : what) + ".");
}

PictureSize sizeOf(const formats::Content& content, FourthChannel fourth) {
  if (formats::isPng(content.bytes)) return formats::pngSize(content, fourth);
  if (formats::isJpeg(content.bytes)) return formats::jpegSize(content);
  if (formats::isNpy(content.bytes)) return formats::npySize(content);
  throwUnknown(content);
}

}  // namespace

bool isPictureName(const fs::path& file) {
  const std::string suffix = lowerCase(file.extension().string());
  return suffix == ".png" || suffix == ".jpg" || suffix == ".jpeg" || suffix == ".npy";
}

PictureSize pictureSize(const fs::path& file, FourthChannel fourth) {
  const formats::Content beginning = contentOf(file, kHeader);
  try {
    return sizeOf(beginning, fourth);
  } catch (const Error&) {
    if (beginning.bytes.size() < kHeader) throw;
  }
  return sizeOf(contentOf(file, kAll), fourth);  // thumbnails and texts may come first
}

Picture readPicture(const fs::path& file, FourthChannel fourth) {
  const formats::Content content = contentOf(file, kAll);
  formats::requireRoom(file, sizeOf(content, fourth));
  if (formats::isPng(content.bytes)) return formats::readPng(content, fourth);
  if (formats::isJpeg(content.bytes)) return formats::readJpeg(content);
  return formats::readNpy(content);
}

LabelPicture readLabelPicture(const fs::path& file) {
  const formats::Content content = contentOf(file, kAll);
  if (formats::isPng(content.bytes)) return formats::readPngLabels(content);
  if (formats::isNpy(content.bytes)) return formats::readNpyLabels(content);
  if (formats::isJpeg(content.bytes)) {
    throw Error(inQuotes(file) +
                " is a JPEG, which does not keep class numbers exactly; labels "
                "are PNG.");
  }
  const std::string what = otherKind(content.bytes, Wanted::Picture, file);
  throw Error(inQuotes(file) + " " + (what.empty() ? "is no PNG" : what) +
              "; labels are grey PNG, one class number a pixel.");
}

}  // namespace modascope
