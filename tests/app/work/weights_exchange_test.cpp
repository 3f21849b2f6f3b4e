#include "app/work/weights_exchange.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "app/work/trained_run.h"
#include "core/phantom/phantom.h"
#include "core/runs/run_store.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

std::string bytesOf(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

}  // namespace

/// Weights leave one run and come into others.
class WeightsExchangeTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path run_;

  fs::path in(const char* name) const { return temporary_.filePath(name).toStdString(); }
  TrainingRequest request() const {
    RunConfig config;
    config.train.method = "joint";
    config.train.steps = 2;
    config.train.crop = 16;
    config.train.observeEvery = 0;
    config.train.validateEvery = 0;
    return {in("data"), in("runs"), config};
  }
  static fs::path last(const fs::path& run) { return run / "checkpoints/last.safetensors"; }

 private Q_SLOTS:
  void initTestCase() {
    PhantomOptions options;
    options.cases = 3;
    options.size = 24;
    options.spacing = 6;
    writePhantomCohort(options, in("data"));
    run_ = startTraining(request(), {}).run;
    exportRunWeights({run_, in("out.safetensors"), "last", "indexed"});
  }

  void anExportHasTheOtherNamesAndIsNeverWrittenOver() {
    const auto tensors = listTensors(in("out.safetensors"));
    const auto found = std::find_if(tensors.begin(), tensors.end(), [](const TensorFacts& tensor) {
      return tensor.name == "inc.a.norm.2.weight";
    });
    QVERIFY(found != tensors.end());
    QCOMPARE(found->type, std::string("F32"));
    QVERIFY(found->shape == (std::vector<std::int64_t>{8}));
    QVERIFY(contains(sentenceOf([&] {
                       exportRunWeights({run_, in("out.safetensors"), "last", "indexed"});
                     }),
                     "exists already"));
    QVERIFY(contains(sentenceOf([&] {
                       exportRunWeights({run_, in("t1.safetensors"), "last", "modascope", "t1"});
                     }),
                     "--subset is for adaptations"));
  }

  void anImportedRunPredictsLikeTheOneThatWasExported() {
    TrainingRequest import = request();
    import.init = {in("out.safetensors"), "indexed"};
    const fs::path made = importAsRun(import);
    QCOMPARE(RunFolder::open(made).status().state, RunState::Finished);
    QCOMPARE(openTrainedRun(made).step, 0);
    exportRunWeights({made, in("again.safetensors"), "last", "indexed"});
    QVERIFY(bytesOf(in("again.safetensors")) == bytesOf(in("out.safetensors")));
  }

  void trainingStartsFromThemAndKeepsThem() {
    TrainingRequest further = request();
    further.init = {last(run_), "modascope"};  // our own checkpoint will do, too
    const fs::path made = startTraining(further, {}).run;
    exportRunWeights({made, in("start.safetensors"), "snapshot-000000", "indexed"});
    QVERIFY(bytesOf(in("start.safetensors")) == bytesOf(in("out.safetensors")));
    QVERIFY(bytesOf(last(made)) != bytesOf(last(run_)));  // two steps further
    const TrainingRequest fresh = request();
    QVERIFY(bytesOf(last(startTraining(fresh, {}).run)) == bytesOf(last(run_)));
  }

  void weightsOfAnotherNetworkMakeNoRun() {
    TrainingRequest import = request();
    import.runs = in("none");
    import.config.model.width = 0.5;
    import.init = {in("out.safetensors"), "indexed"};
    QVERIFY(contains(sentenceOf([&] { importAsRun(import); }), "inc.a.conv.weight"));
    QVERIFY(!fs::exists(in("none")));
  }

  void theRunsLogSaysWhatAStepTakes() {
    QVERIFY(contains(bytesOf(run_ / "log.txt"), "A training step takes about"));
  }
};

GUILESS_TEST(WeightsExchangeTest)
#include "weights_exchange_test.moc"
