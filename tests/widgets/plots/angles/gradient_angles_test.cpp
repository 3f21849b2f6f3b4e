#include "widgets/plots/angles/gradient_angles.h"

#include <QtTest>
#include <cmath>

#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

const ModalitySet kT1(ModalityId(0)), kT1ce(ModalityId(1)), kT2(ModalityId(2));

/// g0 = (1, 0), g1 = (0, 2), g2 = (−1, 1): 90° between 0 and 1, 135° between 0 and 2, 45° between
/// 1 and 2.
GradientAngles threeAngles() {
  return {bratsModalities(), {kT1, kT1ce, kT2}, Matrix{{1, 0, -1}, {0, 4, 2}, {-1, 2, 2}}};
}

}  // namespace

class GradientAnglesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void anglesAreThoseOfTheGradients() {
    const GradientAngles angles = threeAngles();
    QVERIFY(std::abs(angles.angle(0, 1) - 90) < 1e-9);
    QVERIFY(std::abs(angles.angle(2, 0) - 135) < 1e-9);
    QVERIFY(std::abs(angles.angle(1, 2) - 45) < 1e-9);
    QCOMPARE(angles.conflictingPairs(), 1);
  }

  void onlyAPairBeyondARightAngleIsSaidToConflict() {
    const GradientAngles angles = threeAngles();
    QCOMPARE(angles.words(0, 2), QString("T1 against T2\n135.0°, cosine −0.707, in conflict"));
    QCOMPARE(angles.words(1, 2), QString("T1ce against T2\n45.0°, cosine 0.707"));
  }

  void ofAZeroGradientTheWordsSaySo() {
    const GradientAngles angles(bratsModalities(), {kT1, kT1ce}, Matrix{{1, 0}, {0, 0}});
    QVERIFY(std::isnan(angles.angle(0, 1)));
    QCOMPARE(angles.words(0, 1), QString("T1 against T1ce\none of the gradients is zero"));
  }
};

APPLESS_TEST(GradientAnglesTest)
#include "gradient_angles_test.moc"
