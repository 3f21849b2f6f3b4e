#include "app/work/adaptation.h"

#include <QTemporaryDir>
#include <QTest>

#include "app/work/training.h"
#include "core/base/atomic_file.h"
#include "core/config/config_keys.h"
#include "tests/core/base/thrown.h"
#include "tests/core/featurefile/made_up_features.h"

using namespace modascope;
namespace fs = std::filesystem;

/// An adaptation that is stopped on its way.
class AdaptationTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path base_;

  fs::path path(const char* name) const { return folder_.filePath(name).toStdString(); }
  AdaptationRequest into(const char* out) const {
    AdaptationRequest request;
    request.run = base_;
    request.data = path("made_up.h5");
    request.out = path(out);
    request.steps = 10;
    return request;
  }

  /// Stops when it comes to the subset.
  static void stopAt(std::size_t last, const AdaptationRequest& request) {
    std::stop_source stop;
    AdaptationProgress progress;
    progress.begins = [&](ModalitySet, std::size_t index, std::size_t) {
      if (index == last) stop.request_stop();
    };
    QVERIFY(!adaptRun(request, stop.get_token(), progress));
  }

 private Q_SLOTS:
  void initTestCase() {
    writeMadeUpFeatures(path("made_up.h5").string());
    TrainingRequest request{path("made_up.h5"), path("runs"), standardFor(Task::Classification)};
    request.config.model.kind = "early-fusion";
    request.config.model.embedding = 16;
    request.config.train.steps = 20;
    base_ = startTraining(request, {}).run;
  }

  void whatWasStoppedGoesOnAndEndsAsIfItHadNotBeen_data() {
    QTest::addColumn<QString>("method");
    for (const char* method : {"ssf", "lora", "dedicated"}) QTest::newRow(method) << method;
  }
  void whatWasStoppedGoesOnAndEndsAsIfItHadNotBeen() {
    QFETCH(QString, method);
    AdaptationRequest whole = into(qPrintable("whole-" + method));
    whole.method = method.toStdString();
    QVERIFY(adaptRun(whole, {}));
    AdaptationRequest parts = into(qPrintable("parts-" + method));
    parts.method = method.toStdString();
    stopAt(2, parts);
    QVERIFY(!isWholeAdaptation(parts.out));
    std::vector<std::size_t> learnt;
    AdaptationProgress progress;
    progress.begins = [&](ModalitySet, std::size_t index, std::size_t) { learnt.push_back(index); };
    QVERIFY(adaptRun(parts, {}, progress));
    QCOMPARE(learnt, (std::vector<std::size_t>{2, 3, 4, 5}));
    QCOMPARE(readText(parts.out / "adapters.safetensors"),
             readText(whole.out / "adapters.safetensors"));
    QCOMPARE(readText(parts.out / "adaptation.json"), readText(whole.out / "adaptation.json"));
  }

  void anotherRequestDoesNotTouchWhatWasBegun() {
    AdaptationRequest request = into("begun");
    stopAt(1, request);
    const std::string before = readText(request.out / "adapters.safetensors");
    AdaptationRequest other = request;
    other.steps = 11;
    QVERIFY(contains(sentenceOf([&] { adaptRun(other, {}); }), "not empty"));
    QCOMPARE(readText(request.out / "adapters.safetensors"), before);
  }

  void aDamagedBeginningIsASentence() {
    const AdaptationRequest request = into("damaged");
    stopAt(1, request);
    const fs::path file = request.out / "adapters.safetensors";
    fs::resize_file(file, fs::file_size(file) - 5);
    QVERIFY(contains(sentenceOf([&] { adaptRun(request, {}); }), "adapters.safetensors"));
  }
};

QTEST_GUILESS_MAIN(AdaptationTest)
#include "adaptation_test.moc"
