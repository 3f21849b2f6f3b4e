#pragma once

#include <QImage>
#include <QString>
#include <optional>

#include "widgets/pictures/picture_geometry.h"
#include "widgets/pictures/picture_layers.h"

class QPainter;

namespace modascope {

/// Where and how a picture is drawn.
struct PicturePlace {
  QRectF viewport;
  PictureGeometry geometry;
};

/// Picture (dimmed and hatched if it is left out), classes, errors and borders on black.
void paintPicture(QPainter& painter, const PicturePlace& place, const QImage& image, bool leftOut);
void paintLayers(QPainter& painter, const PicturePlace& place, const PictureLayers& layers,
                 double opacity);
/// Lines with a gap, so that the pixel itself stays free.
void paintPictureCrosshair(QPainter& painter, const PicturePlace& place, const QPoint& pixel);
/// A calm panel with one sentence where there is no picture.
void paintNoPicture(QPainter& painter, const QRectF& viewport, const QString& sentence);

}  // namespace modascope
