#include "widgets/pictures/picture_geometry.h"

#include <QtTest>

#include "tests/test_program.h"

using namespace modascope;

class PictureGeometryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void zoomOneFitsThePictureAndKeepsItsProportions() {
    const PictureGeometry geometry({200, 100}, QRectF(0, 20, 400, 400), {});
    QCOMPARE(geometry.rect(), QRectF(0, 120, 400, 200));
    QCOMPARE(geometry.scale(), 2.0);
  }

  void screenAndPixelsAgree() {
    const PictureGeometry geometry({200, 100}, QRectF(0, 20, 400, 400), {3, {10, -5}});
    const QPoint pixel(120, 40);
    QCOMPARE(geometry.pixelAt(geometry.centreOf(pixel)), std::optional(pixel));
    QCOMPARE(geometry.pixelsToScreen().map(QPointF(120.5, 40.5)), geometry.centreOf(pixel));
  }

  void besideThePictureIsNoPixelButANearestOne() {
    const PictureGeometry geometry({200, 100}, QRectF(0, 0, 400, 400), {});
    QVERIFY(!geometry.pixelAt({10, 10}));
    QCOMPARE(geometry.nearestPixel({10, 10}), QPoint(5, 0));
    QCOMPARE(geometry.nearestPixel({4000, 4000}), QPoint(199, 99));
  }

  void thePointUnderTheMouseStaysWhenZooming() {
    const QRectF viewport(0, 0, 400, 300);
    const PictureGeometry before({200, 100}, viewport, {1.5, {4, 7}});
    const QPointF mouse = before.centreOf({150, 20});
    const PictureGeometry after({200, 100}, viewport, before.zoomed(mouse, 2));
    QVERIFY(QLineF(after.centreOf({150, 20}), mouse).length() < 1e-6);
    QCOMPARE(after.scale(), 2 * before.scale());
  }

  void wideRoomPutsPicturesSideBySideAndHighRoomAboveEachOther() {
    const auto wide = picturePlaces(2, {0, 0, 802, 320}, {4, 3}, 20);
    QCOMPARE(wide.size(), std::size_t{2});
    QCOMPARE(wide[0], QRect(0, 0, 400, 320));
    QCOMPARE(wide[1].left(), 402);
    const auto high = picturePlaces(2, {0, 0, 400, 800}, {4, 3}, 20);
    QCOMPARE(high[1].left(), 0);
    QVERIFY(high[1].top() > high[0].bottom());
  }

  void anyNumberHasItsPlaceInside() {
    for (int count = 1; count <= 8; ++count) {
      const QRect area(0, 0, 640, 480);
      const auto places = picturePlaces(count, area, {1224, 1024}, 24);
      QCOMPARE(places.size(), static_cast<std::size_t>(count));
      for (std::size_t i = 0; i < places.size(); ++i) {
        QVERIFY(area.contains(places[i]));
        for (std::size_t k = 0; k < i; ++k) QVERIFY(!places[i].intersects(places[k]));
      }
    }
  }
};

WINDOW_TEST(PictureGeometryTest)
#include "picture_geometry_test.moc"
