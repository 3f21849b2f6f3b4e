#include <QTest>

#include "core/cohort/naming/naming.h"
#include "core/problem/brats.h"
#include "tests/core/cohort/cohort_folder.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kT1 = 0, kT1ce = 1, kFlair = 3;

}  // namespace

/// What lies in a case's folder and is not understood is named, and never counts as silently
/// absent.
class PassedOverTest : public CohortFolder {
  Q_OBJECT

  CaseInfo renamed(const std::string& from, const std::string& to) const {
    completeCase("data/", "P1");
    const fs::path folder = root() / "data/P1";
    fs::rename(folder / from, folder / to);
    return openCase(folder);
  }

 private Q_SLOTS:
  void init() { renew(); }

  void theEndOfANameNamesTheModality_data() {
    QTest::addColumn<QString>("key");
    QTest::addColumn<QString>("prefix");
    const auto row = [](const char* name, const char* key, const char* prefix) {
      QTest::newRow(name) << key << prefix;
    };
    row("P_T2_FLAIR.nii.gz", "flair", "P");
    row("sub-01_T1w.nii.gz", "t1", "sub-01");
    row("sub-01_ce-gadolinium_T1w.nii.gz", "t1ce", "sub-01");
    row("sub-01_ce-DOTAREM_T1w.nii", "t1ce", "sub-01");
    row("sub-01_ce-gd_run-1_T1w.nii.gz", "t1ce", "sub-01_run-1");
    row("sub-01_T1w_ce.nii.gz", "t1ce", "sub-01");
    row("P_T1_post.nii.gz", "t1ce", "P");
    row("P_T1Gd.nii.gz", "t1ce", "P");
    row("P_t1_gd.nii.gz", "t1ce", "P");
    row("P-T1-c.nii.gz", "t1ce", "P");
    row("t1_gd.nii", "t1ce", "");
    row("ABC_c_t1.nii.gz", "t1", "ABC_c");
    row("sub-1_ses-post_T1w.nii", "t1", "sub-1_ses-post");
    row("P_FLAIR_T2.nii", "t2", "P_FLAIR");
    // Not understood: contrast agent or surgery; FLAIR after contrast agent; further processed.
    row("P_post_T1.nii.gz", "none", "");
    row("sub-01_ce-gadolinium_FLAIR.nii.gz", "none", "");
    row("P_flair_corrected.nii.gz", "none", "");
    row("P_T1c_bias.nii.gz", "none", "");
  }
  void theEndOfANameNamesTheModality() {
    QFETCH(QString, key);
    QFETCH(QString, prefix);
    const auto named = parseName(QTest::currentDataTag());
    QCOMPARE(named.has_value(), key != "none");
    if (!named) return;
    QVERIFY(named->modality.has_value());
    QCOMPARE(bratsModalities().key(*named->modality), key.toStdString());
    QCOMPARE(named->prefix, prefix.toStdString());
  }

  void aSegmentationOfAnotherNameIsNamedWithWhatToCallIt_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"X12_2001.01.01_Segm.nii.gz", "P1_segmentation.nii", "P1_mask.nii.gz",
                             "P1_seg (1).nii.gz", "P1_Seg_corrected.nii", "label.nii.gz",
                             "P1_seg.nrrd", "P1_seg.mha", "P1_seg.nii.gz.part"})
      QTest::newRow(name) << QString(name);
  }
  void aSegmentationOfAnotherNameIsNamedWithWhatToCallIt() {
    QFETCH(QString, name);
    const CaseInfo info = renamed("P1_seg.nii", name.toStdString());
    QCOMPARE(info.segmentationPresence, Presence::Absent);
    QCOMPARE(info.verdict, Verdict::Warn);
    QCOMPARE(info.notes.size(), std::size_t{1});
    QVERIFY2(contains(info.notes[0], name.toStdString() + " was passed over"),
             info.notes[0].c_str());
    QVERIFY2(contains(info.notes[0], "the segmentation"), info.notes[0].c_str());
    QVERIFY2(contains(info.notes[0], "P1_seg.nii.gz."), info.notes[0].c_str());
  }

  void aModalityOfAnotherNameIsNamedWithWhatToCallIt_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("hint");
    QTest::newRow("P1_flair_corrected.nii") << "P1_flair.nii"
                                            << "FLAIR, name it P1_flair.nii.gz";
    QTest::newRow("P1_post_T1.nii") << "P1_t1ce.nii"
                                    << "T1ce, name it P1_t1ce.nii.gz";
    QTest::newRow("P1_t1_brain.nii.gz") << "P1_t1.nii"
                                        << "T1, name it P1_t1.nii.gz";
    QTest::newRow("scan3.nii") << "P1_t2.nii"
                               << "T2, name it P1_t2.nii.gz";
    QTest::newRow("P1_t2.mha") << "P1_t2.nii"
                               << "T2, convert it to P1_t2.nii.gz";
  }
  void aModalityOfAnotherNameIsNamedWithWhatToCallIt() {
    QFETCH(QString, from);
    QFETCH(QString, hint);
    const CaseInfo info = renamed(from.toStdString(), QTest::currentDataTag());
    QCOMPARE(info.verdict, Verdict::Warn);
    QVERIFY2(contains(info.notes.at(0), hint.toStdString()), info.notes.at(0).c_str());
    QCOMPARE(info.available()->ids().size(), std::size_t{3});
  }

  void aCaseThatLacksNothingIsOkAndStillSaysIt() {
    completeCase("", "P1");
    image("P1/P1_t1_brain_mask.nii.gz");
    const CaseInfo info = openCase(root() / "P1");
    QCOMPARE(info.verdict, Verdict::Ok);
    QCOMPARE(info.notes.size(), std::size_t{1});
    QVERIFY(contains(info.notes[0], "P1_t1_brain_mask.nii.gz was passed over"));
  }

  void manyAreNamedTogetherAndCounted() {
    completeCase("", "P1");
    for (int i = 10; i < 33; ++i) saveText(root() / "P1" / (std::to_string(i) + ".dcm"), "DICM");
    const CaseInfo info = openCase(root() / "P1");
    QCOMPARE(info.notes.size(), std::size_t{1});
    QVERIFY(contains(info.notes[0], "10.dcm, 11.dcm"));
    QVERIFY(contains(info.notes[0], "29.dcm and 3 more were passed over"));
  }

  void amongManyTheOneThatMayBeMeantIsNamedByItself() {
    completeCase("", "P1");
    fs::rename(root() / "P1/P1_seg.nii", root() / "P1/P1_tumor_segmentation.nii");
    for (const char* name :
         {"ADC", "ASL", "DTI_eddy_FA", "DTI_eddy_MD", "SWI", "T1_bias", "T2_bias"})
      image("P1/P1_" + std::string(name) + ".nii.gz");
    const CaseInfo info = openCase(root() / "P1");
    QCOMPARE(info.notes.size(), std::size_t{2});
    QVERIFY(contains(info.notes[0], "P1_tumor_segmentation.nii was passed over"));
    QVERIFY(contains(info.notes[0], "name it P1_seg.nii.gz"));
    QVERIFY(contains(info.notes[1], "P1_T2_bias.nii.gz were passed over"));
    QVERIFY(!contains(info.notes[1], "name it"));
  }

  void aPostContrastT1IsNeitherT1NorAnotherPatient() {
    for (const char* name : {"T1w", "ce-gadolinium_T1w", "T2w", "FLAIR"})
      image("data/sub-01/anat/sub-01_" + std::string(name) + ".nii.gz");
    image("data/sub-02/anat/sub-02_ce-gadolinium_T1w.nii.gz");
    const Cohort cohort = openCohort(root() / "data");
    QCOMPARE(cohort.cases.size(), std::size_t{2});
    QCOMPARE(cohort.cases[0].id, std::string("sub-01"));
    QCOMPARE(cohort.cases[0].available().value(), ModalitySet::firstOf(4));
    QCOMPARE(cohort.cases[0].modalities[kT1ce].file.filename().string(),
             std::string("sub-01_ce-gadolinium_T1w.nii.gz"));
    QCOMPARE(cohort.cases[1].available().value(), ModalitySet(ModalityId(kT1ce)));
    QCOMPARE(cohort.cases[1].modalities[kT1].presence, Presence::Absent);
  }

  void aNameThatCanBeSplitInTwoWaysIsSplitAsItsNeighboursAre() {
    for (const char* end : {"_t1", "_t1ce", "_flair"})
      image("without_T2/without_T2" + std::string(end) + ".nii");
    const CaseInfo info = openCase(root() / "without_T2");
    QCOMPARE(info.available()->ids().size(), std::size_t{3});
    QCOMPARE(info.modalities[2].presence, Presence::Absent);
    QVERIFY(info.notes.empty());
  }

  void twoFilesOfOneModalityAreSaid() {
    completeCase("", "P1");
    image("P1/P1_T1Gd.nii.gz");
    const CaseInfo info = openCase(root() / "P1");
    QCOMPARE(info.verdict, Verdict::Warn);
    QVERIFY(anyContains(info.notes, "left aside: P1_T1Gd.nii.gz is taken for T1ce"));
  }

  void aSegmentationOfAnotherPatientsNameIsSaid() {
    const CaseInfo info = renamed("P1_seg.nii", "P2_seg.nii");
    QCOMPARE(info.verdict, Verdict::Warn);
    QVERIFY(anyContains(info.notes, "P2_seg.nii is taken for the segmentation although"));
    QCOMPARE(info.segmentationPresence, Presence::Present);
  }

  void volumesInAFlatFolderGoToTheCaseWhoseNameTheyBear() {
    for (const std::string id : {"x", "x_1"}) image("imagesTr/" + id + "_flair.nii.gz");
    image("imagesTr/x_1_t2_corrected.nii.gz");
    image("imagesTr/other.nii.gz");
    labels({1}).save(root() / "labelsTr/x_segmentation.nii.gz");
    const Cohort cohort = openCohort(root());
    QCOMPARE(cohort.cases.size(), std::size_t{3});
    QCOMPARE(cohort.cases[0].id, std::string("other"));
    QCOMPARE(cohort.cases[0].verdict, Verdict::Excluded);
    QVERIFY(contains(cohort.cases[0].notes.back(), "other.nii.gz was passed over"));
    QCOMPARE(cohort.cases[1].verdict, Verdict::Warn);
    QVERIFY(anyContains(cohort.cases[1].notes, "name it labelsTr/x.nii.gz"));
    QVERIFY(anyContains(cohort.cases[2].notes, "x_1_t2_corrected.nii.gz was passed over"));
    QVERIFY(!anyContains(cohort.cases[2].notes, "x_segmentation"));
  }

  void aFourDFileOfOtherLengthOrDamagedIsNoSilence() {
    NiftiFile four;
    four.setVoxels<std::int16_t>({2, 1, 2}, std::vector<std::int16_t>(16, 1));
    four.dim = {4, 2, 1, 2, 4, 1, 1, 1};
    four.save(root() / "imagesTr/a_0001.nii.gz");  // a number that is a patient's
    four.dim[4] = 3;
    four.data.resize(24);
    four.save(root() / "imagesTr/a_0002.nii.gz");
    saveBytes(root() / "imagesTr/c.nii.gz", {1, 2, 3});
    image("imagesTr/d.nii.gz");
    const Cohort cohort = openCohort(root());
    QCOMPARE(cohort.cases.size(), std::size_t{4});
    QVERIFY(cohort.cases[0].usable());
    QVERIFY(contains(cohort.cases[1].notes.back(), "holds 3 image(s)"));
    QVERIFY(contains(cohort.cases[2].notes.back(), "c.nii.gz"));
    QVERIFY(contains(cohort.cases[3].notes.back(), "holds 1 image(s)"));
  }

  void aStrayImageDoesNotHideTheCasesBelow() {
    completeCase("data/", "a");
    completeCase("data/", "b");
    image("data/template_t1.nii.gz");
    const Cohort cohort = openCohort(root() / "data");
    QCOMPARE(cohort.cases.size(), std::size_t{3});
    QVERIFY(cohort.find("a") != nullptr && cohort.find("template") != nullptr);
  }

  void aVolumeBesideTheFoldersOfCasesIsSaid() {
    completeCase("data/", "a");
    completeCase("data/", "b");
    fs::rename(root() / "data/b/b_seg.nii", root() / "data/b_seg.nii");
    for (const char* name : {"atlas.nii.gz", "a_mask.nii", "a_t1_bias.nii"})
      image("data/" + std::string(name));
    saveText(root() / "data/atlas.nrrd", "NRRD0004");
    const Cohort cohort = openCohort(root() / "data");
    QCOMPARE(cohort.cases.size(), std::size_t{4});
    const auto only = [&](std::size_t i) { return cohort.cases.at(i).notes.at(0); };
    QCOMPARE(only(0), std::string("a_mask.nii, a_t1_bias.nii were passed over: they lie beside the "
                                  "folder of a, not in it."));
    QCOMPARE(cohort.cases[0].verdict, Verdict::Ok);
    for (const std::size_t i : {1, 2}) QCOMPARE(cohort.cases[i].verdict, Verdict::Excluded);
    QVERIFY(contains(only(1),
                     "atlas.nii.gz was passed over: it lies beside the folders of the "
                     "cases, in none of them."));
    QVERIFY(contains(only(2), "atlas.nrrd was passed over: only .nii and .nii.gz files are read."));
    QCOMPARE(only(3), std::string("b_seg.nii was passed over: it lies beside the folder of b, not "
                                  "in it."));
    QCOMPARE(cohort.cases[3].verdict, Verdict::Warn);
  }

  void volumesInAFolderOfTheCaseAreSaid() {
    completeCase("", "P1");
    image("P1/original/P1_t1.nii");
    const CaseInfo info = openCase(root() / "P1");
    QCOMPARE(info.verdict, Verdict::Ok);
    QVERIFY(anyContains(info.notes, "original"));
  }

  void aPatientInAnotherFormatIsExcludedAndNotAbsent() {
    completeCase("data/", "a");
    saveText(root() / "data/b/b_flair.nrrd", "NRRD0004");
    const Cohort cohort = openCohort(root() / "data");
    QCOMPARE(cohort.cases.size(), std::size_t{2});
    QVERIFY(contains(cohort.cases[1].notes.back(), "b_flair.nrrd"));
  }
};

APPLESS_TEST(PassedOverTest)
#include "passed_over_test.moc"
