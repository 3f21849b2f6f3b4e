#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/cli/program.h"
#include "tests/core/featurefile/feature_fixture.h"
#include "tests/test_program.h"

using namespace modascope;

/// `modascope bench` on cases that lie in a file.
class BenchTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    Hdf5Writer writer(folder_.filePath("features.h5").toStdString());
    for (const std::string group : {"/train", "/valid"}) {
      writeModalities(writer, group, 12);
      writeClasses(writer, group, 12);
    }
  }

  void stepsAreTakenOnTheCasesOfAFile() {
    const auto gmd = bench({"--method", "gmd"}).json();
    QVERIFY(gmd["seconds"].toDouble() > 0);
    QCOMPARE(gmd["data"].toString(), QString("features.h5"));
    QCOMPARE(gmd["method"].toString(), QString("gmd"));
    QCOMPARE(gmd["modalities"].toInt(), 3);
    QCOMPARE(gmd["subsets"].toInt(), 7);
    QVERIFY(gmd["gflops"].isNull());  // nobody has counted them
  }

  void whatNobodySaidSuitsTheTask() {
    const auto standard = bench({}).json();
    QCOMPARE(standard["model"].toString(), QString("ds-transformer"));
    QCOMPARE(standard["batch"].toInt(), 32);
    const auto stated = bench({"--model", "early-fusion", "--batch", "4", "--set",
                               "model.embedding=8", "--set", "model.heads=2"})
                            .json();
    QCOMPARE(stated["model"].toString(), QString("early-fusion"));
    QCOMPARE(stated["batch"].toInt(), 4);
    QVERIFY(stated["parameters"].toInt() > 0);
    QVERIFY(stated["parameters"].toInt() < standard["parameters"].toInt() / 10);
  }

  void networksOfVolumesAreRefused() {
    const Answer answer = bench({"--model", "ds-norm"});
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.err.contains("ds-norm"), qPrintable(answer.err));
  }

 private:
  Answer bench(const QStringList& options) const {
    return ask(QStringList{"bench", "step", "--data", folder_.filePath("features.h5"), "--warm",
                           "0", "--runs", "1", "--json"} +
               options);
  }

  QTemporaryDir folder_;
};

GUILESS_TEST(BenchTest)
#include "bench_test.moc"
