#include "widgets/tables/adaptation_table.h"

#include <QTableWidget>
#include <QTest>

#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

const ModalitySet kT1(ModalityId(0));
const ModalitySet kT2(ModalityId(2));

QStringList rowOf(const AdaptationTable& table, int row) {
  QStringList words;
  for (int column = 0; column < table.view()->columnCount(); ++column)
    words << table.view()->item(row, column)->text();
  return words;
}

}  // namespace

class AdaptationTableTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aSetIsFilledAsItIsLearnt() {
    AdaptationTable table;
    table.setSchema(bratsModalities());
    table.set({kT1, 0, {}, {}, false});
    QCOMPARE(rowOf(table, 0), (QStringList{"T1", "–", "–", "–", "learning…"}));
    table.set({kT1, 0, 0.25, 0.25, false});
    QCOMPARE(rowOf(table, 0), (QStringList{"T1", "0.250", "0.250", "0.000", "learning…"}));
    table.set({kT1, 12345, 0.25, 0.375, true});
    QCOMPARE(rowOf(table, 0), (QStringList{"T1", "0.250", "0.375", "+0.125", "12,345"}));
    QCOMPARE(table.view()->rowCount(), 1);
  }

  void theMeanIsOverTheSetsThatAreDoneAndScored() {
    AdaptationTable table;
    table.setSchema(bratsModalities());
    table.set({kT1, 10, 0.5, 0.25, true});
    QCOMPARE(rowOf(table, 0).at(3), QString(QChar(0x2212)) + "0.250");
    QCOMPARE(table.meanWords(), QString("Mean of one set: 0.500 frozen, 0.250 adapted (%1)")
                                    .arg(QString(QChar(0x2212)) + "0.250"));
    table.set({kT2, 10, 0.25, 0.75, false});  // still learning
    QVERIFY(table.meanWords().startsWith("Mean of one set"));
    table.set({kT2, 10, 0.25, 0.75, true});
    QCOMPARE(table.meanWords(), "Mean of 2 sets: 0.375 frozen, 0.500 adapted (+0.125)");
  }

  void whatWasNotScoredHasNoNumber() {
    AdaptationTable table;
    table.setSchema(bratsModalities());
    table.set({kT1, 10, {}, {}, true});
    QCOMPARE(rowOf(table, 0), (QStringList{"T1", "–", "–", "–", "10"}));
    QVERIFY(table.meanWords().isEmpty());
    table.setSchema(ModalitySchema({{"a", "A"}, {"b", "B"}}));
    QCOMPARE(table.view()->rowCount(), 0);
  }
};

WINDOW_TEST(AdaptationTableTest)
#include "adaptation_table_test.moc"
