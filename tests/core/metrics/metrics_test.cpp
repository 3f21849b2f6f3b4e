#include <QTest>
#include <cmath>

#include "core/metrics/dice.h"
#include "core/metrics/next_scan.h"
#include "core/metrics/soft_dice.h"
#include "core/metrics/subset_table.h"
#include "core/problem/brats.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

LabelVolume row(std::vector<std::uint8_t> voxels) {
  VoxelGrid grid;
  grid.size = {static_cast<std::int64_t>(voxels.size()), 1, 1};
  return {grid, std::move(voxels)};
}

const ModalitySet kT1(ModalityId(0));
const ModalitySet kFlair(ModalityId(3));
const ModalitySet kAll = ModalitySet::firstOf(4);

SubsetTable tableOf(std::vector<SubsetTable::Row> rows) {
  return {bratsModalities(), {"wt", "et"}, std::move(rows)};
}

}  // namespace

class MetricsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void diceIsTwiceTheCommonPartOfBoth() {
    //                             NCR ED ET -  ED NCR
    const LabelVolume predicted = row({1, 2, 4, 0, 2, 1});
    const LabelVolume truth = row({2, 2, 4, 4, 0, 1});
    QCOMPARE(dice(predicted, truth, bratsRegions()[0]), 2.0 * 4 / (5 + 5));
    QCOMPARE(dice(predicted, truth, bratsRegions()[1]), 2.0 * 2 / (3 + 3));
    QCOMPARE(dice(predicted, truth, bratsRegions()[2]), 2.0 * 1 / (1 + 2));
  }

  void theSameIsOneAndNothingInCommonIsZero() {
    QCOMPARE(dice(row({4, 0}), row({4, 0}), bratsRegions()[0]), 1.0);
    QCOMPARE(dice(row({4, 0}), row({0, 4}), bratsRegions()[0]), 0.0);
  }

  void emptyInBothIsOneAndInOneOfThemZero() {
    QCOMPARE(dice(row({2, 0}), row({2, 2}), bratsRegions()[2]), 1.0);
    QCOMPARE(dice(row({2, 4}), row({2, 2}), bratsRegions()[2]), 0.0);
    QCOMPARE(dice(row({2, 2}), row({2, 4}), bratsRegions()[2]), 0.0);
  }

  void anotherGridIsRefused() {
    LabelVolume moved = row({4, 0});
    moved.grid.origin[0] = 5;
    QVERIFY(contains(sentenceOf([&] {
                       dice(moved, row({4, 0}), bratsRegions()[0]);
                     }),
                     "different grids"));
    QVERIFY(!sentenceOf([&] { dice(row({4}), row({4, 0}), bratsRegions()[0]); }).empty());
  }

  void theMeanLeavesOutRowsWithoutCases() {
    const double nan = std::nan("");
    const SubsetTable table =
        tableOf({{kAll, {0.9, 0.6}, 2}, {kT1, {0.5, 0.2}, 2}, {kFlair, {nan, nan}, 0}});
    QCOMPARE(table.mean(), (std::vector<double>{0.7, 0.4}));
    QVERIFY(std::isnan(tableOf({{kFlair, {nan, nan}, 0}}).mean()[0]));
  }

  void whatIsNotDefinedDoesNotCount() {
    const double nan = std::nan("");
    const SubsetTable table =
        tableOf({{kAll, {0.5, 0.5}, 2}, {kT1, {nan, 0.25}, 2}, {kFlair, {nan, 0.75}, 2}});
    QCOMPARE(table.mean(), (std::vector<double>{0.5, 0.5}));
    QVERIFY(std::isnan(tableOf({{kAll, {nan, 1}, 2}, {kT1, {nan, 1}, 2}}).mean()[0]));
    const SubsetTable pool =
        pooled({tableOf({{kT1, {nan, 0.5}, 1}}), tableOf({{kT1, {0.25, nan}, 3}}),
                tableOf({{kT1, {nan, 0.5}, 1}})});
    QCOMPARE(pool.rows[0].scores, (std::vector<double>{0.25, 0.5}));
    QVERIFY(std::isnan(mainScore(Task::Regression, {})));
    QVERIFY(worthOfAdding(tableOf({{kAll, {nan, nan}, 1}, {kT1, {1, 1}, 1}}), kT1).empty());
  }

  void poolingWeighsByCases() {
    const double nan = std::nan("");
    const SubsetTable pool =
        pooled({tableOf({{kT1, {0.4, 0.1}, 1}, {kFlair, {nan, nan}, 0}}),
                tableOf({{kAll, {0.9, 0.8}, 3}, {kT1, {0.8, 0.5}, 3}, {kFlair, {nan, nan}, 0}})});
    QCOMPARE(pool.rows.size(), std::size_t{3});
    QCOMPARE(pool.rows[0].set, kAll);  // in the order of allSubsets
    QCOMPARE(pool.rows[0].cases, 3);
    QCOMPARE(pool.rows[1].set, kT1);
    QCOMPARE(pool.rows[1].cases, 4);
    QCOMPARE(pool.rows[1].scores[0], (0.4 + 3 * 0.8) / 4);
    QCOMPARE(pool.rows[1].scores[1], (0.1 + 3 * 0.5) / 4);
    QCOMPARE(pool.rows[2].cases, 0);
    QVERIFY(std::isnan(pool.rows[2].scores[0]));
  }

  void hd95IsPooledLikeDice() {
    const SubsetTable one = tableOf({{kAll, {1, 1}, 1, {2, 4}}, {kT1, {1, 1}, 1, {6, 8}}});
    const SubsetTable two = tableOf({{kAll, {1, 1}, 3, {10, 0}}, {kT1, {0, 0}, 0}});
    const SubsetTable pool = pooled({one, two});
    QCOMPARE(pool.rows[0].hd95, (std::vector<double>{8, 1}));
    QCOMPARE(pool.rows[1].hd95, (std::vector<double>{6, 8}));
    QCOMPARE(pool.meanHd95(), (std::vector<double>{7, 4.5}));
    QVERIFY(tableOf({{kAll, {1, 1}, 1}}).meanHd95().empty());
    QVERIFY(!sentenceOf([&] { pooled({one, tableOf({{kAll, {1, 1}, 1}})}); }).empty());
  }

  void tablesAgainstDifferentReferencesAreNotPooled() {
    SubsetTable agreement = tableOf({{kAll, {1, 1}, 1}});
    agreement.reference = Reference::AllModalities;
    QVERIFY(!sentenceOf([&] { pooled({agreement, tableOf({{kAll, {1, 1}, 1}})}); }).empty());
    QCOMPARE(pooled({agreement}).reference, Reference::AllModalities);
  }

  void theNextScanIsTheOneThatAddsMost() {
    const ModalitySet t1ce(ModalityId(1)), t2(ModalityId(2));
    const SubsetTable table = tableOf({{kT1, {0.5, 0.1}, 1},
                                       {kT1.with(ModalityId(1)), {0.6, 0.8}, 1},
                                       {kT1.with(ModalityId(2)), {0.75, 0.1}, 1},
                                       {kT1.with(ModalityId(3)), {0, 0}, 0},
                                       {t1ce, {0.25, 0.7}, 1}});
    const auto add = worthOfAdding(table, kT1);
    QCOMPARE(add.size(), std::size_t{2});  // FLAIR was not measured
    QCOMPARE(add[0].modality, ModalityId(1));
    QVERIFY(std::abs(add[0].scores[1] - 0.7) < 1e-12);
    QVERIFY(std::abs(add[0].mean - 0.4) < 1e-12);
    QCOMPARE(add[1].modality, ModalityId(2));
    const auto keep = worthOfKeeping(table, kT1.with(ModalityId(1)));
    QCOMPARE(keep.size(), std::size_t{2});
    QCOMPARE(keep[0].modality, ModalityId(1));  // .1 and .7 against .35 and .1 of T1
    QVERIFY(std::abs(keep[1].mean - 0.225) < 1e-12);
    QVERIFY(worthOfKeeping(table, t2).empty());
  }

  void softDicePoolsTheSumsOfAllCases() {
    SoftDicePool pool(2);
    const std::vector<std::uint8_t> first{1, 0}, second{1, 1, 0};
    pool.add(0, std::vector<float>{0.5f, 0.25f}, first);         // pt 0.5, p 0.75, t 1
    pool.add(0, std::vector<float>{1.0f, 0.5f, 0.75f}, second);  // pt 1.5, p 2.25, t 2
    QCOMPARE(pool.dice()[0], (2 * 2.0 + 1) / (3.0 + 3.0 + 1));
    QCOMPARE(pool.dice()[1], 1.0);  // nothing predicted, nothing there
  }

  void tablesOfOtherRegionsAreNotPooled() {
    SubsetTable other = tableOf({});
    other.columns = {"wt", "tc"};
    QVERIFY(!sentenceOf([&] { pooled({tableOf({}), other}); }).empty());
  }
};

APPLESS_TEST(MetricsTest)
#include "metrics_test.moc"
