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

QString commandFor(const AdaptationRequest& request) {
  const AdaptationRequest standard;
  const auto out = request.runs / request.run.filename().concat("-" + request.method);
  QStringList words{"modascope", "adapt",
                    "--run",     quoted(asText(request.run)),
                    "--data",    quoted(asText(request.data)),
                    "--out",     quoted(asText(out)),
                    "--method",  QString::fromStdString(request.method)};
  const auto add = [&](const char* option, const QString& value) {
    words << option << quoted(value);
  };
  if (request.subsets != standard.subsets)
    add("--subsets", QString::fromStdString(request.subsets));
  if (request.checkpoint != standard.checkpoint)
    add("--checkpoint", QString::fromStdString(request.checkpoint));
  if (request.method == "lora" && request.rank != standard.rank)
    add("--rank", QString::number(request.rank));
  if (request.steps > 0) add("--steps", QString::number(request.steps));
  if (request.learningRate > 0) add("--lr", QString::number(request.learningRate));
  return words.join(' ');
}

}  // namespace modascope
