#pragma once

#include <QString>
#include <cstdint>
#include <optional>
#include <vector>

namespace modascope {

/// What a plot's x axis counts.
enum class TimeAxis { Step, Epoch, Time };

/// Where in a run something was measured.
struct Moment {
  std::int64_t step = 0;
  double epoch = 0;
  double seconds = 0;  ///< since training started or resumed
};

/// What a plot shows, without the plot: columns of values over steps. Steps may come late and out
/// of order (a slow screen drops some and fetches them afterwards); one that is there already
/// keeps its place and takes the new value. Times that start again at a resume are added up. NaN is
/// "looked for and not measured".
class StepTable {
 public:
  struct Point {
    std::size_t moment;  ///< its row in moments()
    double value;
  };

  /// Returns the column's number.
  std::size_t addColumn(const QString& name);
  void put(const Moment& moment, std::size_t column, double value);
  void clear();
  void clearColumns();

  std::size_t columns() const { return columns_.size(); }
  const QString& name(std::size_t column) const { return columns_[column].name; }
  const std::vector<Moment>& moments() const { return moments_; }
  /// In the order of steps; rows without a value are left out.
  std::vector<Point> points(std::size_t column) const;
  /// At the row itself; nothing where the column has no value there.
  std::optional<double> value(std::size_t row, std::size_t column) const;
  /// The row whose place on `axis` is nearest; nothing in an empty table.
  std::optional<std::size_t> nearestRow(TimeAxis axis, double place) const;
  /// Step, epoch or minutes of training.
  double place(std::size_t row, TimeAxis axis) const;

  /// Header, then one line a step with every value, shortest exact decimals, empty where a column
  /// has none.
  QString toCsv() const;

 private:
  struct Column {
    QString name;
    std::vector<double> values;  ///< one per moment
    std::vector<bool> present;
  };
  std::size_t rowOf(const Moment& moment);
  void addUpTimes(std::size_t from);

  std::vector<Moment> moments_;
  std::vector<double> total_;  ///< seconds over all sessions, one per moment
  std::vector<Column> columns_;
};

}  // namespace modascope
