#include "widgets/plots/next_scan_words.h"

#include <QCoreApplication>

#include "core/metrics/next_scan.h"
#include "core/problem/score_column.h"

namespace modascope {
namespace {

QString tr(const char* words) {
  return QCoreApplication::translate("NextScan", words);
}

/// "WT +0.02, TC −0.10"
QString changes(const SubsetTable& table, const std::vector<double>& dice, double sign) {
  QStringList all;
  for (std::size_t k = 0; k < dice.size(); ++k) {
    const double change = sign * dice[k];
    const QString number = QString::number(std::abs(change), 'f', 2);
    all << QString::fromStdString(scoreColumn(table.columns[k]).label) + u' ' +
               (change < 0 ? QChar(0x2212) : QChar(u'+')) + number;
  }
  return all.join(QStringLiteral(", "));
}

/// Other tasks go by their main score alone: what its columns measure does not add up.
SubsetTable mainScoreOf(SubsetTable table) {
  if (table.task == Task::Segmentation3d) return table;
  table.columns.resize(1);
  for (auto& row : table.rows) row.scores.resize(1);
  return table;
}

}  // namespace

QString nextScanWords(const SubsetTable& all, ModalitySet set) {
  const SubsetTable table = mainScoreOf(all);
  const bool scans = table.task == Task::Segmentation3d;
  QStringList words;
  const auto name = [&](const Worth& worth) {
    return QString::fromStdString(table.schema.label(worth.modality));
  };
  if (const auto add = worthOfAdding(table, set); !add.empty()) {
    words << (add.front().mean > 0
                  ? (scans ? tr("Of the scans left out %1 would help most: %2.")
                           : tr("Of the modalities left out %1 would help most: %2."))
                        .arg(name(add.front()), changes(table, add.front().scores, 1))
                  : (scans ? tr("None of the scans left out would help.")
                           : tr("None of the modalities left out would help.")));
  }
  if (const auto keep = worthOfKeeping(table, set); !keep.empty()) {
    words << tr("Without %1 it would lose most: %2.")
                 .arg(name(keep.front()), changes(table, keep.front().scores, -1));
  }
  return words.join(u' ');
}

}  // namespace modascope
