#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/volume/volume_io.h"
#include "tests/app/cli/program.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

double sumOf(const QJsonObject& shares) {
  double sum = 0;
  for (const auto& share : shares) sum += share.toDouble();
  return sum;
}

}  // namespace

/// `modascope attribute` from a trained run to maps, numbers and sentences.
class AttributeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    QCOMPARE(ask({"phantom", "--out", data(), "--cases", "3", "--size", "24", "--seed", "5"}).code,
             0);
    run_ = trained("ds-norm", 60);
  }

  void mapsSharesAndRemovalsOfARegion() {
    const QString out = folder_.filePath("wt");
    const Answer answer = ask(request(run_, "wt", out) << "--json");
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    const QJsonObject json = answer.json();
    QCOMPARE(json["region"].toString(), "wt");
    QCOMPARE(json["layer"].toString(), "up 4");
    QCOMPARE(json["modalities"].toArray().size(), 4);
    QVERIFY(json["volume_ml"].toDouble() > 0);
    const double scale = json["scale_max"].toDouble();
    QVERIFY(scale > 0);
    const QJsonObject shares = json["shares"].toObject();
    for (const char* where : {"wt", "everywhere"})
      QVERIFY(std::abs(sumOf(shares[where].toObject()) - 1) < 1e-6);
    const QJsonObject removal = json["removal"].toObject();
    QCOMPARE(removal["measure"].toString(), "dice_with_truth");
    const QJsonArray without = removal["without"].toArray();
    QCOMPARE(without.size(), 4);
    for (const auto& row : without)
      QVERIFY(std::abs(removal["full"].toDouble() - row.toObject()["score"].toDouble() -
                       row.toObject()["drop"].toDouble()) < 1e-9);
    QFile file(out + "/attribution.json");
    QVERIFY(file.open(QFile::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(file.readAll()).object(), json);
    checkMaps(out, json["files"].toObject(), scale);
  }

  void onlyTheModalitiesAskedForAreSeen() {
    const QString out = folder_.filePath("two");
    const Answer answer = ask(request(run_, "wt", out) << "--modalities"
                                                       << "t1,flair"
                                                       << "--layer"
                                                       << "down 1");
    QVERIFY2(answer.code == 0 || answer.err.contains("No voxel"), qPrintable(answer.err));
    if (answer.code != 0) QSKIP("This short training predicts nothing from T1 and FLAIR alone.");
    QVERIFY(answer.out.contains("T1, FLAIR") && answer.out.contains("\"down 1\""));
    QVERIFY(answer.out.contains("For research use only."));
    QVERIFY(QFile::exists(out + "/map_flair.nii.gz") && !QFile::exists(out + "/map_t2.nii.gz"));
  }

  void everyNetworkAnswers_data() {
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"ds-encoder", "hemis", "early-fusion", "independent"})
      QTest::newRow(kind) << kind;
  }
  void everyNetworkAnswers() {
    QFETCH(QString, kind);
    const QString out = folder_.filePath("of " + kind);
    const Answer answer = ask(request(trained(kind, 1), "wt", out) << "--json");
    if (answer.code == 2 && answer.err.contains("No voxel was predicted as WT")) {
      QVERIFY(!QFile::exists(out));
      return;
    }
    QVERIFY2(answer.code == 0, qPrintable(answer.err));
    QCOMPARE(answer.json()["removal"].toObject()["without"].toArray().size(), 4);
    const bool apart = kind == "ds-encoder" || kind == "hemis";
    QCOMPARE(answer.json()["layer"].toString(), apart ? "down 4" : "");
    QCOMPARE(answer.json()["no_maps"].toString().contains(kind), !apart);
  }

  void wrongRequestsAreOneSentenceAndExitTwo_data() {
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("names");
    const QString out = folder_.filePath("wrong"), nowhere = folder_.filePath("nowhere");
    QTest::newRow("region") << request(run_, "brain", out) << "wt, tc or et";
    QTest::newRow("layer") << (request(run_, "wt", out) << "--layer"
                                                        << "up 9")
                           << "\"up 3\"";
    QTest::newRow("modality") << (request(run_, "wt", out) << "--modalities"
                                                           << "t9")
                              << "t9";
    QTest::newRow("run") << request(nowhere, "wt", out) << "nowhere";
    QTest::newRow("case") << QStringList{"attribute", "--run", run_,    "--case", nowhere,
                                         "--region",  "wt",    "--out", out}
                          << "nowhere";
    QTest::newRow("folder that is a file")
        << request(run_, "wt", data() + "/split.json/maps") << "split.json";
    QTest::newRow("folder with something in it") << request(run_, "wt", data()) << "not empty";
  }
  void wrongRequestsAreOneSentenceAndExitTwo() {
    QFETCH(QStringList, arguments);
    QFETCH(QString, names);
    const Answer answer = ask(arguments);
    QCOMPARE(answer.code, 2);
    QVERIFY2(answer.err.contains(names), qPrintable(answer.err));
    QCOMPARE(answer.err.trimmed().count('\n'), 0);
    QVERIFY(!QFile::exists(folder_.filePath("wrong")));  // no empty folder is left
  }

 private:
  QString data() const { return folder_.filePath("data"); }
  QStringList request(const QString& run, const QString& region, const QString& out) const {
    return {"attribute", "--run", run,        "--case", data() + "/Phantom_001", "--region", region,
            "--out",     out,     "--device", "cpu"};
  }

  QString trained(const QString& kind, int steps) const {
    const Answer answer = ask({"train",
                               "--data",
                               data(),
                               "--out",
                               folder_.filePath("runs"),
                               "--set",
                               "model.kind=" + kind,
                               "--set",
                               "model.width=0.25",
                               "--set",
                               "train.steps=" + QString::number(steps),
                               "--set",
                               "train.crop=16",
                               "--set",
                               "train.lr=0.01",
                               "--set",
                               "train.method=joint",
                               "--set",
                               "train.validate_every=0",
                               "--json"});
    return answer.json()["run"].toString();
  }

  /// The input's own grid; values from 0 to the scale, which one map reaches; the strongest is
  /// where its map is largest.
  void checkMaps(const QString& out, const QJsonObject& files, double scale) {
    const QString first = data() + "/Phantom_001/Phantom_001_t1.nii.gz";
    const VoxelGrid grid = readHeader(first.toStdString()).grid;
    std::vector<Volume> maps;
    for (const char* key : {"t1", "t1ce", "t2", "flair"})
      maps.push_back(read(out, files["maps"].toObject()[key]));
    const Volume strongest = read(out, files["dominance"]), margin = read(out, files["margin"]);
    float largest = 0;
    for (const Volume& map : maps) {
      QVERIFY(map.grid.matches(grid));
      QVERIFY(*std::min_element(map.voxels.begin(), map.voxels.end()) >= 0);
      largest = std::max(largest, *std::max_element(map.voxels.begin(), map.voxels.end()));
    }
    QVERIFY(std::abs(static_cast<double>(largest) - scale) < 1e-5 * scale);
    QVERIFY(strongest.grid.matches(grid) && margin.grid.matches(grid));
    for (std::size_t i = 0; i < strongest.voxels.size(); ++i) {
      std::vector<float> here;
      for (const Volume& map : maps) here.push_back(map.voxels[i]);
      const float most = *std::max_element(here.begin(), here.end());
      if (strongest.voxels[i] == 0)
        QCOMPARE(most, 0.0F);
      else
        QCOMPARE(here[static_cast<std::size_t>(strongest.voxels[i]) - 1], most);
      QVERIFY(margin.voxels[i] >= 0 && margin.voxels[i] <= 1);
    }
  }
  static Volume read(const QString& folder, const QJsonValue& name) {
    return readVolume((folder + '/' + name.toString()).toStdString()).volume;
  }

  QTemporaryDir folder_;
  QString run_;
};

GUILESS_TEST(AttributeTest)
#include "attribute_test.moc"
