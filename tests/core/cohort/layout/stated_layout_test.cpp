#include "core/cohort/layout/stated_layout.h"

#include <fstream>

#include "tests/core/cohort/cohort_folder.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

namespace {

const char* const kProstate = R"([[modality]]
key = "t2"
[[modality]]
key = "adc"
[[label]]
value = 1
name = "gland"
[[region]]
key = "gland"
labels = [1]
)";

std::string nameOf(const fs::path& file) {
  return file.filename().string();
}

std::vector<std::string> idsOf(const Cohort& cohort) {
  std::vector<std::string> ids;
  for (const CaseInfo& info : cohort.cases) ids.push_back(info.id);
  return ids;
}

}  // namespace

class StatedLayoutTest : public CohortFolder {
  Q_OBJECT

  using Names = std::vector<std::string>;

  void segmentation(const std::string& name) const { labels({1}).save(root() / name); }
  Cohort cohort() const { return openCohort(root()); }

 private Q_SLOTS:
  void init() {
    renew();
    std::ofstream(root() / "problem.toml") << kProstate;
  }

  void numbersOfChannelsFollowTheOrderOfTheModalities() {
    for (const char* name : {"P01_0000.nii", "P01_0001.nii", "P02_0001.nii"})
      image(std::string("imagesTr/") + name);
    segmentation("labelsTr/P01.nii");
    segmentation("labelsTr/P02.nii");
    const Cohort cohort = this->cohort();
    QCOMPARE(idsOf(cohort), (Names{"P01", "P02"}));
    const CaseInfo &first = cohort.cases[0], &second = cohort.cases[1];
    QCOMPARE(first.verdict, Verdict::Ok);
    QCOMPARE(nameOf(first.modalities[0].file), std::string("P01_0000.nii"));
    QCOMPARE(nameOf(first.modalities[1].file), std::string("P01_0001.nii"));
    QCOMPARE(second.available().value(), ModalitySet(ModalityId(1)));
    QCOMPARE(first.segmentation, root() / "labelsTr/P01.nii");
    QCOMPARE(second.segmentation, root() / "labelsTr/P02.nii");
  }

  void filesOfOneNameAreACaseEachInAFolderOfSeveral() {
    for (const char* name : {"P01_t2.nii", "P01_adc.nii", "P02_t2.nii"}) image(name);
    segmentation("P02_seg.nii");
    const Cohort cohort = this->cohort();
    QCOMPARE(idsOf(cohort), (Names{"P01", "P02"}));
    QCOMPARE(cohort.cases[0].segmentationPresence, Presence::Absent);
    QCOMPARE(nameOf(cohort.cases[1].segmentation), std::string("P02_seg.nii"));
  }

  void filesWithoutANameBesideSeveralPatientsAreNobodys() {
    for (const char* name : {"P01_t2.nii", "P02_t2.nii", "adc.nii"}) image(name);
    for (const char* name : {"P01_seg.nii", "P02_seg.nii", "P03_seg.nii", "seg.nii"})
      segmentation(name);
    const Cohort cohort = this->cohort();
    QCOMPARE(idsOf(cohort), (Names{"P01", "P02", "P03_seg", "adc", "seg"}));
    QCOMPARE(nameOf(cohort.cases[0].segmentation), std::string("P01_seg.nii"));
    QCOMPARE(nameOf(cohort.cases[1].segmentation), std::string("P02_seg.nii"));
    for (std::size_t i = 0; i < 5; ++i) {
      QCOMPARE(cohort.cases[i].verdict, i < 2 ? Verdict::Ok : Verdict::Excluded);
      QCOMPARE(cohort.cases[i].modalities.size(), std::size_t{2});
      QCOMPARE(cohort.cases[i].regions, cohort.problem.regions);
    }
    QVERIFY(contains(cohort.cases[3].notes.back(),
                     "adc.nii was passed over: it bears the name of no case here."));
  }

  void aFileWithoutANameIsTheFoldersWhereNoOtherBearsOne() {
    for (const char* name : {"P01/t2.nii", "P01/adc.nii", "P02/P02_t2.nii", "P02/adc.nii"})
      image(name);
    segmentation("P01/seg.nii");
    segmentation("P02/seg.nii");
    const Cohort cohort = this->cohort();
    QCOMPARE(idsOf(cohort), (Names{"P01", "P02"}));
    QCOMPARE(cohort.cases[0].available()->size(), std::size_t{2});
    QCOMPARE(cohort.cases[1].available().value(), ModalitySet(ModalityId(0)));
    QCOMPARE(cohort.cases[1].verdict, Verdict::Warn);
    QVERIFY(anyContains(cohort.cases[1].notes, "adc.nii was left aside"));
    for (const CaseInfo& info : cohort.cases)
      QCOMPARE(nameOf(info.segmentation), std::string("seg.nii"));
  }

  void ofSeveralSegmentationsTheCasesOwnIsTaken() {
    image("P01/P01_t2.nii");
    segmentation("P01/P01_seg.nii");
    segmentation("P01/gland_seg.nii");  // before it in the alphabet's lower case
    const CaseInfo info = openCase(root() / "P01");
    QCOMPARE(nameOf(info.segmentation), std::string("P01_seg.nii"));
    QCOMPARE(info.verdict, Verdict::Ok);
    QVERIFY(
        anyContains(info.notes, "gland_seg.nii was left aside: P01_seg.nii is the segmentation."));
  }

  void aSegmentationOfAnotherNameIsTakenWithAWarning_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isForeign");
    QTest::newRow("the next patient's") << "P02_seg.nii" << true;
    QTest::newRow("a name that begins likewise") << "P012_seg.nii" << true;
    QTest::newRow("a name that goes on") << "P01_b_seg.nii" << false;
  }
  void aSegmentationOfAnotherNameIsTakenWithAWarning() {
    QFETCH(QString, name);
    QFETCH(bool, isForeign);
    image("case/P01_t2.nii");
    segmentation("case/" + name.toStdString());
    const CaseInfo info = openCase(root() / "case");
    QCOMPARE(nameOf(info.segmentation), name.toStdString());
    QCOMPARE(info.verdict, isForeign ? Verdict::Warn : Verdict::Ok);
    QCOMPARE(
        anyContains(info.notes, name.toStdString() + " is taken for the segmentation "
                                                     "although it bears another name than case."),
        isForeign);
  }

  void aFolderWithoutAModalityIsACaseThatSaysWhy_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("note");
    QTest::newRow("a name that means nothing")
        << "scan.nii"
        << "No file's name names a modality, such as scan.nii: problem.toml does not say what it "
           "is; expected names like <case>_t2.nii.gz.";
    QTest::newRow("another format")
        << "P02_t2.mha"
        << "No file's name names a modality, such as P02_t2.mha: only .nii and .nii.gz files are "
           "read; expected names like <case>_t2.nii.gz.";
    QTest::newRow("a segmentation alone") << "P02_seg.nii"
                                          << "No modality is there, only a segmentation.";
  }
  void aFolderWithoutAModalityIsACaseThatSaysWhy() {
    QFETCH(QString, name);
    QFETCH(QString, note);
    image("P01/P01_t2.nii");
    segmentation("P02/" + name.toStdString());
    const Cohort cohort = this->cohort();
    QCOMPARE(idsOf(cohort), (Names{"P01", "P02"}));
    QCOMPARE(cohort.cases[1].verdict, Verdict::Excluded);
    QCOMPARE(QString::fromStdString(cohort.cases[1].notes.back()), note);
    QCOMPARE(cohort.cases[1].modalities.size(), std::size_t{2});
  }

  void aVolumeThatIsNotUnderstoodGoesToTheCaseThatItBeginsLike() {
    for (const char* name : {"P01_0000.nii", "P012_0000.nii", "P012_dwi.nii", "scan.nii"})
      image(std::string("imagesTr/") + name);
    const Cohort cohort = this->cohort();
    QCOMPARE(idsOf(cohort), (Names{"P01", "P012", "scan"}));
    QVERIFY(cohort.cases[0].notes.empty());
    QCOMPARE(cohort.cases[1].notes,
             (Names{"P012_dwi.nii was passed over: problem.toml does not say what it is."}));
    QCOMPARE(cohort.cases[2].verdict, Verdict::Excluded);
  }

  void volumesBesideTheFoldersOfCasesAreNamed() {
    image("P01/P01_t2.nii");
    segmentation("P01_seg.nii");
    image("scan.nii");
    const Cohort cohort = this->cohort();
    QCOMPARE(idsOf(cohort), (Names{"P01", "scan"}));
    QVERIFY(anyContains(cohort.cases[0].notes, "P01_seg.nii was passed over: it lies beside"));
    QCOMPARE(cohort.cases[1].verdict, Verdict::Excluded);
  }

  void volumesBesideAnAnatomyFolderAreNamed() {
    image("sub-01/anat/sub-01_t2.nii");
    image("sub-01/sub-01_adc.nii");
    const Cohort cohort = this->cohort();
    QCOMPARE(idsOf(cohort), (Names{"sub-01"}));
    QVERIFY(anyContains(cohort.cases[0].notes, "sub-01_adc.nii was passed over: it lies beside"));
  }

  void foldersInACasesFolderAreNamedThere() {
    image("sub-01/anat/sub-01_t2.nii");
    image("sub-01/func/sub-01_bold.nii");
    image("P02/t2.nii");
    image("P02/raw/scan.nii");
    const Cohort cohort = this->cohort();
    QCOMPARE(idsOf(cohort), (Names{"P02", "sub-01"}));
    QCOMPARE(cohort.cases[0].notes, (Names{"The volumes in its folder raw were passed over."}));
    QCOMPARE(cohort.cases[1].notes, (Names{"The volumes in its folder func were passed over."}));
  }
};

GUILESS_TEST(StatedLayoutTest)
#include "stated_layout_test.moc"
