#include "widgets/controls/elided_label.h"

#include <QHelpEvent>
#include <QPainter>
#include <QToolTip>

namespace modascope {
namespace {

constexpr int kLeast = 6;  // letters

}  // namespace

ElidedLabel::ElidedLabel(QWidget* parent) : QLabel(parent) {
  setTextFormat(Qt::PlainText);
}

void ElidedLabel::setRoom(int letters) {
  letters_ = letters;
  updateGeometry();
}

QSize ElidedLabel::sizeHint() const {
  const QSize all = QLabel::sizeHint();
  return letters_ == 0 ? all : QSize(letters_ * fontMetrics().averageCharWidth(), all.height());
}

QSize ElidedLabel::minimumSizeHint() const {
  const QSize all = QLabel::minimumSizeHint();
  const int few = kLeast * fontMetrics().averageCharWidth() + contentsMargins().left() +
                  contentsMargins().right();
  return {std::min(all.width(), few), all.height()};
}

QString ElidedLabel::shownText() const {
  return fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
}

void ElidedLabel::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setPen(palette().color(foregroundRole()));
  painter.drawText(contentsRect(), static_cast<int>(alignment()), shownText());
}

bool ElidedLabel::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip || !toolTip().isEmpty() || shownText() == text())
    return QLabel::event(event);
  QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text(), this);
  return true;
}

}  // namespace modascope
