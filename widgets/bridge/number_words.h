#pragma once

#include <QString>

namespace modascope {

/// "−0.40", with a sign that is as wide as a plus; nothing is never negative: "0.00".
QString signedNumber(double value, int digits);
/// "+0.40", "−0.40", "0.00"
QString signedDifference(double value, int digits);

}  // namespace modascope
