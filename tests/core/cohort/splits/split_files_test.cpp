#include <QTest>

#include "core/cohort/cohort.h"
#include "tests/core/cohort/cohort_folder.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using testing::anyContains;
using testing::CohortFolder;
using testing::complaint;
using testing::saveText;

/// What files beside the cases say of their parts, as others write them.
class SplitFilesTest : public CohortFolder {
  Q_OBJECT

  using Notes = std::vector<std::string>;

  Splits splits(Notes& notes, const Folds& folds = {}) const {
    const Cohort cohort = openCohort(root());
    notes.insert(notes.end(), cohort.notes.begin(), cohort.notes.end());
    return folds == Folds{} ? splitsOf(cohort, 1, notes) : foldSplits(cohort, folds, notes);
  }
  void state(const char* text, const char* file = "split.json") const {
    saveText(root() / file, text);
  }

 private Q_SLOTS:
  void init() {
    renew();
    for (const char* id : {"P0", "P1", "P2", "P3"}) completeCase("", id);
  }

  void theSamePartsGoByManyNames_data() {
    QTest::addColumn<QString>("text");
    for (
        const char* text :
        {R"({"train": ["P0", "P1"], "val": ["P2"], "test": ["P3"]})",
         R"({"Train": ["P0", "P1"], "Validation": ["P2"], "Test": ["P3"]})",
         R"({"training": ["P0", "P1"], "dev": ["P2"], "testing": ["P3"]})",
         R"({"train_ids": ["P0", "P1"], "val_ids": ["P2"], "test_ids": ["P3"]})",
         R"({"trainset": ["P0", "P1"], "valset": ["P2"], "testset": ["P3"]})",
         R"({"train": ["P0.nii.gz", "P1/"], "valid": ["imagesTr/P2_0000.nii.gz"], "test": ["p3"]})",
         R"({"train": ["HGG/P0/P0_t1.nii", "a\\P1"], "valid": ["P2_flair.nii.gz"], "test": ["P3"]})",
         R"({"P0": "train", "P1": "training", "P2": "val", "P3": "test"})",
         R"({"splits": {"train": ["P0", "P1"], "val": ["P2"]}, "test": ["P3"]})",
         R"({"train": [{"id": "P0"}, {"image": ["x/P1_t1.nii"]}], "valid": [{"case": "P2"}],)"
         R"( "test": [{"name": "P3"}], "seed": 1})",
         "\xef\xbb\xbf{\"train\": [\"P0\",\r\n \"P1\"],\r\n \"val\": [\"P2\"], \"test\": "
         "[\"P3\"]}"})
      QTest::newRow(text) << QString::fromUtf8(text);
  }
  void theSamePartsGoByManyNames() {
    QFETCH(QString, text);
    state(text.toUtf8());
    Notes notes;
    QCOMPARE(splits(notes), (Splits{{"train", {"P0", "P1"}}, {"valid", {"P2"}}, {"test", {"P3"}}}));
  }

  void aNumberNamesTheCaseThatIsCalledSo() {
    completeCase("", "007");
    state(R"({"train": ["P0"], "valid": [7]})");
    Notes notes;
    QCOMPARE(splits(notes), (Splits{{"train", {"P0"}}, {"valid", {"007"}}}));
  }

  void foldsOfAListAreChosenByNumber_data() {
    QTest::addColumn<QString>("text");
    QTest::newRow("nnU-Net") << R"([{"train": ["P1", "P2"], "val": ["P0"]},
                                    {"train": ["P0", "P2"], "val": ["P1"]}])";
    QTest::newRow("by name") << R"({"fold_0": {"train": ["P1", "P2"], "val": ["P0"]},
                                    "fold_1": {"train": ["P0", "P2"], "val": ["P1"]}})";
    QTest::newRow("in a member") << R"({"folds": [{"train": ["P1", "P2"], "val": ["P0"]},
                                                  {"train": ["P0", "P2"], "val": ["P1"]}]})";
    QTest::newRow("MONAI") << R"({"training": [{"image": "P0_t1.nii", "fold": 0},
                                               {"image": "P1_t1.nii", "fold": 1},
                                               {"image": "P2_t1.nii", "fold": 2}]})";
  }
  void foldsOfAListAreChosenByNumber() {
    QFETCH(QString, text);
    state(text.toUtf8());
    Notes notes;
    QCOMPARE(splits(notes).at("valid"), Notes{"P0"});
    QVERIFY(anyContains(notes, "folds; this is the first"));
    const Splits second = splits(notes, {0, 1});
    QCOMPARE(second.at("valid"), Notes{"P1"});
    QCOMPARE(second.at("train"), (Notes{"P0", "P2"}));
  }

  void tenFoldsCountAsNumbersDo() {
    state(
        R"({"fold10": {"train": ["P0"], "val": ["P1"]}, "fold2": {"train": ["P0"], "val": ["P2"]}})");
    Notes notes;
    QCOMPARE(splits(notes).at("valid"), Notes{"P2"});
  }

  void foldsThatAreNotListedAreRefused() {
    state(R"([{"train": ["P0"], "val": ["P1"]}, {"train": ["P1"], "val": ["P0"]}])");
    Notes notes;
    QVERIFY(contains(sentenceOf([&] { splits(notes, {0, 2}); }), "lists 2 folds"));
    QVERIFY(contains(sentenceOf([&] { splits(notes, {5, 0}); }), "data.folds is 5"));
    QCOMPARE(splits(notes, {2, 1}).at("valid"), Notes{"P0"});  // the same number may be said
  }

  void nnUNetsOwnFileIsReadAndASecondFileIsSaid() {
    state(R"([{"train": ["P0", "P1"], "val": ["P2"]}, {"train": ["P2"], "val": ["P0", "P1"]}])",
          "splits_final.json");
    Notes notes;
    QCOMPARE(splits(notes).at("train"), (Notes{"P0", "P1"}));
    state(R"({"train": ["P3"], "valid": ["P2"]})");
    notes.clear();
    QCOMPARE(splits(notes).at("train"), Notes{"P3"});
    QVERIFY(anyContains(notes, "splits_final.json is not read"));
  }

  void listsOfLinesAreRead() {
    saveText(root() / "train.txt", "P0\r\nP1_t1.nii.gz P1_seg.nii.gz\r\n");
    saveText(root() / "val.txt", "P2\n");
    saveText(root() / "test_night.txt", "P3\n");
    Notes notes;
    QCOMPARE(splits(notes), (Splits{{"train", {"P0", "P1"}}, {"valid", {"P2"}}}));
    QVERIFY(anyContains(notes, "test_night.txt is there and not read"));
    QVERIFY(anyContains(notes, "P3"));  // in no split
  }

  void aTextThatNamesNoCaseIsNoList() {
    saveText(root() / "train.txt", "How to train a network\n");
    Notes notes;
    QCOMPARE(splits(notes).at("valid").size(), std::size_t{1});
    QVERIFY(anyContains(notes, "train.txt names no case"));
  }

  void whatIsNotUnderstoodSaysWhatItFound_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("names");
    QTest::newRow("twice, by two names") << R"({"val": ["P0"], "validation": ["P1"]})"
                                         << "only one";
    QTest::newRow("twice, by one name") << R"({"train": ["P0"], "train": ["P1"]})"
                                        << "twice";
    QTest::newRow("a list of cases") << R"(["P0", "P1"])"
                                     << "not of folds";
    QTest::newRow("an object of cases") << R"({"train": {"P0": 1}})"
                                        << "no list";
    QTest::newRow("truth") << R"({"train": [true]})"
                           << "more than case names: true";
    QTest::newRow("lists in a list") << R"({"train": [["P0"]]})"
                                     << "more than case names";
    QTest::newRow("nothing") << "[]"
                             << "nothing";
    QTest::newRow("a number") << "3"
                              << "neither";
    QTest::newRow("a word") << R"({"train": "P0", "valid": 3})"
                            << "no list";
  }
  void whatIsNotUnderstoodSaysWhatItFound() {
    QFETCH(QString, text);
    QFETCH(QString, names);
    state(text.toUtf8());
    const std::string sentence = complaint(root());
    QVERIFY2(contains(sentence, "split.json") && contains(sentence, names.toStdString()),
             sentence.c_str());
  }

  void otherPartsAreSaidAndKept() {
    state(R"({"train": ["P0", "P1"], "valid": ["P2"], "tune": ["P3"], "author": "me"})");
    Notes notes;
    QCOMPARE(splits(notes).at("tune"), Notes{"P3"});
    QVERIFY(anyContains(notes, "\"tune\", which is none of train"));
    QVERIFY(anyContains(notes, "\"author\""));
  }

  void aCaseThatIsNamedTwiceCountsOnce() {
    state(R"({"train": ["P0", "P0", "P0.nii.gz", "P1"], "valid": ["P2", "P3"]})");
    Notes notes;
    QCOMPARE(splits(notes).at("train"), (Notes{"P0", "P1"}));
    QVERIFY(anyContains(notes, "more than once; they count once: P0."));
  }

  void noValidationIsSaid() {
    for (const char* text : {R"({"train": ["P0", "P1", "P2", "P3"]})",
                             R"({"train": ["P0", "P1", "P2", "P3"], "valid": []})",
                             R"({"train": ["P0", "P1", "P2", "P3"], "valid": ["ghost"]})"}) {
      state(text);
      Notes notes;
      QVERIFY(!splits(notes).contains("valid"));
      QVERIFY2(anyContains(notes, "There is no validation"), text);
    }
  }
};

APPLESS_TEST(SplitFilesTest)
#include "split_files_test.moc"
