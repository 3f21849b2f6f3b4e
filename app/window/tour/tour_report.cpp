#include "app/window/tour/tour_report.h"

#include <QBuffer>
#include <QStringList>
#include <cmath>

namespace modascope {
namespace {

const QString kStyle = R"(
body { font: 15px/1.5 system-ui, sans-serif; color: #222; background: #fff; max-width: 1100px;
       margin: 2em auto; padding: 0 1em; }
img { max-width: 100%; border: 1px solid #ddd; }
figure { margin: 1.5em 0; }
figcaption, .rule { color: #666; font-size: 13px; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
td, th { padding: 3px 14px 3px 0; text-align: left; border-bottom: 1px solid #eee; }
td.number, th.number { text-align: right; }
)";

QString dataUri(const QImage& image) {
  return "data:image/png;base64," + QString::fromLatin1(pngOf(image).toBase64());
}

QString numberCells(const std::vector<double>& values) {
  QString cells;
  for (const double value : values) {
    const QString number = std::isnan(value) ? QStringLiteral("–") : QString::number(value, 'f', 3);
    cells += QString("<td class='number'>%1</td>").arg(number);
  }
  return cells;
}

QString factTable(const TourFacts& facts) {
  QString rows;
  for (const auto& [name, value] : facts.run) {
    rows += QString("<tr><td>%1</td><td>%2</td></tr>\n")
                .arg(name.toHtmlEscaped(), value.toHtmlEscaped());
  }
  return "<table>" + rows + "</table>\n";
}

QString subsetTable(const SubsetTable& table, const QString& caption) {
  QString head = "<tr><th>modalities</th>";
  for (const auto& region : table.columns) {
    head += "<th class='number'>" + QString::fromStdString(region).toUpper() + "</th>";
  }
  QString rows;
  for (const auto& row : table.rows) {
    rows += "<tr><td>" + QString::fromStdString(labelOf(table.schema, row.set)).toHtmlEscaped() +
            "</td>" + numberCells(row.scores) + "</tr>\n";
  }
  rows += "<tr><th>mean</th>" + numberCells(table.mean()) + "</tr>\n";
  return "<h2>Dice of every subset of modalities</h2>\n<p>" + caption.toHtmlEscaped() +
         "</p>\n<table>" + head + "</tr>\n" + rows + "</table>\n<p class='rule'>" +
         QString(kEmptyRegionRule).toHtmlEscaped() + "</p>\n";
}

}  // namespace

QByteArray pngOf(const QImage& image) {
  QByteArray png;
  QBuffer buffer(&png);
  buffer.open(QIODevice::WriteOnly);
  image.save(&buffer, "PNG");
  return png;
}

QString tourReport(const TourFacts& facts, const std::vector<TourPicture>& pictures) {
  QString html =
      "<!DOCTYPE html>\n<html lang='en'><head><meta charset='utf-8'>"
      "<title>Modascope: a tour</title><style>" +
      kStyle +
      "</style></head><body>\n"
      "<h1>Modascope: a tour on the embedded phantom</h1>\n";
  html += factTable(facts);
  for (const auto& picture : pictures) {
    html += QString("<figure><img alt='%1' src='%2'><figcaption>%1</figcaption></figure>\n")
                .arg(picture.caption.toHtmlEscaped(), dataUri(picture.image));
  }
  if (facts.table) html += subsetTable(*facts.table, facts.tableCaption);
  return html +
         "<p class='rule'>Phantom data, made by the program. Research use only.</p>\n"
         "</body></html>\n";
}

}  // namespace modascope
