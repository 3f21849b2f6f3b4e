#include "widgets/plots/angles/gradient_angles.h"

#include <QStringList>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/events/events.h"
#include "widgets/bridge/number_words.h"

namespace modascope {

GradientAngles::GradientAngles(ModalitySchema schema, std::vector<ModalitySet> subsets, Matrix gram)
    : schema_(std::move(schema)), subsets_(std::move(subsets)), gram_(std::move(gram)) {}

double GradientAngles::angle(std::size_t row, std::size_t column) const {
  return angleDegrees(gram_, row, column);
}

int GradientAngles::conflictingPairs() const {
  int pairs = 0;
  for (std::size_t row = 0; row < size(); ++row)
    for (std::size_t column = 0; column < row; ++column) pairs += conflict(row, column);
  return pairs;
}

QString GradientAngles::words(std::size_t row, std::size_t column) const {
  const auto name = [&](std::size_t i) {
    return QString::fromStdString(labelOf(schema_, subsets_[i]));
  };
  const double degrees = angle(row, column);
  const auto pair = name(row) + tr(" against ") + name(column);
  if (std::isnan(degrees)) return pair + u'\n' + tr("one of the gradients is zero");
  return pair + u'\n' +
         tr("%1°, cosine %2%3")
             .arg(degrees, 0, 'f', 1)
             .arg(signedNumber(std::cos(degrees * std::numbers::pi / 180), 3))
             .arg(conflict(row, column) ? tr(", in conflict") : QString());
}

QString GradientAngles::toCsv() const {
  const auto name = [&](std::size_t i) {
    QStringList keys;
    for (const auto& key : keysOf(schema_, subsets_[i])) keys << QString::fromStdString(key);
    return keys.join(u'+');
  };
  QString text = QStringLiteral("angle_degrees");
  for (std::size_t i = 0; i < size(); ++i) text += u',' + name(i);
  text += u'\n';
  for (std::size_t row = 0; row < size(); ++row) {
    text += name(row);
    for (std::size_t column = 0; column < size(); ++column)
      text += u',' + QString::number(angle(row, column), 'g', 10);
    text += u'\n';
  }
  return text;
}

}  // namespace modascope
