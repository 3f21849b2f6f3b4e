#include "core/cohort/cohort.h"

#include <QTest>
#include <algorithm>

#include "core/base/error.h"
#include "tests/core/cohort/cohort_folder.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kT1 = 0, kT1ce = 1, kT2 = 2, kFlair = 3;

std::string nameAt(const CaseInfo& info, std::size_t modality) {
  return info.modalities[modality].file.filename().string();
}

}  // namespace

class CohortTest : public CohortFolder {
  Q_OBJECT

 private Q_SLOTS:
  void init() { renew(); }

  void everyYearsNamesAreKnown_data() {
    QTest::addColumn<QStringList>("suffixes");  // of T1, T1ce, T2, FLAIR, segmentation
    QTest::addColumn<LabelProfile>("profile");
    QTest::newRow("2018") << QStringList{"_t1.nii.gz", "_t1ce.nii.gz", "_t2.nii.gz",
                                         "_flair.nii.gz", "_seg.nii.gz"}
                          << LabelProfile::Brats2021;
    QTest::newRow("2023") << QStringList{"-t1n.nii.gz", "-t1c.nii.gz", "-t2w.nii.gz", "-t2f.nii.gz",
                                         "-seg.nii.gz"}
                          << LabelProfile::Brats2023;
    QTest::newRow("nnU-Net") << QStringList{"_0000.nii.gz", "_0001.nii.gz", "_0002.nii.gz",
                                            "_0003.nii.gz", "_seg.nii.gz"}
                             << LabelProfile::Msd;
    QTest::newRow("upper case") << QStringList{"_T1.nii", "_T1Gd.NII", "_T2.nii", "_FLAIR.NII",
                                               "_Seg.nii"}
                                << LabelProfile::Brats2021;
  }
  void everyYearsNamesAreKnown() {
    QFETCH(QStringList, suffixes);
    QFETCH(LabelProfile, profile);
    for (int i = 0; i < 4; ++i) image("data/Case-1_a/Case-1_a" + suffixes[i].toStdString());
    labels({1}).save(root() / "data/Case-1_a" / ("Case-1_a" + suffixes[4].toStdString()));
    const Cohort cohort = openCohort(root() / "data");
    QCOMPARE(cohort.cases.size(), std::size_t{1});
    const CaseInfo& info = cohort.cases[0];
    QCOMPARE(info.id, std::string("Case-1_a"));
    QCOMPARE(info.available().value(), ModalitySet::firstOf(4));
    for (std::size_t i = 0; i < 4; ++i) {
      QCOMPARE(nameAt(info, i), "Case-1_a" + suffixes[int(i)].toStdString());
    }
    QCOMPARE(info.segmentationPresence, Presence::Present);
    QCOMPARE(info.profile, profile);
    QVERIFY(info.usable());
  }

  void anAbsentFileIsAnAbsentModality() {
    image("a/a_t1.nii.gz");
    image("a/a_flair.nii.gz");
    const CaseInfo info = openCase(root() / "a");
    QCOMPARE(info.modalities[kT1ce].presence, Presence::Absent);
    QCOMPARE(info.modalities[kT2].presence, Presence::Absent);
    QCOMPARE(info.available().value(), ModalitySet(ModalityId(kT1)).with(ModalityId(kFlair)));
    QCOMPARE(info.segmentationPresence, Presence::Absent);
    QCOMPARE(info.verdict, Verdict::Ok);
  }

  void anUnreadableFileExcludesTheCaseAndIsNotAbsent() {
    completeCase("", "a");
    saveBytes(root() / "a/a_t2.nii", {1, 2, 3});
    const CaseInfo info = openCase(root() / "a");
    QCOMPARE(info.modalities[kT2].presence, Presence::Unreadable);
    QCOMPARE(info.verdict, Verdict::Excluded);
    QVERIFY(contains(info.notes.back(), "a_t2.nii"));
  }

  void aLinkThatLeadsNowhereIsNotAbsent() {
    image("a/a_t1.nii");
    fs::create_symlink(root() / "gone", root() / "a/a_t2.nii");
    QCOMPARE(openCase(root() / "a").modalities[kT2].presence, Presence::Unreadable);
  }

  void damageBehindTheHeaderIsFoundWhenVoxelsAreRead() {
    completeCase("", "a");
    const auto good = numberedCube(8);
    good.save(root() / "a/a_t1.nii.gz");
    fs::remove(root() / "a/a_t1.nii");
    std::FILE* file = std::fopen((root() / "a/a_t1.nii.gz").c_str(), "r+b");
    std::fseek(file, -12, SEEK_END);
    std::fputs("xxxx", file);
    std::fclose(file);
    QCOMPARE(openCase(root() / "a", Depth::Voxels).verdict, Verdict::Excluded);
  }

  void aFourDFileIsNoSingleModality() {
    image("a/a_t1.nii");
    NiftiFile four;
    four.setVoxels<std::int16_t>({2, 1, 2}, std::vector<std::int16_t>(16, 1));
    four.dim = {4, 2, 1, 2, 4, 1, 1, 1};
    four.save(root() / "a/a_t2.nii");
    const CaseInfo info = openCase(root() / "a");
    QCOMPARE(info.modalities[kT2].presence, Presence::Unreadable);
    QVERIFY(contains(info.notes.back(), "4D"));
  }

  void aFourDFileByItselfIsACaseInTheOrderOfMsd() {
    NiftiFile four;
    four.setVoxels<std::int16_t>({2, 1, 2}, std::vector<std::int16_t>(16, 1));
    four.dim = {4, 2, 1, 2, 4, 1, 1, 1};
    four.save(root() / "Task01/imagesTr/BRATS_001.nii.gz");
    labels({1, 2, 3}).save(root() / "Task01/labelsTr/BRATS_001.nii.gz");
    const Cohort cohort = openCohort(root() / "Task01");
    QCOMPARE(cohort.cases.size(), std::size_t{1});
    const CaseInfo& info = cohort.cases[0];
    QCOMPARE(info.id, std::string("BRATS_001"));
    QCOMPARE(info.modalities[kFlair].component, 0);
    QCOMPARE(info.modalities[kT1].component, 1);
    QCOMPARE(info.modalities[kT1ce].component, 2);
    QCOMPARE(info.modalities[kT2].component, 3);
    QCOMPARE(info.profile, LabelProfile::Msd);
    QCOMPARE(info.segmentationPresence, Presence::Present);
    QCOMPARE(openCase(root() / "Task01/imagesTr/BRATS_001.nii.gz").id, std::string("BRATS_001"));
  }

  void nnUnetFoldersHoldManyCasesAndSayTheirChannels() {
    for (const std::string id : {"x", "y"}) {
      for (const char* channel : {"_0000", "_0001", "_0002", "_0003"}) {
        image("imagesTr/" + id + channel + ".nii.gz");
      }
      labels({1, 2, 3}).save(root() / "labelsTr" / (id + ".nii.gz"));
    }
    QVERIFY(anyContains(openCohort(root()).cases[0].notes, "dataset.json"));
    saveText(root() / "dataset.json",
             R"({"channel_names": {"0": "FLAIR", "1": "T1w", "2": "T1gd", "3": "T2w"}})");
    const Cohort cohort = openCohort(root());
    QCOMPARE(cohort.cases.size(), std::size_t{2});
    QCOMPARE(cohort.cases[1].id, std::string("y"));
    QCOMPARE(nameAt(cohort.cases[1], kFlair), std::string("y_0000.nii.gz"));
    QCOMPARE(nameAt(cohort.cases[1], kT1ce), std::string("y_0002.nii.gz"));
    QCOMPARE(cohort.cases[1].segmentationPresence, Presence::Present);
    QVERIFY(cohort.cases[1].notes.empty());
  }

  void theSegmentationThatBearsTheCasesNameIsTaken() {
    completeCase("", "b");
    labels({1}).save(root() / "b/ALT_labels_folder_seg.nii");
    const CaseInfo info = openCase(root() / "b");
    QCOMPARE(info.segmentation.filename().string(), std::string("b_seg.nii"));
    QVERIFY(anyContains(info.notes, "ALT_labels_folder_seg.nii"));
    QVERIFY(info.usable());
  }

  void filesOfTwoNamesAreNeverOneCase() {
    image("flat/a_t1.nii");
    image("flat/b_t2.nii");
    const Cohort cohort = openCohort(root() / "flat");
    QCOMPARE(cohort.cases.size(), std::size_t{2});
    QCOMPARE(cohort.cases[0].modalities[kT2].presence, Presence::Absent);
  }

  void casesAreFoundOneFolderDeeperAndSortedById() {
    completeCase("data/LGG/", "b");
    completeCase("data/HGG/", "c");
    completeCase("data/HGG/", "a");
    const Cohort cohort = openCohort(root() / "data/");
    std::vector<std::string> ids;
    for (const CaseInfo& info : cohort.cases) ids.push_back(info.id);
    QCOMPARE(ids, (std::vector<std::string>{"a", "b", "c"}));
    QVERIFY(cohort.find("b") != nullptr);
    QVERIFY(cohort.find("d") == nullptr);
  }

  void aSessionOfBidsIsACaseOfItsPatient() {
    for (const char* place : {"sub-01/ses-01", "sub-01/ses-02", "sub-02/ses-01"}) {
      std::string id = place;
      std::replace(id.begin(), id.end(), '/', '_');
      for (const char* end : {"_T1w", "_T2w"})
        image("data/" + std::string(place) + "/anat/" + id + end + ".nii.gz");
    }
    image("data/sub-01/ses-01/dwi/sub-01_ses-01_dwi.nii.gz");
    image("data/sub-03/ses-01/sub-03_T1w.nii.gz");  // no "anat", no session in the name
    const Cohort cohort = openCohort(root() / "data");
    QCOMPARE(cohort.cases.size(), std::size_t{4});
    const char* ids[] = {"sub-01_ses-01", "sub-01_ses-02", "sub-02_ses-01", "sub-03_ses-01"};
    for (std::size_t i = 0; i < 4; ++i) {
      QCOMPARE(cohort.cases[i].id, std::string(ids[i]));
      QCOMPARE(cohort.cases[i].verdict, Verdict::Ok);
      QCOMPARE(PatientRule().patientOf(ids[i], cohort.problem.task), std::string(ids[i], 6));
    }
    QCOMPARE(cohort.cases[1].available().value(), ModalitySet::fromBits(0b0101).value());
    QCOMPARE(cohort.cases[0].notes,
             std::vector<std::string>{"The volumes in its folder dwi were passed over."});
    QCOMPARE(openCase(root() / "data/sub-01/ses-02").id, std::string("sub-01_ses-02"));
  }

  void casesOfOneNameAreBothExcluded() {
    completeCase("HGG/", "a");
    completeCase("LGG/", "a");
    for (const CaseInfo& info : openCohort(root()).cases) {
      QCOMPARE(info.verdict, Verdict::Excluded);
      QVERIFY(contains(info.notes.back(), "LGG") && contains(info.notes.back(), "HGG"));
    }
  }

  void aSegmentationAloneIsNoUsableCase() {
    labels({1}).save(root() / "data/a/a_seg.nii");
    completeCase("data/", "b");
    const Cohort cohort = openCohort(root() / "data");
    QCOMPARE(cohort.cases[0].verdict, Verdict::Excluded);
    QCOMPARE(cohort.cases[0].notes.back(), std::string("No modality is there."));
    QCOMPARE(cohort.cases[1].verdict, Verdict::Ok);
  }

  void aFolderWithoutKnownNamesIsExcludedWithTheReason() {
    completeCase("data/", "a");
    image("data/b/scan.nii");
    const Cohort cohort = openCohort(root() / "data");
    QCOMPARE(cohort.cases[1].verdict, Verdict::Excluded);
    QVERIFY(contains(cohort.cases[1].notes.back(), "scan.nii"));
  }

  void nothingThatLooksLikeACaseIsAnError() {
    QVERIFY(contains(complaint(root()), "no case"));
    QVERIFY(contains(complaint(root() / "nowhere"), "does not exist"));
    image("one.nii");
    QVERIFY(contains(complaint(root() / "one.nii"), "four"));
  }

  void whatSystemsLeaveBehindIsNoModalityNoCaseAndNoExclusion() {
    for (const std::string place : {"P1", "P2"}) completeCase("data/", place);
    for (const char* name :
         {"P1/._P1_t1.nii", "P1/._P1_t1ce.nii.gz", "P1/._P1_seg.nii.gz", "P1/.DS_Store",
          "__MACOSX/P1/._P1_t1.nii.gz", "__MACOSX/._P1", ".DS_Store", "__MACOSX/P3/P3_t1.nii.gz"})
      saveBytes(root() / "data" / name, {0, 5, 22, 7, 0, 2, 0, 0});
    const Cohort cohort = openCohort(root() / "data", Depth::Voxels);
    QCOMPARE(cohort.cases.size(), std::size_t{2});
    for (const CaseInfo& info : cohort.cases) {
      QCOMPARE(info.verdict, Verdict::Ok);
      QVERIFY(info.notes.empty());
      QCOMPARE(info.available().value(), ModalitySet::firstOf(4));
    }
  }

  void anotherGeometryIsAWarningThatNamesTheFile() {
    completeCase("", "a");
    NiftiFile shifted = numberedCube(2);
    shifted.sform[3] = 5;
    shifted.save(root() / "a/a_t2.nii");
    const CaseInfo info = openCase(root() / "a");
    QCOMPARE(info.verdict, Verdict::Warn);
    QVERIFY(anyContains(info.notes, "a_t2.nii lies elsewhere"));
  }

  void anAllZeroModalityIsReportedAndPresent() {
    completeCase("", "a");
    NiftiFile zeros = numberedCube(2);
    std::fill(zeros.data.begin(), zeros.data.end(), 0);
    zeros.save(root() / "a/a_t2.nii");
    const CaseInfo info = openCase(root() / "a", Depth::Voxels);
    QCOMPARE(info.verdict, Verdict::Warn);
    QCOMPARE(info.modalities[kT2].presence, Presence::Present);
    QVERIFY(anyContains(info.notes, "a_t2.nii: every voxel is 0"));
  }

  void labelsThatContradictTheNameDecideWhenTheyAreRead() {
    completeCase("", "a");
    labels({1, 2, 3}).save(root() / "a/a_seg.nii");
    QCOMPARE(openCase(root() / "a").profile, LabelProfile::Brats2021);
    const CaseInfo read = openCase(root() / "a", Depth::Voxels);
    QCOMPARE(read.profile, LabelProfile::Brats2023);
    QCOMPARE(read.verdict, Verdict::Warn);
  }
};

APPLESS_TEST(CohortTest)
#include "cohort_test.moc"
