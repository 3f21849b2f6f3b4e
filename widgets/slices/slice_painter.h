#pragma once

#include <QImage>
#include <QLineF>
#include <QList>
#include <array>
#include <optional>

#include "widgets/bridge/palette.h"
#include "widgets/slices/slice_geometry.h"
#include "widgets/slices/slice_legend.h"

class QPainter;

namespace modascope {

/// One slice ready to be drawn, one pixel a voxel.
struct SlicePicture {
  QImage image;
  QImage regions;                         ///< null if areas are not wanted
  QImage map;                             ///< null if there is none
  QImage missed, wronglyFound;            ///< masks; null if the difference is not wanted
  std::array<QList<QLineF>, 3> outlines;  ///< as `kRegions`; empty if not wanted
};

/// What is drawn over a slice.
struct SliceMarks {
  RegionColours colours = RegionColours::Brats;
  double opacity = 1;                ///< of the regions
  double mapOpacity = 1;             ///< times its own
  bool leftOut = false;              ///< dimmed and hatched
  std::optional<QPointF> crosshair;  ///< on the screen
  QString caption;                   ///< at the bottom right: "axial 78 / 155"
  SliceLegend legend;                ///< at the top left
};

/// Image (smooth), map, difference and regions (hard voxels) on black, and the legend; what changes
/// only with slice, zoom or overlay.
void paintSlice(QPainter& painter, const QRectF& viewport, const SliceGeometry& geometry,
                const SlicePicture& picture, const SliceMarks& marks);
/// Crosshair, side letters, scale bar and caption.
void paintMarks(QPainter& painter, const QRectF& viewport, const SliceGeometry& geometry,
                const SliceMarks& marks);
/// A calm panel with one sentence where there is no slice.
void paintNoSlice(QPainter& painter, const QRectF& viewport, const QString& sentence);

/// The longest of 1, 2, 5, 10, 20 … mm that is no longer than `mostMm`.
double scaleBarMm(double mostMm);

}  // namespace modascope
