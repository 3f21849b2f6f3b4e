#include "app/work/cohort_data.h"

#include <QTemporaryDir>
#include <QTest>

#include "core/files/atomic_file.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

class CohortDataTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void thousandsThatAreLeftOutDoNotFillTheScreen() {
    QTemporaryDir folder;
    const fs::path data = writeTinyCohort(folder.path().toStdString() + "/data");
    for (int i = 10; i < 25; ++i) {
      const std::string name = "broken" + std::to_string(i);
      fs::create_directory(data / name);
      writeAtomically(data / name / (name + "_t1.nii.gz"), "not an image");
    }
    const CohortData opened = openCohortData(data, std::uint64_t{1});
    std::vector<std::string> said;
    for (const std::string& note : opened.notes)
      if (contains(note, "left out")) said.push_back(note);
    QCOMPARE(said.size(), std::size_t{11});
    QVERIFY2(contains(said.front(), "broken10"), said.front().c_str());
    QCOMPARE(said.back(), std::string("5 more are left out."));
  }

  void aRunSaysWhatTheCheckSaysOfItsCases() {
    QTemporaryDir folder;
    const fs::path data = writeTinyCohort(folder.path().toStdString() + "/data");
    const CaseInfo first = openCohort(data).cases.front();
    fs::rename(first.segmentation, first.segmentation.parent_path() / "made by hand.nii.gz");
    std::string said;
    for (const std::string& note : openCohortData(data, std::uint64_t{1}).notes)
      if (note.starts_with(first.id + ": ")) said = note;
    QVERIFY2(contains(said, "made by hand.nii.gz was passed over"), said.c_str());
  }
};

GUILESS_TEST(CohortDataTest)
#include "cohort_data_test.moc"
