#include "widgets/plots/step_table.h"

#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

QString exact(double value) {
  return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

QString quoted(QString text) {
  if (!text.contains(u',') && !text.contains(u'"')) return text;
  return u'"' + text.replace(u'"', QStringLiteral("\"\"")) + u'"';
}

bool stepLess(const Moment& moment, std::int64_t step) {
  return moment.step < step;
}

}  // namespace

std::size_t StepTable::addColumn(const QString& name) {
  columns_.push_back(
      {name, std::vector<double>(moments_.size(), 0.0), std::vector<bool>(moments_.size(), false)});
  return columns_.size() - 1;
}

std::size_t StepTable::rowOf(const Moment& moment) {
  const auto place = std::lower_bound(moments_.begin(), moments_.end(), moment.step, stepLess);
  const auto row = place - moments_.begin();
  if (place != moments_.end() && place->step == moment.step) {
    *place = moment;
    addUpTimes(static_cast<std::size_t>(row));
    return static_cast<std::size_t>(row);
  }
  moments_.insert(place, moment);
  addUpTimes(static_cast<std::size_t>(row));
  for (auto& column : columns_) {
    column.values.insert(column.values.begin() + row, 0.0);
    column.present.insert(column.present.begin() + row, false);
  }
  return static_cast<std::size_t>(row);
}

void StepTable::addUpTimes(std::size_t from) {
  total_.resize(moments_.size());
  for (auto row = from; row < moments_.size(); ++row) {
    const double now = moments_[row].seconds;
    if (row == 0) {
      total_[row] = now;
      continue;
    }
    const double before = moments_[row - 1].seconds;
    total_[row] = total_[row - 1] + (now >= before ? now - before : now);
  }
}

void StepTable::put(const Moment& moment, std::size_t column, double value) {
  const auto row = rowOf(moment);
  columns_[column].values[row] = value;
  columns_[column].present[row] = true;
}

void StepTable::clear() {
  moments_.clear();
  total_.clear();
  for (auto& column : columns_) {
    column.values.clear();
    column.present.clear();
  }
}

void StepTable::clearColumns() {
  moments_.clear();
  total_.clear();
  columns_.clear();
}

std::vector<StepTable::Point> StepTable::points(std::size_t column) const {
  const auto& from = columns_[column];
  std::vector<Point> result;
  for (std::size_t row = 0; row < moments_.size(); ++row)
    if (from.present[row]) result.push_back({row, from.values[row]});
  return result;
}

std::optional<double> StepTable::value(std::size_t row, std::size_t column) const {
  const auto& from = columns_[column];
  if (row >= moments_.size() || !from.present[row]) return std::nullopt;
  return from.values[row];
}

double StepTable::place(std::size_t row, TimeAxis axis) const {
  const auto& moment = moments_[row];
  switch (axis) {
    case TimeAxis::Step:
      return static_cast<double>(moment.step);
    case TimeAxis::Epoch:
      return moment.epoch;
    case TimeAxis::Time:
      return total_[row] / 60.0;
  }
  return 0;
}

std::optional<std::size_t> StepTable::nearestRow(TimeAxis axis, double at) const {
  std::optional<std::size_t> best;
  double least = 0;
  for (std::size_t row = 0; row < moments_.size(); ++row) {
    const double distance = std::abs(place(row, axis) - at);
    if (best && distance >= least) continue;
    best = row;
    least = distance;
  }
  return best;
}

QString StepTable::toCsv() const {
  QStringList lines;
  QStringList cells{QStringLiteral("step"), QStringLiteral("epoch"), QStringLiteral("seconds")};
  for (const auto& column : columns_) cells << quoted(column.name);
  lines << cells.join(u',');
  for (std::size_t row = 0; row < moments_.size(); ++row) {
    const auto& moment = moments_[row];
    cells = {QString::number(moment.step), exact(moment.epoch), exact(total_[row])};
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      const auto found = value(row, column);
      cells << (found ? exact(*found) : QString());
    }
    lines << cells.join(u',');
  }
  return lines.join(u'\n') + u'\n';
}

}  // namespace modascope
