#include "widgets/bridge/map_image.h"

#include <QtTest>
#include <limits>

#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

const VoxelGrid kGrid{{4, 2, 1}};

Volume mapOf(std::vector<float> values) {
  return {kGrid, std::move(values)};
}
LabelVolume labelsOf(std::vector<std::uint8_t> values) {
  return {kGrid, std::move(values)};
}

bool near(const QColor& a, const QColor& b, int tolerance = 2) {
  return std::abs(a.red() - b.red()) <= tolerance && std::abs(a.green() - b.green()) <= tolerance &&
         std::abs(a.blue() - b.blue()) <= tolerance;
}

}  // namespace

class MapImageTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void zeroIsClearAndTheEndOfTheScaleIsOpaque() {
    const QImage image =
        magnitudeImage(mapOf({0, 1, 2, 4, -3, 8, 3, 0}), {}, 4, ColourMap::Inferno);
    QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
    QCOMPARE(image.pixelColor(1, 0).alpha(), 128);  // a quarter of the scale
    QCOMPARE(image.pixelColor(2, 0).alpha(), 255);  // half of it
    QVERIFY(near(image.pixelColor(2, 0), mapped(ColourMap::Inferno, 0.5)));
    QCOMPARE(image.pixelColor(3, 0), mapped(ColourMap::Inferno, 1));
    QCOMPARE(image.pixelColor(0, 1).alpha(), 0);                      // below 0
    QCOMPARE(image.pixelColor(1, 1), mapped(ColourMap::Inferno, 1));  // beyond the end
    QVERIFY(near(image.pixelColor(2, 1), mapped(ColourMap::Inferno, 0.75)));
  }

  void whatIsNoNumberIsClear() {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const QImage image =
        magnitudeImage(mapOf({nan, 1, 0, 0, 0, 0, 0, 0}), {}, 1, ColourMap::Viridis);
    QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
    QCOMPARE(image.pixelColor(1, 0), mapped(ColourMap::Viridis, 1));
  }

  void aScaleWithoutLengthShowsNothing() {
    const QImage image = magnitudeImage(mapOf({0, 0, 5, 0, 0, 0, 0, 0}), {}, 0, ColourMap::Viridis);
    for (int x = 0; x < 4; ++x) QCOMPARE(image.pixelColor(x, 0).alpha(), 0);
  }

  void aMapIsMirroredTogetherWithTheImage() {
    const SliceSpec neurological{Plane::Axial, Convention::Neurological, 0};
    const QImage image =
        magnitudeImage(mapOf({1, 0, 0, 0, 0, 0, 0, 0}), neurological, 1, ColourMap::Inferno);
    QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
    QCOMPARE(image.pixelColor(3, 0).alpha(), 255);
  }

  void theMarginIsTheOpacityOfTheStrongest() {
    const std::vector<QColor> colours{modalityColour(ModalityId(0)), modalityColour(ModalityId(1))};
    const QImage image = classImage(labelsOf({0, 1, 2, 2, 3, 0, 0, 0}),
                                    mapOf({1, 1, 1, 0.5f, 1, 0, 0, 0}), {}, colours);
    QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
    QCOMPARE(image.pixelColor(1, 0), colours[0]);
    QCOMPARE(image.pixelColor(2, 0), colours[1]);
    QCOMPARE(image.pixelColor(3, 0).alpha(), 128);
    QVERIFY(near(image.pixelColor(3, 0), colours[1]));
    QCOMPARE(image.pixelColor(0, 1).alpha(), 0);  // no such class
  }

  void theDifferenceIsOfOneRegion() {
    // Truth: ET, ET, oedema, none; prediction: ET, oedema, none, NCR.
    const auto truth = labelsOf({4, 4, 2, 0, 0, 0, 0, 0});
    const auto prediction = labelsOf({4, 2, 0, 1, 0, 0, 0, 0});
    const auto row = [](const QImage& image) {
      QString out;
      for (int x = 0; x < 4; ++x) out += image.pixelColor(x, 0).alpha() == 255 ? 'x' : '.';
      return out;
    };
    QCOMPARE(row(onlyInImage(truth, prediction, {}, bratsRegions()[0])), QString("..x."));
    QCOMPARE(row(onlyInImage(prediction, truth, {}, bratsRegions()[0])), QString("...x"));
    QCOMPARE(row(onlyInImage(truth, prediction, {}, bratsRegions()[2])), QString(".x.."));
    QCOMPARE(row(onlyInImage(prediction, truth, {}, bratsRegions()[2])), QString("...."));
    QCOMPARE(row(onlyInImage(prediction, truth, {}, bratsRegions()[1])), QString("...x"));
  }
};

APPLESS_TEST(MapImageTest)
#include "map_image_test.moc"
