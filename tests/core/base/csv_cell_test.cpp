#include "core/base/csv_cell.h"

#include <QTest>
#include <limits>

#include "tests/test_program.h"

using namespace modascope;

class CsvCellTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void numbersReadBackAndWhatWasNotMeasuredIsEmpty() {
    QCOMPARE(csvCell(0.1), std::string("0.1"));
    QCOMPARE(csvCell(-2.0), std::string("-2"));
    QCOMPARE(csvCell(std::numeric_limits<double>::quiet_NaN()), std::string());
  }

  void textThatWouldBreakTheRowIsQuoted() {
    QCOMPARE(csvCell("wet road"), std::string("wet road"));
    QCOMPARE(csvCell("road, wet"), std::string("\"road, wet\""));
    QCOMPARE(csvCell("a \"b\""), std::string("\"a \"\"b\"\"\""));
  }
};

APPLESS_TEST(CsvCellTest)
#include "csv_cell_test.moc"
