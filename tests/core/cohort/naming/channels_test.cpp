#include <QTest>
#include <map>

#include "core/cohort/naming/dataset_file.h"
#include "core/cohort/naming/modality_words.h"
#include "core/problem/brats.h"
#include "tests/core/cohort/cohort_folder.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

namespace fs = std::filesystem;

const char* keyMeantBy(const char* words) {
  const auto modality = modalityMeantBy(words);
  return modality ? bratsModalities().key(*modality).c_str() : "none";
}

/// Modality's key → name of its file, of those that are there.
std::map<std::string, std::string> filesOf(const CaseInfo& info) {
  std::map<std::string, std::string> files;
  for (const ModalityId id : bratsModalities().ids())
    if (info.modalities[id.index()].presence == Presence::Present)
      files[bratsModalities().key(id)] = info.modalities[id.index()].file.filename().string();
  return files;
}

}  // namespace

/// What a dataset.json states of channels and labels decides, or the case is refused with it.
class ChannelsTest : public CohortFolder {
  Q_OBJECT

  void channelFiles(int count) const {
    for (int i = 0; i < count; ++i) image("imagesTr/x_000" + std::to_string(i) + ".nii.gz");
    labels({1, 2, 3}).save(root() / "labelsTr/x.nii.gz");
  }
  void state(const std::string& json) const { saveText(root() / "dataset.json", json); }
  CaseInfo only() const {
    const Cohort cohort = openCohort(root(), Depth::Voxels);
    return cohort.cases.size() == 1 ? cohort.cases.front() : CaseInfo();
  }

 private Q_SLOTS:
  void init() { renew(); }

  void wordsMeanModalities_data() {
    QTest::addColumn<QString>("key");
    for (const char* words : {"T1", " t1 ", "T1w", "T1-weighted", "T1n", "T1 native", "T1_pre",
                              "T1 pre-contrast", "T1 without contrast", "T1 MPRAGE"})
      QTest::newRow(words) << "t1";
    for (const char* words : {"T1ce", "T1c", "T1-Gd", "T1Gd", "T1 gd", "T1+C", "T1 post", "T1w-CE",
                              "T1 (post-contrast)", "contrast-enhanced T1",
                              "T1-weighted, post gadolinium", "ce-gadolinium_T1w"})
      QTest::newRow(words) << "t1ce";
    for (const char* words : {"T2", "T2w", "t2-weighted"}) QTest::newRow(words) << "t2";
    for (const char* words : {"FLAIR", " FLAIR", "T2-FLAIR", "T2_FLAIR", "T2 Flair", "t2f",
                              "fluid-attenuated inversion recovery"})
      QTest::newRow(words) << "flair";
    for (const char* words : {"", " ", "MRI", "T2*", "T1 FLAIR", "FLAIR post", "T1 map", "T1rho",
                              "T1/T2", "ADC", "CT", "0", "contrast", "T1 post pre"})
      QTest::addRow("'%s'", words) << "none";
  }
  void wordsMeanModalities() {
    QFETCH(QString, key);
    QString words = QTest::currentDataTag();
    if (words.startsWith('\'')) words = words.mid(1, words.size() - 2);
    QCOMPARE(QString(keyMeantBy(words.toStdString().c_str())), key);
  }

  void theStatedChannelsDecide_data() {
    QTest::addColumn<QString>("channels");
    QTest::addColumn<QString>("files");  // of t1, t1ce, t2, flair: the channel's number or -
    const auto row = [](const char* name, const char* channels, const char* files) {
      QTest::newRow(name) << channels << files;
    };
    row("T1 and FLAIR", R"({"0": "T1", "1": "FLAIR"})", "0--1");
    row("T1ce and FLAIR", R"({"0": "T1ce", "1": "FLAIR"})", "-0-1");
    row("FLAIR alone", R"({"0": "FLAIR"})", "---0");
    row("three, turned", R"({"0": "FLAIR", "1": "T1w", "2": "T2w"})", "1-20");
    row("four, turned", R"({"0": "FLAIR", "1": "T1w", "2": "T1gd", "3": "T2w"})", "1230");
    row("with spaces", R"({"0": " FLAIR", "1": " T1", "2": " T1ce", "3": " T2"})", "1230");
    row("other words", R"({"0": "T2-FLAIR", "1": "T1", "2": "T1-Gd", "3": "T2"})", "1230");
    row("turned keys", R"({"3": "T1", "1": "T2", "0": "FLAIR", "2": "T1+C"})", "3210");
    row("keys as in the files", R"({"0000": "T2", "0001": "T1"})", "1-0-");
  }
  void theStatedChannelsDecide() {
    QFETCH(QString, channels);
    QFETCH(QString, files);
    std::map<std::string, std::string> expected;
    const char* keys[] = {"t1", "t1ce", "t2", "flair"};
    for (int i = 0; i < 4; ++i)
      if (files[i] != '-')
        expected[keys[i]] = "x_000" + std::string(1, files[i].toLatin1()) + ".nii.gz";
    channelFiles(static_cast<int>(expected.size()));
    for (const char* key : {"channel_names", "modality"}) {
      state("{\"" + std::string(key) + "\": " + channels.toStdString() + "}");
      const CaseInfo info = only();
      QCOMPARE(filesOf(info), expected);
      QCOMPARE(info.verdict, Verdict::Ok);
      QVERIFY(info.notes.empty());
    }
  }

  void whatIsNotUnderstoodRefusesTheCaseAndIsNamed_data() {
    QTest::addColumn<QString>("json");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const char* json, const char* part) {
      QTest::newRow(name) << json << part;
    };
    row("a word that is no modality",
        R"({"channel_names": {"0": "MRI", "1": "MRI", "2": "MRI", "3": "MRI"}})", "MRI");
    row("a fifth channel",
        R"({"channel_names": {"0": "T1", "1": "T1ce", "2": "T2", "3": "FLAIR", "4": "ADC"}})",
        "ADC");
    row("one of two claimed twice", R"({"channel_names": {"0": "T1", "1": "T1w"}})", "twice");
    row("a number twice", R"({"channel_names": {"0": "T1", "0": "FLAIR"}})", "twice");
    row("a number in two ways", R"({"channel_names": {"0": "T1", "00": "FLAIR"}})", "twice");
    row("a list", R"({"channel_names": ["T1", "T1ce", "T2", "FLAIR"]})", "of the form");
    row("numbers as names", R"({"channel_names": {"0": 1, "1": 2}})", "none of T1");
    row("names as keys", R"({"channel_names": {"T1": "0", "FLAIR": "1"}})", "no channel's number");
    row("none named", R"({"channel_names": {}})", "of the form");
    row("no channels", R"({"labels": {"background": 0, "edema": 1}})", "names no channels");
    row("two that differ", R"({"channel_names": {"0": "T1"}, "modality": {"0": "T2"}})", "differ");
    row("cut short", R"({"channel_names": {"0": "T1", "1": )", "damaged");
    row("keys without quotes", R"({"channel_names": {0: "T1", 1: "FLAIR"}})", "damaged");
    row("nothing in it", "", "damaged");
    row("no object", R"(["T1", "FLAIR"])", "not an object");
    row("fewer than the files", R"({"channel_names": {"0": "FLAIR"}})",
        "x_0001.nii.gz is channel 1");
  }
  void whatIsNotUnderstoodRefusesTheCaseAndIsNamed() {
    QFETCH(QString, json);
    QFETCH(QString, part);
    channelFiles(2);
    state(json.toStdString());
    const CaseInfo info = only();
    QCOMPARE(info.verdict, Verdict::Excluded);
    QVERIFY2(contains(info.notes.back(), part.toStdString()), info.notes.back().c_str());
    QVERIFY2(contains(info.notes.back(), "dataset.json"), info.notes.back().c_str());
  }

  void aDatasetFileThatIsAFolderOrADeadLinkIsThereAndRefused() {
    channelFiles(4);
    fs::create_directories(root() / "dataset.json");
    QCOMPARE(only().verdict, Verdict::Excluded);
    fs::remove(root() / "dataset.json");
    fs::create_symlink(root() / "gone", root() / "dataset.json");
    QCOMPARE(only().verdict, Verdict::Excluded);
    fs::remove(root() / "dataset.json");
    QCOMPARE(only().verdict, Verdict::Warn);  // there is none: the custom's order, with a note
  }

  void aFifthFileIsNotPassedOver() {
    channelFiles(5);
    const CaseInfo info = only();
    QCOMPARE(info.verdict, Verdict::Excluded);
    QVERIFY(contains(info.notes.back(), "x_0004.nii.gz is channel 4"));
  }

  void aStatedChannelWithoutAFileIsAbsentAndSaid() {
    channelFiles(2);
    state(R"({"channel_names": {"0": "T1", "1": "T2", "2": "FLAIR"}})");
    const CaseInfo info = only();
    QCOMPARE(info.verdict, Verdict::Warn);
    QVERIFY(anyContains(info.notes, "channel 2 (FLAIR)"));
    QCOMPARE(filesOf(info).size(), std::size_t{2});
  }

  void theComponentsOfAFourDFileAreStatedToo() {
    NiftiFile two;
    two.setVoxels<std::int16_t>({2, 1, 2}, std::vector<std::int16_t>(8, 1));
    two.dim = {4, 2, 1, 2, 2, 1, 1, 1};
    two.save(root() / "imagesTr/x.nii.gz");
    labels({1, 2, 3}).save(root() / "labelsTr/x.nii.gz");
    QCOMPARE(only().verdict, Verdict::Excluded);  // two images, and nothing says which
    state(R"({"modality": {"0": "FLAIR", "1": "T1"}})");
    const CaseInfo info = only();
    QCOMPARE(info.verdict, Verdict::Warn);  // labels of other geometry
    QCOMPARE(filesOf(info).size(), std::size_t{2});
    QCOMPARE(info.modalities[3].component, 0);
    QCOMPARE(info.modalities[0].component, 1);
    QCOMPARE(openCase(root() / "imagesTr/x.nii.gz").modalities[0].component, 1);
    state(R"({"modality": {"0": "FLAIR", "1": "T1", "2": "T2"}})");
    QVERIFY(contains(only().notes.back(), "holds 2 image(s)"));
    state(R"({"modality": {"0": "MRI", "1": "MRI"}})");
    QVERIFY(contains(complaint(root() / "imagesTr/x.nii.gz"), "MRI"));
  }

  void theStatedLabelsDecideTheNumbering_data() {
    QTest::addColumn<QString>("labels");
    QTest::addColumn<LabelProfile>("profile");
    const auto row = [](const char* name, const char* labels, LabelProfile profile) {
      QTest::newRow(name) << labels << profile;
    };
    row("Decathlon",
        R"({"0": "background", "1": "edema", "2": "non-enhancing tumor", "3": "enhancing tumour"})",
        LabelProfile::Msd);
    row("oedema first", R"({"background": 0, "edema": 1, "necrosis": 2, "enhancing": 3})",
        LabelProfile::Msd);
    row("necrosis first", R"({"background": 0, "NCR/NET": 1, "ED": 2, "ET": 3})",
        LabelProfile::Brats2023);
    row("to 2021", R"({"background": 0, "necrosis": 1, "edema": 2, "enhancing": 4})",
        LabelProfile::Brats2021);
    row("with a cavity", R"({"background": 0, "NETC": 1, "SNFH": 2, "ET": 3, "RC": 4})",
        LabelProfile::Brats2024);
    row("regions of nnU-Net",
        R"({"background": 0, "whole tumor": [1, 2, 3], "tumor core": [2, 3], "enhancing tumor": 3})",
        LabelProfile::Msd);
    row("regions, necrosis first", R"({"background": 0, "WT": [1, 2, 3], "TC": [1, 3], "ET": [3]})",
        LabelProfile::Brats2023);
  }
  void theStatedLabelsDecideTheNumbering() {
    QFETCH(QString, labels);
    QFETCH(LabelProfile, profile);
    channelFiles(2);
    testing::labels({1, 2}).save(root() / "labelsTr/x.nii.gz");
    state(R"({"channel_names": {"0": "T1", "1": "FLAIR"}, "labels": )" + labels.toStdString() +
          "}");
    const CaseInfo info = only();
    QCOMPARE(info.verdict, Verdict::Ok);
    QCOMPARE(info.profile, profile);
  }

  void labelsThatFitNoNumberingRefuseTheCase_data() {
    QTest::addColumn<QString>("labels");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const char* labels, const char* part) {
      QTest::newRow(name) << labels << part;
    };
    row("a liver", R"({"background": 0, "liver": 1})", "liver");
    row("the tumour alone", R"({"background": 0, "whole tumor": 1})", "without its core");
    row("another order", R"({"background": 0, "enhancing": 1, "edema": 2, "necrosis": 3})",
        "none of ours");
    row("one value twice", R"({"background": 0, "edema": 1, "necrosis": 1})", "two meanings");
    row("a background of 1", R"({"background": 1, "edema": 0})", "background");
    row("regions side by side",
        R"({"background": 0, "whole tumor": [1], "tumor core": [2], "ET": 3})", "within");
    row("a list", R"(["background", "edema"])", "no object");
    row("a word as a value", R"({"background": 0, "edema": "one"})", "one");
  }
  void labelsThatFitNoNumberingRefuseTheCase() {
    QFETCH(QString, labels);
    QFETCH(QString, part);
    channelFiles(2);
    state(R"({"channel_names": {"0": "T1", "1": "FLAIR"}, "labels": )" + labels.toStdString() +
          "}");
    const CaseInfo info = only();
    QCOMPARE(info.verdict, Verdict::Excluded);
    QVERIFY2(contains(info.notes.back(), part.toStdString()), info.notes.back().c_str());
    fs::remove(root() / "labelsTr/x.nii.gz");
    QVERIFY(only().usable());  // what its labels would mean does not matter
  }

  void valuesDoNotOverruleStatedLabels() {
    channelFiles(2);
    testing::labels({1, 2, 4}).save(root() / "labelsTr/x.nii.gz");  // a 4 without a 3
    state(R"({"channel_names": {"0": "T1", "1": "FLAIR"},
              "labels": {"background": 0, "edema": 1, "necrosis": 2, "enhancing": 3}})");
    const CaseInfo info = only();
    QCOMPARE(info.verdict, Verdict::Excluded);
    QVERIFY(contains(info.notes.back(), "unknown labels: 4"));
  }

  void statedLabelsCountForFilesOfAnyName() {
    completeCase("data/", "a");
    testing::labels({1, 2, 3}).save(root() / "data/a/a_seg.nii");
    saveText(root() / "data/dataset.json",
             R"({"labels": {"background": 0, "edema": 1, "necrosis": 2, "enhancing": 3}})");
    const CaseInfo info = openCohort(root() / "data", Depth::Voxels).cases[0];
    QCOMPARE(info.verdict, Verdict::Ok);
    QCOMPARE(info.profile, LabelProfile::Msd);
  }

  void anotherFileEndingIsSaid() {
    channelFiles(1);
    state(R"({"channel_names": {"0": "T1"}, "file_ending": ".nrrd"})");
    QVERIFY(anyContains(only().notes, ".nrrd"));
    state(R"({"channel_names": {"0": "T1"}, "file_ending": ".nii.gz"})");
    QVERIFY(only().notes.empty());
  }
};

APPLESS_TEST(ChannelsTest)
#include "channels_test.moc"
