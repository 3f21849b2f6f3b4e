#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>
#include <functional>
#include <optional>
#include <vector>

#include "core/metrics/subset_table.h"

namespace modascope {

/// Which of a table's numbers are looked at: Dice, HD95 in mm, or volume in mL.
enum class Measure { Dice, Hd95, Volume };

/// How a column reads that is neither Dice nor a score of `scoreColumn`.
struct SubsetColumn {
  enum class Shade { None, LargerIsBetter, SmallerIsBetter };  ///< the larger from 0 to 1

  QString label;
  QString hint;
  Shade shade = Shade::None;
  std::function<QString(double)> words = {};  ///< three decimals without
};

/// The rows of a SubsetTable, then one row of means. Column 0 is the subset, then one a
/// region or a score.
class SubsetTableModel : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Role { SetRole = Qt::UserRole, ValueRole, ShadeRole, MeanRole };

  using QAbstractTableModel::QAbstractTableModel;
  /// With columns of its own it is about one sample, and there is no mean.
  void setTable(const SubsetTable& table, const std::vector<SubsetColumn>& columns = {});
  void clear();
  bool hasTable() const { return table_.has_value(); }
  /// Only where there is one.
  const SubsetTable& table() const { return *table_; }
  /// Whether it says how much subsets agree with all modalities.
  bool isAgreement() const { return table_ && table_->reference == Reference::AllModalities; }
  /// Those that the table has.
  std::vector<Measure> measures() const;
  void setMeasure(Measure measure);
  Measure measure() const { return measure_; }
  /// A table without regions has no mean either.
  bool hasMean() const {
    return table_ && !table_->columns.empty() && !table_->rows.empty() && !ofOneSample_;
  }
  bool isOfOneSample() const { return ofOneSample_; }
  bool isOfRegions() const { return columns_.empty(); }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  Qt::ItemFlags flags(const QModelIndex& index) const override;

 private:
  bool isMean(int row) const { return row == rows(); }
  int rows() const { return table_ ? static_cast<int>(table_->rows.size()) : 0; }
  const std::vector<double>& valuesOf(const SubsetTable::Row& row) const;
  double value(int row, int column) const;
  /// 0 for the worst (or least) colour, 1 for the best (or most).
  double shade(double value, int column) const;
  double shadeOfScore(double value, std::size_t column) const;
  QVariant words(int row, int column) const;
  QString explanation(int row) const;
  void measureAgain();

  std::optional<SubsetTable> table_;
  std::vector<SubsetColumn> columns_;  ///< empty: regions
  bool ofOneSample_ = false;
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
