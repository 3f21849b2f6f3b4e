#include "widgets/tables/share_table.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <vector>

#include "widgets/bridge/palette.h"

namespace modascope {
namespace {

QString words(const char* text) {
  return QCoreApplication::translate("share_table", text);
}

QString headOf(const std::string& where, const RegionSchema& regions) {
  if (where == kPicked) return words("picked");
  if (where == kEverywhere) return words("everywhere");
  const Region* region = regions.find(where);
  return region != nullptr ? regionName(*region) : QString::fromStdString(where);
}

QString cell(const QString& text) {
  return QStringLiteral("<td align='right'>&nbsp;&nbsp;%1</td>").arg(text.toHtmlEscaped());
}

QString shareIn(const AttributionShares& row, std::size_t i) {
  if (row.shares.empty()) return QStringLiteral("–");
  return QStringLiteral("%1 %").arg(std::lround(100 * row.shares[i]));
}

/// Each place once: what was picked, the regions in their order, everywhere.
std::vector<const AttributionShares*> inOrder(const Attribution& attribution) {
  std::vector<const AttributionShares*> rows;
  std::vector<std::string> places = attribution.regions.keys();
  places.insert(places.begin(), kPicked);
  places.push_back(kEverywhere);
  for (const std::string& where : places) {
    const auto found = std::find_if(attribution.shares.begin(), attribution.shares.end(),
                                    [&where](const auto& row) { return row.where == where; });
    if (found != attribution.shares.end()) rows.push_back(&*found);
  }
  return rows;
}

}  // namespace

QString shareTable(const Attribution& attribution) {
  const auto places = inOrder(attribution);
  if (places.empty()) return {};
  QString head = QStringLiteral("<td>%1</td>").arg(words("share in"));
  for (const auto* place : places) head += cell(headOf(place->where, attribution.regions));
  QString rows = QStringLiteral("<tr>%1</tr>").arg(head);
  const auto ids = attribution.set.ids();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto label = QString::fromStdString(attribution.schema.label(ids[i]));
    QString row = QStringLiteral("<td>%1</td>").arg(label.toHtmlEscaped());
    for (const auto* place : places) row += cell(shareIn(*place, i));
    rows += QStringLiteral("<tr>%1</tr>").arg(row);
  }
  return QStringLiteral("<table cellspacing='2'>%1</table>").arg(rows);
}

}  // namespace modascope
