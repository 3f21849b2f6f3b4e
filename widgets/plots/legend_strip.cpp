#include "widgets/plots/legend_strip.h"

#include <QPainter>
#include <algorithm>

namespace modascope {
namespace {

constexpr int kSample = 22;
constexpr int kGap = 6;
constexpr int kBetween = 16;

int widthOf(const LegendEntry& entry, const QFontMetrics& metrics) {
  const int name = kSample + kGap + metrics.horizontalAdvance(entry.name);
  if (entry.value.isEmpty()) return name;
  // A place wide enough for most values, so that the strip does not jump as they change.
  return name + kGap +
         std::max(metrics.horizontalAdvance(entry.value),
                  metrics.horizontalAdvance(QStringLiteral("0.0000")));
}

void paintEntry(QPainter& painter, const QRect& place, const LegendEntry& entry,
                const PlotTheme& theme) {
  QPen pen(entry.colour, entry.width, entry.line);
  pen.setCapStyle(Qt::FlatCap);
  painter.setPen(pen);
  const int middle = place.center().y() + 1;
  if (entry.dot) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(entry.colour);
    painter.drawEllipse(QPointF(place.left() + kSample / 2.0, middle), 4, 4);
  } else {
    painter.drawLine(QPointF(place.left(), middle), QPointF(place.left() + kSample, middle));
  }
  painter.setPen(theme.faintText);
  const auto text = place.adjusted(kSample + kGap, 0, 0, 0);
  painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, entry.name);
  painter.setPen(theme.text);
  painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter, entry.value);
}

}  // namespace

int paintLegend(QPainter* painter, int width, const QString& where,
                const std::vector<LegendEntry>& entries, const PlotTheme& theme,
                const QFont& font) {
  const QFontMetrics metrics(font);
  const int height = metrics.height() + 2;
  int x = 0;
  int y = 0;
  const auto take = [&](int needed) {
    if (x > 0 && x + needed > width) {
      x = 0;
      y += height;
    }
    const QRect place(x, y, needed, height);
    x += needed + kBetween;
    return place;
  };
  if (!where.isEmpty()) {
    const auto place = take(std::max(metrics.horizontalAdvance(where),
                                     metrics.horizontalAdvance(QStringLiteral("step 0000"))));
    if (painter) {
      painter->setPen(theme.faintText);
      painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter, where);
    }
  }
  for (const auto& entry : entries) {
    const auto place = take(widthOf(entry, metrics));
    if (painter) paintEntry(*painter, place, entry, theme);
  }
  return y + height;
}

LegendStrip::LegendStrip(QWidget* parent) : QWidget(parent) {
  auto policy = QSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

void LegendStrip::setEntries(const QString& where, std::vector<LegendEntry> entries) {
  const int before = heightForWidth(width());
  where_ = where;
  entries_ = std::move(entries);
  if (heightForWidth(width()) != before) updateGeometry();
  update();
}

void LegendStrip::setTheme(const PlotTheme& theme) {
  theme_ = theme;
  update();
}

int LegendStrip::heightForWidth(int width) const {
  return paintLegend(nullptr, width, where_, entries_, theme_, font());
}

QSize LegendStrip::sizeHint() const {
  return {200, heightForWidth(std::max(width(), 200))};
}

void LegendStrip::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  paintLegend(&painter, width(), where_, entries_, theme_, font());
}

}  // namespace modascope
