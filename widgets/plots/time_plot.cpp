#include "widgets/plots/time_plot.h"

#include <QBoxLayout>
#include <QContextMenuEvent>
#include <QLabel>

#include "core/files/atomic_file.h"
#include "widgets/figures/figure_file.h"
#include "widgets/plots/custom_plot.h"
#include "widgets/plots/legend_strip.h"
#include "widgets/plots/time/plot_title.h"
#include "widgets/plots/time/plot_tools.h"

namespace modascope {
namespace {

/// A dozen times a second is enough, and leaves the cores to training.
constexpr int kRedrawMs = 80;
constexpr int kSpace = 6;
constexpr QSize kFigure(680, 420);  // 180 mm wide at 96 dots an inch

}  // namespace

TimePlot::TimePlot(QWidget* parent)
    : QWidget(parent),
      title_(new PlotTitle(this)),
      tools_(new PlotTools(this)),
      legend_(new LegendStrip(this)),
      canvas_(new QCustomPlot(this)),
      empty_(new QLabel(canvas_)),
      frame_(canvas_),
      curves_(canvas_),
      taking_([this] { takePoints(); }, 0),
      drawing_([this] { canvas_->replot(); }, kRedrawMs) {
  build();
  applyTheme(plotTheme(palette()));
}

TimePlot::~TimePlot() = default;

void TimePlot::build() {
  auto* header = new QHBoxLayout;
  header->addWidget(title_, 1);
  header->addWidget(tools_);
  connectTools();
  buildCanvas();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpace, kSpace, kSpace, kSpace);
  column->setSpacing(2);
  column->addLayout(header);
  column->addWidget(legend_);
  column->addWidget(canvas_, 1);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
}

void TimePlot::buildCanvas() {
  canvas_->installEventFilter(this);
  connect(canvas_, &QCustomPlot::beforeReplot, this, [this] { curves_.feed(frame_.columns()); });
  connect(canvas_, &QCustomPlot::afterLayout, this, [this] { curves_.placeMarks(); });
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  empty_->setAttribute(Qt::WA_TransparentForMouseEvents);
  auto* middle = new QVBoxLayout(canvas_);
  middle->addWidget(empty_, 0, Qt::AlignCenter);
  showAxisTitle();
}

void TimePlot::connectTools() {
  connect(tools_, &PlotTools::axisChosen, this, &TimePlot::setXAxis);
  connect(tools_, &PlotTools::logScaleChosen, this, &TimePlot::setLogScale);
  connect(tools_, &PlotTools::outliersChosen, this, &TimePlot::setOutliersMarked);
  connect(tools_, &PlotTools::everythingAsked, this, &TimePlot::fit);
  connect(tools_, &PlotTools::figureAsked, this, [this] {
    askAndWrite(this, title_->name() + QStringLiteral(".svg"), tr("Figures (*.svg *.pdf *.png)"),
                [this](const auto& file) { exportFigure(file); });
  });
  connect(tools_, &PlotTools::pointsAsked, this, [this] {
    askAndWrite(this, title_->name() + QStringLiteral(".csv"), tr("Tables (*.csv)"),
                [this](const auto& file) { exportCsv(file); });
  });
}

QToolButton* TimePlot::addTool(const QString& text, const QString& words, bool checkable) {
  return tools_->add(text, words, checkable);
}

void TimePlot::setTitle(const QString& title, const QString& what) {
  canvas_->setAccessibleName(title + QStringLiteral(", ") + what);
  setAccessibleName(canvas_->accessibleName());
  title_->setWords(title, what);
}

void TimePlot::setEmptyText(const QString& words) {
  empty_->setText(words);
}

void TimePlot::showAxisTitle() {
  frame_.setPlaceLabel(axis_ == TimeAxis::Step    ? tr("step")
                       : axis_ == TimeAxis::Epoch ? tr("epoch (passes over the training data)")
                                                  : tr("training time (min)"));
}

TimePlot::CurveId TimePlot::addColumnCurve(std::size_t column, const QString& legend,
                                           const Pen& pen, Scale scale) {
  return addDerivedCurve(legend, pen, scale, [this, column] { return pointsOf(column); });
}

TimePlot::CurveId TimePlot::addDerivedCurve(const QString& legend, const Pen& pen, Scale scale,
                                            std::function<Points()> compute) {
  return curves_.add(legend, pen, frame_.valueAxis(scale), std::move(compute));
}

void TimePlot::removeCurves() {
  curves_.clear();
  table_.clearColumns();
}

TimePlot::Points TimePlot::pointsOf(std::size_t column) const {
  Points points;
  for (const auto& point : table_.points(column))
    points.emplace_back(table_.place(point.moment, axis_), point.value);
  return points;
}

void TimePlot::refresh() {
  taking_.request();
}

void TimePlot::takePoints() {
  curves_.takePoints();
  const bool empty = table_.moments().empty();
  empty_->setVisible(empty);
  frame_.setVisible(!empty);
  if (following_) fitRanges();
  updateLegend();
  drawing_.requestSoon();
}

void TimePlot::fitRanges() {
  const auto rows = table_.moments().size();
  if (rows > 0) frame_.fitPlaces(table_.place(0, axis_), table_.place(rows - 1, axis_));
  curves_.fit(frame_.valueAxis(Scale::Left));
}

void TimePlot::clear() {
  table_.clear();
  cursor_.reset();
  fit();
}

void TimePlot::fit() {
  following_ = true;
  taking_.doNow();
}

void TimePlot::setXAxis(TimeAxis axis) {
  axis_ = axis;
  tools_->setAxis(axis);
  showAxisTitle();
  fit();
}

void TimePlot::setLogScale(bool on) {
  frame_.setLogScale(on);
  tools_->setLogScale(on);
  fit();
}

void TimePlot::setOutliersMarked(bool on) {
  curves_.setOutliersMarked(on);
  tools_->setOutliersMarked(on);
  fit();
}

void TimePlot::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
    applyTheme(plotTheme(palette()));
}

void TimePlot::applyTheme(const PlotTheme& theme) {
  theme_ = theme;
  frame_.setTheme(theme, font());
  curves_.setTheme(theme, font());
  legend_->setTheme(theme);
  title_->setTheme(theme);
  auto faint = empty_->palette();
  faint.setColor(QPalette::WindowText, theme.faintText);
  empty_->setPalette(faint);
  updateLegend();
  canvas_->replot(QCustomPlot::rpQueuedReplot);
}

void TimePlot::contextMenuEvent(QContextMenuEvent* event) {
  tools_->execMenu(event->globalPos());
}

bool TimePlot::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::MouseMove: {
      const auto* mouse = static_cast<QMouseEvent*>(event);
      if (mouse->buttons() & Qt::LeftButton) following_ = false;
      showCursor(frame_.placeAt(mouse->position().x()));
      break;
    }
    case QEvent::Leave:
      showCursor({});
      break;
    case QEvent::Wheel: {
      following_ = false;
      const bool vertical = static_cast<QWheelEvent*>(event)->modifiers() & Qt::ControlModifier;
      frame_.zoomAlong(vertical ? Qt::Vertical : Qt::Horizontal);
      break;
    }
    case QEvent::MouseButtonDblClick:
      fit();
      return true;
    default:
      break;
  }
  return QWidget::eventFilter(watched, event);
}

void TimePlot::showCursor(std::optional<double> place) {
  const auto row = place ? table_.nearestRow(axis_, *place) : std::nullopt;
  cursor_ = row ? std::optional(table_.place(*row, axis_)) : std::nullopt;
  frame_.showCrosshair(cursor_);
  updateLegend();
  canvas_->layer(QStringLiteral("overlay"))->replot();
}

QString TimePlot::whereWords(std::size_t row) const {
  switch (axis_) {
    case TimeAxis::Step:
      return tr("step %1").arg(table_.moments()[row].step);
    case TimeAxis::Epoch:
      return tr("epoch %1").arg(table_.place(row, axis_), 0, 'f', 2);
    case TimeAxis::Time:
      return tr("%1 min").arg(table_.place(row, axis_), 0, 'f', 2);
  }
  return {};
}

void TimePlot::updateLegend() {
  auto row = cursor_ ? table_.nearestRow(axis_, *cursor_) : std::nullopt;
  if (!row && !table_.moments().empty()) row = table_.moments().size() - 1;
  if (row)
    legend_->setEntries(whereWords(*row), curves_.legend(table_.place(*row, axis_)));
  else
    legend_->setEntries({}, curves_.legend({}));
}

void TimePlot::exportCsv(const std::filesystem::path& file) const {
  writeAtomically(file, table_.toCsv().toStdString());
}

void TimePlot::exportFigure(const std::filesystem::path& file) {
  const auto screen = theme_;
  applyTheme(paperTheme());
  const auto restore = qScopeGuard([&] { applyTheme(screen); });
  writeFigure(file, kFigure, [this](QPaintDevice& device) {
    QCPPainter painter(&device);
    painter.setMode(QCPPainter::pmVectorized);
    paintFigure(painter, kFigure);
  });
}

void TimePlot::paintFigure(QCPPainter& painter, QSize size) {
  constexpr int margin = 10;
  const int width = size.width() - 2 * margin;
  painter.fillRect(QRect({}, size), theme_.background);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(margin, margin);
  const int line = title_->paint(painter, width, font());
  painter.translate(0, line);
  const int legend = paintLegend(&painter, width, {}, curves_.legend({}), theme_, font()) + 4;
  painter.translate(0, legend);
  curves_.feed(3 * width);
  frame_.showCrosshair({});
  canvas_->toPainter(&painter, width, size.height() - 2 * margin - line - legend);
}

}  // namespace modascope
