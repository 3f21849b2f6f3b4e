#include "widgets/bridge/class_palette.h"

#include <QtTest>
#include <array>
#include <cmath>

#include "tests/test_program.h"

using namespace modascope;

namespace {

/// CIE L*a*b* under D65.
std::array<double, 3> labOf(const QColor& colour) {
  const auto linear = [](double c) {
    return c <= .04045 ? c / 12.92 : std::pow((c + .055) / 1.055, 2.4);
  };
  const double r = linear(colour.redF()), g = linear(colour.greenF()), b = linear(colour.blueF());
  const auto f = [](double t) { return t > .008856 ? std::cbrt(t) : 7.787 * t + 16 / 116.; };
  const double x = f((.4124 * r + .3576 * g + .1805 * b) / .9505);
  const double y = f(.2126 * r + .7152 * g + .0722 * b);
  const double z = f((.0193 * r + .1192 * g + .9505 * b) / 1.089);
  return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double distance(const QColor& a, const QColor& b) {
  const auto p = labOf(a), q = labOf(b);
  return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

}  // namespace

class ClassPaletteTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theFirstClassesHaveTheHuesOfOkabeAndIto() {
    QCOMPARE(classColour(1), QColor(230, 159, 0));
    QCOMPARE(classColour(2), QColor(86, 180, 233));
    QCOMPARE(classColour(7), QColor(204, 121, 167));
  }

  void anyTwoOfFortyAreToldApart() {
    for (std::size_t a = 0; a < kClassColours; ++a)
      for (std::size_t b = 0; b < a; ++b)
        QVERIFY2(distance(classColour(a), classColour(b)) > 19,
                 qPrintable(QString("%1 and %2").arg(a).arg(b)));
  }

  void noneIsNearlyBlackOrWhite() {
    for (std::size_t k = 0; k < kClassColours; ++k) {
      const double lightness = labOf(classColour(k))[0];
      QVERIFY(lightness > 30 && lightness < 95);
    }
  }

  void afterFortyTheyComeAgain() { QCOMPARE(classColour(43), classColour(3)); }
};

APPLESS_TEST(ClassPaletteTest)
#include "class_palette_test.moc"
