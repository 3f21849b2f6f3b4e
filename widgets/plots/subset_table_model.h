#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include "core/metrics/subset_table.h"

namespace modascope {

/// Which of a table's numbers are looked at: Dice, HD95 in mm, or volume in mL.
enum class Measure { Dice, Hd95, Volume };

/// The rows of a SubsetTable, then one row of means. Column 0 is the subset, then one a region.
class SubsetTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Role { SetRole = Qt::UserRole, ValueRole, ShadeRole, MeanRole };

  using QAbstractTableModel::QAbstractTableModel;
  void setTable(const SubsetTable& table);
  const SubsetTable& table() const { return table_; }
  /// Those that the table has.
  std::vector<Measure> measures() const;
  void setMeasure(Measure measure);
  Measure measure() const { return measure_; }
  /// A table without regions has no mean either.
  bool hasMean() const { return !table_.columns.empty() && !table_.rows.empty(); }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  bool isMean(int row) const { return row == static_cast<int>(table_.rows.size()); }
  const std::vector<double>& valuesOf(const SubsetTable::Row& row) const;
  double value(int row, int column) const;
  /// 0 for the worst (or least) colour, 1 for the best (or most).
  double shade(double value) const;
  QVariant words(int row, int column) const;
  QString explanation(int row) const;
  void measureAgain();

  SubsetTable table_;
  Measure measure_ = Measure::Dice;
  std::vector<double> mean_;
  double most_ = 1;  ///< of the measure in the table
};

/// Sorts by the measure or, in column 0, by the table's own order; the mean stays last either way.
class SubsetOrder : public QSortFilterProxyModel {
  Q_OBJECT

 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;

 protected:
  bool lessThan(const QModelIndex& left, const QModelIndex& right) const override;
};

}  // namespace modascope
