#include <QCoreApplication>
#include <QProcess>
#include <QTest>
#include <cstdio>
#include <cstdlib>

/// This very program, started with other environments: what the OpenMP runtime finds in it.
class WaitingTest : public QObject {
  Q_OBJECT

  struct Told {
    QString policy;
    QStringList words;
  };
  static Told ask(const QProcessEnvironment& environment, const QStringList& more = {}) {
    QProcess process;
    process.setProcessEnvironment(environment);
    process.start(QCoreApplication::applicationFilePath(), QStringList{"tell"} + more);
    process.waitForFinished();
    QStringList lines = QString(process.readAllStandardOutput()).split('\n');
    return {lines.takeFirst(), lines};
  }
  static QProcessEnvironment plain() {
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"OMP_WAIT_POLICY", "GOMP_SPINCOUNT", "KMP_BLOCKTIME", "KMP_LIBRARY"})
      environment.remove(name);
    return environment;
  }

 private Q_SLOTS:
  void threadsSleepWhileTheyWait() { QCOMPARE(ask(plain()).policy, "PASSIVE 1000"); }

  void anEmptyEnvironmentWillDo() {
    QProcessEnvironment empty;
    empty.insert("LD_LIBRARY_PATH", qEnvironmentVariable("LD_LIBRARY_PATH"));
    QCOMPARE(ask(empty).policy, "PASSIVE 1000");
  }

  void whatTheUserSaysStays() {
    QProcessEnvironment active = plain();
    active.insert("OMP_WAIT_POLICY", "active");
    QCOMPARE(ask(active).policy, "active nothing");
    QProcessEnvironment spins = plain();
    spins.insert("GOMP_SPINCOUNT", "7");
    QCOMPARE(ask(spins).policy, "nothing 7");
  }

  void theArgumentsAreAsTheyWere() {
    const QStringList words{"two words", "", "ü", "--x=1"};
    const Told told = ask(plain(), words);
    QCOMPARE(told.words.mid(1, words.size()), words);
    QCOMPARE(told.words.first(), QCoreApplication::applicationFilePath());
  }

  void theProcessKeepsItsName() {
    QVERIFY(ask(plain(), {"x"})
                .words.contains("name " +
                                QCoreApplication::applicationFilePath().section('/', -1).left(15)));
  }
};

namespace {

/// "PASSIVE 1000", then the words that it was started with, then its name for the system.
int tell(int argc, char** argv) {
  const auto valueOf = [](const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? value : "nothing";
  };
  std::printf("%s %s\n%s\n", valueOf("OMP_WAIT_POLICY"), valueOf("GOMP_SPINCOUNT"), argv[0]);
  for (int i = 2; i < argc; ++i) std::printf("%s\n", argv[i]);
  QFile name("/proc/self/comm");
  if (name.open(QIODevice::ReadOnly)) std::printf("name %s", name.readAll().constData());
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc > 1 && std::string_view(argv[1]) == "tell") return tell(argc, argv);
  const QCoreApplication app(argc, argv);
  WaitingTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "waiting_test.moc"
