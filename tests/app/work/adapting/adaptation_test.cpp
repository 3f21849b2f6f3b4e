#include "app/work/adapting/adaptation.h"

#include <QTest>
#include <atomic>
#include <thread>

#include <torch/types.h>

#include "app/work/adapting/adaptation_report.h"
#include "app/work/adapting/adapted_subsets.h"
#include "app/work/resume.h"
#include "app/work/trained_run.h"
#include "app/work/weights_exchange.h"
#include "core/files/atomic_file.h"
#include "core/models/model.h"
#include "core/problem/brats.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "tests/app/work/adapting/adapting_place.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

/// An adaptation is a run: it is recorded, held and opened like one.
class AdaptationTest : public AdaptingPlace {
  Q_OBJECT

 private Q_SLOTS:
  void theFoldedWeightsOfASubsetAreExported() {
    AdaptationRequest request = into("exported");
    request.subsets = "shape,sound+colour";
    request.method = "dedicated";  // never the frozen network's own weights
    adaptRun(request);
    const auto exported = [&](const char* file, const std::string& subset) {
      exportRunWeights({request.out, path(file), "last", "modascope", subset});
      return path(file);
    };
    TrainingRequest import{path("made_up.h5"), path("runs"), RunFolder::open(base_).config()};
    import.init = {exported("folded.safetensors", "colour+sound"), "modascope"};
    const TrainedRun plain = openTrainedRun(importAsRun(import));
    const TrainedRun adapted = openTrainedRun(request.out);
    const auto x = torch::rand({3, plain.manifest.problem.inputs.total()});
    const ModalitySet set = parseModalities(plain.manifest.problem.schema, "sound,colour");
    QVERIFY(torch::equal(plain.network->logits(x, set), adapted.network->logits(x, set)));
    QVERIFY(!torch::equal(plain.network->logits(x, set),
                          openTrainedRun(base_).network->logits(x, set)));
    for (const char* subset : {"", "sound", "shape,sound,colour"}) {
      const std::string sentence = sentenceOf([&] { exported("none.safetensors", subset); });
      QVERIFY2(contains(sentence, "colour+sound, shape") && contains(sentence, "adapter"),
               sentence.c_str());
    }
    QVERIFY(!fs::exists(path("none.safetensors")));
  }

  void pausedItWaits() {
    PauseSwitch pause;
    Steps steps;
    std::atomic<bool> resumed = false;
    steps.onEach = [&](const StepEvent& event) {
      if (event.step == 3) pause.pause();
      if (event.step == 4 && !resumed) qFatal("It did not wait.");
    };
    std::jthread other;
    steps.onPaused = [&] {
      other = std::jthread([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        resumed = true;
        pause.resume();
      });
    };
    TrainingControl control;
    control.observer = &steps;
    control.pause = &pause;
    QCOMPARE(adaptRun(into("paused"), control).state, RunState::Finished);
    QCOMPARE(steps.events.size(), std::size_t{60});
    QVERIFY(contains(readText(path("paused") / "log.txt"), "paused"));
  }

  void whatNoTrainingDataHasGetsNoAdapter() {
    AdaptationRequest request = into("untaught");
    request.data = writeOthers("untaught.h5", {"train", "valid"}, "train");
    QCOMPARE(adaptRun(request).state, RunState::Finished);
    QCOMPARE(readAdaptation(request.out).adapted.size(), std::size_t{3});  // of shape and sound
    QVERIFY(contains(readText(request.out / "log.txt"), "it gets no adapter"));
  }

  void whatNoValidDataHasKeepsItsLastAdapter() {
    AdaptationRequest request = into("unvalidated");
    request.data = writeOthers("unvalidated.h5", {"train", "valid", "test"}, "valid");
    request.subsets = "colour";
    QCOMPARE(adaptRun(request).state, RunState::Finished);
    QVERIFY(contains(readText(request.out / "log.txt"), "the last is kept"));
    const TrainedRun adapted = openTrainedRun(request.out), base = openTrainedRun(base_);
    const auto x = torch::ones({1, 15});
    const ModalitySet colour{ModalityId(0)};  // in the order of their names
    QVERIFY(!torch::equal(adapted.network->logits(x, colour), base.network->logits(x, colour)));
  }

  void aFolderThatIsDeletedStopsItAndIsNotMadeAgain() {
    AdaptationRequest request = into("deleted");
    Steps steps;
    steps.onEach = [&](const StepEvent& event) {
      if (event.step == 5) fs::remove_all(request.out);
    };
    TrainingControl control;
    control.observer = &steps;
    const auto error = thrownBy([&] { adaptRun(request, control); });
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), Fault::System);
    QVERIFY(!fs::exists(request.out));
  }

  void subsetsAreNamedByWordsOrOneByOne() {
    const ModalitySchema& brats = bratsModalities();
    const auto count = [&](const char* words) { return subsetsToAdapt(brats, words).size(); };
    QCOMPARE(count("all"), std::size_t{14});
    QCOMPARE(count("leave-one-out"), std::size_t{4});
    QCOMPARE(count("t1"), std::size_t{1});
    QCOMPARE(subsetsToAdapt(brats, "t1 + t2, flair,t2+t1"),
             (std::vector{parseModalities(brats, "t1,t2"), parseModalities(brats, "flair")}));
    for (const char* wrong : {"", ",", "t1,,t2", "nonsense", "t1+nonsense", "full"})
      QVERIFY2(!sentenceOf([&] { subsetsToAdapt(brats, wrong); }).empty(), wrong);
    QVERIFY(contains(sentenceOf([&] { subsetsToAdapt(brats, "t1+full"); }), "\"full\""));
    QVERIFY(contains(sentenceOf([&] { subsetsToAdapt(brats, "t1,t1+t1ce+t2+flair"); }),
                     "needs no adapter"));
    const ModalitySchema two({{"rgb", "RGB"}, {"depth", "Depth"}});
    QVERIFY(contains(sentenceOf([&] { subsetsToAdapt(two, "pairs"); }), "no set that lacks"));
  }

  void theBaseIsFoundWhereTheWholeFolderWasMovedTo() {
    fs::create_directories(path("here/runs"));
    fs::copy(base_, path("here/runs") / base_.filename(), fs::copy_options::recursive);
    AdaptationRequest request = into("here/adapted/ssf");
    request.subsets = "singletons";
    request.run = path("here/runs") / base_.filename();
    adaptRun(request);
    fs::rename(path("here"), path("there"));
    const TrainedRun moved = openTrainedRun(path("there/adapted/ssf"));
    QCOMPARE(moved.folder, fs::canonical(path("there/adapted/ssf")));
    fs::rename(path("there/runs") / base_.filename(), path("there/adapted") / base_.filename());
    openTrainedRun(path("there/adapted/ssf"));
    fs::remove_all(path("there/adapted") / base_.filename());
    const auto said = sentenceOf([&] { openTrainedRun(path("there/adapted/ssf")); });
    QVERIFY2(contains(said, base_.filename().c_str()), said.c_str());
    QVERIFY(contains(said, "put it"));
  }

  void anotherRunOfTheSameNameIsNotTheBase() {
    fs::create_directories(path("impostor/runs"));
    const fs::path base = path("impostor/runs") / base_.filename();
    fs::copy(base_, base, fs::copy_options::recursive);
    AdaptationRequest request = into("impostor/runs/ssf");
    request.subsets = "singletons";
    request.run = base;
    adaptRun(request);
    RunFolder folder = RunFolder::open(base);
    RunManifest manifest = folder.manifest();
    manifest.parameters += 1;
    folder.writeManifest(manifest);
    QVERIFY(contains(sentenceOf([&] { openTrainedRun(request.out); }), "needs the run"));
  }
};

GUILESS_TEST(AdaptationTest)
#include "adaptation_test.moc"
