#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <filesystem>

#include "tests/app/cli/program.h"
#include "tests/core/featurefile/made_up_features.h"
#include "tests/core/imagefolder/made_up_pictures.h"
#include "tests/test_program.h"

using namespace modascope;

/// Classes, numbers and pictures from data to scores, as a user meets them.
class TasksTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    writeMadeUpFeatures(path("classes.h5").toStdString());
    writeMadeUpFeatures(path("numbers.h5").toStdString(), true);
    std::filesystem::create_directory(path("pictures").toStdString());
    writeMadeUpPictures(path("pictures").toStdString());
  }

  void everyNetworkOfFeaturesLearnsByEveryMethod_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("method");
    for (const char* kind : {"ds-transformer", "early-fusion", "mult"})
      for (const char* method : {"gmd", "joint", "modality-dropout"})
        QTest::addRow("%s %s", kind, method) << kind << method;
  }
  void everyNetworkOfFeaturesLearnsByEveryMethod() {
    QFETCH(QString, kind);
    QFETCH(QString, method);
    const QString run = trained("classes.h5", {"model.kind=" + kind, "train.method=" + method,
                                               "model.embedding=16", "train.steps=40"});
    const auto json = evaluated(run, "classes.h5");
    QCOMPARE(json["task"].toString(), "classification");
    QCOMPARE(json["subsets"].toArray().size(), 7);
    QVERIFY(json["mean"].toObject()["accuracy"].toDouble() > 0.6);  // chance is a third
  }

  void numbersAreScoredByCorrelationAndError() {
    const auto json =
        evaluated(trained("numbers.h5", {"train.steps=60", "model.embedding=16"}), "numbers.h5");
    QCOMPARE(json["task"].toString(), "regression");
    QVERIFY(json["mean"].toObject()["corr"].toDouble() > 0.5);
    QVERIFY(json["mean"].toObject()["mae"].toDouble() < 0.7);
  }

  void picturesAreScoredByIntersectionOverUnion() {
    const QString run = trained("pictures", {"train.steps=30", "train.crop=16", "train.lr=0.005",
                                             "model.embedding=16", "model.layers=1"});
    const auto json = evaluated(run, "pictures");
    QCOMPARE(json["task"].toString(), "segmentation2d");
    QCOMPARE(json["subsets"].toArray().size(), 3);
    QVERIFY(json["mean"].toObject()["iou_square"].toDouble() > 0.2);
  }

  void anAdaptedNetworkIsARunWithSmallAdapters() {
    const QString base =
        trained("classes.h5", {"model.kind=early-fusion", "gmd.subsets=full", "train.method=joint",
                               "model.embedding=16", "train.steps=80"});
    const QString out = path("adapted");
    const Answer answer =
        ask({"adapt", "--split", "test", "--run", base, "--data", path("classes.h5"), "--method",
             "ssf", "--steps", "60", "--out", out, "--json"});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    const auto json = answer.json();
    const auto subsets = json["subsets"].toArray();
    QCOMPARE(subsets.size(), 6);
    QCOMPARE(subsets[0].toObject()["modalities"].toArray().size(), 2);
    QVERIFY(json["learnt_percent"].toDouble() > 0);
    QVERIFY(json["mean_adapted"].toDouble() > json["mean_frozen"].toDouble());
    // The full set is the frozen network's, bit for bit; the others are what adapt said.
    const auto frozen = evaluated(base, "classes.h5"), adapted = evaluated(out, "classes.h5");
    QCOMPARE(accuracy(adapted, 0), accuracy(frozen, 0));
    QCOMPARE(accuracy(adapted, 1), subsets[0].toObject()["adapted"].toDouble());
    QVERIFY(QFile(out + "/adapters.safetensors").size() < 40'000);
    const Answer again = ask({"adapt", "--run", base, "--data", path("classes.h5"), "--out", out});
    QCOMPARE(again.code, 2);
    QVERIFY(again.err.contains("not empty"));
    comparesWithItsBase(base, out);
  }

  void anAdaptationThatWasKilledAfterItsPlanGoesOn() {
    const QString base = trained("classes.h5", {"model.embedding=16", "train.steps=2"});
    const QString out = path("killed");
    QCOMPARE(ask({"adapt", "--run", base, "--data", path("classes.h5"), "--subsets", "singletons",
                  "--steps", "2", "--out", out})
                 .code,
             0);
    QDir folder(out);
    QVERIFY(QDir(folder.filePath("tensorboard")).removeRecursively());
    for (const QString& file : folder.entryList(QDir::Files))
      if (file != "plan.json" && file != "lock") QVERIFY(folder.remove(file));
    const Answer answer = ask({"train", "--resume", out});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QVERIFY(folder.exists("adapters.safetensors"));
    QVERIFY(answer.out.contains("finished after 6 steps"));
  }

  void whatDoesNotFitIsASentence_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("words");
    const QString features = path("classes.h5"), out = path("never");
    QTest::newRow("network")
        << QStringList{"train", "--data", features, "--out", out, "--set", "model.kind=ds-norm"}
        << "for classification there are ds-transformer";
    QTest::newRow("task") << QStringList{"train",
                                         "--data",
                                         features,
                                         "--out",
                                         out,
                                         "--set",
                                         "data.task=segmentation2d"}
                          << "is for classification";
    QTest::newRow("truncated") << QStringList{"train", "--data", cutShort(), "--out", out}
                               << "cut.h5";
    QTest::newRow("adapter") << QStringList{"adapt", "--run", "x", "--data", features, "--out", out}
                             << "There is no run";
  }
  void whatDoesNotFitIsASentence() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, words);
    const Answer answer = ask(arguments);
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.err.contains(words), qPrintable(answer.err));
  }

  void numbersThatAreNotFiniteAreSaid() {
    {
      Hdf5Writer writer(path("gaps.h5").toStdString());
      writer.floats("/train/a", {3, 2}, {1, NAN, 2, 3, INFINITY, 5});
      writer.integers("/train/labels", {3}, {0, 1, 0});
    }
    const Answer answer = ask({"check", path("gaps.h5")});
    QCOMPARE(answer.code, 0);
    QVERIFY2(answer.out.contains("2 values that are not finite"), qPrintable(answer.out));
  }

  void picturesOfWhichNothingIsLeftAreRefused() {
    const std::filesystem::path folder = path("spoilt").toStdString();
    writeMadeUpPictures(folder);
    for (const auto& entry : std::filesystem::directory_iterator(folder / "rgb")) {
      QFile file(QString::fromStdString(entry.path().string()));
      QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(file.size() - 14));
      const char other = static_cast<char>(~file.peek(1).at(0));
      QCOMPARE(file.write(&other, 1), 1);  // in the checksum of the pixels; the header stays whole
    }
    const Answer answer = ask({"check", path("spoilt")});
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.err.contains("is usable. The first, scene0: "), qPrintable(answer.err));
  }

  void onlyVolumesAreSegmentedIntoAFile() {
    const QString run = trained("classes.h5", {"train.steps=2", "model.embedding=16"});
    const Answer answer =
        ask({"segment", "--run", run, "--case", path("pictures"), "--out", path("x.nii.gz")});
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.err.contains("looks at volumes"), qPrintable(answer.err));
  }

  void aRunIsNotScoredOnDataOfAnotherKind() {
    const QString run = trained("classes.h5", {"train.steps=2", "model.embedding=16"});
    const Answer answer = ask({"evaluate", "--run", run, "--data", path("pictures")});
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.err.contains("was made for"), qPrintable(answer.err));
    QVERIFY2(answer.err.contains(path("pictures")), qPrintable(answer.err));
  }

 private:
  QString path(const QString& name) const { return folder_.filePath(name); }

  /// The first half of a file.
  QString cutShort() const {
    QFile whole(path("classes.h5")), half(path("cut.h5"));
    if (whole.open(QIODevice::ReadOnly) && half.open(QIODevice::WriteOnly))
      half.write(whole.read(whole.size() / 2));
    return half.fileName();
  }

  QString trained(const QString& data, const QStringList& settings) const {
    QStringList arguments{"train", "--data", path(data), "--out", path("runs"), "--json"};
    for (const QString& setting : settings) arguments << "--set" << setting;
    const Answer answer = ask(arguments);
    if (answer.code != 0) qWarning("%s", qPrintable(answer.err));
    return answer.json()["run"].toString();
  }

  QJsonObject evaluated(const QString& run, const QString& data) const {
    return ask({"evaluate", "--run", run, "--data", path(data), "--split", "test", "--json"})
        .json();
  }

  static double accuracy(const QJsonObject& evaluation, int row) {
    return evaluation["subsets"]
        .toArray()[row]
        .toObject()["scores"]
        .toObject()["accuracy"]
        .toDouble();
  }

  void comparesWithItsBase(const QString& base, const QString& adapted) const {
    const Answer answer = ask({"compare", "--data", path("classes.h5"), "--split", "test",
                               "--group", "frozen=" + base, "--group", "ssf=" + adapted, "--json"});
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    const auto rows = answer.json()["table"].toArray();
    QCOMPARE(rows.size(), 7);
    QVERIFY(rows[6].toObject()["ssf"].toObject()["accuracy"].toObject()["mean"].toDouble() > 0);
    QVERIFY(answer.json()["groups"].toArray()[1].toObject()["learnt_percent"].toDouble() > 0);
  }

  QTemporaryDir folder_;
};

GUILESS_TEST(TasksTest)
#include "tasks_test.moc"
