#include <QTest>

#include "core/base/error.h"
#include "core/problem/brats.h"
#include "core/problem/regions/region_labels.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

/// Zones that lie side by side, and a lesion in either of them.
RegionSchema prostate() {
  return {{{1, "PZ"}, {2, "TZ"}, {3, "lesion"}},
          {{"pz", "PZ", "peripheral zone", {1}, {}},
           {"tz", "TZ", "transition zone", {2}, {}},
           {"lesion", "LESION", "lesion", {3}, {}}}};
}

QString sentenceOf(const std::vector<Label>& labels, const std::vector<Region>& regions) {
  try {
    RegionSchema schema(labels, regions);
  } catch (const Error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

std::uint8_t of(const RegionSchema& regions, std::uint8_t pattern) {
  return RegionLabels(regions).of(pattern).value_or(255);
}

}  // namespace

class RegionTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theRegionsOfBratsLieInEachOther() {
    const RegionSchema& brats = bratsRegions();
    QCOMPARE(brats.keys(), (std::vector<std::string>{"wt", "tc", "et"}));
    QVERIFY(brats.isNested());
    QVERIFY(brats.find("tc")->holds(1) && !brats.find("tc")->holds(2));
    QCOMPARE(brats.nameOf(4).value(), std::string("ET"));
    QVERIFY(!brats.nameOf(0) && !brats.nameOf(3));
    QCOMPARE(brats.find("pet"), nullptr);
  }

  void zonesSideBySideAreNotNested() {
    QVERIFY(!prostate().isNested());
    QCOMPARE(prostate()[2].place, std::size_t{2});
  }

  void nestedRegionsGiveTheLabelOfTheInnermost() {
    // Bits: WT, TC, ET. Whatever surrounds it, the innermost decides.
    QCOMPARE(of(bratsRegions(), 0b000), std::uint8_t{0});
    QCOMPARE(of(bratsRegions(), 0b001), std::uint8_t{2});
    QCOMPARE(of(bratsRegions(), 0b010), std::uint8_t{1});
    QCOMPARE(of(bratsRegions(), 0b011), std::uint8_t{1});
    QCOMPARE(of(bratsRegions(), 0b100), std::uint8_t{4});
    QCOMPARE(of(bratsRegions(), 0b111), std::uint8_t{4});
  }

  void regionsSideBySideContradictEachOther() {
    QCOMPARE(of(prostate(), 0b100), std::uint8_t{3});
    QVERIFY(!RegionLabels(prostate()).of(0b011).has_value());
    QCOMPARE(RegionLabels(prostate()).ofRegion(1), std::uint8_t{2});
  }

  void aLabelInTwoOverlappingRegionsIsThatOfBoth() {
    const RegionSchema overlapping({{1, "left"}, {2, "both"}, {3, "right"}},
                                   {{"a", "A", "a", {1, 2}, {}}, {"b", "B", "b", {2, 3}, {}}});
    QCOMPARE(of(overlapping, 0b01), std::uint8_t{1});
    QCOMPARE(of(overlapping, 0b10), std::uint8_t{3});
    QCOMPARE(of(overlapping, 0b11), std::uint8_t{2});
  }

  void colourAndNameDoNotMakeOtherRegions() {
    std::vector<Region> regions(bratsRegions().begin(), bratsRegions().end());
    regions[0].name = "tumor";
    QVERIFY(RegionSchema(bratsRegions().labels(), regions).isSameAs(bratsRegions()));
    regions[1].labels = {4};
    regions[2].labels = {4, 1};
    QVERIFY(!RegionSchema(bratsRegions().labels(), regions).isSameAs(bratsRegions()));
  }

  void whatCannotBeMeantIsSaid() {
    QCOMPARE(sentenceOf({{1, "a"}, {2, "b"}}, {{"x", "X", "x", {1}, {}}}),
             QString("Label 2 (\"b\") is in no region."));
    QCOMPARE(sentenceOf({{1, "a"}}, {{"x", "X", "x", {1, 7}, {}}}),
             QString("Region \"x\" unites label 7, which is not listed."));
    QCOMPARE(sentenceOf({{1, "a"}}, {{"x", "X", "x", {}, {}}}),
             QString("Region \"x\" unites no labels."));
    QCOMPARE(sentenceOf({{1, "a"}, {2, "b"}}, {{"x", "X", "x", {1, 2, 1}, {}}}),
             QString("Region \"x\" names label 1 twice."));
    QCOMPARE(sentenceOf({{1, "a"}}, {{"x", "X", "x", {1}, {}}, {"x", "X", "x", {1}, {}}}),
             QString("Two regions are called \"x\"."));
    QCOMPARE(sentenceOf({{1, "a"}, {1, "b"}}, {{"x", "X", "x", {1}, {}}}),
             QString("Two labels have the value 1."));
    QCOMPARE(sentenceOf({{0, "none"}, {1, "a"}}, {{"x", "X", "x", {1}, {}}}),
             QString("Label 0 is background and is not listed."));
    QCOMPARE(sentenceOf({{1, "a"}}, {{"f1", "F1", "x", {1}, {}}}),
             QString("Region \"f1\" bears a name that tables need for something else."));
    QCOMPARE(sentenceOf({}, {}), QString("A segmentation has 1 to 8 regions; 0 were given."));
  }
};

APPLESS_TEST(RegionTest)
#include "region_test.moc"
