#pragma once

#include <QFont>
#include <QPointF>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "widgets/bridge/palette.h"
#include "widgets/plots/legend_strip.h"
#include "widgets/plots/time/outliers.h"

class QCPAxis;
class QCPAxisRect;
class QCPGraph;
class QCPItemText;
class QCustomPlot;

namespace modascope {

/// How a curve looks.
struct CurvePen {
  QColor colour;  ///< invalid: the theme's text
  Qt::PenStyle line = Qt::SolidLine;
  double width = 1.6;
  int opacity = 255;
  bool dotsOnly = false;
  QString mark = {};  ///< written at the end of the line, so that colour is not alone
};

/// The curves of a canvas. Each computes all of its points when asked; what is drawn of them are
/// those in view, by their extremes where they are closer than a pixel, dots where a line cannot
/// show them, and the mark beside the last one.
class PlotCurves {
 public:
  using Id = std::size_t;  ///< later curves lie over earlier ones
  using Points = std::vector<QPointF>;

  /// `canvas` outlives this.
  explicit PlotCurves(QCustomPlot* canvas) : canvas_(canvas) {}

  /// On `value` and the axis below its rectangle. `legend` empty: not in the legend.
  Id add(const QString& legend, const CurvePen& pen, QCPAxis* value,
         std::function<Points()> compute);
  /// Fills from the curve down to `below`, or to zero.
  void fillDown(Id curve, std::optional<Id> below);
  void setVisible(Id curve, bool visible) { curves_[curve].visible = visible; }
  void bringToFront(Id curve);
  void clear();
  void setTheme(const PlotTheme& theme, const QFont& font);

  /// Computes the points of visible curves anew; hidden ones have none.
  void takePoints();
  /// Gives to the canvas what `columns` pixels can show of the points in view.
  void feed(int columns);
  /// Once the canvas is laid out: each mark beside the last point in view; where they would cover
  /// each other they move apart.
  void placeMarks();
  /// Makes `value` show the points of its visible curves; leaves it where there are none. Outliers
  /// do not squeeze a linear scale: triangles at its edge mark where they are.
  void fit(QCPAxis* value);
  void setOutliersMarked(bool on) { outliersMarked_ = on; }
  /// How many points stand at an edge.
  std::size_t outliers() const;
  /// Of visible curves with points, and how many outliers there are. Sparse curves (a validation now
  /// and then) tell their latest value up to `place` on the x axis.
  std::vector<LegendEntry> legend(std::optional<double> place) const;

 private:
  struct Curve {
    QString legend;
    CurvePen pen;
    QCPAxis* value = nullptr;
    std::function<Points()> compute;
    QCPGraph* line = nullptr;
    QCPGraph* dots = nullptr;  ///< what the line cannot show
    QCPItemText* mark = nullptr;
    Points points = {};  ///< all of them
    bool visible = true;
  };
  /// Of an axis: what lies beyond its scale.
  struct Beyond {
    Points above, below;
    QCPGraph* up = nullptr;    ///< triangles at the upper edge
    QCPGraph* down = nullptr;  ///< and at the lower
  };
  template <typename Use>
  void forEachValue(const QCPAxis* value, const Use& use) const;
  std::optional<Fence> fenceOf(const QCPAxis* value) const;
  void markBeyond(QCPAxis* value, const std::optional<Fence>& fence);
  QCPGraph* addTriangles(QCPAxis* value) const;
  void applyTheme(const Beyond& beyond) const;
  QColor colourOf(const Curve& curve) const;
  void applyTheme(const Curve& curve) const;
  void placeMarksIn(QCPAxisRect* rect) const;

  QCustomPlot* canvas_;
  std::vector<Curve> curves_;
  std::map<QCPAxis*, Beyond> beyond_;
  bool outliersMarked_ = true;
  PlotTheme theme_;
  QFont font_;
};

}  // namespace modascope
