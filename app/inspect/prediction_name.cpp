#include "app/inspect/prediction_name.h"

#include <QStringList>

namespace modascope {
namespace {

const QString kBetween = QStringLiteral("  ·  ");

}  // namespace

QString PredictionName::full() const {
  return QStringList{set, run, step}.join(kBetween);
}

QString PredictionName::besides(const PredictionName& other) const {
  QStringList parts{set};
  if (run != other.run) parts << run;
  if (run != other.run || step != other.step) parts << step;
  return parts.join(kBetween);
}

}  // namespace modascope
