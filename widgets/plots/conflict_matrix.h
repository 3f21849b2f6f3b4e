#pragma once

#include <QWidget>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/base/matrix.h"
#include "core/modality/modality.h"
#include "widgets/bridge/palette.h"
#include "widgets/plots/angles/angle_grid.h"
#include "widgets/plots/angles/gradient_angles.h"
#include "widgets/plots/run_plot.h"

namespace modascope {

/// The angles between the gradients of all pairs of subsets, in degrees: blue agrees (0°), white
/// is at right angles, red works against (180°). Pairs beyond 90° conflict and are outlined. Beside
/// the rows stand the subsets as dots, or, where there are too many, how large they are.
class ConflictMatrix : public QWidget, public RunPlot {
  Q_OBJECT

 public:
  explicit ConflictMatrix(QWidget* parent = nullptr);

  QWidget* widget() override { return this; }
  /// Empties the matrix. None until told: nothing is shown of steps.
  void setSchema(const ModalitySchema& schema) override;
  /// Shows the last of all steps so far that was measured.
  void append(const std::vector<StepEvent>& steps) override;

  /// `gram` [S, S]: inner products of the subsets' gradients, in the order of `subsets`.
  void setGram(const std::vector<ModalitySet>& subsets, const Matrix& gram);
  void clear() override;

  /// Unordered pairs beyond 90°.
  int conflictingPairs() const;
  /// NaN: a gradient that is zero or was not measured.
  double angle(std::size_t row, std::size_t column) const;
  QRectF cellRect(std::size_t row, std::size_t column) const;

  /// Degrees, one row a subset, both named. Throws `Error` when the file cannot be written.
  void exportCsv(const std::filesystem::path& file) const;
  /// PNG, SVG or PDF, as the name ends; black on white.
  void exportFigure(const std::filesystem::path& file) const;

  QSize sizeHint() const override { return {380, 360}; }
  QSize minimumSizeHint() const override { return {200, 190}; }

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void leaveEvent(QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  AngleGrid gridIn(const QRectF& area) const;
  void paint(QPainter& painter, const QRectF& area, const PlotTheme& theme) const;
  void paintTitle(QPainter& painter, const QRectF& area, const PlotTheme& theme) const;

  std::optional<ModalitySchema> schema_;
  std::optional<GradientAngles> angles_;
  std::optional<std::int64_t> step_;  ///< said in the title
  std::optional<AngleGrid::Cell> hovered_;
};

}  // namespace modascope
