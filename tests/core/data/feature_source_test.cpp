#include "core/data/feature_source.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <optional>

#include <torch/types.h>

#include "core/data/open_cases.h"
#include "core/data/sample_sampler.h"
#include "tests/core/featurefile/made_up_features.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

class FeatureSourceTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    const std::string file = folder_.filePath("made_up.h5").toStdString();
    writeMadeUpFeatures(file);
    cohort_ = openCohort(file);
    opened_ = openCases(*cohort_);
    source_ = &samplesOf(*opened_);
    for (const std::string& id : cohort_->splits->at("train")) train_.push_back(*cohort_->find(id));
    moments_ = source_->fit(train_).moments;
  }

  void theFileIsACohortOfSamples() {
    QVERIFY(cohort_->problem.task == Task::Classification);
    QCOMPARE(cohort_->cases.size(), std::size_t{153});
    QCOMPARE(cohort_->splits->at("test").size(), std::size_t{33});
    QCOMPARE(labelOf(cohort_->problem.schema, cohort_->problem.schema.all()),
             std::string("Colour, Shape, Sound"));
    QCOMPARE(train_[0].available()->size(), std::size_t{2});
    QCOMPARE(train_[1].available()->size(), std::size_t{3});
    QVERIFY(taskOf(cohort_->folder) == Task::Classification);
  }

  void trainingSamplesAreStandardisedWhateverTheirScale() {
    std::vector<torch::Tensor> all;
    for (const CaseInfo& info : train_) all.push_back(source_->get(info, moments_).x);
    const auto x = torch::stack(all);
    QCOMPARE(x.size(1), cohort_->problem.inputs.total());
    const auto shape =
        x.narrow(1, cohort_->problem.inputs.offset(*cohort_->problem.schema.find("shape")), 4);
    QVERIFY(torch::allclose(shape.mean(0), torch::zeros({4}), 0, 1e-4));
    QVERIFY(torch::allclose(shape.std(0, false), torch::ones({4}), 0, 1e-3));
  }

  void readingIsStopped() {
    std::stop_source stop;
    stop.request_stop();
    QCOMPARE(sentenceOf([&] { openCases(*cohort_, stop.get_token()); }),
             "Reading " + inQuotes(cohort_->folder) + " was stopped.");
    const FeatureFileInfo info = inspectFeatures(cohort_->folder);
    QVERIFY(!sentenceOf([&] { FeatureSource(info, stop.get_token()); }).empty());
  }

  void momentsComeFromTheSamplesGivenAlone() {
    const std::vector<CaseInfo> few(train_.begin(), train_.begin() + 9);
    QVERIFY(source_->fit(few).moments != moments_);
  }

  void anAbsentModalityIsZerosAndSaidToBeAbsent() {
    const Sample sample = source_->get(train_[0], moments_);
    const ModalityId colour = *cohort_->problem.schema.find("colour");
    QVERIFY(!sample.available->contains(colour));
    QVERIFY(torch::equal(sample.x.narrow(0, cohort_->problem.inputs.offset(colour), 5),
                         torch::zeros({5})));
    QVERIFY(source_->get(train_[1], moments_).x.narrow(0, 0, 5).abs().sum().item<float>() > 0);
  }

  void theTruthOfAClassIsOneAtItsPlace() {
    QVERIFY(torch::equal(source_->get(train_[2], moments_).y, torch::tensor({0.F, 0.F, 1.F})));
  }

  void aSampleWithoutAFiniteLabelIsLeftOut() {
    const std::string file = folder_.filePath("unknown.h5").toStdString();
    {
      Hdf5Writer writer(file);
      writer.floats("/train/text", {3, 1}, {1, std::nanf(""), 3});
      writer.floats("/train/labels", {3}, {-2, std::nanf(""), 2});
      writer.strings("/train/ids", {"a", "b", "c"});
    }
    const Cohort cohort = openCohort(file);
    QVERIFY(cohort.find("a")->usable() && cohort.find("c")->usable());
    QVERIFY(!cohort.find("b")->usable());
    QCOMPARE(cohort.find("b")->notes.back(), std::string("Its label is not a finite number."));
    const auto source = openCases(cohort);
    QCOMPARE(source->fit({*cohort.find("a"), *cohort.find("c")}).moments[0].mean,
             (std::vector<float>{2}));
    QCOMPARE(source->notes().front(),
             std::string("Text has 1 value that is not finite in train; it "
                         "is taken for the mean."));
  }

  void batchesDependOnSeedAndStepAlone() {
    SamplerOptions options;
    options.batch = 8;
    options.seed = {3};
    const SampleSampler sampler(options, train_.size(), [&](std::size_t i, std::mt19937_64&) {
      return source_->get(train_[i], moments_);
    });
    const Batch batch = sampler.batch(4);
    QCOMPARE(batch.x.sizes().vec(),
             (std::vector<std::int64_t>{8, cohort_->problem.inputs.total()}));
    QCOMPARE(batch.cases, sampler.batch(4).cases);
    QVERIFY(torch::equal(batch.x, sampler.batch(4).x));
    QVERIFY(batch.cases != sampler.batch(5).cases);
  }

 private:
  QTemporaryDir folder_;
  std::optional<Cohort> cohort_;
  std::shared_ptr<const CaseSource> opened_;
  const SampleSource* source_ = nullptr;
  std::vector<CaseInfo> train_;
  std::vector<Moments> moments_;
};

GUILESS_TEST(FeatureSourceTest)
#include "feature_source_test.moc"
