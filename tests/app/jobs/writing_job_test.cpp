#include "app/jobs/writing_job.h"

#include <QSignalSpy>
#include <QTest>
#include <QThread>
#include <atomic>

#include "core/base/error.h"
#include "tests/test_program.h"

using namespace modascope;

class WritingJobTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void itWritesElsewhereAndTells() {
    WritingJob job;
    QSignalSpy written(&job, &WritingJob::written);
    std::atomic<QThread*> where = nullptr;
    job.start([&] { where = QThread::currentThread(); });
    QVERIFY(job.busy());
    QTRY_COMPARE(written.size(), 1);
    QVERIFY(!job.busy());
    QVERIFY(where != QThread::currentThread());
  }

  void whatGoesWrongIsASentenceAndTheNextIsTried() {
    WritingJob job;
    QSignalSpy failed(&job, &WritingJob::failed);
    QSignalSpy written(&job, &WritingJob::written);
    job.start([] { throw Error("The disk is full.", Fault::System); });
    QTRY_COMPARE(failed.size(), 1);
    QCOMPARE(failed.first().first().toString(), QString("The disk is full."));
    job.start([] {});
    QTRY_COMPARE(written.size(), 1);
  }

  void theEndWaitsForTheFile() {
    std::atomic<bool> through = false;
    {
      WritingJob job;
      job.start([&] {
        QThread::msleep(100);
        through = true;
      });
    }
    QVERIFY(through);
  }
};

GUILESS_TEST(WritingJobTest)
#include "writing_job_test.moc"
