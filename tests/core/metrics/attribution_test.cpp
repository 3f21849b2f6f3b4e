#include "core/metrics/attribution.h"

#include <QTest>

#include "core/problem/brats.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

VoxelGrid line(std::size_t voxels) {
  VoxelGrid grid;
  grid.size = {static_cast<std::int64_t>(voxels), 1, 1};
  return grid;
}

Volume map(std::vector<float> voxels) {
  return {line(voxels.size()), std::move(voxels)};
}

LabelVolume row(std::vector<std::uint8_t> voxels) {
  return {line(voxels.size()), std::move(voxels)};
}

/// T1ce and FLAIR, the second and fourth of the schema.
const ModalitySet kTwo = ModalitySet(ModalityId(1)).with(ModalityId(3));

Attribution twoMaps(std::vector<float> t1ce, std::vector<float> flair) {
  Attribution facts{bratsModalities(), kTwo, bratsRegions(), bratsRegions()[2]};
  facts.maps = {map(std::move(t1ce)), map(std::move(flair))};
  facts.scale = scaleOf(facts.maps);
  return facts;
}

/// Shares of ET and drops of T1ce and FLAIR.
Attribution said(double shareT1ce, double dropT1ce, double dropFlair) {
  Attribution facts{bratsModalities(), kTwo, bratsRegions(), bratsRegions()[2]};
  facts.shares = {{"et", {shareT1ce, 1 - shareT1ce}}};
  facts.removals.measure = RemovalMeasure::DiceWithTruth;
  facts.removals.each = {{ModalityId(1), 0, dropT1ce, 0}, {ModalityId(3), 0, dropFlair, 0}};
  return facts;
}

bool near(double a, double b) {
  return std::abs(a - b) < 1e-6;
}

}  // namespace

class AttributionFactsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void sharesAreSumsOverTheVoxelsInside() {
    const std::vector<Volume> maps{map({1, 2, 0, 8}), map({3, 0, 4, 1})};
    const LabelVolume inside = row({1, 1, 0, 0});
    const AttributionShares shares = sharesOf(maps, "et", &inside);
    QVERIFY(near(shares.shares[0], 3.0 / 6));
    QVERIFY(near(shares.shares[1], 3.0 / 6));
    const AttributionShares all = sharesOf(maps, "everywhere");
    QVERIFY(near(all.shares[0], 11.0 / 19));
    QVERIFY(near(all.shares[1], 8.0 / 19));
  }

  void whereAllMapsAreZeroThereAreNoShares() {
    const LabelVolume inside = row({0, 1});
    QVERIFY(sharesOf({map({5, 0}), map({2, 0})}, "et", &inside).shares.empty());
  }

  void withoutATruthADisagreementIsNotAboutDice() {
    Attribution facts = said(0.61, 0.02, 0.56);
    facts.removals.measure = RemovalMeasure::DiceWithFullPrediction;
    const auto words = disagreement(facts);
    QVERIFY(words && contains(*words, "leaving out FLAIR changes most (drop in agreement 0.56"));
    QVERIFY(!contains(*words, "Dice"));
  }

  void sharesOfAnotherGridAreRefused() {
    LabelVolume inside = row({0, 1});
    inside.grid.origin[1] = 4;
    QVERIFY(contains(sentenceOf([&] { sharesOf({map({5, 0})}, "et", &inside); }), "grid"));
  }

  void theScaleIsOneForAllModalities() {
    QCOMPARE(scaleOf({map({1, 2}), map({0, 7})}), 7.0F);
    QCOMPARE(scaleOf({map({0, 0}), map({0, 0})}), 0.0F);
  }

  void theStrongestIsNamedByItsPlaceInTheSchemaAndTheMarginIsOfTheScale() {
    const Dominance result = dominance(twoMaps({4, 1, 0, 2}, {1, 3, 0, 2}));  // scale 4
    QCOMPARE(result.strongest.voxels, (std::vector<std::uint8_t>{2, 4, 0, 2}));
    QCOMPARE(result.margin.voxels, (std::vector<float>{0.75F, 0.5F, 0, 0}));
  }

  void aSingleModalityHasItsOwnValueAsMargin() {
    Attribution facts = twoMaps({4, 1}, {0, 0});
    facts.set = ModalitySet(ModalityId(1));
    facts.maps.pop_back();
    QCOMPARE(dominance(facts).margin.voxels, (std::vector<float>{1, 0.25F}));
  }

  void noPositiveEvidenceHasNoStrongest() {
    const Dominance result = dominance(twoMaps({0, 0}, {0, 0}));
    QCOMPARE(result.strongest.voxels, (std::vector<std::uint8_t>{0, 0}));
    QCOMPARE(result.margin.voxels, (std::vector<float>{0, 0}));
  }

  void withoutMapsTheReasonIsSaid() {
    Attribution facts{bratsModalities(), kTwo, bratsRegions(), bratsRegions()[2]};
    facts.noMaps = "Nothing here.";
    QCOMPARE(sentenceOf([&] { dominance(facts); }), std::string("Nothing here."));
  }

  void aMaskHoldsTheNestedRegion() {
    QCOMPARE(regionMask(row({0, 1, 2, 4}), bratsRegions()[1]).voxels,
             (std::vector<std::uint8_t>{0, 1, 0, 1}));
  }

  void diceLooksOnlyWhereItIsTold() {
    const LabelVolume labels = row({4, 4, 0, 4}), reference = row({4, 0, 4, 4});
    QVERIFY(near(regionDice(labels, reference, bratsRegions()[2]), 2.0 * 2 / 6));
    const LabelVolume inside = row({1, 1, 0, 0});
    QVERIFY(near(regionDice(labels, reference, bratsRegions()[2], &inside), 2.0 * 1 / 3));
  }

  void mapAndRemovalsDisagreeWhenTheyNameDifferentModalities() {
    const auto words = disagreement(said(0.61, 0.02, 0.56));
    QVERIFY(words.has_value());
    for (const char* part : {"ET", "T1ce has the largest attribution share (61 %)",
                             "leaving out FLAIR costs most", "0.56"})
      QVERIFY2(contains(*words, part), words->c_str());
  }

  void theyAgreeOnTheSameModalityAndOnWhatIsNotClear() {
    QVERIFY(!disagreement(said(0.61, 0.56, 0.02)));
    QVERIFY(!disagreement(said(0.51, 0.02, 0.56)));   // shares 0.02 apart
    QVERIFY(!disagreement(said(0.61, 0.30, 0.315)));  // drops 0.015 apart
    Attribution silent = said(0.61, 0.02, 0.56);
    silent.shares.front().shares.clear();
    QVERIFY(!disagreement(silent));
    Attribution single = said(0.61, 0.02, 0.56);
    single.removals.each.clear();
    QVERIFY(!disagreement(single));
  }
};

APPLESS_TEST(AttributionFactsTest)
#include "attribution_test.moc"
