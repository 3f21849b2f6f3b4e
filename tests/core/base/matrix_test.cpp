#include "core/base/matrix.h"

#include <QTest>

#include "tests/test_program.h"

using namespace modascope;

class MatrixTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void rowsAndColumnsAreAsWritten() {
    const Matrix m{{1, 2, 3}, {4, 5, 6}};
    QCOMPARE(m.rows(), std::size_t{2});
    QCOMPARE(m.columns(), std::size_t{3});
    QCOMPARE(m(0, 2), 3.0);
    QCOMPARE(m(1, 0), 4.0);
  }

  void theProductIsRowsTimesColumns() {
    const Matrix a{{1, 2, 3}, {4, 5, 6}};
    const Matrix b{{1, 0}, {0, 1}, {2, -1}};
    QVERIFY((a * b == Matrix{{7, -1}, {16, -1}}));
  }

  void transposingSwapsRowsAndColumns() {
    QVERIFY((transposed(Matrix{{1, 2, 3}, {4, 5, 6}}) == Matrix{{1, 4}, {2, 5}, {3, 6}}));
  }

  void theIdentityChangesNothing() {
    const Matrix a{{1, 2}, {3, 4}};
    QVERIFY(identity(2) * a == a);
    QVERIFY(a * identity(2) == a);
    QVERIFY((identity(2) == Matrix{{1, 0}, {0, 1}}));
  }

  void aMatrixWithoutRowsIsEmpty() {
    QVERIFY(Matrix().empty());
    QVERIFY(Matrix(0, 3).empty());
    QVERIFY(!Matrix(1, 1).empty());
  }
};

APPLESS_TEST(MatrixTest)
#include "matrix_test.moc"
