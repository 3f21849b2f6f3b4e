#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include "core/metrics/subset_table.h"

namespace modascope {

/// The rows of a SubsetTable, then one row of means. Column 0 is the subset, then one a region.
class SubsetTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Role { SetRole = Qt::UserRole, DiceRole, MeanRole };

  using QAbstractTableModel::QAbstractTableModel;
  void setTable(const SubsetTable& table);
  const SubsetTable& table() const { return table_; }
  /// A table without regions has no mean either.
  bool hasMean() const { return !table_.regions.empty() && !table_.rows.empty(); }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  bool isMean(int row) const { return row == static_cast<int>(table_.rows.size()); }
  double dice(int row, int column) const;
  QVariant words(int row, int column) const;

  SubsetTable table_;
  std::vector<double> mean_;
};

/// Sorts by Dice or, in column 0, by the table's own order; the mean stays last either way.
class SubsetOrder : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;

 protected:
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

}  // namespace modascope
