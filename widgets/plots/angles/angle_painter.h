#pragma once

#include <QCoreApplication>
#include <QFont>

#include "widgets/bridge/palette.h"
#include "widgets/plots/angles/angle_grid.h"
#include "widgets/plots/angles/gradient_angles.h"

class QPainter;

namespace modascope {

/// Paints angles into their grid: a cell a pair, outlined where it conflicts, with its number where
/// that can be read; beside the rows the subsets as dots or, where there are too many, how large
/// they are; the bar of the colours.
class AnglePainter {
  Q_DECLARE_TR_FUNCTIONS(AnglePainter)

 public:
  /// Borrows angles, grid and theme while it lives.
  AnglePainter(const GradientAngles& angles, const AngleGrid& grid, const PlotTheme& theme,
               const QFont& font);

  void paint(QPainter& painter) const;
  /// The frame of the cell under the cursor.
  void paintFrame(QPainter& painter, const AngleGrid::Cell& cell) const;

 private:
  void paintCells(QPainter& painter) const;
  void paintCell(QPainter& painter, const AngleGrid::Cell& cell) const;
  void paintOutlines(QPainter& painter) const;
  void paintNames(QPainter& painter) const;
  void paintSizes(QPainter& painter) const;
  void paintSize(QPainter& painter, std::size_t first, std::size_t next) const;
  void paintBar(QPainter& painter) const;

  const GradientAngles& angles_;
  const AngleGrid& grid_;
  const PlotTheme& theme_;
  QFont font_;
};

}  // namespace modascope
