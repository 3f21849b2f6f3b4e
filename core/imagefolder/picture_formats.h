#pragma once

// Within this folder only: one reader a format, over the bytes of a file.

#include <filesystem>
#include <string>
#include <string_view>

#include "core/imagefolder/picture_values.h"

namespace modascope::formats {

/// A file's name for sentences, and its bytes.
struct Content {
  std::filesystem::path file;
  std::string bytes;
};

/// Throws a sentence: "…" is a broken PNG: `why`.
[[noreturn]] void throwBroken(const std::filesystem::path& file, std::string_view format,
                              const std::string& why);
/// Throws when a picture of this size cannot be held: a damaged header may claim any.
void requireRoom(const std::filesystem::path& file, const PictureSize& size);
/// Throws: "…" holds the class number 300, …
[[noreturn]] void throwClass(const std::filesystem::path& file, double number);

bool isPng(std::string_view bytes);
PictureSize pngSize(const Content& content, FourthChannel fourth);
Picture readPng(const Content& content, FourthChannel fourth);
LabelPicture readPngLabels(const Content& content);

bool isJpeg(std::string_view bytes);
PictureSize jpegSize(const Content& content);
Picture readJpeg(const Content& content);

bool isNpy(std::string_view bytes);
PictureSize npySize(const Content& content);
Picture readNpy(const Content& content);
LabelPicture readNpyLabels(const Content& content);

}  // namespace modascope::formats
