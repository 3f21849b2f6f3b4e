#pragma once

#include <QPointF>
#include <QRectF>
#include <cstddef>
#include <optional>

namespace modascope {

/// Where a square table of angles lies in its area, with the names of rows and columns beside it
/// and the bar of its colours on the right.
class AngleGrid {
 public:
  struct Count {
    std::size_t subsets;
    std::size_t modalities;
  };
  struct Cell {
    std::size_t row;
    std::size_t column;
    bool operator==(const Cell&) const = default;
  };
  static constexpr double kSizeSpace = 44;  ///< of "3 of 8"

  AngleGrid(const QRectF& area, const Count& count);

  const QRectF& all() const { return all_; }
  const QRectF& bar() const { return bar_; }
  /// The side of a cell.
  double side() const { return side_; }
  /// The diameter of a modality's dot in a name; nothing: the cells are too small for dots.
  std::optional<double> dot() const { return dot_; }
  QRectF cell(const Cell& cell) const;
  std::optional<Cell> cellAt(const QPointF& place) const;

 private:
  /// Sets the side of the cells and of the dots; returns how long the names are.
  double chooseSides(double width, double height, const Count& count);

  std::size_t subsets_;
  QRectF all_;
  QRectF bar_;
  double side_ = 0;
  std::optional<double> dot_;
};

}  // namespace modascope
