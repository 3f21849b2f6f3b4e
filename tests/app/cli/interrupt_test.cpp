#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>

#include <signal.h>

#include "tests/app/cli/program.h"
#include "tests/test_program.h"

using namespace modascope;

/// Ctrl+C, SIGTERM and a closed terminal, wherever a command is.
class InterruptTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  QString place(const QString& name) const { return folder_.filePath(name); }

  struct Stopped {
    int code = -1;  ///< as a shell tells it
    qint64 milliseconds = 0;
    QString err;
  };
  /// Sends the signals, a while apart, and waits for the end.
  static Stopped stop(QProcess& process, const QList<int>& signalsInOrder) {
    QElapsedTimer clock;
    for (const int number : signalsInOrder) {
      ::kill(static_cast<pid_t>(process.processId()), number);
      clock.start();
      process.waitForFinished(100);
    }
    process.waitForFinished(60000);
    const bool normal = process.exitStatus() == QProcess::NormalExit;
    return {normal ? process.exitCode() : 128 + process.exitCode(), clock.elapsed(),
            process.readAllStandardError()};
  }
  static void start(QProcess& process, const QStringList& words) {
    process.start(MODASCOPE_PROGRAM, words);
    process.waitForStarted();
  }
  /// Until the program listens: its handler is there.
  static void waitUntilItListens(const QProcess& process) {
    QTRY_VERIFY_WITH_TIMEOUT(
        [&] {
          QFile status(QString("/proc/%1/status").arg(process.processId()));
          if (!status.open(QIODevice::ReadOnly)) return false;
          for (const QByteArray& line : status.readAll().split('\n'))
            if (line.startsWith("SigCgt:"))
              return (line.mid(7).trimmed().toULongLong(nullptr, 16) >> (SIGTERM - 1) & 1) != 0;
          return false;
        }(),
        60000);
  }

 private Q_SLOTS:
  void initTestCase() {
    QCOMPARE(ask({"phantom", "--out", place("data"), "--cases", "2", "--size", "16"}).code, 0);
  }

  void whileDataAreOpenedItEndsWithinASecond_data() {
    QTest::addColumn<int>("number");
    QTest::newRow("Ctrl+C") << SIGINT;
    QTest::newRow("SIGTERM") << SIGTERM;
    QTest::newRow("the terminal was closed") << SIGHUP;
  }
  void whileDataAreOpenedItEndsWithinASecond() {
    QFETCH(int, number);
    QProcess process;
    start(process, {"phantom", "--out", place("big"), "--cases", "900", "--size", "96"});
    waitUntilItListens(process);
    QTRY_VERIFY_WITH_TIMEOUT(QDir(place("big")).exists(), 60000);
    const Stopped stopped = stop(process, {number});
    QCOMPARE(stopped.code, 128 + number);
    QVERIFY2(stopped.milliseconds < 5000, qPrintable(QString::number(stopped.milliseconds)));
    QCOMPARE(stopped.err, "modascope: It was stopped; nothing half made is left.\n");
    QVERIFY(!QDir(place("big")).exists());
  }

  void aSecondSignalEndsItAtOnce() {
    QProcess process;
    start(process, {"phantom", "--out", place("twice"), "--cases", "900", "--size", "96"});
    waitUntilItListens(process);
    const Stopped stopped = stop(process, {SIGINT, SIGINT});
    QCOMPARE(stopped.code, 128 + SIGINT);
    QCOMPARE(stopped.err, QString());
  }

  void whatIsNotToBeHeardIsNotHeard() {
    QProcess process;
    process.setChildProcessModifier([] { ::signal(SIGHUP, SIG_IGN); });  // as `nohup` does it
    start(process, {"phantom", "--out", place("nohup"), "--cases", "900", "--size", "96"});
    waitUntilItListens(process);
    ::kill(static_cast<pid_t>(process.processId()), SIGHUP);
    QVERIFY(!process.waitForFinished(2000));
    QCOMPARE(stop(process, {SIGTERM}).code, 128 + SIGTERM);
  }

  void trainingBringsItsStepToAnEnd() {
    QProcess process;
    start(process, {"train", "--data", place("data"), "--out", place("runs"), "--set",
                    "train.steps=100000", "--set", "train.crop=16", "--json"});
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += process.readAllStandardError()).contains("parameters"),
                             60000);
    QTest::qWait(3000);
    const Stopped stopped = stop(process, {SIGHUP});
    QCOMPARE(stopped.code, 0);
    const auto json = QJsonDocument::fromJson(process.readAllStandardOutput().trimmed()).object();
    QCOMPARE(json["state"].toString(), "interrupted");
    QVERIFY(QFile::exists(json["run"].toString() + "/checkpoints/last.safetensors"));
  }
};

GUILESS_TEST(InterruptTest)
#include "interrupt_test.moc"
