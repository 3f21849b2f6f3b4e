#include "app/window/window_place.h"

#include <QTest>

#include "tests/test_program.h"

using namespace modascope;

class WindowPlaceTest : public QObject {
  Q_OBJECT
  static constexpr QMargins kFrame{2, 30, 2, 2};

 private Q_SLOTS:
  void aWindowThatFitsStays() {
    const QRect wanted(100, 80, 800, 600);
    QCOMPARE(placeWithin(wanted, kFrame, {0, 0, 1280, 720}), wanted);
  }

  void aWindowBeyondTheScreenComesBack() {
    QCOMPARE(placeWithin({900, 500, 800, 600}, kFrame, {0, 0, 1280, 720}),
             QRect(1280 - 2 - 800, 720 - 2 - 600, 800, 600));
    QCOMPARE(placeWithin({-500, -500, 800, 600}, kFrame, {0, 0, 1280, 720}),
             QRect(2, 30, 800, 600));
  }

  void aWindowOfALargerScreenShrinks() {
    QCOMPARE(placeWithin({0, 0, 1440, 900}, kFrame, {0, 0, 1024, 768}),
             QRect(2, 30, 1024 - 4, 768 - 32));
  }

  void panelsAndOtherScreensCount() {
    QCOMPARE(placeWithin({0, 0, 1440, 900}, kFrame, {1920, 24, 1366, 744}),
             QRect(1922, 54, 1362, 712));
  }
};

APPLESS_TEST(WindowPlaceTest)
#include "window_place_test.moc"
