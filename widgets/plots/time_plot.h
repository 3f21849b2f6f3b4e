#pragma once

#include <QWidget>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "widgets/bridge/palette.h"
#include "widgets/plots/step_table.h"

class QCPAxisRect;
class QCPGraph;
class QCPItemStraightLine;
class QCPMarginGroup;
class QCustomPlot;
class QLabel;
class QToolButton;

namespace modascope {

class LegendStrip;

/// What a run's plots share: a title that says what is counted, a legend above the data that reads
/// out the values under the cursor (the latest ones otherwise), zoom by wheel and drag, double
/// click to fit, logarithmic scale, x by step, epoch or time, colours from the widget's palette,
/// figures and tables for export. Points closer than a pixel are drawn by their extremes; the data
/// are kept whole.
class TimePlot : public QWidget {
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
  virtual void clear();

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
  /// How a column of the table is drawn.
  struct Trace {
    QString legend;  ///< empty: not in the legend
    QColor colour;
    Qt::PenStyle line = Qt::SolidLine;
    double width = 1.6;
    int opacity = 255;
    bool points = false;   ///< dots, too: for the few values of a validation
    bool onRight = false;  ///< on the right axis
  };

  void setTitle(const QString& title, const QString& what);
  void setValueLabel(const QString& words, const QString& right = {});
  /// Said in the middle while there are no points.
  void setEmptyText(const QString& words);
  /// A column of the table and its graph in the upper axis rectangle.
  std::size_t addTrace(const QString& column, const Trace& trace);
  void removeTraces();
  /// Smoothing and the like: drawn, not in the table's first place.
  QCPGraph* graphOf(std::size_t column) const { return graphs_.at(column).graph; }
  void put(const Moment& moment, std::size_t column, double value);
  void setTraceVisible(std::size_t column, bool visible);
  /// Draws soon, once, however often it is called.
  void refresh();

  QCPAxisRect* upperRect() const;
  /// A second rectangle below, on the same x axis; `share` of the height.
  QCPAxisRect* addLowerRect(double share);
  /// Graphs of derived curves (stacked bands) are filled here, from the table.
  virtual void rebuildDerived() {}
  /// Colours of what the derived class made itself.
  virtual void themeDerived(const PlotTheme&) {}
  /// The action buttons beside the title.
  QToolButton* addTool(const QString& text, const QString& words, bool checkable);
  const PlotTheme& theme() const { return theme_; }

  void changeEvent(QEvent* event) override;
  bool eventFilter(QObject* watched, QEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;

 private:
  struct Drawn {
    Trace trace;
    QCPGraph* graph = nullptr;
  };
  void build();
  void applyTheme(const PlotTheme& theme);
  void refill();
  void fitAxes();
  void showCursor(std::optional<double> x);
  void updateLegend();
  void saveAs(const QString& filter, bool table);
  void paintFigure(class QCPPainter& painter, QSize size);

  QCustomPlot* canvas_ = nullptr;
  QLabel* title_ = nullptr;
  QLabel* empty_ = nullptr;
  LegendStrip* legend_ = nullptr;
  QWidget* tools_ = nullptr;
  QToolButton* log_ = nullptr;
  QCPMarginGroup* margins_ = nullptr;
  QCPAxisRect* lower_ = nullptr;
  std::vector<QCPItemStraightLine*> crosshair_;
  StepTable table_;
  std::vector<Drawn> graphs_;
  PlotTheme theme_;
  TimeAxis axis_ = TimeAxis::Step;
  QString titleWords_;
  QString whatWords_;
  std::optional<double> cursor_;
  bool following_ = true;
};

}  // namespace modascope
