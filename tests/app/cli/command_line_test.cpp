#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/program.h"
#include "tests/test_program.h"

using modascope::Answer;
using modascope::ask;

/// The program as a user meets it: exit codes, sentences and JSON.
class CommandLineTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QCOMPARE(ask({"phantom", "--out", data(), "--cases", "3", "--size", "24", "--seed", "5"}).code,
             0);
    const Answer answer = ask({"train", "--data", data(), "--out", folder_.filePath("runs"),
                               "--set", "train.steps=3", "--set", "train.crop=16", "--json"});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QCOMPARE(answer.json()["state"].toString(), "finished");
    QCOMPARE(answer.json()["steps"].toInt(), 3);
    QVERIFY(answer.json()["seconds"].toDouble() > 0);
    run_ = answer.json()["run"].toString();
  }

  void whatCannotBeWrittenToStdoutIsAFailure() {
    QProcess process;
    process.setStandardOutputFile("/dev/full");
    process.start(MODASCOPE_PROGRAM, {"check", data(), "--json"});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("could not be written"));
  }

  void evaluateGivesFifteenSubsetsAndTheirMean() {
    const auto json =
        ask({"evaluate", "--run", run_, "--data", data(), "--split", "valid", "--json"}).json();
    QCOMPARE(json["cases"].toInt(), 1);
    const auto subsets = json["subsets"].toArray();
    QCOMPARE(subsets.size(), 15);
    double sum = 0;
    for (const auto& row : subsets) sum += row.toObject()["dice"].toObject()["wt"].toDouble();
    QVERIFY(std::abs(sum / 15 - json["mean"].toObject()["wt"].toDouble()) < 1e-9);
    QVERIFY(json["rule"].toString().contains("empty"));
  }

  void evaluateScoresWhatWasHeldOutAndRefusesWhatWasTrainedOn() {
    const QStringList request{"evaluate", "--run", run_, "--data", data(), "--no-hd95", "--json"};
    const auto held = ask(request).json();
    QCOMPARE(held["split"].toString(), "valid");
    QCOMPARE(held["trained_on"].toInt(-1), 0);
    const auto all = ask(request + QStringList{"--split", "all"}).json();
    QCOMPARE(all["cases"].toInt(), 3);
    QCOMPARE(all["trained_on"].toInt(), 2);
    // Another folder of the same cases calls one "test" that was trained on.
    const QString other = folder_.filePath("other");
    QVERIFY(QDir().mkpath(other));
    for (const char* id : {"Phantom_001", "Phantom_003"})
      QVERIFY(QFile::link(data() + "/" + id, other + "/" + id));
    QFile split(other + "/split.json");
    QVERIFY(split.open(QIODevice::WriteOnly));
    split.write(R"({"train": ["Phantom_003"], "test": ["Phantom_001"]})");
    split.close();
    const QStringList test{"evaluate", "--run", run_,        "--data", other,
                           "--split",  "test",  "--no-hd95", "--json"};
    const Answer refused = ask(test);
    QCOMPARE(refused.code, 2);
    QVERIFY2(refused.err.contains("trained on: Phantom_001"), qPrintable(refused.err));
    const Answer compared =
        ask({"compare", run_, run_, "--data", other, "--split", "test", "--no-hd95", "--json"});
    QCOMPARE(compared.code, 2);
    const Answer allowed = ask(test + QStringList{"--allow-overlap"});
    QCOMPARE(allowed.code, 0);
    QCOMPARE(allowed.json()["trained_on_cases"].toArray(), QJsonArray{"Phantom_001"});
  }

  void segmentWritesAFileAndNeverOverOne() {
    const QString out = folder_.filePath("seg.nii.gz");
    const QStringList request{
        "segment",      "--run",    run_,    "--case", data() + "/Phantom_001",
        "--modalities", "t1,flair", "--out", out};
    QCOMPARE(ask(request).code, 0);
    const auto check = ask({"check", out, "--as", "segmentation", "--json"});
    QVERIFY2(check.code == 0, qPrintable(check.err));
    const Answer again = ask(request);
    QCOMPARE(again.code, 2);
    QVERIFY(again.err.contains("seg.nii.gz"));
  }

  void everyNetworkTrainsPredictsAndIsScored_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("method");
    QTest::newRow("ds-encoder") << "ds-encoder"
                                << "gmd";
    QTest::newRow("hemis") << "hemis"
                           << "joint";
    QTest::newRow("early-fusion") << "early-fusion"
                                  << "modality-dropout";
    QTest::newRow("independent") << "independent"
                                 << "joint";
  }
  void everyNetworkTrainsPredictsAndIsScored() {
    QFETCH(QString, kind);
    QFETCH(QString, method);
    const Answer trained =
        ask({"train", "--data", data(), "--out", folder_.filePath("kinds"), "--set",
             "model.kind=" + kind, "--set", "train.method=" + method, "--set", "train.steps=1",
             "--set", "train.crop=16", "--set", "train.validate_every=0", "--json"});
    QVERIFY2(trained.code == 0, qPrintable(trained.err));
    const QString run = trained.json()["run"].toString();
    const auto scores =
        ask({"evaluate", "--run", run, "--data", data(), "--split", "valid", "--no-hd95", "--json"})
            .json();
    QCOMPARE(scores["subsets"].toArray().size(), 15);
    const Answer segmented =
        ask({"segment", "--run", run, "--case", data() + "/Phantom_001", "--modalities", "t1ce",
             "--out", folder_.filePath(kind + ".nii.gz"), "--device", "cpu"});
    QVERIFY2(segmented.code == 0, qPrintable(segmented.err));
  }

  void wrongRequestsAreOneSentenceAndExitTwo_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");
    const QString nowhere = folder_.filePath("nowhere");
    QTest::newRow("no command") << QStringList{} << "";
    QTest::newRow("unknown command") << QStringList{"fly"} << "fly";
    QTest::newRow("missing data") << QStringList{"train", "--data", nowhere, "--out", nowhere}
                                  << "nowhere";
    QTest::newRow("no data") << QStringList{"train", "--out", nowhere} << "--data";
    QTest::newRow("unknown key") << QStringList{"train", "--data", data(),          "--out",
                                                nowhere, "--set",  "train.stepps=3"}
                                 << "train.stepps";
    QTest::newRow("bad value") << QStringList{"train", "--data", data(),       "--out",
                                              nowhere, "--set",  "train.lr=-1"}
                               << "train.lr";
    QTest::newRow("crop that does not fit the network")
        << QStringList{"train", "--data", data(), "--out", nowhere, "--set", "train.crop=40"}
        << "train.crop";
    QTest::newRow("missing run") << QStringList{"evaluate", "--run", nowhere, "--data", data()}
                                 << "nowhere";
    QTest::newRow("unknown split")
        << QStringList{"evaluate", "--run", run_, "--data", data(), "--split", "x"} << "valid";
    QTest::newRow("unknown modality") << QStringList{"segment",
                                                     "--run",
                                                     run_,
                                                     "--case",
                                                     data() + "/Phantom_001",
                                                     "--modalities",
                                                     "t9",
                                                     "--out",
                                                     folder_.filePath("x.nii")}
                                      << "t9";
    QTest::newRow("finished run") << QStringList{"train", "--resume", run_} << "finished";
  }
  void wrongRequestsAreOneSentenceAndExitTwo() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);
    const Answer answer = ask(arguments);
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.err.contains(names), qPrintable(answer.err));
    QVERIFY2(answer.err.startsWith("modascope: "), qPrintable(answer.err));
    QCOMPARE(answer.err.trimmed().count('\n'), 0);
  }

  void sigtermLeavesARunThatCanBeResumed() {
    QProcess process;
    process.start(MODASCOPE_PROGRAM,
                  {"train", "--data", data(), "--out", folder_.filePath("runs"), "--set",
                   "train.steps=100000", "--set", "train.crop=16", "--json"});
    QVERIFY(process.waitForStarted());
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += process.readAllStandardError()).contains("parameters"),
                             30000);
    QTest::qWait(1500);
    process.terminate();
    QVERIFY(process.waitForFinished(30000));
    QCOMPARE(process.exitCode(), 0);
    const auto json = QJsonDocument::fromJson(process.readAllStandardOutput().trimmed()).object();
    QCOMPARE(json["state"].toString(), "interrupted");
    QVERIFY(json["steps"].toInt() > 0);
  }

  void helpNeedsNoDisplay() {
    QCOMPARE(ask({"--help"}).code, 0);
    const Answer config = ask({"train", "--help-config"});
    QCOMPARE(config.code, 0);
    QVERIFY(config.out.contains("train.lr"));
  }

 private:
  QString data() const { return folder_.filePath("data"); }

  QTemporaryDir folder_;
  QString run_;
};

GUILESS_TEST(CommandLineTest)
#include "command_line_test.moc"
