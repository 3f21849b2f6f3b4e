#include "core/data/picture_source.h"

#include <QTemporaryDir>
#include <QTest>
#include <optional>

#include <torch/types.h>

#include "core/data/open_cases.h"
#include "tests/core/imagefolder/made_up_pictures.h"
#include "tests/test_program.h"

using namespace modascope;

class PictureSourceTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    writeMadeUpPictures(folder_.path().toStdString());
    cohort_ = openCohort(folder_.path().toStdString());
    opened_ = openCases(*cohort_);
    source_ = &samplesOf(*opened_);
    for (const std::string& id : cohort_->splits->at("train")) train_.push_back(*cohort_->find(id));
    moments_ = source_->fit(train_).moments;
  }

  void theFolderIsACohortOfScenes() {
    QVERIFY(cohort_->problem.task == Task::Segmentation2d);
    QVERIFY(taskOf(folder_.path().toStdString()) == Task::Segmentation2d);
    QCOMPARE(cohort_->problem.outputs, (std::vector<std::string>{"ground", "square"}));
    QCOMPARE(cohort_->problem.inputs.total(), 4);
    QCOMPARE(train_[3].available()->size(), std::size_t{1});
  }

  void aWholePictureIsFilledUpToWhatNetworksHalve() {
    const Sample sample = source_->get(train_[0], moments_);
    QCOMPARE(sample.x.sizes().vec(), (std::vector<std::int64_t>{4, 32, 48}));
    QVERIFY(torch::equal(sample.x.narrow(1, 24, 8), torch::zeros({4, 8, 48})));
    // What was added has no class; what was there has one.
    QVERIFY(torch::equal(sample.y.sum(0).narrow(0, 24, 8), torch::zeros({8, 48})));
    QVERIFY(torch::equal(sample.y.sum(0).narrow(0, 0, 24).narrow(1, 0, 40), torch::ones({24, 40})));
    QCOMPARE(sample.y[1].sum().item<float>(), 100.F);
  }

  void anAbsentModalityIsZeros() {
    const Sample sample = source_->get(train_[3], moments_);
    QVERIFY(torch::equal(sample.x[3], torch::zeros({32, 48})));
    QCOMPARE(sample.available->size(), std::size_t{1});
  }

  void aDrawnSquareIsAPieceOfThePictureWithItsLabels() {
    const Sample whole = source_->get(train_[0], moments_);
    std::mt19937_64 rng(3);
    const Sample piece = source_->draw(train_[0], moments_, {16, 0}, rng);
    QCOMPARE(piece.x.sizes().vec(), (std::vector<std::int64_t>{4, 16, 16}));
    bool found = false;
    for (std::int64_t y = 0; y <= 24 - 16; ++y)
      for (std::int64_t x = 0; x <= 40 - 16; ++x) {
        const auto at = [&](const torch::Tensor& t) { return t.narrow(1, y, 16).narrow(2, x, 16); };
        found = found || (torch::equal(at(whole.x), piece.x) && torch::equal(at(whole.y), piece.y));
      }
    QVERIFY(found);
  }

  void aMirroredSquareIsMirroredWithItsLabels() {
    std::mt19937_64 once(3), again(3);
    const Sample plain = source_->draw(train_[0], moments_, {16, 0}, once);
    const Sample mirrored = source_->draw(train_[0], moments_, {16, 1}, again);
    QVERIFY(torch::equal(plain.x.flip(2), mirrored.x));
    QVERIFY(torch::equal(plain.y.flip(2), mirrored.y));
  }

  void aPictureSmallerThanTheSquareIsFilledUp() {
    std::mt19937_64 rng(3);
    const Sample piece = source_->draw(train_[0], moments_, {64, 0.5}, rng);
    QCOMPARE(piece.x.sizes().vec(), (std::vector<std::int64_t>{4, 64, 64}));
    QCOMPARE(piece.y.sum().item<float>(), 24.F * 40.F);
  }

 private:
  QTemporaryDir folder_;
  std::optional<Cohort> cohort_;
  std::shared_ptr<const CaseSource> opened_;
  const SampleSource* source_ = nullptr;
  std::vector<CaseInfo> train_;
  std::vector<Moments> moments_;
};

GUILESS_TEST(PictureSourceTest)
#include "picture_source_test.moc"
