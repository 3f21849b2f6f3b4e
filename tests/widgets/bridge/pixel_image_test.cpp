#include "widgets/bridge/pixel_image.h"

#include <QtTest>
#include <limits>
#include <vector>

#include "tests/test_program.h"
#include "widgets/bridge/class_palette.h"

using namespace modascope;

namespace {

constexpr float kNan = std::numeric_limits<float>::quiet_NaN();

QList<int> greysOf(const QImage& image) {
  QList<int> greys;
  for (int x = 0; x < image.width(); ++x) greys << qRed(image.pixel(x, 0));
  return greys;
}

}  // namespace

class PixelImageTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void oneChannelIsGreyByItsWindow() {
    const std::vector<float> depth{200, 300, 400, kNan};
    const QImage image = pixelImage({depth, 1, 4});
    QCOMPARE(greysOf(image), (QList<int>{0, 128, 255, 0}));
    QVERIFY(image.allGray());
  }

  void outliersDoNotDarkenTheRest() {
    std::vector<float> values(1000, 0);
    for (std::size_t i = 0; i < 999; ++i) values[i] = static_cast<float>(i) / 1000;
    values[999] = 50;
    const IntensityWindow window = pixelWindow(values);
    QVERIFY(window.high < 1);
  }

  void aMaskIsSeenThoughItsQuantilesAreOne() {
    std::vector<float> mask(1000, 0);
    mask[7] = 1;
    QVERIFY(pixelWindow(mask) == (IntensityWindow{0, 1}));
  }

  void threeChannelsAreColour() {
    const std::vector<float> rgb{1, 0, 0, 0.2f, 0, 1};  // R of both pixels, then G, then B
    const QImage image = pixelImage({rgb, 1, 2});
    QCOMPARE(image.pixel(0, 0), qRgb(255, 0, 0));
    QCOMPARE(image.pixel(1, 0), qRgb(0, 51, 255));
  }

  void coloursThatLeaveTheUnitShareOneWindow() {
    const std::vector<float> wide{0, 10, 10, 0, 5, 5};
    const QImage image = pixelImage({wide, 1, 2});
    QCOMPARE(image.pixel(0, 0), qRgb(0, 255, 128));
    QCOMPARE(image.pixel(1, 0), qRgb(255, 0, 128));
  }

  void ofTwoChannelsTheFirstIsShown() {
    const std::vector<float> two{0, 1, 9, 9};
    QCOMPARE(greysOf(pixelImage({two, 1, 2})), (QList<int>{0, 255}));
  }

  void classesHaveTheirColoursAndTheGroundHasNone() {
    const std::vector<std::uint8_t> classes{0, 1, 2, 255};
    const QImage clear = classImage({classes, 1, 4}, 0);
    QCOMPARE(qAlpha(clear.pixel(0, 0)), 0);
    QCOMPARE(clear.pixel(1, 0), classColour(1).rgb());
    QCOMPARE(clear.pixel(2, 0), classColour(2).rgb());
    QCOMPARE(qAlpha(clear.pixel(3, 0)), 0);
    QCOMPARE(classImage({classes, 1, 4}, std::nullopt).pixel(0, 0), classColour(0).rgb());
  }

  void whatNobodyKnowsIsNoError() {
    const std::vector<std::uint8_t> predicted{1, 1, 1, 0};
    const std::vector<std::uint8_t> truth{1, 0, 255, 1};
    const QImage wrong = onlyInFirstImage({predicted, 1, 4}, {truth, 1, 4}, 1);
    for (int x = 0; x < 4; ++x) QCOMPARE(qAlpha(wrong.pixel(x, 0)) > 0, x == 1);
    const QImage missed = onlyInFirstImage({truth, 1, 4}, {predicted, 1, 4}, 1);
    for (int x = 0; x < 4; ++x) QCOMPARE(qAlpha(missed.pixel(x, 0)) > 0, x == 3);
  }

  void outlinesRunAlongTheEdgesOfPixels() {
    const std::vector<std::uint8_t> classes{0, 3, 3, 0};
    const QList<QLineF> lines = classOutline({classes, 1, 4}, 3);
    QCOMPARE(lines.size(), 4);
    QVERIFY(lines.contains(QLineF(1, 0, 3, 0)));
    QVERIFY(lines.contains(QLineF(1, 1, 3, 1)));
    QVERIFY(lines.contains(QLineF(1, 0, 1, 1)));
    QVERIFY(lines.contains(QLineF(3, 0, 3, 1)));
  }
};

APPLESS_TEST(PixelImageTest)
#include "pixel_image_test.moc"
