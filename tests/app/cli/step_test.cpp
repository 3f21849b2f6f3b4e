#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/program.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

/// A Python that has PyTorch: the first on the path, or Debian's. Empty if neither has.
const QString& python() {
  static const QString found = [] {
    for (const char* name : {"python3", "/usr/bin/python3"})
      if (run(name, {"-c", "import torch"}).code == 0) return QString(name);
    return QString();
  }();
  return found;
}

/// The plain-PyTorch network that steps are computed again with: MODASCOPE_TEST_PEER, or where it
/// lies beside a checkout.
QString peer() {
  const QString stated = qEnvironmentVariable("MODASCOPE_TEST_PEER");
  return stated.isEmpty() ? QString(MODASCOPE_SOURCE_DIR "/../shared/peer/peer_gmd.py") : stated;
}

}  // namespace

/// `modascope step` against arithmetic that shares nothing with ours.
class StepTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void plainPyTorchFindsTheSameStep_data() {
    QTest::addColumn<QStringList>("settings");
    QTest::newRow("gmd") << QStringList{"train.loss=dice"};
    QTest::newRow("gmd, two cases, both losses") << QStringList{"train.batch=2"};
    QTest::newRow("gmd, sum") << QStringList{"gmd.merge=sum"};
    QTest::newRow("gmd, some subsets") << QStringList{"gmd.subsets_per_step=5"};
    QTest::newRow("joint") << QStringList{"train.method=joint", "train.batch=2"};
  }
  void plainPyTorchFindsTheSameStep() {
    if (!QFile::exists(peer())) QSKIP("peer_gmd.py is not here (MODASCOPE_TEST_PEER names it).");
    if (python().isEmpty()) QSKIP("python3-torch is not installed.");
    QFETCH(QStringList, settings);
    const QTemporaryDir folder;
    QStringList arguments{"step", "--out", folder.filePath("step.safetensors"), "--set",
                          "train.crop=16"};
    for (const QString& setting : settings) arguments << "--set" << setting;
    const Answer step = ask(arguments);
    QVERIFY2(step.code == 0, qPrintable(step.err));
    const Answer check = run(python(), {MODASCOPE_SOURCE_DIR "/tests/bench/check_step.py",
                                        folder.filePath("step.safetensors"), "--peer", peer()});
    QVERIFY2(check.code == 0, qPrintable(check.out + check.err));
  }

  void aFileIsNeverWrittenOver() {
    const QTemporaryDir folder;
    QFile file(folder.filePath("step.safetensors"));
    QVERIFY(file.open(QFile::WriteOnly));
    file.close();
    const Answer answer = ask({"step", "--out", file.fileName()});
    QCOMPARE(answer.code, 2);
    QVERIFY(answer.err.contains("is there already"));
    QCOMPARE(QFileInfo(file).size(), 0);
  }

  void benchTellsWhatAStepCosts() {
    const QStringList small{"--size", "16", "--width", "0.25", "--runs", "1", "--json"};
    const auto gmd =
        ask(QStringList{"bench", "step", "--method", "gmd", "--tolerance", "0.01", "--warm", "1"} +
            small)
            .json();
    QVERIFY(gmd["seconds"].toDouble() > 0);
    QVERIFY(gmd["forward"].toDouble() + gmd["backward"].toDouble() <= gmd["seconds"].toDouble());
    QVERIFY(gmd["gflops"].toDouble() > 0);
    QCOMPARE(gmd["rank"].toArray().size(), 4);
    QCOMPARE(gmd["subsets"].toInt(), 15);
    const auto fused =
        ask(QStringList{"bench", "step", "--model", "hemis", "--method", "joint", "--warm", "1"} +
            small)
            .json();
    QVERIFY(fused["gflops"].toDouble() > 0);
    const auto evaluate = ask(QStringList{"bench", "evaluate"} + small).json();
    QVERIFY(evaluate["seconds"].toDouble() > 0);
  }
};

GUILESS_TEST(StepTest)
#include "step_test.moc"
