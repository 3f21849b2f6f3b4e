#include "widgets/bridge/number_words.h"

#include <QChar>
#include <cmath>

namespace modascope {

QString signedNumber(double value, int digits) {
  const QString number = QString::number(std::abs(value), 'f', digits);
  return value < 0 && number.toDouble() > 0 ? QChar(0x2212) + number : number;
}

QString signedDifference(double value, int digits) {
  const QString number = signedNumber(value, digits);
  return value > 0 && number.toDouble() > 0 ? '+' + number : number;
}

}  // namespace modascope
