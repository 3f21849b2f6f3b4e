#include "app/work/cohort_examination.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <fstream>

#include <nlohmann/json.hpp>

#include "app/work/data_identity.h"
#include "app/work/resume.h"
#include "app/work/training/training.h"
#include "core/base/error.h"
#include "core/events/run_phase.h"
#include "core/files/atomic_file.h"
#include "core/phantom/phantom.h"
#include "core/runs/run_store.h"
#include "core/volume/volume_io.h"
#include "tests/core/files/thrown.h"
#include "tests/core/imagefolder/made_up_pictures.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

/// Five tiny phantoms, three to train on and two to validate, and a cache of their own.
struct Place {
  QTemporaryDir folder;
  fs::path root = folder.path().toStdString();
  fs::path data = root / "data";

  Place() {
    qputenv("XDG_CACHE_HOME", folder.filePath("cache").toUtf8());
    PhantomOptions options;
    options.cases = 5;
    options.size = 24;
    options.spacing = 6;
    writePhantomCohort(options, data);
    writeAtomically(data / "split.json",
                    R"({"train": ["Phantom_001", "Phantom_002", "Phantom_003"],
                        "valid": ["Phantom_004", "Phantom_005"]})");
    QTest::qWait(80);  // the files' stamps are settled
  }

  fs::path file(int number, const std::string& what) const {
    const std::string id = phantomId(number - 1);
    return data / id / (id + "_" + what + ".nii.gz");
  }
  /// The segmentation lies half a metre beside the images.
  void moveTruth(int number) const {
    auto read = readLabels(file(number, "seg"), LabelProfile::Brats2021);
    read.volume.grid.origin[0] += 500;
    writeLabels(file(number, "seg"), read.volume);
  }
  TrainingRequest request(std::int64_t steps = 6) const {
    RunConfig config;
    config.train.steps = steps;
    config.train.batch = 1;
    config.train.crop = 16;
    config.train.checkpointEvery = 2;
    config.train.validateEvery = steps;
    return {data, root / "runs", config};
  }
  bool hasRuns() const { return fs::exists(root / "runs"); }
};

/// Hears all, and does something when the network is known: before the first case is read.
struct Heard : TrainObserver {
  std::vector<std::string> notes;
  std::vector<std::string> cases;
  std::vector<std::int64_t> looks;
  std::function<void()> atStart;
  std::stop_source stop;
  std::int64_t last = 0;  ///< step to stop after; 0: never

  void onModel(const ModelDescription&) override {
    if (atStart) atStart();
  }
  void onNote(const std::string& note) override { notes.push_back(note); }
  void onStep(const StepEvent& event) override {
    cases.insert(cases.end(), event.cases.begin(), event.cases.end());
    if (event.step == last) stop.request_stop();
  }

  void onPhase(const PhaseEvent& event) override {
    if (event.phase == RunPhase::Looking) looks.push_back(event.done);
  }

  TrainingControl control() { return {this, nullptr, stop.get_token(), {}}; }
  std::size_t count(const std::string& part) const {
    return static_cast<std::size_t>(std::count_if(
        notes.begin(), notes.end(), [&](const std::string& note) { return contains(note, part); }));
  }
  bool trainedOn(const std::string& id) const {
    return std::find(cases.begin(), cases.end(), id) != cases.end();
  }
};

}  // namespace

class ExaminationTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTruthThatLiesElsewhereLeavesTrainingWithItsReason() {
    const Place place;
    place.moveTruth(2);
    Heard heard;
    const auto outcome = startTraining(place.request(), heard.control());
    QCOMPARE(outcome.state, RunState::Finished);
    QVERIFY(!heard.trainedOn("Phantom_002"));
    QVERIFY(heard.trainedOn("Phantom_001") && heard.trainedOn("Phantom_003"));
    QCOMPARE(heard.count("Phantom_002 is left out: Nothing that Phantom_002_seg.nii.gz marks"),
             std::size_t{1});
    const RunManifest manifest = RunFolder::open(outcome.run).manifest();
    QCOMPARE(manifest.leftOut.size(), std::size_t{1});
    QCOMPARE(manifest.leftOut.front().caseId, std::string("Phantom_002"));
    QCOMPARE(manifest.leftOut.front().split, std::string("train"));
    QVERIFY(contains(manifest.leftOut.front().reason, "lies inside the images"));
    QVERIFY(!manifest.trainedOn("Phantom_002"));
    QVERIFY(contains(readText(outcome.run / "log.txt"), "Phantom_002 is left out"));
  }

  void aRunWithNothingToTrainOnLeavesNoFolder() {
    const Place place;
    for (const int number : {1, 2, 3}) place.moveTruth(number);
    const std::string said = sentenceOf([&] { startTraining(place.request(), {}); });
    QVERIFY2(contains(said, "Phantom_001: Nothing that Phantom_001_seg.nii.gz marks"),
             said.c_str());
    QVERIFY(!place.hasRuns());
  }

  void validationGoesOnWithTheCasesThatThereAre() {
    const Place place;
    place.moveTruth(4);
    Heard heard;
    const auto outcome = startTraining(place.request(), heard.control());
    const RunFolder run = RunFolder::open(outcome.run);
    QCOMPARE(run.validations().size(), std::size_t{1});
    QCOMPARE(run.manifest().leftOut.front().split, std::string("valid"));
    place.moveTruth(5);
    Heard none;
    const auto without = startTraining(place.request(), none.control());
    QCOMPARE(without.state, RunState::Finished);
    QVERIFY(RunFolder::open(without.run).validations().empty());
    QCOMPARE(none.count("nothing is validated"), std::size_t{1});
  }

  void theSecondStartLooksAtNothing() {
    const Place place;
    Heard first, second;
    startTraining(place.request(1), first.control());
    QCOMPARE(first.looks.back(), 5);
    startTraining(place.request(1), second.control());
    QVERIFY(second.looks.empty());
  }

  void aStopBeforeTheFirstStepLeavesNoRun() {
    const Place place;
    Heard heard;
    heard.stop.request_stop();
    const auto outcome = startTraining(place.request(), heard.control());
    QCOMPARE(outcome.state, RunState::Interrupted);
    QVERIFY(outcome.run.empty());
    QVERIFY(!place.hasRuns());
  }

  void aFileThatIsDeletedOrReplacedDuringTheRunCostsItsCase_data() {
    QTest::addColumn<bool>("replaced");
    QTest::newRow("deleted") << false;
    QTest::newRow("replaced by another image") << true;
  }
  void aFileThatIsDeletedOrReplacedDuringTheRunCostsItsCase() {
    QFETCH(bool, replaced);
    const Place place;
    Heard heard;
    heard.atStart = [&] {
      if (replaced)
        fs::copy_file(place.file(1, "flair"), place.file(2, "flair"),
                      fs::copy_options::overwrite_existing);
      else
        fs::remove(place.file(2, "flair"));
    };
    const auto outcome = startTraining(place.request(), heard.control());
    QCOMPARE(outcome.state, RunState::Finished);
    QVERIFY(!heard.trainedOn("Phantom_002"));
    QCOMPARE(heard.cases.size(), std::size_t{6});
    QCOMPARE(heard.count("a training case is left out"), std::size_t{1});
    QCOMPARE(heard.count("Phantom_002_flair.nii.gz"), std::size_t{1});
    QVERIFY(contains(readText(outcome.run / "log.txt"), "Phantom_002_flair.nii.gz"));
  }

  void aRunThatLostACaseIsResumedWithoutIt() {
    const Place place;
    Heard heard;
    heard.last = 4;
    heard.atStart = [&] { fs::remove_all(place.data / "Phantom_002"); };
    const auto stopped = startTraining(place.request(), heard.control());
    const RunManifest manifest = RunFolder::open(stopped.run).manifest();
    QCOMPARE(manifest.leftOut.size(), std::size_t{1});
    QCOMPARE(manifest.leftOut.front().caseId, std::string("Phantom_002"));
    QVERIFY(contains(manifest.leftOut.front().reason, "Phantom_002"));
    Heard again;
    QCOMPARE(resumeTraining(stopped.run, again.control()).state, RunState::Finished);
    QVERIFY(!again.trainedOn("Phantom_002"));
    QCOMPARE(again.cases.size(), std::size_t{2});
  }

  void aRunEndsWhenMostOfItsCasesAreGone() {
    const Place place;
    Heard heard;
    heard.atStart = [&] {
      for (const int number : {1, 2}) fs::remove(place.file(number, "t1"));
    };
    const std::string said = sentenceOf([&] { startTraining(place.request(), heard.control()); });
    QVERIFY2(contains(said, "2 of the 3 training cases"), said.c_str());
  }

  void aValidationCaseThatGoesBadIsLeftOutAndSaid() {
    const Place place;
    Heard heard;
    heard.atStart = [&] { fs::remove(place.file(4, "t1")); };
    const auto outcome = startTraining(place.request(), heard.control());
    QCOMPARE(outcome.state, RunState::Finished);
    QCOMPARE(heard.count("Phantom_004 is left out of validation"), std::size_t{1});
    QCOMPARE(heard.count("1 of 2 are still scored"), std::size_t{1});
    QCOMPARE(RunFolder::open(outcome.run).validations().size(), std::size_t{1});
  }

  void bytesThatChangedInPlaceAreNamedWhenARunGoesOn() {
    const Place place;
    Heard heard;
    heard.last = 2;
    const auto stopped = startTraining(place.request(), heard.control());
    const fs::path file = place.file(3, "flair");
    auto image = readVolume(file).volume;
    for (float& value : image.voxels) value /= 2;
    const auto time = fs::last_write_time(file);
    writeVolume(file, image);
    fs::last_write_time(file, time);
    const std::string said = sentenceOf([&] { resumeTraining(stopped.run, {}); });
    QVERIFY2(contains(said, "the bytes of \"Phantom_003/Phantom_003_flair.nii.gz\" are others"),
             said.c_str());
  }

  void aValidationImageThatChangedIsNamedToo() {
    const Place place;
    Heard heard;
    heard.last = 2;
    const auto stopped = startTraining(place.request(), heard.control());
    fs::copy_file(place.file(5, "t1"), place.file(4, "t1"), fs::copy_options::overwrite_existing);
    const std::string said = sentenceOf([&] { resumeTraining(stopped.run, {}); });
    QVERIFY2(contains(said, "Phantom_004_t1.nii.gz"), said.c_str());
  }

  void anOlderRunGoesOnAndSaysWhatItDidNotRecord() {
    const Place place;
    Heard heard;
    heard.last = 2;
    const auto stopped = startTraining(place.request(), heard.control());
    const fs::path file = stopped.run / "manifest.json";
    auto json = nlohmann::ordered_json::parse(readText(file));
    json["data_fingerprint"] = json["data_layout"];
    for (const char* key : {"data_layout", "valid_fingerprint", "left_out"}) json.erase(key);
    writeAtomically(file, json.dump(2));
    Heard again;
    QCOMPARE(resumeTraining(stopped.run, again.control()).state, RunState::Finished);
    QCOMPARE(again.count("recorded the names and sizes"), std::size_t{1});
  }

  void aResumeIsExactWhereACaseWasLeftOut() {
    const Place place;
    place.moveTruth(2);
    Heard whole, first;
    startTraining(place.request(), whole.control());
    first.last = 3;
    const auto stopped = startTraining(place.request(), first.control());
    Heard second;
    QCOMPARE(resumeTraining(stopped.run, second.control()).state, RunState::Finished);
    first.cases.insert(first.cases.end(), second.cases.begin(), second.cases.end());
    QVERIFY(first.cases == whole.cases);
  }

  void theListOfFilesIsWhatXxh128sumWouldPrint() {
    const Place place;
    const auto outcome = startTraining(place.request(1), {});
    std::ifstream list(RunFolder::open(outcome.run).dataFiles());
    std::size_t lines = 0;
    for (std::string line; std::getline(list, line); ++lines) {
      QCOMPARE(line.substr(32, 2), std::string("  "));
      QVERIFY(fs::exists(place.data / line.substr(34)));
    }
    QCOMPARE(lines, std::size_t{25});  // five cases of five files
  }

  void aFingerprintIsOfContentsWhereverTheyLie() {
    const Place place;
    const auto fingerprint = [](const fs::path& at) {
      CohortData data = openCohortData(at, std::uint64_t{1});
      examine(data, {"train"});
      return contentFingerprint(data, "train");
    };
    const std::string here = fingerprint(place.data);
    fs::copy(place.data, place.root / "copy", fs::copy_options::recursive);
    QCOMPARE(fingerprint(place.root / "copy"), here);
    fs::copy_file(place.file(1, "t1"), place.root / "copy/Phantom_001/Phantom_001_t2.nii.gz",
                  fs::copy_options::overwrite_existing);
    QVERIFY(fingerprint(place.root / "copy") != here);
  }

  void aPictureThatHoldsNoNumbersIsExcludedBeforeTheFirstStep() {
    const QTemporaryDir folder;
    qputenv("XDG_CACHE_HOME", folder.filePath("cache").toUtf8());
    const fs::path data = folder.filePath("data").toStdString();
    writeMadeUpPictures(data);
    fs::remove(data / "depth/scene1.png");
    writeNpy(data / "depth/scene1.npy", "(24, 40)",
             std::vector<float>(24 * 40, std::numeric_limits<float>::quiet_NaN()));
    fs::remove(data / "depth/scene2.png");
    std::vector<float> holes(24 * 40, 1.0f);  // a sensor's, which count as the mean
    holes[7] = std::numeric_limits<float>::quiet_NaN();
    writeNpy(data / "depth/scene2.npy", "(24, 40)", holes);
    writeAtomically(data / "rgb/scene4.png", readText(data / "rgb/scene4.png").substr(0, 400));
    CohortData pictures = openCohortData(data, std::uint64_t{1});
    QVERIFY(examine(pictures, {"train", "valid"}));
    const auto train = pictures.leftOut("train"), valid = pictures.leftOut("valid");
    QCOMPARE(train.size(), std::size_t{1});
    QCOMPARE(train.front().caseId, std::string("scene1"));
    QVERIFY2(contains(train.front().reason, "scene1.npy\" holds 960 values that are NaN"),
             train.front().reason.c_str());
    QCOMPARE(valid.size(), std::size_t{1});
    QCOMPARE(valid.front().caseId, std::string("scene4"));
    QCOMPARE(pictures.labelled("train").size(), std::size_t{3});
  }

  void aPictureWithABrokenHeaderCostsItsSceneAlone() {
    const QTemporaryDir folder;
    qputenv("XDG_CACHE_HOME", folder.filePath("cache").toUtf8());
    const fs::path data = folder.filePath("data").toStdString();
    writeMadeUpPictures(data);
    writeAtomically(data / "depth/scene1.png", "");
    writeAtomically(data / "label/scene4.png", "404: not found\n");
    CohortData pictures = openCohortData(data, std::uint64_t{1});
    for (const std::string file : {"depth/scene1.png", "label/scene4.png"}) {
      const std::string id = fs::path(file).stem().string();
      QVERIFY(!pictures.cohort.find(id)->usable());
      const std::string said = id + " is left out: " + inQuotes(data / file) + " is ";
      QVERIFY(std::any_of(pictures.notes.begin(), pictures.notes.end(),
                          [&](const std::string& note) { return note.starts_with(said); }));
    }
    QVERIFY(examine(pictures, {"train", "valid"}));
    QCOMPARE(pictures.labelled("train").size(), std::size_t{3});
    QCOMPARE(pictures.labelled("valid").size(), std::size_t{1});
    readOnce(pictures);  // as the check does: of all that are left
  }

  void namesOfClassesArePartOfWhatPicturesAre() {
    const QTemporaryDir folder;
    qputenv("XDG_CACHE_HOME", folder.filePath("cache").toUtf8());
    const fs::path data = folder.filePath("data").toStdString();
    writeMadeUpPictures(data);
    const auto fingerprint = [&] {
      CohortData pictures = openCohortData(data, std::uint64_t{1});
      examine(pictures, {"train"});
      return contentFingerprint(pictures, "train");
    };
    const std::string before = fingerprint();
    writeLines(data / "classes.txt", "square\nground\n");
    QVERIFY(fingerprint() != before);
  }
};

GUILESS_TEST(ExaminationTest)
#include "cohort_examination_test.moc"
