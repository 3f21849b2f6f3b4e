#include "core/cohort/examination.h"

#include <atomic>
#include <fstream>
#include <limits>

#include "core/cohort/voxel_look.h"
#include "core/files/cache_folder.h"
#include "tests/core/cohort/cohort_folder.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

namespace fs = std::filesystem;

constexpr std::size_t kT2 = 2;

/// Labels of 2³ voxels as float32, so that they may be anything.
NiftiFile oddLabels(float first) {
  NiftiFile file;
  file.datatype = 16;
  file.setVoxels<float>({2, 2, 2}, {first, 1, 2, 4, 0, 0, 0, 0});
  return file;
}

std::string bytesOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

class ExaminationTest : public CohortFolder {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> cache_;
  int looks_ = 0;
  std::vector<std::size_t> told_;
  std::function<void()> atProgress_;

  /// Opens the headers and looks at what they do not tell.
  Cohort examined(KnownFiles* files = nullptr, std::stop_token stop = {}) {
    Cohort cohort = openCohort(root());
    std::vector<CaseInfo*> cases;
    for (CaseInfo& info : cohort.cases) cases.push_back(&info);
    looks_ = 0;
    told_.clear();
    std::atomic<int> looks{0};
    ExaminationSteps steps;
    steps.look = [&](const CaseInfo& info) {
      ++looks;
      return lookAtVoxels(info);
    };
    steps.progress = [&](std::size_t done, std::size_t) {
      told_.push_back(done);
      if (atProgress_) atProgress_();
    };
    LookCache cache(root());
    KnownFiles known;
    examineCases(cases, steps, cache, known, stop);
    looks_ = looks;
    if (files != nullptr) *files = known;
    return cohort;
  }

  /// So that a later change shows in the files' stamps.
  static void settle() { QTest::qWait(80); }

  fs::path cacheFile() const {
    for (const auto& entry : fs::directory_iterator(*cacheFolder() / "looks")) return entry.path();
    return {};
  }

  /// The verdict on one case whose segmentation is this.
  CaseInfo withSegmentation(const NiftiFile& segmentation) {
    completeCase("", "a");
    segmentation.save(root() / "a/a_seg.nii");
    return lookAtVoxels(openCase(root() / "a"));
  }

 private Q_SLOTS:
  void init() {
    renew();
    cache_ = std::make_unique<QTemporaryDir>();
    qputenv("XDG_CACHE_HOME", cache_->path().toUtf8());
  }

  void labelsThatNobodyKnowsExcludeTheCase() {
    for (const float value : {9.F, -1.F, 0.5F, std::numeric_limits<float>::quiet_NaN()}) {
      const CaseInfo info = withSegmentation(oddLabels(value));
      QCOMPARE(info.verdict, Verdict::Excluded);
      QCOMPARE(info.segmentationPresence, Presence::Unreadable);
      QVERIFY(contains(info.notes.back(), "a_seg.nii"));
    }
    QCOMPARE(withSegmentation(oddLabels(1)).verdict, Verdict::Ok);
  }

  void aSegmentationThatMarksNothingInTheImagesExcludesTheCase() {
    NiftiFile shifted = labels({1, 2, 4});
    shifted.sform[3] += 500;
    const CaseInfo info = withSegmentation(shifted);
    QCOMPARE(info.verdict, Verdict::Excluded);
    QVERIFY(contains(info.notes.back(), "Nothing that a_seg.nii marks lies inside the images"));
    QCOMPARE(withSegmentation(labels({0, 0, 0})).verdict, Verdict::Ok);  // nothing to mark
  }

  void marksWhereEveryImageIsZeroExcludeTheCaseToo() {
    NiftiFile head;  // of 4 × 1 × 1 voxels; something is seen in the first two
    head.setVoxels<std::int16_t>({4, 1, 1}, {5, 6, 0, 0});
    head.save(root() / "a/a_t1.nii");
    NiftiFile marks;
    marks.datatype = 2;
    marks.setVoxels<std::uint8_t>({4, 1, 1}, {0, 0, 0, 2}).save(root() / "a/a_seg.nii");
    const CaseInfo outside = lookAtVoxels(openCase(root() / "a"));
    QCOMPARE(outside.verdict, Verdict::Excluded);
    QVERIFY(contains(outside.notes.back(), "anything but 0"));
    marks.setVoxels<std::uint8_t>({4, 1, 1}, {0, 2, 2, 2}).save(root() / "a/a_seg.nii");
    const CaseInfo partly = lookAtVoxels(openCase(root() / "a"));
    QCOMPARE(partly.verdict, Verdict::Warn);
    QVERIFY(anyContains(partly.notes, "Only 33 % of what a_seg.nii marks"));
  }

  void anImageWithoutANumberExcludesTheCase() {
    completeCase("", "a");
    NiftiFile none;
    none.datatype = 16;
    none.setVoxels<float>({2, 2, 2},
                          std::vector<float>(8, std::numeric_limits<float>::quiet_NaN()));
    none.save(root() / "a/a_t2.nii");
    const CaseInfo info = lookAtVoxels(openCase(root() / "a"));
    QCOMPARE(info.verdict, Verdict::Excluded);
    QCOMPARE(info.modalities[kT2].presence, Presence::Unreadable);
    QVERIFY(contains(info.notes.back(), "a_t2.nii holds no number"));
  }

  void theReasonThatHeadersGaveStaysTheLastNote() {
    completeCase("", "a");
    saveText(root() / "a/a_t2.nii", "no image");
    oddLabels(9).save(root() / "a/a_seg.nii");
    const CaseInfo headers = openCase(root() / "a");
    const CaseInfo looked = lookAtVoxels(headers);
    QCOMPARE(looked.notes.back(), headers.notes.back());
    QVERIFY(anyContains(looked.notes, "unknown labels"));
  }

  void anExaminationFindsWhatTheLookAtOneCaseFinds() {
    completeCase("", "a");
    completeCase("", "b");
    oddLabels(9).save(root() / "b/b_seg.nii");
    const Cohort cohort = examined();
    QCOMPARE(looks_, 2);
    QCOMPARE(told_.back(), std::size_t{2});
    const Cohort one = openCohort(root(), Depth::Voxels);
    for (std::size_t i = 0; i < 2; ++i) {
      QCOMPARE(cohort.cases[i].verdict, one.cases[i].verdict);
      QVERIFY(cohort.cases[i].notes == one.cases[i].notes);
    }
    QCOMPARE(cohort.cases[1].verdict, Verdict::Excluded);
  }

  void theSecondExaminationReadsNothing() {
    completeCase("", "a");
    completeCase("", "b");
    oddLabels(9).save(root() / "b/b_seg.nii");
    settle();
    KnownFiles first, second;
    const Cohort before = examined(&first);
    const Cohort after = examined(&second);
    QCOMPARE(looks_, 0);
    QVERIFY(told_.empty());
    QVERIFY(first == second);
    QCOMPARE(first.size(), std::size_t{10});
    QCOMPARE(after.cases[1].verdict, Verdict::Excluded);
    QVERIFY(after.cases[1].notes == before.cases[1].notes);
    QCOMPARE(after.cases[1].segmentationPresence, Presence::Unreadable);
  }

  void onlyTheCaseWhoseBytesChangedIsLookedAtAgain() {
    completeCase("", "a");
    completeCase("", "b");
    settle();
    KnownFiles before, after;
    examined(&before);
    const fs::path file = root() / "b/b_seg.nii";
    const auto time = fs::last_write_time(file);
    labels({1, 1, 4}).save(file);  // as long, and as old by its time
    fs::last_write_time(file, time);
    settle();
    examined(&after);
    QCOMPARE(looks_, 1);
    for (const auto& [path, known] : before)
      QCOMPARE(after.at(path).hash == known.hash, path != file);
  }

  void aFileThatWasOnlyTouchedIsNotLookedAtAgain() {
    completeCase("", "a");
    settle();
    examined();
    fs::last_write_time(root() / "a/a_t1.nii", fs::file_time_type::clock::now());
    settle();
    examined();
    QCOMPARE(looks_, 0);  // hashed again, and the same
  }

  void aDamagedCacheCostsALookAndNothingElse() {
    completeCase("", "a");
    settle();
    examined();
    const fs::path file = cacheFile();
    const std::string whole = bytesOf(file);
    for (const std::size_t length :
         {std::size_t{0}, std::size_t{10}, whole.size() / 2, whole.size() - 1}) {
      std::ofstream(file, std::ios::binary) << whole.substr(0, length);
      QCOMPARE(examined().cases.front().verdict, Verdict::Ok);
      QCOMPARE(looks_, 1);
    }
    for (std::size_t at = 0; at < whole.size(); at += 7) {
      std::string odd = whole;
      odd[at] = static_cast<char>(odd[at] ^ 0x55);
      std::ofstream(file, std::ios::binary) << odd;
      QCOMPARE(examined().cases.front().verdict, Verdict::Ok);
      QCOMPARE(looks_, 1);
    }
    examined();
    QCOMPARE(looks_, 0);  // it was written anew
  }

  void aCacheThatCannotBeWrittenCostsALookEachTime() {
    completeCase("", "a");
    settle();
    saveText(fs::path(cache_->path().toStdString()) / "modascope", "a file in the folder's place");
    for (int i = 0; i < 2; ++i) {
      QCOMPARE(examined().cases.front().verdict, Verdict::Ok);
      QCOMPARE(looks_, 1);
    }
  }

  void twoProgramsThatWriteAtOnceLeaveAWholeCache() {
    completeCase("", "a");
    completeCase("", "b");
    settle();
    LookCache one(root()), two(root());
    const auto keep = [&](LookCache& cache, const char* name) {
      const fs::path file = root() / name;
      cache.keep(file, {stampOf(file).value(), std::string(32, name[0])});
      cache.save();
    };
    keep(one, "a/a_t1.nii");
    keep(two, "b/b_t1.nii");
    const LookCache later(root());
    const auto hashOf = [&](const char* name) {
      return later.hashOf(root() / name, stampOf(root() / name).value());
    };
    QVERIFY(!hashOf("a/a_t1.nii"));  // the later one counts
    QCOMPARE(hashOf("b/b_t1.nii").value(), std::string(32, 'b'));
  }

  void aStopKeepsWhatWasSeen() {
    for (const char* id : {"a", "b", "c", "d"}) completeCase("", id);
    settle();
    std::stop_source stop;
    atProgress_ = [&] { stop.request_stop(); };  // one case is seen, or more
    examined(nullptr, stop.get_token());
    atProgress_ = {};
    examined();
    QVERIFY(looks_ < 4);
  }

  void aFileIsUnchangedWhileItsBytesAre() {
    completeCase("", "a");
    KnownFiles files;
    examined(&files);
    const fs::path file = root() / "a/a_seg.nii";
    const KnownFile known = files.at(file);
    QVERIFY(isUnchanged(file, known));
    settle();
    fs::last_write_time(file, fs::file_time_type::clock::now());
    QVERIFY(isUnchanged(file, known));
    labels({1, 1, 4}).save(file);
    QVERIFY(!isUnchanged(file, known));
    fs::remove(file);
    QVERIFY(!isUnchanged(file, known));
  }
};

GUILESS_TEST(ExaminationTest)
#include "examination_test.moc"
