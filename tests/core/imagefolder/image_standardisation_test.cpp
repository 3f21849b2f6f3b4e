#include "core/imagefolder/image_standardisation.h"

#include <QTest>
#include <cmath>
#include <limits>

#include "tests/test_program.h"

using namespace modascope;

namespace {

using Floats = std::vector<float>;

Problem twoModalities() {
  return {Task::Segmentation2d,
          ModalitySchema({{"rg", "RG"}, {"depth", "Depth"}}),
          InputLayout({{2, 1}, {1, 1}}),
          {"0", "1"}};
}

ImageSample sampleOf(std::vector<Floats> modalities, std::uint8_t available) {
  return {"a", 1, 2, std::move(modalities), available, {}};
}

}  // namespace

class ImageStandardisationTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyChannelHasItsMeanAndDeviationOverAllPixels() {
    // Channel 0: 1, 3, 5, 7; channel 1: 0.1 everywhere; depth: 2, 4, the absent ones left out.
    ImageMoments moments(twoModalities());
    moments.add(sampleOf({{1, 3, 0.1f, 0.1f}, {2, 4}}, 3));
    moments.add(sampleOf({{5, 7, 0.1f, 0.1f}, {100, 100}}, 1));
    const ImageStandardisation fitted = moments.standardisation();
    QCOMPARE(fitted.means(ModalityId(0)), (Floats{4, 0.1f}));
    QCOMPARE(fitted.deviations(ModalityId(0)), (Floats{std::sqrt(5.0f), 0}));
    QCOMPARE(fitted.means(ModalityId(1)), (Floats{3}));
    QCOMPARE(fitted.deviations(ModalityId(1)), (Floats{1}));
  }

  void picturesAreStandardisedAndAbsentOnesBecomeTheMean() {
    const ImageStandardisation stored({{4, 0.5f}, {3}}, {{2, 0}, {1}});
    ImageSample sample = sampleOf({{4, 6, 1, 1}, {5, std::numeric_limits<float>::quiet_NaN()}}, 3);
    stored.apply(sample);
    QCOMPARE(sample.modalities[0], (Floats{0, 1, 0, 0}));
    QCOMPARE(sample.modalities[1], (Floats{2, 0}));
    ImageSample absent = sampleOf({{4, 6, 1, 1}, {0, 0}}, 1);
    stored.apply(absent);
    QCOMPARE(absent.modalities[1], (Floats{0, 0}));
  }

  void numbersThatAreNotFiniteCountForNothing() {
    ImageMoments moments(twoModalities());
    const float nothing = std::numeric_limits<float>::infinity();
    moments.add(sampleOf({{0, 0, 0, 0}, {nothing, 4}}, 3));
    moments.add(sampleOf({{0, 0, 0, 0}, {6, nothing}}, 3));
    QCOMPARE(moments.standardisation().means(ModalityId(1)), (Floats{5}));
    QCOMPARE(moments.standardisation().deviations(ModalityId(1)), (Floats{1}));
  }
};

APPLESS_TEST(ImageStandardisationTest)
#include "image_standardisation_test.moc"
