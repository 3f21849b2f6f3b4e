#include "app/inspect/side_column.h"

#include <QEvent>
#include <QScrollBar>
#include <algorithm>

namespace modascope {

QScrollArea* scrolled(QWidget* content, QWidget* parent) {
  auto* scroll = new QScrollArea(parent);
  scroll->setWidgetResizable(true);
  scroll->setFrameShape(QFrame::NoFrame);
  scroll->setFocusPolicy(Qt::NoFocus);
  scroll->setWidget(content);
  return scroll;
}

SideColumn::SideColumn(QWidget* content, QWidget* parent) : QScrollArea(parent) {
  setWidgetResizable(true);
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::NoFocus);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setWidget(content);
}

QSize SideColumn::minimumSizeHint() const {
  return {widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width(), 0};
}

bool SideColumn::event(QEvent* event) {
  if (event->type() == QEvent::LayoutRequest) updateGeometry();
  return QScrollArea::event(event);
}

FirstFirst::FirstFirst(QWidget* parent) : QSplitter(Qt::Vertical, parent) {
  setProperty("moved", false);
  connect(this, &QSplitter::splitterMoved, this, [this] { setProperty("moved", true); });
}

void FirstFirst::resizeEvent(QResizeEvent* event) {
  QSplitter::resizeEvent(event);
  share();
}

bool FirstFirst::event(QEvent* event) {
  const bool done = QSplitter::event(event);
  if (event->type() == QEvent::LayoutRequest) share();
  return done;
}

void FirstFirst::share() {
  if (property("moved").toBool() || count() < 2) return;
  const int all = height() - handleWidth();
  const int second = std::min(8 * fontMetrics().height(), all / 2);
  const int first = std::min(widget(0)->sizeHint().height(), all - second);
  if (sizes().front() != first) setSizes({first, all - first});
}

}  // namespace modascope
