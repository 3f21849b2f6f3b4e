#include <QTemporaryDir>
#include <QTest>

#include "core/cohort/cohort.h"
#include "core/files/atomic_file.h"
#include "core/phantom/phantom.h"
#include "tests/core/files/small_disk.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

PhantomOptions tiny(int cases) {
  PhantomOptions options;
  options.cases = cases;
  options.size = 24;
  options.spacing = 160.0 / 24;
  return options;
}

}  // namespace

class PhantomFilesTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path folder() const { return temporary_.path().toStdString() + "/cohort"; }

 private Q_SLOTS:
  void init() { fs::remove_all(folder()); }

  void theCohortOnDiskIsReadAsItWasDescribed() {
    writePhantomCohort(tiny(3), folder());
    const Cohort read = openCohort(folder());
    const Cohort described = phantomCohort(tiny(3));
    QCOMPARE(read.cases.size(), std::size_t{3});
    QVERIFY(read.splits == described.splits);
    for (std::size_t i = 0; i < 3; ++i) {
      QCOMPARE(read.cases[i].id, described.cases[i].id);
      QCOMPARE(read.cases[i].verdict, Verdict::Ok);
      QCOMPARE(read.cases[i].profile, LabelProfile::Brats2021);
      QCOMPARE(read.cases[i].available().value(), ModalitySet::firstOf(4));
      QCOMPARE(read.cases[i].segmentation, folder() / described.cases[i].segmentation);
      for (std::size_t m = 0; m < 4; ++m) {
        QCOMPARE(read.cases[i].modalities[m].file,
                 folder() / described.cases[i].modalities[m].file);
      }
    }
  }

  void aProstateOnDiskIsReadAsItWasDescribed() {
    PhantomOptions options = tiny(2);
    options.organ = PhantomOrgan::Prostate;
    writePhantomCohort(options, folder());
    const Cohort read = openCohort(folder());
    const Cohort described = phantomCohort(options);
    QVERIFY(read.problem == described.problem);
    QCOMPARE(read.cases.size(), std::size_t{2});
    QCOMPARE(read.cases[1].verdict, Verdict::Ok);
    QCOMPARE(read.cases[1].available().value(), ModalitySet::firstOf(2));
    const Case made = makePhantom(options, 1);
    const Case again = readCase(read.cases[1]);
    QVERIFY(again.labels->voxels == made.labels->voxels);
    QVERIFY(regionMl(*made.labels, read.problem.regions[0]) > 0);
  }

  void voxelsAndGridSurviveTheFiles() {
    writePhantomCohort(tiny(1), folder());
    const Case made = makePhantom(tiny(1), 0);
    const Case read = readCase(openCohort(folder()).cases.front());
    QVERIFY(read.grid.matches(made.grid));
    QVERIFY(read.labels->voxels == made.labels->voxels);
    for (std::size_t m = 0; m < 4; ++m) {
      QVERIFY(read.modalities[m]->voxels == made.modalities[m]->voxels);
    }
  }

  void aFifthIsKeptForValidation() {
    const Splits ten = *phantomCohort(tiny(10)).splits;
    QCOMPARE(ten.at("train").size(), std::size_t{8});
    QCOMPARE(ten.at("valid"), (std::vector<std::string>{"Phantom_009", "Phantom_010"}));
    QCOMPARE(phantomCohort(tiny(2)).splits->at("valid").size(), std::size_t{1});
    const Splits one = *phantomCohort(tiny(1)).splits;
    QCOMPARE(one.at("train"), one.at("valid"));
  }

  void aFolderThatHoldsSomethingIsLeftAlone() {
    writeAtomically(folder() / "thesis.txt", "precious");
    const std::string sentence = sentenceOf([this] { writePhantomCohort(tiny(1), folder()); });
    QVERIFY(contains(sentence, folder().string()));
    QCOMPARE(readText(folder() / "thesis.txt"), std::string("precious"));
    QVERIFY(!fs::exists(folder() / "Phantom_001"));
    QVERIFY(!sentenceOf([this] { writePhantomCohort(tiny(1), folder() / "thesis.txt"); }).empty());
    QCOMPARE(readText(folder() / "thesis.txt"), std::string("precious"));
  }

  void aFullDiskLeavesNothingHalfMade_data() {
    QTest::addColumn<bool>("isThere");
    QTest::addColumn<bool>("isProstate");  // which a problem.toml describes
    QTest::newRow("a new folder") << false << false;
    QTest::newRow("an empty folder") << true << false;
    QTest::newRow("a new folder, prostate") << false << true;
    QTest::newRow("an empty folder, prostate") << true << true;
  }
  void aFullDiskLeavesNothingHalfMade() {
    QFETCH(bool, isThere);
    QFETCH(bool, isProstate);
    PhantomOptions options = tiny(2);
    if (isProstate) options.organ = PhantomOrgan::Prostate;
    if (isThere) fs::create_directory(folder());
    const std::string sentence = [&] {
      const SmallDisk disk(4096);  // an image of 24³ floats does not fit
      return sentenceOf([&] { writePhantomCohort(options, folder()); });
    }();
    QVERIFY2(contains(sentence, isProstate ? "Phantom_001_t2.nii.gz\" could not be written"
                                           : "Phantom_001_t1.nii.gz\" could not be written"),
             sentence.c_str());
    QCOMPARE(fs::exists(folder()), isThere);
    if (isThere) QVERIFY(fs::is_empty(folder()));
    writePhantomCohort(options, folder());  // and once there is room it can be written there
    QCOMPARE(openCohort(folder()).cases.size(), std::size_t{2});
  }

  void badRequestsMakeNoFolder() {
    QVERIFY(contains(sentenceOf([this] { writePhantomCohort(tiny(0), folder()); }), "1 to 999"));
    PhantomOptions large = tiny(1);
    large.size = 1000;
    QVERIFY(contains(sentenceOf([&] { writePhantomCohort(large, folder()); }), "16 to 256"));
    QVERIFY(!fs::exists(folder()));
  }
};

APPLESS_TEST(PhantomFilesTest)
#include "phantom_files_test.moc"
