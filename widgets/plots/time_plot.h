#pragma once

#include <QElapsedTimer>
#include <QPointF>
#include <QWidget>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/bridge/palette.h"
#include "widgets/plots/legend_strip.h"
#include "widgets/plots/run_plot.h"
#include "widgets/plots/step_table.h"

class QCPAxis;
class QCPAxisRect;
class QCPGraph;
class QCPItemStraightLine;
class QCPItemText;
class QCPPainter;
class QCustomPlot;
class QBoxLayout;
class QLabel;
class QMenu;
class QTimer;
class QToolButton;

namespace modascope {

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
  bool logScale() const;
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
  /// How a curve looks.
  struct Pen {
    QColor colour;  ///< invalid: the theme's text
    Qt::PenStyle line = Qt::SolidLine;
    double width = 1.6;
    int opacity = 255;
    bool dotsOnly = false;
    QString mark = {};  ///< written at the end of the line, so that colour is not alone
  };
  enum class Scale { Left, Right, Lower };
  using Points = std::vector<QPointF>;

  void setTitle(const QString& title, const QString& what);
  void setValueLabel(const QString& words);
  /// Said in the middle while there are no points.
  void setEmptyText(const QString& words);
  QToolButton* addTool(const QString& text, const QString& words, bool checkable);
  /// A second rectangle below, on the same x axis, from 0 to 100 %.
  void addShareRect(const QString& words);
  void showRightAxis(const QString& words, double low, double high);

  /// Curves go by number; later ones lie over earlier ones. `legend` empty: not in the legend.
  using CurveId = std::size_t;
  std::size_t addColumn(const QString& name) { return table_.addColumn(name); }
  CurveId addColumnCurve(std::size_t column, const QString& legend, const Pen& pen, Scale scale);
  /// A curve that is computed from the table, by `compute`, anew before each drawing.
  CurveId addDerivedCurve(const QString& legend, const Pen& pen, Scale scale,
                          std::function<Points()> compute);
  /// Fills from the curve down to `below`, or to zero.
  void fillDown(CurveId curve, std::optional<CurveId> below);
  void setCurveVisible(CurveId curve, bool visible);
  void bringToFront(CurveId curve);
  void removeCurves();

  void put(const Moment& moment, std::size_t column, double value);
  Points pointsOf(std::size_t column) const;
  /// Draws soon, a dozen times a second at most, however often it is called.
  void refresh();
  const PlotTheme& theme() const { return theme_; }

  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  struct Curve {
    QString legend;
    Pen pen;
    Scale scale = Scale::Left;
    std::function<Points()> compute;
    QCPGraph* line = nullptr;
    QCPGraph* dots = nullptr;  ///< what the line cannot show
    QCPItemText* mark = nullptr;
    Points points;  ///< all of them
    bool visible = true;
  };
  void build();
  void buildTools();
  void buildCanvas();
  QCPAxis* valueAxis(Scale scale) const;
  void addCrosshair(QCPAxisRect* rect);
  void applyTheme(const PlotTheme& theme);
  void themeRect(QCPAxisRect* rect);
  QColor colourOf(const Curve& curve) const;
  void themeCurve(Curve& curve);
  void showTitle();
  void showAxisTitle();
  void takePoints();
  void feedGraphs(int columns);
  void placeMarks();
  void placeMarksIn(QCPAxisRect* rect);
  void fitX();
  void fitY();
  void showCursor(std::optional<double> place);
  void updateLegend();
  std::vector<LegendEntry> legendEntries(std::optional<std::size_t> row) const;
  QString whereWords(std::size_t row) const;
  void fillMenu(QMenu* menu);
  void paintFigure(QCPPainter& painter, QSize size);

  QCustomPlot* canvas_ = nullptr;
  QLabel* title_ = nullptr;
  QLabel* empty_ = nullptr;
  LegendStrip* legend_ = nullptr;
  QBoxLayout* tools_ = nullptr;
  QToolButton* log_ = nullptr;
  QCPAxisRect* upper_ = nullptr;
  QCPAxisRect* lower_ = nullptr;
  std::vector<QCPItemStraightLine*> crosshair_;
  StepTable table_;
  std::vector<std::unique_ptr<Curve>> curves_;
  PlotTheme theme_;
  TimeAxis axis_ = TimeAxis::Step;
  QString titleWords_;
  QString whatWords_;
  std::optional<double> cursor_;
  bool following_ = true;
  QTimer* redraw_ = nullptr;
  QElapsedTimer sinceDrawn_;
};

}  // namespace modascope
