#include "widgets/tables/subset_cell_painter.h"

#include <QPainter>
#include <QWidget>
#include <cmath>

#include "widgets/bridge/palette.h"
#include "widgets/bridge/subset_dots.h"
#include "widgets/tables/subset_table_model.h"

namespace modascope {
namespace {

constexpr double kDot = 9;

QFont bold(QFont font) {
  font.setBold(true);
  return font;
}

int boldWidth(const QFont& font, const QString& text) {
  return QFontMetrics(bold(font)).horizontalAdvance(text);
}

void paintValue(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                const PlotTheme& theme) {
  const double shade = index.data(SubsetTableModel::ShadeRole).toDouble();
  const bool known = !std::isnan(shade);
  if (known) painter.fillRect(option.rect.adjusted(1, 1, 0, 0), mapped(ColourMap::Viridis, shade));
  painter.setPen(known ? readableOn(mapped(ColourMap::Viridis, shade)) : theme.faintText);
  painter.drawText(option.rect.adjusted(0, 0, -kSubsetPad, 0), Qt::AlignRight | Qt::AlignVCenter,
                   index.data().toString());
}

void paintFrame(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                const PlotTheme& theme) {
  const auto r = QRectF(option.rect).adjusted(1, 1, -1, -1);
  painter.setPen(QPen(theme.accent, 2));
  painter.drawLine(r.topLeft(), r.topRight());
  painter.drawLine(r.bottomLeft(), r.bottomRight());
  if (index.column() == 0) painter.drawLine(r.topLeft(), r.bottomLeft());
  if (index.column() + 1 == index.model()->columnCount())
    painter.drawLine(r.topRight(), r.bottomRight());
}

}  // namespace

int widthOfDots(const SubsetTableModel& model) {
  return static_cast<int>(subsetWidth(kDot, model.table().schema)) + 2 * kSubsetPad;
}

SubsetCellPainter::SubsetCellPainter(const SubsetTableModel* model, QObject* parent)
    : QStyledItemDelegate(parent), model_(model) {}

void SubsetCellPainter::paint(QPainter* painter, const QStyleOptionViewItem& option,
                              const QModelIndex& index) const {
  const auto theme = plotTheme(option.widget->parentWidget()->palette());
  const bool chosen = option.state & QStyle::State_Selected;
  painter->save();
  painter->setFont(index.data(Qt::FontRole).isValid() ? bold(option.font) : option.font);
  if (index.column() == 0)
    paintName(*painter, option, index, theme);
  else
    paintValue(*painter, option, index, theme);
  if (index.data(SubsetTableModel::MeanRole).toBool()) {
    painter->setPen(QPen(theme.faintText, 1));
    painter->drawLine(option.rect.topLeft(), option.rect.topRight());
  }
  if (chosen) paintFrame(*painter, option, index, theme);
  painter->restore();
}

QSize SubsetCellPainter::sizeHint(const QStyleOptionViewItem& option,
                                  const QModelIndex& index) const {
  auto size = QStyledItemDelegate::sizeHint(option, index);
  if (index.column() == 0)
    size.setWidth(option.fontMetrics.horizontalAdvance(index.data().toString()) +
                  widthOfDots(*model_) + kSubsetPad);
  else
    size.setWidth(boldWidth(option.font, index.data().toString()) + 2 * kSubsetPad);
  return size;
}

void SubsetCellPainter::paintName(QPainter& painter, const QStyleOptionViewItem& option,
                                  const QModelIndex& index, const PlotTheme& theme) const {
  if (option.state & QStyle::State_Selected) {
    auto wash = theme.accent;
    wash.setAlpha(50);
    painter.fillRect(option.rect, wash);
  }
  QRectF rest = QRectF(option.rect).adjusted(kSubsetPad, 0, -2, 0);
  if (const auto bits = index.data(SubsetTableModel::SetRole); bits.isValid()) {
    const auto set = ModalitySet::fromBits(static_cast<std::uint8_t>(bits.toUInt()));
    const auto& schema = model_->table().schema;
    if (set) paintSubset(painter, rest, kDot, schema, *set, theme);
    rest.setLeft(rest.left() + subsetWidth(kDot, schema) + kSubsetPad);
  }
  painter.setPen(theme.text);
  painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                   option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight,
                                                 static_cast<int>(rest.width())));
}

}  // namespace modascope
