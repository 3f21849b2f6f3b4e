#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/volume/volume_io.h"
#include "tests/app/cli/program.h"
#include "tests/test_program.h"

using namespace modascope;

/// Another organ on its whole way, with two modalities and one region: from check to a mask.
class ProblemTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QCOMPARE(ask({"phantom", "--problem", "prostate", "--out", data(), "--cases", "3", "--size",
                  "24", "--seed", "5"})
                 .code,
             0);
    const Answer answer = ask({"train", "--data", data(), "--out", folder_.filePath("runs"),
                               "--set", "train.steps=60", "--set", "train.crop=16", "--json"});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    run_ = answer.json()["run"].toString();
  }

  void checkNamesItsModalitiesAndLabels() {
    const QByteArray said = ask({"check", data(), "--json"}).out.toUtf8();
    const auto cases = QJsonDocument::fromJson(said).object()["cases"].toArray();
    QCOMPARE(cases.size(), 3);
    const auto first = cases[0].toObject();
    QCOMPARE(first["modalities"].toObject().keys(), (QStringList{"adc", "t2"}));
    QCOMPARE(first["profile"].toString(), "problem.toml");
    QCOMPARE(first["status"].toString(), "ok");
  }

  void theTableHasThreeSubsetsAndOneRegion() {
    const auto json =
        ask({"evaluate", "--run", run_, "--data", data(), "--split", "valid", "--json"}).json();
    const auto subsets = json["subsets"].toArray();
    QCOMPARE(subsets.size(), 3);
    double sum = 0;
    for (const auto& row : subsets) {
      const auto dice = row.toObject()["dice"].toObject();
      QCOMPARE(dice.keys(), QStringList{"lesion"});
      sum += dice["lesion"].toDouble();
    }
    QVERIFY(std::abs(sum / 3 - json["mean"].toObject()["lesion"].toDouble()) < 1e-9);
  }

  void theMaskHoldsTheLabelsOfTheFile() {
    const QString mask = folder_.filePath("mask.nii.gz");
    const auto json =
        ask({"segment", "--run", run_, "--case", data() + "/Phantom_003", "--out", mask, "--json"})
            .json();
    QCOMPARE(json["volumes_ml"].toObject().keys(), QStringList{"lesion"});
    const RegionSchema regions({{1, "lesion"}}, {{"lesion", "LESION", "lesion", {1}}});
    const LabelVolume read = readLabels(mask.toStdString(), regions).volume;  // refuses others
    QVERIFY(std::abs(regionMl(read, regions[0]) -
                     json["volumes_ml"].toObject()["lesion"].toDouble()) < 1e-6);
  }

  void aRegionOfItsOwnIsExplained() {
    const QString out = folder_.filePath("why");
    const Answer answer = ask({"attribute", "--run", run_, "--case", data() + "/Phantom_003",
                               "--region", "lesion", "--out", out, "--json"});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QCOMPARE(answer.json()["region"].toString(), "lesion");
    const Answer other = ask({"attribute", "--run", run_, "--case", data() + "/Phantom_003",
                              "--region", "wt", "--out", folder_.filePath("no")});
    QCOMPARE(other.code, 2);
    QVERIFY(other.err.contains("--region is lesion"));
  }

  void aNetworkOfBrainsIsRefused() {
    const QString brains = folder_.filePath("brains");
    QCOMPARE(ask({"phantom", "--out", brains, "--cases", "2", "--size", "24"}).code, 0);
    const Answer answer = ask({"segment", "--run", run_, "--case", brains + "/Phantom_001", "--out",
                               folder_.filePath("none.nii.gz")});
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.err.contains("T2, ADC"), qPrintable(answer.err));
  }

 private:
  QString data() const { return folder_.filePath("data"); }

  QTemporaryDir folder_;
  QString run_;
};

GUILESS_TEST(ProblemTest)
#include "problem_test.moc"
