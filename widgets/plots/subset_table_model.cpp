#include "widgets/plots/subset_table_model.h"

#include <QFont>
#include <cmath>
#include <limits>

namespace modascope {

void SubsetTableModel::setTable(const SubsetTable& table) {
  beginResetModel();
  table_ = table;
  mean_ = hasMean() ? table.mean() : std::vector<double>{};
  endResetModel();
}

int SubsetTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.rows.size()) + (hasMean() ? 1 : 0);
}

int SubsetTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : 1 + static_cast<int>(table_.regions.size());
}

double SubsetTableModel::dice(int row, int column) const {
  const auto region = static_cast<std::size_t>(column - 1);
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  if (isMean(row)) return region < mean_.size() ? mean_[region] : none;
  const auto& from = table_.rows[static_cast<std::size_t>(row)];
  return from.cases > 0 && region < from.dice.size() ? from.dice[region] : none;
}

QVariant SubsetTableModel::words(int row, int column) const {
  if (column == 0) {
    if (isMean(row)) return tr("mean");
    const auto set = table_.rows[static_cast<std::size_t>(row)].set;
    return QString::fromStdString(labelOf(table_.schema, set));
  }
  const double value = dice(row, column);
  return std::isnan(value) ? QStringLiteral("–") : QString::number(value, 'f', 3);
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
    case DiceRole:
      return index.column() == 0 ? QVariant() : QVariant(dice(row, index.column()));
    case SetRole:
      return isMean(row) ? QVariant()
                         : QVariant(table_.rows[static_cast<std::size_t>(row)].set.bits());
    case Qt::ToolTipRole:
      if (isMean(row)) return tr("Mean over the subsets");
      if (table_.regions.empty()) return words(row, 0);
      return tr("%1: mean over %n case(s)", nullptr,
                table_.rows[static_cast<std::size_t>(row)].cases)
          .arg(words(row, 0).toString());
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
    if (section == 0) return tr("subset");
    return QString::fromStdString(table_.regions[static_cast<std::size_t>(section - 1)]).toUpper();
  }
  if (role == Qt::ToolTipRole && section > 0) return tr("Dice; click to sort");
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
  const double a = left.data(SubsetTableModel::DiceRole).toDouble();
  const double b = right.data(SubsetTableModel::DiceRole).toDouble();
  if (std::isnan(a) || std::isnan(b)) return !std::isnan(b);
  return a < b;
}

}  // namespace modascope
