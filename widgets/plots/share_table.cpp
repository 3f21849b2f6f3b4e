#include "widgets/plots/share_table.h"

#include <QCoreApplication>
#include <cmath>

namespace modascope {
namespace {

QString words(const char* text) {
  return QCoreApplication::translate("share_table", text);
}

QString headOf(const std::string& where) {
  if (where == "picked") return words("picked");
  if (where == "everywhere") return words("everywhere");
  return QString::fromStdString(where).toUpper();
}

QString cell(const QString& text) {
  return QStringLiteral("<td align='right'>&nbsp;&nbsp;%1</td>").arg(text.toHtmlEscaped());
}

QString shareIn(const AttributionShares& row, std::size_t i) {
  if (row.shares.empty()) return QStringLiteral("–");
  return QStringLiteral("%1 %").arg(std::lround(100 * row.shares[i]));
}

}  // namespace

QString shareTable(const Attribution& attribution) {
  if (attribution.shares.size() < 2) return {};
  // What was asked about comes first; a region stands further down once more.
  const std::size_t first = attribution.picked ? 0 : 1;
  QString head = QStringLiteral("<td>%1</td>").arg(words("share in"));
  for (std::size_t w = first; w < attribution.shares.size(); ++w)
    head += cell(headOf(attribution.shares[w].where));
  QString rows = QStringLiteral("<tr>%1</tr>").arg(head);
  const auto ids = attribution.set.ids();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto label = QString::fromStdString(attribution.schema.label(ids[i]));
    QString row = QStringLiteral("<td>%1</td>").arg(label.toHtmlEscaped());
    for (std::size_t w = first; w < attribution.shares.size(); ++w)
      row += cell(shareIn(attribution.shares[w], i));
    rows += QStringLiteral("<tr>%1</tr>").arg(row);
  }
  return QStringLiteral("<table cellspacing='2'>%1</table>").arg(rows);
}

}  // namespace modascope
