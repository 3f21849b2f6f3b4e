#include "widgets/controls/flow_layout.h"

#include <QStyle>
#include <QWidget>
#include <algorithm>

namespace modascope {
namespace {

/// What an item is given at first: never more than there is in a row.
int widthOf(const QLayoutItem& item, int most) {
  return std::max(item.minimumSize().width(), std::min(item.sizeHint().width(), most));
}

bool grows(const QLayoutItem& item) {
  return item.expandingDirections().testFlag(Qt::Horizontal);
}

}  // namespace

FlowLayout::FlowLayout(QWidget* parent) : QLayout(parent) {
  setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout() {
  for (QLayoutItem* item : items_) delete item;
}

void FlowLayout::addItem(QLayoutItem* item) {
  items_.push_back(item);
}

QLayoutItem* FlowLayout::itemAt(int index) const {
  const bool there = index >= 0 && index < count();
  return there ? items_[static_cast<std::size_t>(index)] : nullptr;
}

QLayoutItem* FlowLayout::takeAt(int index) {
  QLayoutItem* item = itemAt(index);
  if (item != nullptr) items_.erase(items_.begin() + index);
  return item;
}

int FlowLayout::gap() const {
  if (spacing() >= 0) return spacing();
  const QWidget* parent = parentWidget();
  return parent == nullptr
             ? 6
             : std::max(0, parent->style()->pixelMetric(QStyle::PM_LayoutHorizontalSpacing));
}

std::vector<FlowLayout::Row> FlowLayout::rowsIn(int width) const {
  std::vector<Row> rows;
  int taken = 0;
  for (QLayoutItem* item : items_) {
    if (item->isEmpty()) continue;
    const int own = widthOf(*item, width);
    if (rows.empty() || taken + gap() + own > width) {
      rows.emplace_back();
      taken = -gap();
    }
    rows.back().push_back(item);
    taken += gap() + own;
  }
  return rows;
}

int FlowLayout::heightOf(const Row& row) const {
  int height = 0;
  for (const QLayoutItem* item : row) height = std::max(height, item->sizeHint().height());
  return height;
}

int FlowLayout::heightForWidth(int width) const {
  const QMargins around = contentsMargins();
  int height = around.top() + around.bottom() - gap();
  const auto rows = rowsIn(width - around.left() - around.right());
  for (const Row& row : rows) height += heightOf(row) + gap();
  return rows.empty() ? around.top() + around.bottom() : height;
}

QSize FlowLayout::sizeHint() const {
  QSize size(-gap(), 0);
  for (const QLayoutItem* item : items_) {
    if (item->isEmpty()) continue;
    size.rwidth() += gap() + item->sizeHint().width();
    size.setHeight(std::max(size.height(), item->sizeHint().height()));
  }
  return size.expandedTo({0, 0}).grownBy(contentsMargins());
}

QSize FlowLayout::minimumSize() const {
  QSize size(0, 0);
  for (const QLayoutItem* item : items_)
    if (!item->isEmpty()) size = size.expandedTo(item->minimumSize());
  return size.grownBy(contentsMargins());
}

void FlowLayout::setGeometry(const QRect& rect) {
  QLayout::setGeometry(rect);
  const QRect inside = rect.marginsRemoved(contentsMargins());
  int top = inside.top();
  for (const Row& row : rowsIn(inside.width())) {
    const int height = heightOf(row);
    place(row, {inside.left(), top, inside.width(), height});
    top += height + gap();
  }
}

/// What is left goes to those that grow, each up to its largest width.
void FlowLayout::place(const Row& row, const QRect& room) const {
  int left = room.width() + gap();
  auto growing = std::count_if(row.begin(), row.end(), [](auto* item) { return grows(*item); });
  for (const QLayoutItem* item : row) left -= widthOf(*item, room.width()) + gap();
  int x = room.left();
  for (QLayoutItem* item : row) {
    int width = widthOf(*item, room.width());
    if (grows(*item) && left > 0) {
      const int more =
          std::min(left / static_cast<int>(growing), item->maximumSize().width() - width);
      width += std::max(0, more);
      left -= std::max(0, more);
      --growing;
    }
    const int height = std::min(room.height(), std::max(item->sizeHint().height(), 1));
    const QRect place(x, room.top() + (room.height() - height) / 2, width, height);
    item->setGeometry(QStyle::visualRect(
        parentWidget() ? parentWidget()->layoutDirection() : Qt::LeftToRight, room, place));
    x += width + gap();
  }
}

}  // namespace modascope
