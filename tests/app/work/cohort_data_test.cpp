#include "app/work/cohort_data.h"

#include <QTemporaryDir>
#include <QTest>
#include <set>

#include "core/files/atomic_file.h"
#include "core/runs/run_store.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/app/work/training/training_place.h"
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

  void aFoldIsHeldOutAndTheRunsOwnSplitIsEvaluated() {
    const Place place;
    const CohortData plain = openCohortData(place.data, 1);
    std::set<std::string> held;
    for (std::int64_t fold = 0; fold < 3; ++fold) {
      RunConfig config = place.request().config;
      config.data.folds = 3;
      config.data.fold = fold;
      const CohortData data = openCohortData(place.data, config);
      QCOMPARE(data.splits.at("train").size(), std::size_t{2});
      held.insert(data.splits.at("valid").at(0));
      RunManifest manifest(data.cohort.problem);
      manifest.data = place.data;
      manifest.splits = data.splits;
      manifest.dataLayout = fingerprintOf(data.labelled("train"));
      QVERIFY(openCohortData(place.data, manifest).splits == data.splits);
      manifest.data = "/somewhere/else";  // the same cases, moved
      QVERIFY(openCohortData(place.data, manifest).splits == data.splits);
      manifest.dataLayout = "of other files";
      QVERIFY(openCohortData(place.data, manifest).splits == plain.splits);
    }
    QCOMPARE(held.size(), std::size_t{3});
  }

  void theFingerprintChangesWithTheFiles() {
    const Place place;
    const auto before = fingerprintOf(openCohortData(place.data, 1).labelled("train"));
    QCOMPARE(before.size(), std::size_t{16});
    QCOMPARE(fingerprintOf(openCohortData(place.data, 1).labelled("train")), before);
    QVERIFY(fingerprintOf(openCohortData(place.data, 1).labelled("valid")) != before);
  }
};

GUILESS_TEST(CohortDataTest)
#include "cohort_data_test.moc"
