#include "core/metrics/group_comparison.h"

#include <QTest>
#include <cmath>

#include "core/problem/brats.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

const ModalitySet kAll = ModalitySet::firstOf(4);
const ModalitySet kT1(ModalityId(0));

/// Dice of all modalities and of T1 alone, one region.
SubsetTable tableOf(double all, double t1) {
  return {bratsModalities(), {"wt"}, {{kAll, {all}, 1, {10 * all}}, {kT1, {t1}, 1, {20}}}};
}

const PairedDifference& diceOf(const GroupComparison& comparison,
                               std::optional<ModalitySet> set = std::nullopt) {
  static const PairedDifference none;
  for (const ComparedRow& row : comparison.rows)
    if (row.set == set) return row.scores.at(0);
  return none;
}

}  // namespace

class GroupComparisonTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everySubsetAndTheMeanOfTheSubsetsAreCompared() {
    const CaseTables a{{"one", tableOf(0.5, 0.25)}, {"two", tableOf(0.75, 0.25)}};
    const CaseTables b{{"one", tableOf(0.75, 0.25)}, {"two", tableOf(1.0, 0.75)}};
    const GroupComparison comparison = compareGroups({a}, {b}, 1);
    QCOMPARE(comparison.cases, (std::vector<std::string>{"one", "two"}));
    QCOMPARE(comparison.rows.size(), std::size_t{3});
    QVERIFY(!comparison.rows[0].set);
    QCOMPARE(diceOf(comparison).mean, 0.25);  // (0.125 + 0.375) / 2
    QCOMPARE(diceOf(comparison).meanA, 0.4375);
    QCOMPARE(diceOf(comparison, kAll).mean, 0.25);
    QCOMPARE(diceOf(comparison, kAll).interval.low, 0.25);  // both cases differ by as much
    QCOMPARE(diceOf(comparison, kT1).mean, 0.25);
    QCOMPARE(diceOf(comparison, kT1).p, 1.0);  // of 0 and 0.5: one sign
    QCOMPARE(comparison.rows[1].hd95.at(0).mean, 2.5);
  }

  void seedsAreAveragedBeforeCasesArePaired() {
    const CaseTables first{{"one", tableOf(0.25, 0)}}, second{{"one", tableOf(0.75, 0)}};
    const CaseTables other{{"one", tableOf(0.625, 0)}};
    const GroupComparison comparison = compareGroups({first, second}, {other}, 1);
    QCOMPARE(diceOf(comparison, kAll).n, 1);
    QCOMPARE(diceOf(comparison, kAll).meanA, 0.5);
    QCOMPARE(diceOf(comparison, kAll).mean, 0.125);
  }

  void casesWithoutAScoreAreNoPairs() {
    const double nan = std::nan("");
    const CaseTables a{{"one", tableOf(0.5, nan)}, {"two", tableOf(0.25, nan)}};
    const CaseTables b{{"one", tableOf(nan, 0.5)}, {"two", tableOf(0.75, nan)}};
    const GroupComparison comparison = compareGroups({a}, {b}, 1);
    QCOMPARE(diceOf(comparison, kAll).n, 1);
    QCOMPARE(diceOf(comparison, kAll).mean, 0.5);
    QCOMPARE(diceOf(comparison, kT1).n, 0);
    QVERIFY(std::isnan(diceOf(comparison, kT1).mean) && std::isnan(diceOf(comparison, kT1).p));
    const auto spread =
        spreadOverRuns({a, CaseTables{{"one", tableOf(nan, nan)}}}, &SubsetTable::Row::scores);
    QCOMPARE(spread[0].mean, 0.375);
    QVERIFY(std::isnan(spread[0].deviation));  // of one run alone
  }

  void foldsAddTheirCasesUp() {
    const std::vector<CaseTables> a{{{"one", tableOf(0.5, 0)}}, {{"two", tableOf(0.25, 0)}}};
    const std::vector<CaseTables> b{{{"one", tableOf(0.75, 0)}}, {{"two", tableOf(0.75, 0)}}};
    const GroupComparison comparison = compareGroups(a, b, 1);
    QCOMPARE(diceOf(comparison, kAll).n, 2);
    QCOMPARE(diceOf(comparison, kAll).mean, 0.375);
  }

  void aSubsetThatACaseLacksLeavesThatCaseOut() {
    SubsetTable lacking = tableOf(0.5, 0.5);
    lacking.rows[0].cases = 0;
    const CaseTables a{{"one", lacking}, {"two", tableOf(0.5, 0.5)}};
    const CaseTables b{{"one", lacking}, {"two", tableOf(1, 1)}};
    const GroupComparison comparison = compareGroups({a}, {b}, 1);
    QCOMPARE(diceOf(comparison, kAll).n, 1);
    QCOMPARE(diceOf(comparison, kT1).n, 2);
    QCOMPARE(diceOf(comparison).n, 2);
  }

  void casesOfOneGroupOnlyAreLeftOutAndNoneInCommonIsAnError() {
    const CaseTables a{{"one", tableOf(0.5, 0)}, {"two", tableOf(0.5, 0)}};
    const CaseTables b{{"two", tableOf(0.5, 0)}, {"three", tableOf(0.5, 0)}};
    QCOMPARE(compareGroups({a}, {b}, 1).cases, std::vector<std::string>{"two"});
    const CaseTables c{{"three", tableOf(0.5, 0)}};
    QVERIFY(contains(sentenceOf([&] { compareGroups({a}, {c}, 1); }), "no case in common"));
  }

  void otherModalitiesAreRefused() {
    SubsetTable other = tableOf(0.5, 0);
    other.schema = ModalitySchema({{"rgb", "RGB"}, {"depth", "Depth"}});
    QVERIFY(contains(sentenceOf([&] {
                       compareGroups({{{"one", tableOf(0.5, 0)}}}, {{{"one", other}}}, 1);
                     }),
                     "different modalities"));
  }

  void theSpreadIsThatOfTheRunsMeans() {
    const CaseTables first{{"one", tableOf(0.5, 0)}, {"two", tableOf(0.25, 0.25)}};  // 0.25
    const CaseTables second{{"one", tableOf(1, 0.5)}};                               // 0.75
    const auto spread = spreadOverRuns({first, second}, &SubsetTable::Row::scores);
    QCOMPARE(spread.at(0).mean, 0.5);
    QCOMPARE(spread.at(0).deviation, 0.5 / std::sqrt(2.0));
    QVERIFY(std::isnan(spreadOverRuns({first}, &SubsetTable::Row::scores).at(0).deviation));
  }
};

APPLESS_TEST(GroupComparisonTest)
#include "group_comparison_test.moc"
