#include "widgets/bridge/slice_image.h"

#include <QtTest>
#include <numeric>

#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "widgets/bridge/voxel_box.h"

using namespace modascope;

namespace {

constexpr IntensityWindow kWindow{0, 100};
// x to the patient's left, y to the back, z to the head.
const VoxelGrid kGrid{{8, 6, 4}};

Volume brightAt(std::int64_t x, std::int64_t y, std::int64_t z) {
  Volume volume{kGrid, std::vector<float>(static_cast<std::size_t>(kGrid.voxelCount()), 0.0f)};
  volume.at(x, y, z) = 100;
  return volume;
}

QPoint brightPixel(const QImage& image) {
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      if (qGray(image.pixel(x, y)) > 200) return {x, y};
    }
  }
  return {-1, -1};
}

LabelVolume labelsOf(std::vector<std::uint8_t> fourByThree) {
  return {{{4, 3, 1}}, std::move(fourByThree)};
}

}  // namespace

class SliceImageTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void thePatientsLeftIsOnTheRightInRadiologicalAxialSlices() {
    const QImage image =
        intensityImage(brightAt(7, 1, 2), {Plane::Axial, Convention::Radiological, 2}, kWindow);
    QCOMPARE(image.size(), QSize(8, 6));
    QCOMPARE(brightPixel(image), QPoint(7, 1));
  }

  void thePatientsLeftIsOnTheLeftInNeurologicalAxialSlices() {
    const QImage image =
        intensityImage(brightAt(7, 1, 2), {Plane::Axial, Convention::Neurological, 2}, kWindow);
    QCOMPARE(brightPixel(image), QPoint(0, 1));
  }

  void theHeadIsUpInCoronalSlices() {
    const Volume volume = brightAt(6, 2, 3);
    QCOMPARE(
        brightPixel(intensityImage(volume, {Plane::Coronal, Convention::Radiological, 2}, kWindow)),
        QPoint(6, 0));
    QCOMPARE(
        brightPixel(intensityImage(volume, {Plane::Coronal, Convention::Neurological, 2}, kWindow)),
        QPoint(1, 0));
  }

  void theFaceIsOnTheLeftInSagittalSlices() {
    for (const auto convention : {Convention::Radiological, Convention::Neurological}) {
      const QImage image =
          intensityImage(brightAt(4, 0, 3), {Plane::Sagittal, convention, 4}, kWindow);
      QCOMPARE(image.size(), QSize(6, 4));
      QCOMPARE(brightPixel(image), QPoint(0, 0));
    }
  }

  void theWindowStretchesBetweenBlackAndWhite() {
    Volume volume{{{4, 1, 1}}, {-5, 10, 60, 500}};
    const QImage image = intensityImage(volume, {}, {10, 110});
    QCOMPARE(qGray(image.pixel(0, 0)), 0);
    QCOMPARE(qGray(image.pixel(1, 0)), 0);
    QCOMPARE(qGray(image.pixel(2, 0)), 128);
    QCOMPARE(qGray(image.pixel(3, 0)), 255);
  }

  void theContentBoxHoldsEverythingThatIsNotZero() {
    Volume volume = brightAt(2, 3, 1);
    volume.at(5, 1, 3) = -1;
    QCOMPARE(contentBox(volume), std::optional(VoxelBox{{2, 1, 1}, {5, 3, 3}}));
    QVERIFY(!contentBox(labelsOf(std::vector<std::uint8_t>(12, 0))));
    QCOMPARE(contentBox(labelsOf({0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0})),
             std::optional(VoxelBox{{3, 0, 0}, {3, 0, 0}}));
  }

  void aSliceBeyondTheVolumeIsNoPicture() {
    QVERIFY(intensityImage(brightAt(0, 0, 0), {Plane::Axial, {}, 4}, kWindow).isNull());
    QVERIFY(intensityImage(Volume{}, {}, kWindow).isNull());
  }

  void theAutoWindowLooksAtVoxelsThatAreNotZero() {
    Volume volume{{{100, 20, 1}}, std::vector<float>(2000, 0.0f)};
    std::iota(volume.voxels.begin() + 1000, volume.voxels.end(), 1.0f);  // 1 … 1000
    const IntensityWindow window = autoWindow(volume);
    QVERIFY(std::abs(window.low - 6) <= 1);
    QVERIFY(std::abs(window.high - 995) <= 1);
  }

  void theAutoWindowOfNothingIsStillAWindow() {
    QCOMPARE(autoWindow(Volume{{{2, 1, 1}}, {0, 0}}), (IntensityWindow{0, 1}));
    const IntensityWindow flat = autoWindow(Volume{{{2, 1, 1}}, {7, 7}});
    QVERIFY(flat.high > flat.low);
  }

  void aVoxelTakesTheColourOfItsInnermostRegion() {
    const auto labels = labelsOf({0, 2, 1, 4, 0, 0, 0, 0, 0, 0, 0, 0});
    const QImage image = regionImage(labels, {}, bratsRegions(), RegionColours::Own);
    QCOMPARE(qAlpha(image.pixel(0, 0)), 0);
    QCOMPARE(image.pixelColor(1, 0), regionColour(bratsRegions()[0]));
    QCOMPARE(image.pixelColor(2, 0), regionColour(bratsRegions()[1]));
    QCOMPARE(image.pixelColor(3, 0), regionColour(bratsRegions()[2]));
  }

  void regionsAreMirroredTogetherWithTheImage() {
    const auto labels = labelsOf({4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    const QImage image = regionImage(labels, {Plane::Axial, Convention::Neurological, 0},
                                     bratsRegions(), RegionColours::Own);
    QCOMPARE(qAlpha(image.pixel(0, 0)), 0);
    QCOMPARE(qAlpha(image.pixel(3, 0)), 255);
  }

  void anOutlineRunsAlongTheEdgesOfVoxels() {
    // Two voxels side by side: one rectangle from (1, 1) to (3, 2).
    const auto labels = labelsOf({0, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 0});
    const QList<QLineF> lines = regionOutline(labels, {}, bratsRegions()[0]);
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines.contains(QLineF(1, 1, 3, 1)));
    QVERIFY(lines.contains(QLineF(1, 2, 3, 2)));
    QVERIFY(lines.contains(QLineF(1, 1, 1, 2)));
    QVERIFY(lines.contains(QLineF(3, 1, 3, 2)));
    QVERIFY(regionOutline(labels, {}, bratsRegions()[1]).isEmpty());
  }

  void anOutlineIsClosedAtTheBorderOfTheVolume() {
    const auto labels = labelsOf({2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
    QCOMPARE(regionOutline(labels, {}, bratsRegions()[0]).size(), 4);
  }
};

APPLESS_TEST(SliceImageTest)
#include "slice_image_test.moc"
