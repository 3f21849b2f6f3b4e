#include "widgets/tables/next_scan_words.h"

#include <QCoreApplication>

#include "core/metrics/next_scan.h"
#include "core/problem/score_column.h"
#include "core/problem/task_facts.h"
#include "widgets/bridge/number_words.h"
#include "widgets/bridge/task_words.h"

namespace modascope {
namespace {

QString tr(const char* words) {
  return QCoreApplication::translate("NextScan", words);
}

constexpr double kLeast = 0.005;  // of a mean, that two digits show

/// "WT +0.02, TC −0.10, ET 0.00"
QString changes(const SubsetTable& table, const std::vector<double>& scores, double sign) {
  QStringList all;
  for (std::size_t k = 0; k < scores.size(); ++k)
    all << QString::fromStdString(scoreColumn(table.columns[k]).label) + u' ' +
               signedDifference(sign * scores[k], 2);
  return all.join(QStringLiteral(", "));
}

/// Other tasks go by their main score alone: what its columns measure does not add up.
SubsetTable mainScoreOf(SubsetTable table) {
  if (factsOf(table.task).scoresRegions()) return withoutEmptyRegions(table);
  table.columns.resize(1);
  for (auto& row : table.rows) row.scores.resize(1);
  return table;
}

QString nameOf(const SubsetTable& table, const Worth& worth) {
  return QString::fromStdString(table.schema.label(worth.modality));
}

/// Without a truth nothing is known to help: only what comes nearest to the prediction from all.
QString agreementWords(const SubsetTable& table, const std::vector<Worth>& add,
                       const std::vector<Worth>& keep) {
  QStringList words;
  if (!add.empty() && add.front().mean >= kLeast)
    words << tr("With %1 it would come nearest to the prediction from all: %2.")
                 .arg(nameOf(table, add.front()), changes(table, add.front().scores, 1));
  if (!keep.empty() && keep.front().mean >= kLeast)
    words << tr("Without %1 it would change most: %2.")
                 .arg(nameOf(table, keep.front()), changes(table, keep.front().scores, -1));
  return words.join(u' ');
}

QString addingWords(const SubsetTable& table, const std::vector<Worth>& add) {
  const QString modalities = modalitiesNounOf(table.task);
  const Worth& best = add.front();
  if (best.mean < kLeast) return tr("None of the %1 left out would help.").arg(modalities);
  return tr("Of the %1 left out %2 would help most: %3.")
      .arg(modalities, nameOf(table, best), changes(table, best.scores, 1));
}

QString keepingWords(const SubsetTable& table, const std::vector<Worth>& keep) {
  const Worth& most = keep.front();
  const Worth& least = keep.back();
  if (most.mean >= kLeast)
    return tr("Without %1 it would lose most: %2.")
        .arg(nameOf(table, most), changes(table, most.scores, -1));
  const QString words =
      tr("Leaving out any one of the %1 shown costs nothing.").arg(modalitiesNounOf(table.task));
  if (least.mean > -kLeast) return words;
  return words + u' ' +
         tr("Without %1 it would even gain: %2.")
             .arg(nameOf(table, least), changes(table, least.scores, -1));
}

}  // namespace

QString nextScanWords(const SubsetTable& all, ModalitySet set) {
  const SubsetTable table = mainScoreOf(all);
  if (table.columns.empty()) return {};
  const auto add = worthOfAdding(table, set), keep = worthOfKeeping(table, set);
  if (table.reference == Reference::AllModalities) return agreementWords(table, add, keep);
  QStringList words;
  if (!add.empty()) words << addingWords(table, add);
  if (!keep.empty()) words << keepingWords(table, keep);
  return words.join(u' ');
}

}  // namespace modascope
