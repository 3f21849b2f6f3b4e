#include "core/train/memory_measure.h"

#include <QTest>

#include <torch/types.h>

#include "core/compute/tensor_peak.h"
#include "core/models/factory/model_factory.h"
#include "tests/core/files/thrown.h"
#include "tests/core/train/memory_use.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

const QString kFeatures =
    "train.loss=cross-entropy train.batch=32 model.embedding=64 train.observe_every=0 model.kind=";
const QString kPictures =
    "train.loss=cross-entropy train.batch=4 model.embedding=64 train.observe_every=0 "
    "model.kind=cmnext-lite train.crop=";

/// Two sequences, or pictures of three channels and one.
Problem problemFor(const RunConfig& config) {
  const bool pictures = config.model.kind == "cmnext-lite";
  return {pictures ? Task::Segmentation2d : Task::Classification,
          ModalitySchema({{"a", "A"}, {"b", "B"}}),
          pictures ? InputLayout({{3, 1}, {1, 1}}) : InputLayout({{20, 40}, {30, 60}}),
          {"p", "q", "r", "s"}};
}

std::shared_ptr<MultimodalModel> networkOf(const RunConfig& config) {
  return makeModel(config, problemFor(config), torch::kCPU);
}

Batch noiseFor(const RunConfig& config) {
  const Problem problem = problemFor(config);
  std::vector<std::int64_t> x{config.train.batch, problem.inputs.total()}, y{config.train.batch, 4};
  if (problem.task == Task::Segmentation2d)
    for (auto* shape : {&x, &y}) shape->insert(shape->end(), 2, config.train.crop);
  const auto count = static_cast<std::size_t>(config.train.batch);
  auto truth = torch::zeros(y);
  truth.select(1, 2).fill_(1);
  return {torch::randn(x), truth, std::vector<ModalitySet>(count, problem.schema.all()),
          std::vector<std::string>(count, "noise")};
}

MemoryEstimate estimateOf(const QString& settings,
                          std::optional<std::uint64_t> available = std::nullopt) {
  const RunConfig config = configFrom(settings.split(' '));
  return measureStep(config, problemFor(config), networkOf(config), available);
}

}  // namespace

class MemoryMeasureTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void thePeakIsWhatWasThereAtOnce() {
    const auto before = torch::zeros({1 << 20});
    const auto peak = peakTensorBytes([&] {
      torch::ones({1000});  // gone before the next
      const auto a = torch::ones({3000}), b = torch::ones({500});
    });
    QCOMPARE(peak, std::int64_t{4 * 3500});
  }

  void theEstimateIsTrueToAQuarter_data() {
    QTest::addColumn<QString>("settings");
    for (const char* method : {"train.method=joint ", "train.method=gmd "}) {
      for (const char* kind : {"ds-transformer", "early-fusion", "mult"})
        QTest::addRow("%s%s", method, kind) << method + kFeatures + kind;
      for (const char* crop : {"96", "160"})
        QTest::addRow("%scmnext-lite %s", method, crop) << method + kPictures + crop;
    }
  }
  void theEstimateIsTrueToAQuarter() {
    QFETCH(QString, settings);
    const double used = useOf(settings.split(' '));
    QVERIFY(used > 0);
    const double estimate = estimateOf(settings).total();
    const QString found =
        QString("%1 MB estimated, %2 MB used").arg(estimate / 1e6).arg(used / 1e6);
    qInfo("%s", qPrintable(found));
    QVERIFY2(estimate > 0.75 * used && estimate < 1.33 * used, qPrintable(found));
  }

  void measuringLeavesTheNetworkAsItIs() {
    const RunConfig config = configFrom((kPictures + "32").split(' '));
    const auto network = networkOf(config);
    const auto before = network->parameters().clone();
    measureStep(config, problemFor(config), network, std::nullopt);
    QVERIFY(torch::equal(network->parameters(), before));
  }

  void itEndsWhereMemorySurelyDoesNotSuffice() {
    const auto all = peakTensorBytes([] { estimateOf(kPictures + "96"); });
    const QString huge = QString(kPictures + "96").replace("batch=4", "batch=64");
    std::optional<MemoryEstimate> estimate;
    const auto taken = peakTensorBytes([&] { estimate = estimateOf(huge, 500'000'000); });
    QVERIFY(surelyExceeds(*estimate, 500'000'000));
    QVERIFY(taken < 2 * all);
    const std::string sentence = sentenceOf([&] {
      requireMemory(*estimate, 500'000'000, configFrom(huge.split(' ')), Task::Segmentation2d);
    });
    for (const char* part : {"0.5 GB", "train.crop (96), train.batch (64) or model.embedding (64)",
                             "gmd.subsets_per_step"})
      QVERIFY2(contains(sentence, part), sentence.c_str());
    QVERIFY2(!contains(sentence, "model.width"), sentence.c_str());
  }

  void featuresAreToldNothingOfCrops() {
    const RunConfig config = configFrom({"model.kind=mult", "train.batch=8", "train.method=joint"});
    const std::string advice = memoryAdvice(config, Task::Regression);
    QCOMPARE(QString::fromStdString(advice),
             QString("Lower train.batch (8) or model.embedding (128), or set train.observe_every "
                     "to 0."));
  }
};

int main(int argc, char** argv) {
  const QCoreApplication app(argc, argv);
  const QStringList words = QCoreApplication::arguments();
  if (words.size() > 1 && words[1] == "measure") {
    const RunConfig config = configFrom(words.mid(2));
    return printUse(
        [&] { takeSteps(config, networkOf(config), [&] { return noiseFor(config); }); });
  }
  MemoryMeasureTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "memory_measure_test.moc"
