#include <QPushButton>
#include <QtTest>

#include "tests/test_program.h"
#include "tests/widgets/controls/brats_panel.h"

using namespace modascope;
using namespace modascope::testing;

/// The intensity windows of the panel, typed and stepped.
class DisplayWindowsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aTypedWindowIsChosenOnceItIsFinished() {
    BratsPanel panel;
    show(panel);
    panel.setWindow(kT1ce, {100, 1300});
    Heard heard;
    heard.listenTo(panel);
    QCOMPARE(from(panel, "T1ce")->words(), QString("100"));
    type(to(panel, "T1ce"), "1250.5");
    QCOMPARE(heard.windows.size(), std::size_t{1});
    QCOMPARE(heard.windows.back().first, kT1ce);
    QCOMPARE(heard.windows.back().second, (IntensityWindow{100, 1250.5}));
    QCOMPARE(panel.window(kT1ce), (IntensityWindow{100, 1250.5}));
    // Leaving a box that was not changed chooses nothing.
    from(panel, "T1ce")->setFocus();
    from(panel, "FLAIR")->setFocus();
    QCOMPARE(heard.count(), std::size_t{1});
  }

  void anEndThatPassesTheOtherTakesItAlong_data() {
    QTest::addColumn<bool>("low");
    QTest::addColumn<QString>("typed");
    QTest::addColumn<double>("expectedLow");
    QTest::addColumn<double>("expectedHigh");
    QTest::newRow("from above to") << true << "500" << 500.0 << 800.0;
    QTest::newRow("from on to") << true << "400" << 400.0 << 700.0;
    QTest::newRow("to below from") << false << "-50" << -350.0 << -50.0;
    QTest::newRow("to on from") << false << "100" << -200.0 << 100.0;
  }
  void anEndThatPassesTheOtherTakesItAlong() {
    QFETCH(bool, low);
    QFETCH(QString, typed);
    QFETCH(double, expectedLow);
    QFETCH(double, expectedHigh);
    BratsPanel panel;
    show(panel);
    panel.setWindow(kT2, {100, 400});
    Heard heard;
    heard.listenTo(panel);
    type(low ? from(panel, "T2") : to(panel, "T2"), typed);
    QCOMPARE(heard.windows.size(), std::size_t{1});
    QCOMPARE(heard.windows.back().second, (IntensityWindow{expectedLow, expectedHigh}));
    QCOMPARE(from(panel, "T2")->words(), QString::number(expectedLow));
    QCOMPARE(to(panel, "T2")->words(), QString::number(expectedHigh));
  }

  void whatIsNoNumberIsPutBack_data() {
    QTest::addColumn<QString>("typed");
    for (const char* typed : {"many", "nan", "inf", "1e300000", "1.7e308"}) {
      QTest::newRow(typed) << typed;
    }
  }
  void whatIsNoNumberIsPutBack() {
    QFETCH(QString, typed);
    BratsPanel panel;
    show(panel);
    panel.setWindow(kT1, {-1.25, 2.5});
    Heard heard;
    heard.listenTo(panel);
    type(from(panel, "T1"), typed);
    QCOMPARE(heard.count(), std::size_t{0});
    QCOMPARE(from(panel, "T1")->words(), QString("-1.25"));
  }

  void arrowsGoByARoundPartOfTheWindow() {
    BratsPanel panel;
    show(panel);
    panel.setWindow(kFlair, {0, 1000});
    Heard heard;
    heard.listenTo(panel);
    QTest::keyClick(to(panel, "FLAIR"), Qt::Key_Up);
    QCOMPARE(heard.windows.back().second, (IntensityWindow{0, 1010}));
    QTest::keyClick(from(panel, "FLAIR"), Qt::Key_Down);
    QCOMPARE(heard.windows.back().second, (IntensityWindow{-10, 1010}));
    panel.setWindow(kFlair, {0, 2});
    QTest::keyClick(from(panel, "FLAIR"), Qt::Key_Up);
    QCOMPARE(heard.windows.back().second, (IntensityWindow{0.1, 2}));
  }

  void whatIsNotTypedKeepsItsDigits() {
    BratsPanel panel;
    show(panel);
    panel.setWindow(kT1, {12.3456, 987.654});
    Heard heard;
    heard.listenTo(panel);
    QCOMPARE(from(panel, "T1")->words(), QString("12"));
    type(to(panel, "T1"), "900");
    QCOMPARE(heard.windows.back().second, (IntensityWindow{12.3456, 900}));
  }

  void autoIsAskedPerModality() {
    BratsPanel panel;
    show(panel);
    Heard heard;
    heard.listenTo(panel);
    QTest::mouseClick(named<QPushButton>(panel, "T2: automatic window"), Qt::LeftButton);
    auto* button = named<QPushButton>(panel, "FLAIR: automatic window");
    button->setFocus();
    QTest::keyClick(button, Qt::Key_Space);
    QVERIFY((heard.autos == std::vector{kT2, kFlair}));
    QCOMPARE(heard.count(), std::size_t{2});
  }
};

WINDOW_TEST(DisplayWindowsTest)
#include "display_windows_test.moc"
