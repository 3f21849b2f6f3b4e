#include "widgets/bridge/number_words.h"

#include <QtTest>
#include <limits>

#include "tests/test_program.h"

using namespace modascope;

class NumberWordsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aMinusIsAsWideAsAPlus() {
    QCOMPARE(signedNumber(-0.4, 2), QString(u"−0.40"_qs));
    QCOMPARE(signedNumber(0.4, 2), QString("0.40"));
    QCOMPARE(signedDifference(-12.34, 1), QString(u"−12.3"_qs));
    QCOMPARE(signedDifference(12.34, 1), QString("+12.3"));
  }

  void whatRoundsToNothingHasNoSign() {
    for (const double value : {0.0, -0.0, 0.004, -0.004}) {
      QCOMPARE(signedNumber(value, 2), QString("0.00"));
      QCOMPARE(signedDifference(value, 2), QString("0.00"));
    }
    QCOMPARE(signedDifference(-0.4, 0), QString("0"));
  }

  void whatIsNoNumberHasNoSign() {
    const double none = std::numeric_limits<double>::quiet_NaN();
    QCOMPARE(signedNumber(none, 2), QString("nan"));
    QCOMPARE(signedDifference(none, 2), QString("nan"));
  }
};

APPLESS_TEST(NumberWordsTest)
#include "number_words_test.moc"
