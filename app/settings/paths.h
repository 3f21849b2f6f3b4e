#pragma once

#include <QString>
#include <filesystem>

namespace modascope {

/// Between Qt's text and the file system's names (UTF-8).
inline std::filesystem::path asPath(const QString& text) {
  return {text.toStdString()};
}
inline QString asText(const std::filesystem::path& path) {
  return QString::fromStdString(path.string());
}

}  // namespace modascope
