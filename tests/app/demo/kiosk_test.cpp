#include "app/demo/kiosk.h"

#include <QSignalSpy>
#include <QTest>
#include <QWidget>

#include "tests/test_program.h"

using namespace modascope;

class KioskTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void nobodyThereIsNoticedOnce() {
    Kiosk kiosk(std::chrono::milliseconds(50));
    QSignalSpy abandoned(&kiosk, &Kiosk::abandoned);
    QVERIFY(abandoned.wait(2000));
    QTest::qWait(150);
    QCOMPARE(abandoned.size(), 1);
  }

  void escapeTwiceLeavesAndOnceDoesNot() {
    QWidget window;
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    Kiosk kiosk(std::chrono::minutes(1));
    QSignalSpy left(&kiosk, &Kiosk::left);
    QTest::keyClick(window.windowHandle(), Qt::Key_Escape);
    QCOMPARE(left.size(), 0);
    QTest::keyClick(window.windowHandle(), Qt::Key_Escape);
    QCOMPARE(left.size(), 1);
    QTest::keyClick(window.windowHandle(), Qt::Key_Escape);
    QCOMPARE(left.size(), 1);
  }
};

WINDOW_TEST(KioskTest)
#include "kiosk_test.moc"
