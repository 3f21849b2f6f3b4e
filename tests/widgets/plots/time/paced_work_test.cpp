#include "widgets/plots/time/paced_work.h"

#include <QtTest>

#include "tests/test_program.h"

using namespace modascope;

class PacedWorkTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theFirstIsDoneAtOnce() {
    int done = 0;
    PacedWork work([&] { ++done; }, 60000);
    work.request();
    QCOMPARE(done, 1);
  }

  void manyRequestsBecomeOneMore() {
    int done = 0;
    PacedWork work([&] { ++done; }, 50);
    for (int i = 0; i < 100; ++i) work.request();
    QCOMPARE(done, 1);
    QTRY_COMPARE(done, 2);
    QTest::qWait(150);
    QCOMPARE(done, 2);
  }

  void whatTakesLongRestsFourTimesAsLong() {
    QElapsedTimer clock;
    qint64 second = 0;
    int done = 0;
    PacedWork work(
        [&] {
          if (++done == 2) second = clock.elapsed();
          QTest::qSleep(50);
        },
        0);
    work.request();
    clock.start();
    work.request();
    QCOMPARE(done, 1);
    QTRY_COMPARE(done, 2);
    QVERIFY2(second >= 190, qPrintable(QString::number(second)));
  }

  void soonIsNotBeforeTheCallerHasReturned() {
    int done = 0;
    PacedWork work([&] { ++done; }, 0);
    work.requestSoon();
    QCOMPARE(done, 0);
    QTRY_COMPARE(done, 1);
  }

  void nothingFollowsWhatIsGone() {
    int done = 0;
    {
      PacedWork work([&] { ++done; }, 0);
      work.requestSoon();
    }
    QTest::qWait(20);
    QCOMPARE(done, 0);
  }
};

GUILESS_TEST(PacedWorkTest)
#include "paced_work_test.moc"
