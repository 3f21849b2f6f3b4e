#include "widgets/controls/display_swatch.h"

#include <QEvent>
#include <QPainter>

#include "widgets/bridge/palette.h"

namespace modascope {

DisplaySwatch::DisplaySwatch(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
}

void DisplaySwatch::setMark(const QColor& hue, const QString& mark) {
  hue_ = hue;
  mark_ = mark;
  update();
}

QSize DisplaySwatch::sizeHint() const {
  return {28, 18};
}

void DisplaySwatch::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const QRectF pill = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
  if (!isEnabled()) {
    const QColor faint = plotTheme(palette()).faintText;
    painter.setPen(QPen(faint, 1, Qt::DashLine));
    painter.setBrush(QBrush(faint, Qt::BDiagPattern));
    painter.drawRoundedRect(pill, 4, 4);
    return;
  }
  painter.setPen(Qt::NoPen);
  painter.setBrush(hue_);
  painter.drawRoundedRect(pill, 4, 4);
  QFont bold = font();
  bold.setBold(true);
  bold.setPointSizeF(bold.pointSizeF() * 0.85);
  painter.setFont(bold);
  painter.setPen(readableOn(hue_));
  painter.drawText(pill, Qt::AlignCenter, mark_);
}

void DisplaySwatch::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::EnabledChange) update();
}

QIcon colourIcon(const QColor& colour, double devicePixelRatio) {
  QPixmap square(QSize(14, 14) * devicePixelRatio);
  square.setDevicePixelRatio(devicePixelRatio);
  square.fill(Qt::transparent);
  QPainter painter(&square);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colour);
  painter.drawRoundedRect(QRectF(1, 1, 12, 12), 2, 2);
  return square;
}

}  // namespace modascope
