#include <QtTest>

#include "app/work/demonstrating/telling_layer.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

/// The region asked about, of four voxels of one millimetre.
std::string chosen(std::vector<std::uint8_t> values) {
  const LabelVolume found{{{4, 1, 1}, {1, 1, 1}, {0, 0, 0}}, std::move(values)};
  return tellingRegion(bratsRegions(), found).key;
}

}  // namespace

class TellingRegionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void itIsTheInnermostThatWasFound() {
    QCOMPARE(chosen({0, 2, 1, 4}), std::string("et"));
    QCOMPARE(chosen({0, 2, 1, 0}), std::string("tc"));
    QCOMPARE(chosen({0, 2, 0, 0}), std::string("wt"));
  }

  void whereNothingWasFoundItIsTheInnermostOfAll() {
    QCOMPARE(chosen({0, 0, 0, 0}), std::string("et"));
  }
};

APPLESS_TEST(TellingRegionTest)
#include "telling_region_test.moc"
