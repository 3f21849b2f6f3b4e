#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/bridge/number_words.h"
#include "widgets/bridge/palette.h"
#include "widgets/bridge/subset_dots.h"
#include "widgets/samples/prediction_view.h"

namespace modascope {
namespace {

constexpr int kMargin = 8;
constexpr int kAxisEnd = 40;  ///< room for half a number at the axis's ends
constexpr double kDot = 6;

/// Beyond the labels seen in training too, where a network says so.
double clampedTo(const SampleTruth& range, double value) {
  return std::clamp(value, range.least, range.most);
}

void paintTruth(QPainter& painter, const PlotTheme& theme, const QPointF& centre) {
  painter.setPen(QPen(theme.text, 2));
  painter.setBrush(Qt::NoBrush);
  painter.drawEllipse(centre, kDot + 2, kDot + 2);
}

void paintPrediction(QPainter& painter, const PlotTheme& theme, const QPointF& centre) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(theme.accent);
  painter.drawEllipse(centre, kDot, kDot);
  painter.setBrush(Qt::NoBrush);
}

}  // namespace

double PredictionView::placeOf(double value) const {
  const double span = truth_ ? truth_->most - truth_->least : 0;
  const double part = span > 0 ? (clampedTo(*truth_, value) - truth_->least) / span : 0.5;
  return kAxisEnd + part * (width() - 2 * kAxisEnd);
}

void PredictionView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const PlotTheme theme = plotTheme(palette());
  painter.fillRect(rect(), theme.background);
  if (!truth_) return;
  QFont bold = font();
  bold.setBold(true);
  const QRect line(kMargin, 6, width() - 2 * kMargin, fontMetrics().height());
  const QString head = saysNumber() ? tr("Prediction of %1").arg(nameOf(0)) : tr("Prediction");
  painter.setFont(bold);
  painter.setPen(theme.text);
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, head);
  const int used = QFontMetrics(bold).horizontalAdvance(head) + 12;
  painter.setFont(font());
  painter.drawText(line.adjusted(used, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(words(), Qt::ElideRight, line.width() - used));
  if (saysNumber())
    paintAxis(painter, theme);
  else
    paintClasses(painter, theme);
}

void PredictionView::paintClasses(QPainter& painter, const PlotTheme& theme) const {
  const int line = fontMetrics().height() + 8;
  const int percent = fontMetrics().horizontalAdvance(QStringLiteral("100 %")) + kMargin;
  const int mark = fontMetrics().horizontalAdvance(tr("✓ true")) + kMargin;
  int names = 0;
  for (const std::size_t k : classes())
    names = std::max(names, fontMetrics().horizontalAdvance(nameOf(k)));
  names = std::min(names, width() / 3) + kMargin;
  int y = fontMetrics().height() + 16;
  for (const std::size_t k : classes()) {
    const double probability = (*shown())[k];
    const bool isTrue = k == static_cast<std::size_t>(truth_->truth);
    const QRect row(kMargin, y, width() - 2 * kMargin, line);
    const QRectF bar(row.left() + names, y + 4, row.width() - names - percent - mark, line - 8);
    painter.setPen(theme.text);
    painter.drawText(row, Qt::AlignLeft | Qt::AlignVCenter,
                     fontMetrics().elidedText(nameOf(k), Qt::ElideRight, names - kMargin));
    painter.fillRect(bar, theme.grid);
    painter.fillRect(QRectF(bar.topLeft(), QSizeF(bar.width() * probability, bar.height())),
                     theme.accent);
    if (isTrue) {
      painter.setPen(QPen(theme.text, 1.6));
      painter.drawRect(bar);
      painter.drawText(row, Qt::AlignRight | Qt::AlignVCenter, tr("✓ true"));
    }
    painter.drawText(row.adjusted(0, 0, -mark, 0), Qt::AlignRight | Qt::AlignVCenter,
                     QStringLiteral("%1 %").arg(std::lround(100 * probability)));
    y += line;
  }
}

void PredictionView::paintAxis(QPainter& painter, const PlotTheme& theme) const {
  const double y = axisY();
  painter.setPen(QPen(theme.faintText, 1.2));
  painter.drawLine(QPointF(placeOf(truth_->least), y), QPointF(placeOf(truth_->most), y));
  const double span = truth_->most - truth_->least;
  const double step = span > 12 || span < 2 ? span / 6 : 1;
  for (double value = truth_->least; value <= truth_->most + 1e-9 * span; value += step) {
    const double x = placeOf(value);
    painter.drawLine(QPointF(x, y), QPointF(x, y + 5));
    painter.drawText(QRectF(x - 40, y + 6, 80, fontMetrics().height()), Qt::AlignCenter,
                     signedNumber(value, step == 1 ? 0 : 2));
    if (step <= 0) break;
  }
  if (isSentiment()) {
    const QRectF words(kMargin, y + 7 + fontMetrics().height(), width() - 2.0 * kMargin,
                       fontMetrics().height());
    painter.drawText(words, Qt::AlignLeft, tr("← negative"));
    painter.drawText(words, Qt::AlignRight, tr("positive →"));
    painter.drawText(words, Qt::AlignHCenter, tr("neutral"));
  }
  paintMarks(painter, theme);
  paintValues(painter, theme, y);
  paintKey(painter, theme);
}

/// All subsets as ticks, the truth as a ring, what is on show as a dot.
void PredictionView::paintValues(QPainter& painter, const PlotTheme& theme, double y) const {
  if (outputs_) {
    painter.setPen(QPen(theme.faintText, 1.2));
    for (const auto& [set, values] : outputs_->each)
      painter.drawLine(QPointF(placeOf(values.front()), y - 5),
                       QPointF(placeOf(values.front()), y));
  }
  paintTruth(painter, theme, {placeOf(truth_->truth), y});
  if (const auto* values = shown()) paintPrediction(painter, theme, {placeOf(values->front()), y});
}

void PredictionView::paintMarks(QPainter& painter, const PlotTheme& theme) const {
  for (const StackedSubset& mark : marks()) {
    if (mark.set == set_) {
      painter.setPen(QPen(theme.accent, 1.5));
      painter.setBrush(Qt::NoBrush);
      painter.drawRoundedRect(mark.place.adjusted(1, 0.5, -1, -0.5), 3, 3);
    }
    const double left = mark.place.center().x() - subsetWidth(kSubsetDot, problem_->schema) / 2;
    paintSubset(painter, {left, mark.place.top(), mark.place.width(), mark.place.height()},
                kSubsetDot, problem_->schema, mark.set, theme);
  }
}

/// What the marks are, under the head.
void PredictionView::paintKey(QPainter& painter, const PlotTheme& theme) const {
  const int line = fontMetrics().height();
  QPointF at(kMargin + kDot, 10 + 1.5 * line);
  const auto say = [&](const QString& words) {
    painter.setPen(theme.faintText);
    const int wide = fontMetrics().horizontalAdvance(words) + 2;
    painter.drawText(QRectF(at.x() + kDot + 5, at.y() - line / 2.0, wide, line), Qt::AlignLeft,
                     words);
    at.rx() += wide + 3 * kDot + 10;
  };
  if (shown()) {
    paintPrediction(painter, theme, at);
    say(tr("prediction"));
  }
  paintTruth(painter, theme, at);
  say(tr("truth"));
  if (outputs_ && outputs_->each.size() > 1) {
    painter.setPen(QPen(theme.faintText, 1.2));
    painter.drawLine(at - QPointF(0, 4), at + QPointF(0, 4));
    say(tr("each subset"));
  }
}

}  // namespace modascope
