#include "app/pages/command_words.h"

#include <QRegularExpression>
#include <QStringList>

#include "app/settings/paths.h"
#include "core/config/config_keys.h"

namespace modascope {
namespace {

QString quoted(QString word) {
  static const QRegularExpression plain("^[A-Za-z0-9_./=:+,-]+$");
  if (plain.match(word).hasMatch()) return word;
  return "'" + word.replace("'", "'\\''") + "'";
}

}  // namespace

QString commandFor(const TrainingRequest& request, Task task) {
  QStringList words{"modascope", "train",
                    "--data",    quoted(asText(request.data)),
                    "--out",     quoted(asText(request.runs))};
  for (const auto& assignment : differences(request.config, standardFor(task))) {
    words << "--set" << quoted(QString::fromStdString(assignment));
  }
  return words.join(' ');
}

}  // namespace modascope
