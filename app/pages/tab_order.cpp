#include "app/pages/tab_order.h"

#include <QAbstractItemView>
#include <QAbstractSpinBox>
#include <QComboBox>
#include <QLayout>
#include <QScrollArea>
#include <QSplitter>
#include <QTabBar>
#include <QTabWidget>
#include <QTextEdit>

namespace modascope {
namespace {

/// Its parts are its own business.
bool isOne(const QWidget* widget) {
  return qobject_cast<const QComboBox*>(widget) || qobject_cast<const QAbstractSpinBox*>(widget) ||
         qobject_cast<const QAbstractItemView*>(widget) || qobject_cast<const QTabBar*>(widget) ||
         qobject_cast<const QTextEdit*>(widget);
}

QWidgetList widgetsIn(const QLayout* layout) {
  QWidgetList found;
  for (int i = 0; i < layout->count(); ++i) {
    QLayoutItem* item = layout->itemAt(i);
    if (item->widget() != nullptr) found << item->widget();
    if (item->layout() != nullptr) found << widgetsIn(item->layout());
  }
  return found;
}

QWidgetList partsOf(QWidget* widget) {
  QWidgetList parts;
  if (const auto* splitter = qobject_cast<QSplitter*>(widget)) {
    for (int i = 0; i < splitter->count(); ++i) parts << splitter->widget(i);
  } else if (const auto* tabs = qobject_cast<QTabWidget*>(widget)) {
    parts << tabs->tabBar();
    for (int i = 0; i < tabs->count(); ++i) parts << tabs->widget(i);
  } else if (const auto* scroll = qobject_cast<QScrollArea*>(widget)) {
    parts << scroll->widget();
  } else if (widget->layout() != nullptr) {
    parts = widgetsIn(widget->layout());
  } else {
    parts = widget->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly);
  }
  parts.removeAll(nullptr);
  return parts;
}

void append(QWidgetList& order, QWidget* widget) {
  if (widget->isWindow()) return;
  if (widget->focusPolicy() & Qt::TabFocus) order << widget;
  if (isOne(widget)) return;
  for (QWidget* part : partsOf(widget)) append(order, part);
}

}  // namespace

void orderTabs(QWidget& page) {
  QWidgetList order;
  for (QWidget* part : partsOf(&page)) append(order, part);
  for (qsizetype i = 1; i < order.size(); ++i) QWidget::setTabOrder(order[i - 1], order[i]);
}

}  // namespace modascope
