#include "widgets/tables/subset_table_model.h"

#include <QFont>
#include <algorithm>
#include <cmath>
#include <limits>

#include "core/problem/score_column.h"
#include "core/problem/task_facts.h"
#include "widgets/bridge/task_words.h"

namespace modascope {
namespace {

using Shade = SubsetColumn::Shade;

/// "Pixel accuracy" → "Pixel\naccuracy", "IoU 1" as it is.
QString wrapped(QString label) {
  label.replace(" (", "\n(").replace("/ ", "/\n");
  constexpr qsizetype few = 8;
  if (label.size() > few && !label.contains('\n')) label.replace(' ', '\n');
  return label;
}

/// What the scores of a task are called; regions keep their own way.
std::vector<SubsetColumn> columnsOf(const SubsetTable& table) {
  std::vector<SubsetColumn> columns;
  if (factsOf(table.task).scoresRegions()) return columns;
  for (const std::string& key : table.columns) {
    const ScoreColumn score = scoreColumn(key);
    const QString label = QString::fromStdString(score.label);
    columns.push_back({wrapped(label), label,
                       score.largerIsBetter ? Shade::LargerIsBetter : Shade::SmallerIsBetter});
  }
  return columns;
}

}  // namespace

void SubsetTableModel::setTable(const SubsetTable& table,
                                const std::vector<SubsetColumn>& columns) {
  beginResetModel();
  table_ = table;
  ofOneSample_ = !columns.empty();
  columns_ = ofOneSample_ ? columns : columnsOf(table);
  const auto all = measures();
  if (std::find(all.begin(), all.end(), measure_) == all.end()) measure_ = Measure::Dice;
  measureAgain();
  endResetModel();
}

void SubsetTableModel::clear() {
  beginResetModel();
  table_.reset();
  ofOneSample_ = false;
  columns_.clear();
  measure_ = Measure::Dice;
  measureAgain();
  endResetModel();
}

std::vector<Measure> SubsetTableModel::measures() const {
  std::vector<Measure> all{Measure::Dice};
  if (!table_) return all;
  if (!table_->meanHd95().empty()) all.push_back(Measure::Hd95);
  if (!table_->meanMl().empty()) all.push_back(Measure::Volume);
  return all;
}

void SubsetTableModel::setMeasure(Measure measure) {
  beginResetModel();
  measure_ = measure;
  measureAgain();
  endResetModel();
}

void SubsetTableModel::measureAgain() {
  mean_.clear();
  most_ = 0;
  if (!hasMean()) return;
  mean_ = measure_ == Measure::Dice   ? table_->mean()
          : measure_ == Measure::Hd95 ? table_->meanHd95()
                                      : table_->meanMl();
  for (const auto& row : table_->rows)
    for (const double value : valuesOf(row)) most_ = std::max(most_, value);
}

const std::vector<double>& SubsetTableModel::valuesOf(const SubsetTable::Row& row) const {
  return measure_ == Measure::Dice ? row.scores : measure_ == Measure::Hd95 ? row.hd95 : row.ml;
}

double SubsetTableModel::shadeOfScore(double value, std::size_t column) const {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const Shade how = columns_[column].shade;
  if (how == Shade::None) return none;
  if (how == Shade::LargerIsBetter) return value;
  double most = 0;
  for (const auto& row : table_->rows)
    if (row.cases > 0) most = std::max(most, row.scores[column]);
  return most > 0 ? 1 - value / most : 1;
}

double SubsetTableModel::shade(double value, int column) const {
  if (!isOfRegions()) return shadeOfScore(value, static_cast<std::size_t>(column - 1));
  if (measure_ == Measure::Dice) return value;
  const double part = most_ > 0 ? value / most_ : 0;
  return measure_ == Measure::Hd95 ? 1 - part : part;
}

int SubsetTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : rows() + (hasMean() ? 1 : 0);
}

int SubsetTableModel::columnCount(const QModelIndex& parent) const {
  if (parent.isValid()) return 0;
  return 1 + (table_ ? static_cast<int>(table_->columns.size()) : 0);
}

double SubsetTableModel::value(int row, int column) const {
  const auto region = static_cast<std::size_t>(column - 1);
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (isMean(row)) return region < mean_.size() ? mean_[region] : none;
  const auto& from = table_->rows[static_cast<std::size_t>(row)];
  const auto& values = valuesOf(from);
  return from.cases > 0 && region < values.size() ? values[region] : none;
}

QVariant SubsetTableModel::words(int row, int column) const {
  if (column == 0) {
    if (isMean(row)) return tr("mean");
    const auto set = table_->rows[static_cast<std::size_t>(row)].set;
    return QString::fromStdString(labelOf(table_->schema, set));
  }
  const double number = value(row, column);
  if (std::isnan(number)) return QStringLiteral("–");
  const auto place = static_cast<std::size_t>(column - 1);
  if (!isOfRegions() && columns_[place].words) return columns_[place].words(number);
  return QString::number(number, 'f', measure_ == Measure::Dice ? 3 : 1);
}

QString SubsetTableModel::explanation(int row) const {
  if (isMean(row)) return tr("Mean over the subsets");
  const QString name = words(row, 0).toString();
  if (table_->columns.empty() || ofOneSample_) return name;
  const QString all = counted(table_->task, table_->rows[static_cast<std::size_t>(row)].cases);
  return isOfRegions() ? tr("%1: mean over %2").arg(name, all) : tr("%1: over %2").arg(name, all);
}

QVariant SubsetTableModel::data(const QModelIndex& index, int role) const {
  const int row = index.row();
  switch (role) {
    case Qt::DisplayRole:
      return words(row, index.column());
    case Qt::TextAlignmentRole:
      return QVariant(Qt::AlignVCenter | (index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight));
    case MeanRole:
      return isMean(row);
    case ValueRole:
      return index.column() == 0 ? QVariant() : QVariant(value(row, index.column()));
    case ShadeRole:
      return index.column() == 0 ? QVariant()
                                 : QVariant(shade(value(row, index.column()), index.column()));
    case SetRole:
      return isMean(row) ? QVariant()
                         : QVariant(table_->rows[static_cast<std::size_t>(row)].set.bits());
    case Qt::ToolTipRole:
      return explanation(row);
    case Qt::FontRole: {
      QFont font;
      font.setBold(true);
      return isMean(row) ? QVariant(font) : QVariant();
    }
    default:
      return {};
  }
}

QVariant SubsetTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return QVariant(Qt::AlignVCenter | (section == 0 ? Qt::AlignLeft : Qt::AlignRight));
  if (role == Qt::DisplayRole) {
    if (section == 0)
      return isAgreement() && measure_ != Measure::Volume ? tr("subset: agreement with all")
                                                          : tr("subset");
    if (!isOfRegions()) return columns_[static_cast<std::size_t>(section - 1)].label;
    const std::string& key = table_->columns[static_cast<std::size_t>(section - 1)];
    return QString::fromStdString(scoreColumn(key).label);
  }
  if (role != Qt::ToolTipRole || section == 0) return {};
  if (!isOfRegions())
    return tr("%1; click to sort").arg(columns_[static_cast<std::size_t>(section - 1)].hint);
  switch (measure_) {
    case Measure::Dice:
      return isAgreement() ? tr("Dice with the prediction from all; click to sort")
                           : tr("Dice; click to sort");
    case Measure::Hd95:
      return tr("HD95 in mm; click to sort");
    case Measure::Volume:
      return tr("Predicted volume in mL; click to sort");
  }
  return {};
}

Qt::ItemFlags SubsetTableModel::flags(const QModelIndex& index) const {
  return isMean(index.row()) ? Qt::ItemIsEnabled : Qt::ItemIsEnabled | Qt::ItemIsSelectable;
}

bool SubsetOrder::lessThan(const QModelIndex& left, const QModelIndex& right) const {
  const bool leftMean = left.data(SubsetTableModel::MeanRole).toBool();
  const bool rightMean = right.data(SubsetTableModel::MeanRole).toBool();
  if (leftMean || rightMean)
    return leftMean ? sortOrder() == Qt::DescendingOrder && !rightMean
                    : sortOrder() == Qt::AscendingOrder;
  if (left.column() == 0) return left.row() < right.row();
  const double a = left.data(SubsetTableModel::ValueRole).toDouble();
  const double b = right.data(SubsetTableModel::ValueRole).toDouble();
  if (std::isnan(a) || std::isnan(b)) return !std::isnan(b);
  return a < b;
}

}  // namespace modascope
