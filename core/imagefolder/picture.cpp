#include "core/imagefolder/picture.h"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/base/available_memory.h"
#include "core/base/error.h"
#include "core/imagefolder/picture_formats.h"

namespace modascope {
namespace fs = std::filesystem;
namespace formats {

void throwBroken(const fs::path& file, std::string_view format, const std::string& why) {
  throw Error(inQuotes(file) + " is a broken " + std::string(format) + ": " + why + ".");
}

void requireRoom(const fs::path& file, const PictureSize& size) {
  constexpr std::size_t kLongest = 1 << 16;
  const bool small = size.height <= kLongest && size.width <= kLongest;
  const auto room = availableMemory();
  const std::size_t bytes =
      size.pixels() * std::max<std::size_t>(size.channels, 4) * 2 * sizeof(float);
  if (small && (!room || bytes < *room)) return;
  throw Error(inQuotes(file) + " claims " + std::to_string(size.width) + " × " +
                  std::to_string(size.height) + " pixels, more than can be held in memory.",
              Fault::System);
}

}  // namespace formats

namespace {

constexpr std::size_t kAll = ~std::size_t{0};
constexpr std::size_t kHeader = 1 << 16;  // where a JPEG tells its size, after thumbnails and such

formats::Content contentOf(const fs::path& file, std::size_t most) {
  std::ifstream input(file, std::ios::binary);
  std::error_code ignored;
  if (!input || fs::is_directory(file, ignored)) {
    throw Error(inQuotes(file) + " cannot be opened; is it there, and may you read it?");
  }
  formats::Content content{file, {}};
  if (most == kAll) {
    content.bytes.assign(std::istreambuf_iterator<char>(input), {});
  } else {
    content.bytes.resize(most);
    input.read(content.bytes.data(), static_cast<std::streamsize>(most));
    content.bytes.resize(static_cast<std::size_t>(input.gcount()));
  }
  return content;
}

[[noreturn]] void throwUnknown(const fs::path& file) {
  throw Error(inQuotes(file) + " is neither a PNG nor a JPEG nor a NumPy array.");
}

PictureSize sizeOf(const formats::Content& content, FourthChannel fourth) {
  if (formats::isPng(content.bytes)) return formats::pngSize(content, fourth);
  if (formats::isJpeg(content.bytes)) return formats::jpegSize(content);
  if (formats::isNpy(content.bytes)) return formats::npySize(content);
  throwUnknown(content.file);
}

}  // namespace

bool isPictureName(const fs::path& file) {
  std::string suffix = file.extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(), [](unsigned char c) {
    return static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  });
  return suffix == ".png" || suffix == ".jpg" || suffix == ".jpeg" || suffix == ".npy";
}

PictureSize pictureSize(const fs::path& file, FourthChannel fourth) {
  formats::Content content = contentOf(file, kHeader);
  const bool more = content.bytes.size() == kHeader && formats::isJpeg(content.bytes);
  return sizeOf(more ? contentOf(file, kAll) : content, fourth);
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
  if (formats::isJpeg(content.bytes)) {
    throw Error(inQuotes(file) +
                " is a JPEG, which does not keep class numbers exactly; labels "
                "are PNG.");
  }
  throw Error(inQuotes(file) + " is no PNG; labels are grey PNG, one class number a pixel.");
}

}  // namespace modascope
