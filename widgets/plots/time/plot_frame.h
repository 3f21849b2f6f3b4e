#pragma once

#include <QFont>
#include <QString>
#include <optional>
#include <vector>

#include "widgets/bridge/palette.h"

class QCPAxis;
class QCPAxisRect;
class QCPItemStraightLine;
class QCustomPlot;

namespace modascope {

/// Of axes and marks: a little smaller than what stands around the plot.
QFont plotLabelFont(QFont font);

/// Which axis a value is read on.
enum class PlotScale { Left, Right, Lower };

/// The rectangle of a plot over time with its axes, on request a second one below for shares: they
/// show the same places on x, which the mouse moves and zooms, and one crosshair goes through both.
class PlotFrame {
 public:
  /// Sets up a new `canvas`, which outlives this.
  explicit PlotFrame(QCustomPlot* canvas);

  /// A second rectangle below, from 0 to 100 %.
  void addShareRect(const QString& words);
  void showRightAxis(const QString& words, double low, double high);
  void setValueLabel(const QString& words);
  /// Below the lowest rectangle.
  void setPlaceLabel(const QString& words);
  void setLogScale(bool on);
  void setTheme(const PlotTheme& theme, const QFont& font);
  void setVisible(bool visible);

  /// `Lower` only with a share rectangle.
  QCPAxis* valueAxis(PlotScale scale) const;
  /// In pixels, as many as a curve may have different places; 64 before it is laid out.
  int columns() const;
  /// On x, of a pixel of the canvas.
  double placeAt(double pixel) const;
  void fitPlaces(double first, double last);
  /// What the wheel zooms.
  void zoomAlong(Qt::Orientation direction);
  void showCrosshair(std::optional<double> place);

 private:
  void addCrosshair(QCPAxisRect* rect);
  void applyTheme(QCPAxisRect* rect) const;
  void tieToUpper();
  QCPAxis* placeAxis() const;

  QCustomPlot* canvas_;
  QCPAxisRect* upper_;
  QCPAxisRect* lower_ = nullptr;
  std::vector<QCPItemStraightLine*> crosshair_;
  PlotTheme theme_;
  QFont font_;
};

}  // namespace modascope
