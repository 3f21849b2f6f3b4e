#include "widgets/samples/feature_scale.h"

#include <QPainter>

#include "widgets/bridge/palette.h"

namespace modascope {
namespace {

constexpr int kBarWidth = 180;
constexpr int kBarHeight = 10;

QString numberAt(int deviations) {
  if (deviations == 0) return QStringLiteral("0");
  return (deviations < 0 ? QChar(0x2212) : QChar(u'+')) + QString::number(std::abs(deviations));
}

}  // namespace

QColor featureColour(double value) {
  return mapped(ColourMap::Diverging, (value / kMostDeviations + 1) / 2);
}

FeatureScale::FeatureScale(QWidget* parent) : QWidget(parent) {
  setAccessibleName(tr("Scale of the features"));
  setToolTip(
      tr("Each number is shown as the network gets it: less the mean of the training "
         "samples, in standard deviations. One scale for all modalities."));
}

QSize FeatureScale::sizeHint() const {
  return {kBarWidth + 320, fontMetrics().height() + kBarHeight + 4};
}

QSize FeatureScale::minimumSizeHint() const {
  return {kBarWidth + 20, sizeHint().height()};
}

void FeatureScale::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const QRect bar(8, 1, kBarWidth, kBarHeight);
  for (int x = 0; x < bar.width(); ++x) {
    const double value = kMostDeviations * (2.0 * x / (bar.width() - 1) - 1);
    painter.fillRect(bar.left() + x, bar.top(), 1, bar.height(), featureColour(value));
  }
  const QColor text = palette().color(QPalette::WindowText);
  painter.setPen(text);
  const int most = static_cast<int>(kMostDeviations);
  for (int deviations = -most; deviations <= most; ++deviations) {
    const int x = bar.left() + (deviations + most) * (bar.width() - 1) / (2 * most);
    painter.drawText(QRect(x - 20, bar.bottom() + 2, 40, fontMetrics().height()), Qt::AlignCenter,
                     numberAt(deviations));
  }
  const QRect rest(bar.right() + 16, 0, width() - bar.right() - 16, height());
  painter.drawText(rest, Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(tr("standard deviations from the training mean"),
                                            Qt::ElideRight, rest.width()));
}

}  // namespace modascope
