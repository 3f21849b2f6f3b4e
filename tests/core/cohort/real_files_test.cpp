// The files that come with the project's test data, where a developer has them.
#include <QElapsedTimer>
#include <QTest>
#include <cstdlib>
#include <fstream>

#include "core/base/error.h"
#include "core/cohort/cohort.h"
#include "core/volume/volume_io.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;

fs::path dataFolder() {
  const char* stated = std::getenv("MODASCOPE_TEST_DATA");
  return stated != nullptr ? fs::path(stated)
                           : fs::path(MODASCOPE_SOURCE_DIR).parent_path() / "shared/data";
}

/// "load", "warn" or "refuse", as in the table.
std::string verdictOn(const fs::path& path, bool segmentation) {
  try {
    if (fs::is_directory(path)) {
      const CaseInfo info = openCase(path, Depth::Voxels);
      return info.verdict == Verdict::Ok ? "load" : info.usable() ? "warn" : "refuse";
    }
    const auto notes =
        segmentation ? readSegmentation(path, std::nullopt).notes : readVolume(path).notes;
    return notes.empty() ? "load" : "warn";
  } catch (const Error&) {
    return "refuse";
  }
}

}  // namespace

class RealFilesTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void initTestCase() {
    if (!fs::exists(dataFolder() / "nifti_cases/expected.csv")) {
      QSKIP("No test data here; MODASCOPE_TEST_DATA says where they are.");
    }
  }

  void oddAndBrokenFilesGetTheVerdictWanted_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("expected");
    std::ifstream table(dataFolder() / "nifti_cases/expected.csv");
    std::string line;
    std::getline(table, line);
    while (std::getline(table, line)) {
      const QStringList fields = QString::fromStdString(line).split(',');
      if (fields.size() < 2) continue;
      QTest::newRow(qPrintable(fields[0])) << fields[0] << fields[1];
    }
  }
  void oddAndBrokenFilesGetTheVerdictWanted() {
    QFETCH(QString, file);
    QFETCH(QString, expected);
    const std::string verdict =
        verdictOn(dataFolder() / "nifti_cases" / file.toStdString(), file.startsWith("label"));
    if (expected == "either") {
      QVERIFY(verdict == "load" || verdict == "refuse");
    } else {
      QCOMPARE(verdict, expected.toStdString());
    }
  }

  void nineteenPatientsAreUsableAndQuicklyLookedAt() {
    QElapsedTimer timer;
    timer.start();
    const Cohort cohort = openCohort(dataFolder() / "brats2mm");
    QVERIFY(timer.elapsed() < 2000);  // 30 ms when nothing else runs
    QCOMPARE(cohort.cases.size(), std::size_t{19});
    for (const CaseInfo& info : cohort.cases) {
      QCOMPARE(info.verdict, Verdict::Ok);
      QCOMPARE(info.available().value(), cohort.problem.schema.all());
      QCOMPARE(info.profile, LabelProfile::Brats2021);
    }
    std::vector<std::string> notes;
    const Splits splits = splitsOf(cohort, 1, notes);
    QCOMPARE(splits.at("train").size(), std::size_t{16});
    QCOMPARE(splits.at("valid").size(), std::size_t{3});
    QVERIFY(notes.empty());
  }

  void fullSizePatientsOfThreeNamingSchemesAreUsable() {
    const Cohort cohort = openCohort(dataFolder() / "brats_full");
    QCOMPARE(cohort.cases.size(), std::size_t{5});
    for (const CaseInfo& info : cohort.cases) QVERIFY2(info.usable(), info.id.c_str());
    QCOMPARE(cohort.find("BraTS-GLI-00027-000")->profile, LabelProfile::Brats2023);
    QCOMPARE(cohort.find("BraTS2021_00006")->segmentation.filename().string(),
             std::string("BraTS2021_00006_seg.nii.gz"));
    QCOMPARE(cohort.find("Brats18_CBICA_AVG_1")->segmentationPresence, Presence::Absent);
  }
};

APPLESS_TEST(RealFilesTest)
#include "real_files_test.moc"
