#pragma once

#include <QImage>
#include <QLineF>
#include <QList>
#include <optional>
#include <vector>

#include "widgets/bridge/palette.h"
#include "widgets/slices/painting/slice_geometry.h"
#include "widgets/slices/painting/slice_legend.h"
#include "widgets/slices/painting/slice_wipe.h"

class QPainter;

namespace modascope {

/// A region's border.
struct RegionLines {
  QColor colour;
  QList<QLineF> lines;
};

/// One slice of a segmentation, one pixel a voxel.
struct SliceLabels {
  QImage regions;                     ///< null if areas are not wanted
  QImage lacking, added;              ///< masks against another; null if not wanted
  std::vector<RegionLines> outlines;  ///< empty if not wanted
};

/// One slice ready to be drawn, one pixel a voxel.
struct SlicePicture {
  QImage image;
  QImage map;  ///< null if there is none
  SliceLabels labels;
  SliceLabels leftOfWipe;  ///< in place of `labels`, where there is a wipe
};

/// What is drawn over a slice.
struct SliceMarks {
  double opacity = 1;                ///< of the regions
  double mapOpacity = 1;             ///< times its own
  bool leftOut = false;              ///< dimmed and hatched
  std::optional<QPointF> crosshair;  ///< on the screen
  std::optional<Wipe> wipe;
  QString caption;     ///< at the bottom right: "axial 78 / 155"
  SliceLegend legend;  ///< at the top left
};

/// Image (smooth), map, difference and regions (hard voxels) on black, wipe line and legend; what
/// changes only with slice, zoom, overlay or wipe.
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
