#pragma once

#include <QWidget>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "widgets/bridge/palette.h"
#include "widgets/plots/run_plot.h"
#include "widgets/plots/step_table.h"
#include "widgets/plots/time/paced_work.h"
#include "widgets/plots/time/plot_curves.h"
#include "widgets/plots/time/plot_frame.h"

class QCPPainter;
class QCustomPlot;
class QLabel;
class QToolButton;

namespace modascope {

class LegendStrip;
class PlotTitle;
class PlotTools;

/// What a run's plots share: a title that says what is counted, a legend above the data that reads
/// out the values under the cursor (the latest ones otherwise), zoom by wheel and drag, double
/// click to fit, logarithmic scale, x by step, epoch or time, colours from the widget's palette,
/// figures and tables for export. Points closer than a pixel are drawn by their extremes; the data
/// are kept whole.
class TimePlot : public QWidget, public RunPlot {
  Q_OBJECT

 public:
  explicit TimePlot(QWidget* parent = nullptr);
  ~TimePlot() override;

  void setXAxis(TimeAxis axis);
  TimeAxis xAxis() const { return axis_; }
  void setLogScale(bool on);
  /// Whether outliers stand as marks at the edge of a linear scale (they do), or it takes them in.
  void setOutliersMarked(bool on);
  /// Shows everything again and follows new points until the user zooms.
  void fit();
  void clear() override;
  QWidget* widget() override { return this; }

  /// Every point, as the plot has it. Throws `Error` when the file cannot be written.
  void exportCsv(const std::filesystem::path& file) const;
  /// PNG, SVG or PDF, as the name ends; black on white, as wide as 180 mm. Throws `Error` on
  /// another ending and when the file cannot be written.
  void exportFigure(const std::filesystem::path& file);

  const StepTable& table() const { return table_; }
  QCustomPlot* canvas() const { return canvas_; }

  QSize sizeHint() const override { return {480, 280}; }
  QSize minimumSizeHint() const override { return {240, 150}; }

 protected:
  using Pen = CurvePen;
  using Scale = PlotScale;
  using Points = PlotCurves::Points;
  using CurveId = PlotCurves::Id;

  void setTitle(const QString& title, const QString& what);
  void setValueLabel(const QString& words) { frame_.setValueLabel(words); }
  /// Said in the middle while there are no points.
  void setEmptyText(const QString& words);
  QToolButton* addTool(const QString& text, const QString& words, bool checkable);
  /// A second rectangle below, on the same x axis, from 0 to 100 %.
  void addShareRect(const QString& words) { frame_.addShareRect(words); }
  void showRightAxis(const QString& words, double low, double high) {
    frame_.showRightAxis(words, low, high);
  }

  /// Curves go by number; later ones lie over earlier ones. `legend` empty: not in the legend.
  std::size_t addColumn(const QString& name) { return table_.addColumn(name); }
  CurveId addColumnCurve(std::size_t column, const QString& legend, const Pen& pen, Scale scale);
  /// A curve that `compute` makes from the table, anew at each `refresh`.
  CurveId addDerivedCurve(const QString& legend, const Pen& pen, Scale scale,
                          std::function<Points()> compute);
  /// Fills from the curve down to `below`, or to zero.
  void fillDown(CurveId curve, std::optional<CurveId> below) { curves_.fillDown(curve, below); }
  void setCurveVisible(CurveId curve, bool visible) { curves_.setVisible(curve, visible); }
  void bringToFront(CurveId curve) { curves_.bringToFront(curve); }
  void removeCurves();

  void put(const Moment& moment, std::size_t column, double value) {
    table_.put(moment, column, value);
  }
  /// Takes new points and draws them soon, however often it is called.
  void refresh();

  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  Points pointsOf(std::size_t column) const;
  void build();
  void connectTools();
  void buildCanvas();
  void applyTheme(const PlotTheme& theme);
  void showAxisTitle();
  void takePoints();
  void fitRanges();
  void showCursor(std::optional<double> place);
  void updateLegend();
  QString whereWords(std::size_t row) const;
  void paintFigure(QCPPainter& painter, QSize size);

  PlotTitle* title_;
  PlotTools* tools_;
  LegendStrip* legend_;
  QCustomPlot* canvas_;
  QLabel* empty_;
  PlotFrame frame_;
  PlotCurves curves_;
  StepTable table_;
  PlotTheme theme_;
  TimeAxis axis_ = TimeAxis::Step;
  std::optional<double> cursor_;
  bool following_ = true;
  PacedWork taking_;
  PacedWork drawing_;
};

}  // namespace modascope
