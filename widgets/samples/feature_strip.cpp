#include "widgets/samples/feature_strip.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "widgets/bridge/palette.h"
#include "widgets/samples/feature_scale.h"

namespace modascope {
namespace {

constexpr int kNarrowest = 3;  ///< pixels of a number in a strip
constexpr int kRow = 24;       ///< the least of a strip
constexpr int kHighest = 84;
constexpr int kWidest = 40;  ///< pixels of a number in a strip
constexpr double kSquarest = 4;

}  // namespace

FeatureStrip::FeatureStrip(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
}

void FeatureStrip::setValues(const std::vector<float>& values, const InputShape& shape) {
  values_ = values;
  standIn_.clear();
  shape_ = shape;
  setSizePolicy(QSizePolicy::Expanding,
                isSequence() ? QSizePolicy::Expanding : QSizePolicy::Preferred);
  setMaximumHeight(isSequence() ? QWIDGETSIZE_MAX : kHighest);
  updateGeometry();
  update();
}

void FeatureStrip::setStandIn(const std::vector<float>& values) {
  standIn_ = values;
  update();
}

bool FeatureStrip::isReplaced() const {
  return state_ == TileState::LeftOut && !standIn_.empty() && standIn_.size() == values_.size();
}

void FeatureStrip::setState(TileState state) {
  state_ = state;
  update();
}

int FeatureStrip::columns() const {
  if (isSequence()) return static_cast<int>(shape_.width);
  const int fit = std::max(1, width() / kNarrowest);
  return std::clamp(static_cast<int>(shape_.width), 1, fit);
}

int FeatureStrip::rows() const {
  if (isSequence()) return static_cast<int>(shape_.steps);
  return (static_cast<int>(shape_.width) + columns() - 1) / columns();
}

QSize FeatureStrip::sizeHint() const {
  if (isSequence()) return {300, 200};
  return {300, kHighest};
}

QSize FeatureStrip::minimumSizeHint() const {
  return {120, isSequence() ? 80 : kRow};
}

/// Numbers of a sequence are squares where there is room, so that pictures look like pictures.
QRect FeatureStrip::picture() const {
  const double x = static_cast<double>(width()) / columns();
  const double y = static_cast<double>(height()) / rows();
  if (!isSequence()) return {0, 0, std::min(width(), columns() * kWidest), height()};
  if (columns() > kSquarest * rows()) return rect();
  const double cell = std::min(x, y);
  return {0, 0, static_cast<int>(cell * columns()), static_cast<int>(cell * rows())};
}

QImage FeatureStrip::image() const {
  QImage picture(columns(), rows(), QImage::Format_ARGB32);
  picture.fill(Qt::transparent);
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const auto place = static_cast<int>(i);
    picture.setPixelColor(place % columns(), place / columns(),
                          featureColour(static_cast<double>(shown()[i])));
  }
  return picture;
}

void FeatureStrip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const PlotTheme theme = plotTheme(palette());
  const QRect place = picture();
  const bool plain = state_ == TileState::On || isReplaced();
  if (state_ != TileState::Absent && !values_.empty()) {
    painter.setOpacity(plain ? 1 : 0.25);
    painter.drawImage(place, image());
    painter.setOpacity(1);
  }
  if (!plain) painter.fillRect(place, QBrush(theme.faintText, Qt::BDiagPattern));
  painter.setPen(theme.grid);
  painter.drawRect(place.adjusted(0, 0, -1, -1));
}

QString FeatureStrip::wordsAt(const QPoint& point) const {
  const QRect place = picture();
  if (state_ == TileState::Absent || !place.contains(point)) return {};
  const int column = (point.x() - place.left()) * columns() / place.width();
  const int row = (point.y() - place.top()) * rows() / place.height();
  const auto i = static_cast<std::size_t>(row * columns() + column);
  if (i >= values_.size()) return {};
  const QString number = QString::number(static_cast<double>(shown()[i]), 'f', 2);
  if (isSequence()) return tr("step %1, number %2: %3").arg(row + 1).arg(column + 1).arg(number);
  return tr("number %1: %2").arg(i + 1).arg(number);
}

bool FeatureStrip::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  QToolTip::showText(help->globalPos(), wordsAt(help->pos()), this);
  return true;
}

}  // namespace modascope
