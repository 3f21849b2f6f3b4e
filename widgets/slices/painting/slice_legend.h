#pragma once

#include <QRectF>
#include <QString>
#include <QStringList>
#include <optional>
#include <vector>

#include "widgets/bridge/palette.h"
#include "widgets/slices/painting/map_overlay.h"

class QPainter;

namespace modascope {

/// How a patch of the overlay is drawn: told apart by more than its colour.
enum class Patch { Solid, Hatched };
/// For what the prediction lacks and for what it has too much.
QColor missedColour();
QColor wronglyFoundColour();
QBrush patchBrush(Patch patch, const QColor& colour);

struct LegendKey {
  QString words;
  QColor colour;
  Patch patch = Patch::Solid;
};

/// What the colours over a slice mean.
struct SliceLegend {
  std::optional<ColourMap> ramp;  ///< a colour bar from 0 to the end of the scale
  std::vector<LegendKey> keys;
  QStringList lines;  ///< below the bar and the keys
  QString remark;     ///< in the picture itself, such as "no positive evidence"
};

/// Where the colour bar lies in `viewport`.
QRectF colourBarRect(const QRectF& viewport);
/// At the top left, in words that stay readable on any voxel.
void paintLegend(QPainter& painter, const QRectF& viewport, const SliceLegend& legend);
/// Text that stays readable on any voxel: light with a dark rim.
void haloText(QPainter& painter, const QRectF& box, int flags, const QString& text);

}  // namespace modascope
