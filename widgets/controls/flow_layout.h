#pragma once

#include <QLayout>
#include <QRect>
#include <vector>

namespace modascope {

/// Items in a row, those that find no room in the next: a bar that is never wider than its window.
/// What is left of a row goes to its items whose horizontal policy expands. Hidden items take no
/// room.
class FlowLayout : public QLayout {
  Q_OBJECT

 public:
  explicit FlowLayout(QWidget* parent = nullptr);
  ~FlowLayout() override;

  void addItem(QLayoutItem* item) override;
  int count() const override { return static_cast<int>(items_.size()); }
  QLayoutItem* itemAt(int index) const override;
  QLayoutItem* takeAt(int index) override;
  Qt::Orientations expandingDirections() const override { return Qt::Horizontal; }
  bool hasHeightForWidth() const override { return true; }
  int heightForWidth(int width) const override;
  /// In one row.
  QSize sizeHint() const override;
  /// As high as one row; more rows are asked for by `heightForWidth`.
  QSize minimumSize() const override;
  void setGeometry(const QRect& rect) override;

 private:
  using Row = std::vector<QLayoutItem*>;
  std::vector<Row> rowsIn(int width) const;
  int gap() const;
  int heightOf(const Row& row) const;
  void place(const Row& row, const QRect& room) const;

  std::vector<QLayoutItem*> items_;
};

}  // namespace modascope
