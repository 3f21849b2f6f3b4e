#pragma once

#include <QImage>
#include <QSize>
#include <QString>
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

/// Which regions a picture shows, and in which colours.
struct RegionKey {
  RegionSchema regions;
  RegionColours colours;
};

/// How a view becomes a picture.
struct PictureForm {
  QSize size;    ///< without the caption
  int fine = 3;  ///< dots each way a pixel
  Caption caption = Caption::With;
  std::optional<RegionKey> key = std::nullopt;  ///< in the caption
};

/// Names of files that `savePicture` can write: "Pictures (*.png *.svg *.pdf)".
QString figureFilter();
/// PNG, SVG or PDF, as the name ends. Throws `Error` when it cannot be written.
void savePicture(const std::filesystem::path& file, const InspectPage& page,
                 const PictureForm& form, const std::function<QImage()>& picture);

}  // namespace modascope
