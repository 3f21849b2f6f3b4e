#include "core/inference/samples/picture_predictions.h"

#include <QTest>

#include <torch/types.h>

#include "core/models/cmnext/cmnext_lite.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

const Problem kProblem{Task::Segmentation2d,
                       ModalitySchema({{"rgb", "RGB"}, {"depth", "Depth"}}),
                       InputLayout({{3, 1}, {1, 1}}),
                       {"x", "y", "z"}};
constexpr ModalityId kColour{0};

std::shared_ptr<const MultimodalModel> network() {
  return std::make_shared<const CmnextLite>(ModelSizes{16, 1, 2}, kProblem, Seed{1}, torch::kCPU);
}

}  // namespace

class PicturePredictionsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void eachPixelHasTheClassOfItsLargestLogitAndThePaddingIsGone() {
    torch::manual_seed(1);
    const auto model = network();
    const auto x = torch::randn({4, 32, 48});
    PicturePredictions predictions(model, x, 20, 40);
    for (const ModalitySet set : allSubsets(kProblem.schema)) {
      const auto classes = predictions.classes(set);
      QCOMPARE(classes->height, std::size_t{20});
      QCOMPARE(classes->width, std::size_t{40});
      const auto f = model->logits(x.unsqueeze(0), set);
      for (const auto& [row, column] : {std::pair(0, 0), {3, 39}, {19, 17}}) {
        const auto best = f.select(0, 0).select(1, row).select(1, column).argmax().item<int>();
        QCOMPARE(int{classes->values[static_cast<std::size_t>(40 * row + column)]}, best);
      }
    }
  }

  void aSubsetIsAskedOnlyOnce() {
    PicturePredictions predictions(network(), torch::randn({4, 16, 16}), 16, 16);
    QVERIFY(!predictions.isKept(ModalitySet(kColour)));
    const auto first = predictions.classes(ModalitySet(kColour));
    QVERIFY(predictions.isKept(ModalitySet(kColour)));
    QCOMPARE(predictions.classes(ModalitySet(kColour)), first);
    QVERIFY(predictions.classes(kProblem.schema.all()) != first);
  }
};

APPLESS_TEST(PicturePredictionsTest)
#include "picture_predictions_test.moc"
