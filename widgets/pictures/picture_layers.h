#pragma once

#include <QColor>
#include <QImage>
#include <QLineF>
#include <QList>
#include <QString>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "widgets/bridge/pixel_image.h"

namespace modascope {

/// What is laid over pictures. Errors: where the prediction misses a class (hatched) and where it
/// finds it wrongly (solid).
enum class PixelContent { Prediction, Truth, Errors };

struct PictureStyle {
  bool visible = true;
  double opacity = 0.5;
  bool truthLines = true;  ///< the truth's borders over the rest
  bool ground = false;     ///< class 0 has its colour, too
  PixelContent content = PixelContent::Prediction;
  std::size_t errorsOf = 1;  ///< a class
  bool operator==(const PictureStyle&) const = default;
};

/// The classes of one picture, predicted and true; nothing where they are not known. They view what
/// somebody else holds.
struct PictureClasses {
  std::vector<std::string> names;
  std::optional<PixelClasses> predicted;
  std::optional<PixelClasses> truth;
};

/// "pothole"; "class 3" where nobody has named it.
QString classWords(const std::vector<std::string>& names, std::size_t which);

/// One class and its borders.
struct ClassLines {
  std::size_t which = 0;
  QList<QLineF> lines;
};
std::vector<ClassLines> bordersOf(const PixelClasses& classes);

/// Ready to be drawn over each of the pictures, one pixel a pixel; null where there is nothing.
struct PictureLayers {
  QImage classes;
  QImage missed, wrong;           ///< masks
  std::vector<ClassLines> lines;  ///< of the truth
};
/// `borders`: of the truth.
PictureLayers drawLayers(const PictureClasses& classes, const PictureStyle& style,
                         const std::vector<ClassLines>& borders);

/// What stands below the pictures.
struct PictureLegend {
  struct Entry {
    std::size_t which = 0;
    QString name;
    QColor colour;
  };
  QString content;             ///< "prediction", "errors of pothole"
  std::vector<Entry> entries;  ///< classes that there is something of
  std::optional<std::size_t> chosen;
  QStringList remarks;  ///< "lines: truth", "background: not coloured"
};
PictureLegend legendOf(const PictureClasses& classes, const PictureStyle& style);

/// The content after this one, of those that there is something to show of.
PixelContent contentAfter(PixelContent content, const PictureClasses& classes);

}  // namespace modascope
