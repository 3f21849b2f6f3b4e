#include <QTest>
#include <set>

#include "core/base/error.h"
#include "core/cohort/cohort.h"
#include "tests/core/cohort/cohort_folder.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

class SplitsTest : public CohortFolder {
  Q_OBJECT

 private Q_SLOTS:
  void init() { renew(); }

  void splitJsonIsReadAndItsMistakesAreNamed() {
    completeCase("", "a");
    completeCase("", "b");
    saveText(root() / "split.json", R"({"train": ["a"], "valid": ["b", "ghost"]})");
    std::vector<std::string> notes;
    const Splits splits = splitsOf(openCohort(root()), 1, notes);
    QCOMPARE(splits, (Splits{{"train", {"a"}}, {"valid", {"b"}}}));
    QVERIFY(anyContains(notes, "ghost"));
    for (const char* text : {"{", "[]", R"({"train": "a"})", R"({"train": [1.5]})", "{}"}) {
      saveText(root() / "split.json", text);
      QVERIFY2(contains(complaint(root()), "split.json"), text);
    }
  }

  void aCaseWithoutSegmentationIsNotTrainedOn() {
    completeCase("", "a");
    completeCase("", "b");
    std::filesystem::remove(root() / "b/b_seg.nii");
    saveText(root() / "split.json", R"({"train": ["a", "b"], "test": ["b"]})");
    std::vector<std::string> notes;
    const Splits splits = splitsOf(openCohort(root()), 1, notes);
    QCOMPARE(splits, (Splits{{"train", {"a"}}, {"test", {"b"}}}));
    QVERIFY(anyContains(notes, "b"));
  }

  void aSplitWithNothingInItIsNone() {
    completeCase("", "a");
    saveText(root() / "split.json", R"({"train": ["a"], "valid": []})");
    std::vector<std::string> notes;
    QCOMPARE(splitsOf(openCohort(root()), 1, notes), (Splits{{"train", {"a"}}}));
    QVERIFY(anyContains(notes, "holds nothing"));
  }

  void aCaseInBothPartsIsSaid() {
    completeCase("", "a");
    saveText(root() / "split.json", R"({"train": ["a"], "valid": ["a"]})");
    std::vector<std::string> notes;
    splitsOf(openCohort(root()), 1, notes);
    QVERIFY(anyContains(notes, "flatters"));
  }

  void withoutAFileAFifthIsValidAndTheSeedDecidesWhich() {
    for (char id = 'a'; id < 'a' + 11; ++id) completeCase("", std::string(1, id));
    std::vector<std::string> notes;
    const Cohort cohort = openCohort(root());
    const Splits splits = splitsOf(cohort, 7, notes);
    QCOMPARE(splits.at("valid").size(), std::size_t{2});
    QCOMPARE(splits.at("train").size(), std::size_t{9});
    std::set<std::string> all(splits.at("train").begin(), splits.at("train").end());
    all.insert(splits.at("valid").begin(), splits.at("valid").end());
    QCOMPARE(all.size(), std::size_t{11});
    QCOMPARE(splitsOf(cohort, 7, notes), splits);
    std::set<std::vector<std::string>> drawn;
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
      drawn.insert(splitsOf(cohort, seed, notes).at("valid"));
    }
    QVERIFY(drawn.size() > 5);
    QVERIFY(notes.empty());
  }

  void everyPairOfPartsIsLookedAt() {
    for (const char* id : {"a", "b", "c"}) completeCase("", id);
    saveText(root() / "split.json", R"({"train": ["a", "b"], "valid": ["c"], "test": ["a", "c"]})");
    std::vector<std::string> notes;
    splitsOf(openCohort(root()), 1, notes);
    QVERIFY(
        anyContains(notes, "in \"train\" and in \"test\", so the scores of \"test\" flatter: a."));
    QVERIFY(
        anyContains(notes, "in \"valid\" and in \"test\", so the scores of \"test\" flatter: c."));
    QVERIFY(!anyContains(notes, "validation"));
  }

  void aPatientOnBothSidesIsSaidByName() {
    for (const char* id : {"BraTS-GLI-00001-100", "BraTS-GLI-00001-101", "BraTS-GLI-00002-100"})
      completeCase("", id);
    saveText(root() / "split.json",
             R"({"train": ["BraTS-GLI-00001-100"], "valid": ["BraTS-GLI-00002-100"],)"
             R"( "test": ["BraTS-GLI-00001-101"]})");
    std::vector<std::string> notes;
    splitsOf(openCohort(root()), 1, notes);
    QCOMPARE(notes, (std::vector<std::string>{
                        "These patients have cases in \"train\" and in \"test\", so the scores of "
                        "\"test\" flatter: BraTS-GLI-00001 (BraTS-GLI-00001-100 and "
                        "BraTS-GLI-00001-101)."}));
    notes.clear();
    splitsOf(openCohort(root()), 1, notes, PatientRule("case"));
    QVERIFY(notes.empty());
  }

  void timePointsOfAPatientStayTogether() {
    for (int patient = 1; patient <= 6; ++patient)
      for (int time = 100; time < 100 + patient; ++time)  // one to six of each
        completeCase("", "BraTS-GLI-0000" + std::to_string(patient) + "-" + std::to_string(time));
    const Cohort cohort = openCohort(root());
    std::vector<std::string> notes;
    const auto patientsIn = [](const std::vector<std::string>& ids) {
      std::set<std::string> patients;
      for (const std::string& id : ids) patients.insert(id.substr(0, 15));
      return patients;
    };
    const auto disjoint = [&](const Splits& splits) {
      const auto train = patientsIn(splits.at("train")), valid = patientsIn(splits.at("valid"));
      return train.size() + valid.size() == 6 &&
             splits.at("train").size() + splits.at("valid").size() == 21;
    };
    for (std::uint64_t seed = 0; seed < 20; ++seed)
      QVERIFY(disjoint(splitsOf(cohort, seed, notes)));
    // 21 cases in three folds, the largest patients first: 6 + 1, 5 + 2, 4 + 3.
    for (std::int64_t fold = 0; fold < 3; ++fold) {
      const Splits splits = foldSplits(cohort, {3, fold}, notes);
      QVERIFY(disjoint(splits));
      QCOMPARE(splits.at("valid").size(), std::size_t{7});
    }
    QVERIFY(notes.empty());
    const auto tooMany = [&] { foldSplits(cohort, {7, 0}, notes); };
    QVERIFY_EXCEPTION_THROWN(tooMany(), Error);
  }

  void oneTimePointAPatientIsDealtAsCasesWere() {
    for (char id = '1'; id <= '9'; ++id)
      completeCase("", "BraTS-GLI-0000" + std::string(1, id) + "-000");
    const Cohort cohort = openCohort(root());
    std::vector<std::string> notes;
    QCOMPARE(splitsOf(cohort, 7, notes), splitsOf(cohort, 7, notes, PatientRule("case")));
    QCOMPARE(foldSplits(cohort, {3, 1}, notes),
             foldSplits(cohort, {3, 1}, notes, PatientRule("case")));
  }

  void onePatientAloneIsSplitWithAWarning() {
    for (const char* id : {"sub-1_ses-1", "sub-1_ses-2"}) completeCase("", id);
    std::vector<std::string> notes;
    const Splits splits = splitsOf(openCohort(root()), 7, notes);
    QCOMPARE(splits.at("train").size(), std::size_t{1});
    QVERIFY(anyContains(notes, "All cases are of one patient (sub-1)"));
  }

  void oneCaseValidatesOnItself() {
    completeCase("", "a");
    std::vector<std::string> notes;
    const Splits splits = splitsOf(openCohort(root()), 7, notes);
    QCOMPARE(splits.at("train"), splits.at("valid"));
    QCOMPARE(notes.size(), std::size_t{1});
  }

  void everyCaseIsHeldOutInExactlyOneFold() {
    for (char id = 'a'; id < 'a' + 11; ++id) completeCase("", std::string(1, id));
    saveText(
        root() / "split.json",
        R"({"train": ["a", "b", "c", "d", "e", "f"], "valid": ["g", "h", "i"], "test": ["j"]})");
    std::vector<std::string> notes;
    const Cohort cohort = openCohort(root());
    std::multiset<std::string> held;
    for (std::int64_t fold = 0; fold < 4; ++fold) {
      const Splits splits = foldSplits(cohort, {4, fold}, notes);
      QCOMPARE(splits.at("test"), std::vector<std::string>{"j"});
      const auto& valid = splits.at("valid");
      QVERIFY(valid.size() == 2 || valid.size() == 3);
      held.insert(valid.begin(), valid.end());
      std::set<std::string> both(splits.at("train").begin(), splits.at("train").end());
      QCOMPARE(both.size() + valid.size(), std::size_t{9});
      both.insert(valid.begin(), valid.end());
      QCOMPARE(both.size(), std::size_t{9});
    }
    QCOMPARE(held, (std::multiset<std::string>{"a", "b", "c", "d", "e", "f", "g", "h", "i"}));
  }

  void foldsComeFromTheCasesAlone() {
    for (char id = 'a'; id < 'a' + 9; ++id) completeCase("", std::string(1, id));
    std::vector<std::string> notes;
    const Splits free = foldSplits(openCohort(root()), {3, 1}, notes);
    saveText(root() / "split.json",
             R"({"valid": ["i", "a", "c"], "train": ["h", "b", "d", "e", "f", "g"]})");
    QCOMPARE(foldSplits(openCohort(root()), {3, 1}, notes), free);
    QVERIFY(free.at("valid") !=
            (std::vector<std::string>{"b", "e", "h"}));  // dealt, not counted off
  }

  void foldsThatCannotBeAreSentences_data() {
    QTest::addColumn<int>("folds");
    QTest::addColumn<int>("held");
    QTest::addColumn<QString>("names");
    QTest::newRow("one fold") << 1 << 0 << "data.folds";
    QTest::newRow("a fold without folds") << 0 << 1 << "data.fold";
    QTest::newRow("counted from 1") << 3 << 3 << "the last is 2";
    QTest::newRow("too few cases") << 4 << 0 << "only 3 cases";
  }
  void foldsThatCannotBeAreSentences() {
    QFETCH(int, folds);
    QFETCH(int, held);
    QFETCH(QString, names);
    for (const char* id : {"a", "b", "c"}) completeCase("", id);
    const Cohort cohort = openCohort(root());
    std::vector<std::string> notes;
    try {
      foldSplits(cohort, {folds, held}, notes);
      QFAIL("no error");
    } catch (const Error& error) {
      QVERIFY2(contains(error.what(), names.toStdString()), error.what());
    }
  }

  void noUsableCaseIsAnError() {
    image("a/a_t1.nii");
    std::vector<std::string> notes;
    QVERIFY_EXCEPTION_THROWN(splitsOf(openCohort(root()), 7, notes), Error);
  }
};

APPLESS_TEST(SplitsTest)
#include "splits_test.moc"
