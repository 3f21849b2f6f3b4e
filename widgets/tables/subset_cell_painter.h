#pragma once

#include <QStyledItemDelegate>

namespace modascope {

class SubsetTableModel;
struct PlotTheme;

/// Left and right of what a cell of a table of subsets says.
constexpr int kSubsetPad = 8;
/// How wide the dots of a set are with the room about them.
int widthOfDots(const SubsetTableModel& model);

/// Dots before the names; numbers on their colour (Dice 0…1 for every table), the selected row
/// framed.
class SubsetCellPainter : public QStyledItemDelegate {
 public:
  SubsetCellPainter(const SubsetTableModel* model, QObject* parent);

  void paint(QPainter* painter, const QStyleOptionViewItem& option,
             const QModelIndex& index) const override;
  QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

 private:
  void paintName(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                 const PlotTheme& theme) const;

  const SubsetTableModel* model_;
};

}  // namespace modascope
