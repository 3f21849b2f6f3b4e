#pragma once

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStringList>

namespace modascope {

/// What the program said and how it ended; −1 if it crashed.
struct Answer {
  int code;
  QString out;
  QString err;

  QJsonObject json() const {
    return QJsonDocument::fromJson(out.trimmed().split('\n').last().toUtf8()).object();
  }
};

inline Answer run(const QString& program, const QStringList& arguments) {
  QProcess process;
  process.start(program, arguments);
  process.waitForFinished(240000);
  return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
          process.readAllStandardOutput(), process.readAllStandardError()};
}

inline Answer ask(const QStringList& arguments) {
  return run(MODASCOPE_PROGRAM, arguments);
}

}  // namespace modascope
