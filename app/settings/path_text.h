#pragma once

#include <QString>
#include <filesystem>

#include "core/base/name_text.h"

namespace modascope {

/// Between Qt's text and the file system's names, those that are no UTF-8 too (name_text.h).
inline std::filesystem::path asPath(const QString& text) {
  return pathFrom(text.toStdString());
}
inline QString asText(const std::filesystem::path& path) {
  return QString::fromStdString(textOf(path));
}

}  // namespace modascope
