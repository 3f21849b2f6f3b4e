#include "app/work/held_out.h"

#include <QTemporaryDir>
#include <QTest>
#include <array>

#include "core/files/atomic_file.h"
#include "core/problem/brats.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

namespace {

using Ids = std::vector<std::string>;

Ids idsOf(const std::vector<CaseInfo>& cases) {
  Ids ids;
  for (const CaseInfo& info : cases) ids.push_back(info.id);
  return ids;
}

/// Cases of the same patient: BraTS-GLI-00000-000, BraTS-GLI-00000-001; then one each.
constexpr std::array<const char*, 5> kIds{"BraTS-GLI-00000-000", "BraTS-GLI-00000-001",
                                          "BraTS-GLI-00001-000", "BraTS-GLI-00002-000",
                                          "BraTS-GLI-00003-000"};

fs::path writeCohort(const fs::path& folder, std::uint64_t seed) {
  PhantomOptions options{.cases = 5, .size = 16, .spacing = 10, .seed = seed};
  writePhantomCohort(options, folder);
  for (std::size_t i = 0; i < kIds.size(); ++i)
    fs::rename(folder / phantomId(static_cast<int>(i)), folder / kIds[i]);
  fs::remove(folder / "split.json");
  return folder;
}

}  // namespace

/// Which cases a run is scored on, where nobody says or somebody says the wrong ones.
class HeldOutTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path data_;

  /// Nothing of the network is needed.
  TrainedRun runOf(const Splits& splits) const {
    TrainedRun run{"a run", {}, RunManifest(bratsProblem()), {"", bratsModalities(), {}, {}}, 0, {},
                   {},      {}};
    run.manifest.data = data_;
    run.manifest.splits = splits;
    return run;
  }
  static CohortData dataOf(const TrainedRun& run, const fs::path& data) {
    return openCohortData(data, run.manifest);
  }

 private Q_SLOTS:
  void initTestCase() { data_ = writeCohort(folder_.path().toStdString() + "/data", 1); }

  void testIsScoredWhereItWasHeldOutElseValid() {
    Splits splits{{"train", {kIds[2]}}, {"valid", {kIds[3]}}, {"test", {kIds[0], kIds[1]}}};
    const TrainedRun both = runOf(splits);
    const ScoredCases test = casesToScore(both, dataOf(both, data_), {});
    QCOMPARE(test.split, std::string("test"));
    QCOMPARE(idsOf(test.cases), (Ids{kIds[0], kIds[1]}));
    QVERIFY(test.trainedOn.empty());
    QCOMPARE(test.words(Task::Segmentation3d),
             std::string("test: 2 cases, none of which the run was trained on. It was held out by "
                         "the run; --split names another part, or all."));
    splits.erase("test");
    const TrainedRun one = runOf(splits);
    QCOMPARE(casesToScore(one, dataOf(one, data_), {}).split, std::string("valid"));
  }

  void aSplitMayBeAskedForByItsOtherNames() {
    const TrainedRun run = runOf({{"train", {kIds[2]}}, {"valid", {kIds[3]}}});
    QCOMPARE(casesToScore(run, dataOf(run, data_), {"val"}).split, std::string("valid"));
    const TrainedRun old = runOf({{"train", {kIds[2]}}, {"val", {kIds[3]}}});
    QCOMPARE(casesToScore(old, dataOf(old, data_), {}).split, std::string("val"));
    QCOMPARE(casesToScore(old, dataOf(old, data_), {"training"}).split, std::string("train"));
  }

  void allIsEveryCaseAndSaysWhatWasTrainedOn() {
    const TrainedRun run = runOf({{"train", {kIds[0], kIds[2]}}, {"valid", {kIds[3]}}});
    const ScoredCases all = casesToScore(run, dataOf(run, data_), {"all"});
    QCOMPARE(all.cases.size(), std::size_t{5});
    QCOMPARE(all.trainedOn, (Ids{kIds[0], kIds[1], kIds[2]}));  // the second time point, too
    QVERIFY(contains(all.words(Task::Segmentation3d),
                     "all: 5 cases, 3 of which the run was trained "
                     "on (BraTS-GLI-00000-000, "));
  }

  void withNothingHeldOutAllIsScoredAndItIsSaid() {
    const TrainedRun run = runOf({{"train", {kIds[0]}}, {"valid", {kIds[1]}}});
    const ScoredCases all = casesToScore(run, dataOf(run, data_), {});
    QCOMPARE(all.split, std::string("all"));
    QVERIFY(contains(all.words(Task::Segmentation3d), "Nothing was held out"));
  }

  void aSplitWithPatientsThatWereTrainedOnIsRefusedUnlessAsked() {
    const TrainedRun run = runOf({{"train", {kIds[0], kIds[2]}}, {"test", {kIds[1], kIds[3]}}});
    const CohortData data = dataOf(run, data_);
    const auto error = thrownBy([&] { casesToScore(run, data, {"test"}); });
    QVERIFY(error && error->fault() == Fault::Request);
    QVERIFY2(contains(error->what(), "1 of the 2 cases of the split \"test\"") &&
                 contains(error->what(), kIds[1]) && contains(error->what(), "--allow-overlap"),
             error->what());
    const ScoredCases allowed = casesToScore(run, data, {"test", true});
    QCOMPARE(allowed.trainedOn, Ids{kIds[1]});
    QCOMPARE(casesToScore(run, data, {"train"}).trainedOn.size(), std::size_t{2});
    TrainedRun alone = run;
    alone.config.data.patient = "case";
    QVERIFY(casesToScore(alone, data, {"test"}).trainedOn.empty());
  }

  void onOtherDataAllIsScored() {
    const TrainedRun run = runOf({{"train", {"BraTS-GLI-00009-000"}}});
    const fs::path other = writeCohort(folder_.path().toStdString() + "/other", 2);
    const ScoredCases all = casesToScore(run, dataOf(run, other), {});
    QCOMPARE(all.split, std::string("all"));
    QVERIFY(all.trainedOn.empty());
  }

  void aNamesakeOfOtherFilesWasNotTrainedOn() {
    const TrainedRun run = runOf({{"train", {kIds[2]}}});
    const fs::path other = writeCohort(folder_.path().toStdString() + "/namesakes", 3);
    QVERIFY(casesToScore(run, dataOf(run, other), {}).trainedOn.empty());
    const fs::path same = folder_.path().toStdString() + "/same";
    fs::create_directories(same);
    for (std::size_t i = 1; i < kIds.size(); ++i)
      fs::copy(data_ / kIds[i], same / kIds[i], fs::copy_options::recursive);
    const CohortData copied = dataOf(run, same);
    QCOMPARE(casesToScore(run, copied, {"all"}).trainedOn, Ids{kIds[2]});
  }
};

GUILESS_TEST(HeldOutTest)
#include "held_out_test.moc"
