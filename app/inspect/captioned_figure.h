#pragma once

#include <QImage>
#include <QSize>
#include <filesystem>
#include <functional>
#include <optional>

#include "widgets/bridge/palette.h"

namespace modascope {

class InspectPage;

/// Takes time and may run on any thread; throws `Error` when it cannot write.
using Write = std::function<void(const std::filesystem::path&)>;

/// Whether a picture says beneath what it was made from.
enum class Caption { Without, With };

/// How a view becomes a picture.
struct PictureForm {
  QSize size;    ///< without the caption
  int fine = 3;  ///< dots each way a pixel
  Caption caption = Caption::With;
  std::optional<RegionColours> key = std::nullopt;  ///< of the regions, in the caption
};

/// PNG, SVG or PDF, as the name ends. Throws `Error` when it cannot be written.
void savePicture(const std::filesystem::path& file, const InspectPage& page,
                 const PictureForm& form, const std::function<QImage()>& picture);

}  // namespace modascope
