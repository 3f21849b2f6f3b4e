#include "core/inference/samples/picture_predictor.h"

#include <QTemporaryDir>
#include <QTest>
#include <optional>

#include <torch/types.h>

#include "core/data/picture_source.h"
#include "core/models/cmnext/cmnext_lite.h"
#include "tests/core/imagefolder/made_up_pictures.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

using Classes = std::shared_ptr<const LabelPicture>;

}  // namespace

class PicturePredictorTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    const std::filesystem::path folder = folder_.filePath("pictures").toStdString();
    writeMadeUpPictures(folder);
    std::filesystem::remove(folder / "label" / "scene7.png");
    cohort_ = openCohort(folder);
    source_ = std::make_unique<const PictureSource>(inspectImages(folder));
    const Problem problem = cohort_->problem;
    predictor_ = std::make_unique<const PicturePredictor>(
        std::make_shared<const CmnextLite>(ModelSizes{16, 1, 2}, problem, Seed{1}, torch::kCPU),
        problem, source_->fit(cohort_->cases).moments);
  }

  void eachPixelHasTheClassOfItsLargestLogitAndThePaddingIsGone() {
    // Three classes of 2 × 3 pixels, of which the upper left 1 × 2 are the picture.
    const auto f = torch::tensor({0.0, 5.0, 9.0, 9.0, 9.0, 9.0,   //
                                  1.0, -2.0, 0.0, 0.0, 0.0, 0.0,  //
                                  -1.0, 6.0, 0.0, 0.0, 0.0, 0.0})
                       .view({3, 2, 3});
    const LabelPicture classes = classesOf(f, 1, 2);
    QCOMPARE(classes.height, std::size_t{1});
    QCOMPARE(classes.width, std::size_t{2});
    QCOMPARE(classes.values, (std::vector<std::uint8_t>{1, 2}));
  }

  void aSubsetIsAskedOnlyOnce() {
    const auto prediction = predict("scene6");
    const auto asked = [&](ModalitySet set) { return std::get<Classes>(*prediction->answer(set)); };
    const auto first = asked(ModalitySet(ModalityId(0)));
    QCOMPARE(asked(ModalitySet(ModalityId(0))), first);
    QVERIFY(asked(cohort_->problem.schema.all()) != first);
  }

  void withoutATruthSubsetsAreComparedWithAllModalities() {
    const auto prediction = predict("scene7");
    QCOMPARE(prediction->scores(cohort_->problem.schema.all())->scores.front(), 1.0);
    const ModalitySet one(ModalityId(1));
    const auto classes = std::get<Classes>(*prediction->answer(one));
    const auto all = std::get<Classes>(*prediction->answer(cohort_->problem.schema.all()));
    double same = 0;
    for (std::size_t i = 0; i < all->values.size(); ++i)
      same += classes->values[i] == all->values[i];
    QCOMPARE(prediction->scores(one)->scores.at(1), same / (24 * 40));  // of the pixels
  }

 private:
  std::unique_ptr<const Prediction> predict(const char* id) const {
    const Predictor& predictor = *predictor_;
    return predictor.predict(*source_, *cohort_->find(id));
  }

  QTemporaryDir folder_;
  std::optional<Cohort> cohort_;
  std::unique_ptr<const PictureSource> source_;
  std::unique_ptr<const PicturePredictor> predictor_;
};

GUILESS_TEST(PicturePredictorTest)
#include "picture_predictor_test.moc"
