#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/program.h"
#include "tests/test_program.h"

using namespace modascope;

/// Weights in and out, as a user meets it.
class WeightsTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  QString run_;

  QString in(const char* name) const { return folder_.filePath(name); }
  QStringList newRun(const QStringList& more) const {
    return QStringList{"--data", in("data"), "--out", in("runs"), "--set", "train.crop=16"} + more;
  }

 private Q_SLOTS:
  void initTestCase() {
    QCOMPARE(ask({"phantom", "--out", in("data"), "--cases", "3", "--size", "24"}).code, 0);
    const Answer trained = ask(QStringList{"train", "--json"} +
                               newRun({"--set", "train.steps=2", "--set", "train.method=joint"}));
    QVERIFY2(trained.code == 0, qPrintable(trained.err));
    QVERIFY2(trained.err.contains("A training step takes about"), qPrintable(trained.err));
    run_ = trained.json()["run"].toString();
  }

  void whatGoesOutComesInAndIsEvaluatedAlike() {
    const QString file = in("out.safetensors");
    const Answer out = ask({"weights", "export", "--run", run_, "--map", "indexed", "--out", file});
    QVERIFY2(out.code == 0, qPrintable(out.err));
    const Answer shown = ask({"weights", "show", file, "--json"});
    QVERIFY(shown.out.contains(R"({"name":"inc.a.norm.3.weight","type":"F32","shape":[8]})"));
    const Answer made =
        ask(QStringList{"weights", "import", "--from", file, "--map", "indexed"} + newRun({}));
    QVERIFY2(made.code == 0, qPrintable(made.err));
    const auto scores = [&](const QString& run) -> QJsonValue {
      const Answer answer =
          ask({"evaluate", "--run", run, "--data", in("data"), "--no-hd95", "--json"});
      return answer.json()["subsets"];
    };
    QVERIFY(!scores(run_).isUndefined());
    QCOMPARE(scores(made.out.trimmed()), scores(run_));
  }

  void trainingGoesOnFromThem() {
    const Answer further =
        ask(QStringList{"train", "--json", "--init", run_ + "/checkpoints/last.safetensors"} +
            newRun({"--set", "train.steps=1"}));
    QVERIFY2(further.code == 0, qPrintable(further.err));
    QVERIFY2(further.err.contains("It starts from the weights in"), qPrintable(further.err));
    QVERIFY(QFile::exists(further.json()["run"].toString() +
                          "/checkpoints/snapshot-000000.safetensors"));
  }

  void wrongRequestsAreOneSentenceAndExitTwo_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");
    const QString last = run_ + "/checkpoints/last.safetensors";
    QTest::newRow("another width")
        << QStringList{"weights", "import", "--from", last} + newRun({"--set", "model.width=0.5"})
        << "inc.a.conv.weight";
    QTest::newRow("another map") << QStringList{"weights", "import", "--from",
                                                last,      "--map",  "indexed"} +
                                        newRun({})
                                 << "inc.a.norm.0.weight";
    QTest::newRow("no map") << QStringList{"weights", "export", "--run", run_,
                                           "--out",   in("x"),  "--map", in("nowhere.json")}
                            << "nowhere.json";
    QTest::newRow("no checkpoint")
        << QStringList{"weights",      "export",          "--run", run_,
                       "--checkpoint", "snapshot-000007", "--out", in("x")}
        << "there is best, last";
    QTest::newRow("no safetensors")
        << QStringList{"weights", "show", run_ + "/config.toml"} << "config.toml";
    QTest::newRow("init of a resumed run")
        << QStringList{"train", "--resume", run_, "--init", last} << "--init";
  }
  void wrongRequestsAreOneSentenceAndExitTwo() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);
    const Answer answer = ask(arguments);
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.err.contains(names), qPrintable(answer.err));
    QCOMPARE(answer.err.trimmed().count('\n'), 0);
  }

  void aRunThatSurelyDoesNotFitIsRefusedBeforeItsFirstStep() {
    const Answer answer =
        ask(QStringList{"train"} + newRun({"--set", "train.crop=256", "--set", "train.batch=64",
                                           "--set", "model.width=1", "--set", "train.steps=1"}));
    QCOMPARE(answer.code, 1);
    QVERIFY2(answer.err.contains("Lower train.crop (256), train.batch (64)"),
             qPrintable(answer.err));
  }
};

GUILESS_TEST(WeightsTest)
#include "weights_test.moc"
