#include "core/train/memory_estimate.h"

#include <QTest>

#include <sys/resource.h>
#include <torch/types.h>

#include "core/models/factory/model_factory.h"
#include "core/models/torch_errors.h"
#include "core/networks/network_facts.h"
#include "core/problem/brats.h"
#include "tests/core/files/thrown.h"
#include "tests/core/train/memory_use.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

std::shared_ptr<MultimodalModel> networkOf(const RunConfig& config) {
  return makeModel(config, bratsProblem(), torch::kCPU);
}

Batch noiseFor(const RunConfig& config) {
  const auto n = config.train.batch, side = config.train.crop;
  const auto count = static_cast<std::size_t>(n);
  return {torch::randn({n, 4, side, side, side}),
          (torch::rand({n, 3, side, side, side}) > 0.8).to(torch::kFloat32),
          std::vector<ModalitySet>(count, bratsModalities().all()),
          std::vector<std::string>(count, "noise")};
}

void takeSteps(const RunConfig& config, const std::shared_ptr<MultimodalModel>& model) {
  testing::takeSteps(config, model, [&] { return noiseFor(config); });
}

}  // namespace

class MemoryEstimateTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theEstimateIsTrueToAQuarter_data() {
    QTest::addColumn<QString>("settings");
    const QString joint = "train.method=joint train.observe_every=0 ";
    for (const QString size : {"model.width=0.25 train.crop=48", "model.width=0.5 train.crop=32",
                               "model.width=0.5 train.crop=32 train.batch=4"}) {
      QTest::addRow("joint %s", qPrintable(size)) << joint + size;
      QTest::addRow("gmd %s", qPrintable(size)) << "train.method=gmd " + size;
    }
    for (const NetworkFacts& row : networksOf(DataKind::Volumes)) {
      if (row.lateFusion) continue;  // above
      const QString kind = QString::fromUtf8(row.name.data(), qsizetype(row.name.size()));
      const QString network = "model.width=0.5 train.crop=32 model.kind=" + kind;
      QTest::addRow("joint %s", qPrintable(kind)) << joint + network;
      if (networkOf(configFrom(network.split(' ')))->sharesParameters())
        QTest::addRow("gmd %s", qPrintable(kind)) << "train.method=gmd " + network;
    }
    QTest::addRow("gmd, three backward passes for each modality")
        << "train.method=gmd gmd.tolerance=1e-9 gmd.audit_every=0 gmd.subsets=pairs "
           "model.width=0.25 train.crop=48";
  }
  void theEstimateIsTrueToAQuarter() {
    QFETCH(QString, settings);
    const QStringList words = settings.split(' ', Qt::SkipEmptyParts);
    const double used = useOf(words);
    QVERIFY(used > 0);
    const RunConfig config = configFrom(words);
    const double estimate = estimateStep(config, *networkOf(config)).total();
    const QString found =
        QString("%1 MB estimated, %2 MB used").arg(estimate / 1e6).arg(used / 1e6);
    qInfo("%s", qPrintable(found));
    // Where the heap happens to have no hole for the rows, they take their room twice: 0.78 was
    // seen.
    QVERIFY2(estimate > 0.75 * used && estimate < 1.33 * used, qPrintable(found));
  }

  void whatSurelyDoesNotFitIsRefusedWithWhatToLower() {
    const RunConfig config = configFrom({"train.crop=96", "train.batch=2"});
    MemoryEstimate estimate;
    estimate.activations = 4e9;
    requireMemory(estimate, 4'000'000'000, config);
    requireMemory(estimate, std::nullopt, config);
    const std::string sentence =
        sentenceOf([&] { requireMemory(estimate, 2'000'000'000, config); });
    for (const char* part : {"4.0 GB", "2.0 GB", "train.crop (96)", "train.batch (2)",
                             "model.width (0.25)", "gmd.subsets_per_step"})
      QVERIFY2(contains(sentence, part), sentence.c_str());
  }

  void fewerSubsetsAndShorterWaysTakeLess() {
    const auto total = [](const QStringList& settings) {
      const RunConfig config = configFrom(settings);
      return estimateStep(config, *networkOf(config)).total();
    };
    const double exact = total({"train.method=gmd"});
    QVERIFY(total({"train.method=gmd", "gmd.subsets_per_step=3"}) < exact);
    QVERIFY(total({"train.method=gmd", "gmd.subsets=singletons"}) < exact);
    QCOMPARE(total({"train.method=gmd", "gmd.tolerance=0.01"}), exact);  // audits are exact
    QVERIFY(total({"train.method=gmd", "gmd.tolerance=0.01", "gmd.audit_every=0"}) < exact);
    QVERIFY(total({"train.method=joint", "train.observe_every=0"}) < exact);
  }

  void lackOfMemoryInTheMiddleOfAStepIsASentence() {
    rlimit before{};
    getrlimit(RLIMIT_AS, &before);
    const RunConfig config = configFrom({"train.crop=96", "train.method=gmd"});
    const auto network = networkOf(config);
    const rlimit small{static_cast<rlim_t>(bytesIn("VmSize:")) + 300'000'000, before.rlim_max};
    setrlimit(RLIMIT_AS, &small);
    const std::string sentence = sentenceOf(
        [&] { withTorchErrors([&] { takeSteps(config, network); }, memoryAdvice(config)); });
    setrlimit(RLIMIT_AS, &before);
    QVERIFY2(contains(sentence, "not enough memory") && contains(sentence, "train.crop (96)"),
             sentence.c_str());
  }
};

int main(int argc, char** argv) {
  const QCoreApplication app(argc, argv);
  const QStringList words = QCoreApplication::arguments();
  if (words.size() > 1 && words[1] == "measure") {
    const RunConfig config = configFrom(words.mid(2));
    return printUse([&] { takeSteps(config, networkOf(config)); });
  }
  MemoryEstimateTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "memory_estimate_test.moc"
