#include "app/jobs/cohort_job.h"

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/jobs/tiny_run.h"
#include "tests/core/featurefile/made_up_features.h"
#include "tests/core/hdf5/odd_hdf5.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

class CohortJobTest : public QObject {
  Q_OBJECT
 private:
  QTemporaryDir folder_;

 private Q_SLOTS:
  void thePhantomIsWrittenOnceAndReadLikeAnyFolder() {
    const std::filesystem::path cache = folder_.path().toStdString();
    std::shared_ptr<const Cohort> cohort;
    CohortJob job;
    connect(&job, &CohortJob::opened, this, [&](const auto& opened) { cohort = opened; });
    job.openPhantom(tinyPhantom(), cache);
    QTRY_VERIFY_WITH_TIMEOUT(cohort, 60000);
    QCOMPARE(cohort->cases.size(), std::size_t{3});
    QCOMPARE(cohort->cases.front().id, phantomId(0));
    QVERIFY(cohort->cases.front().usable());
    const auto file = cohort->cases.front().segmentation;
    const auto written = std::filesystem::last_write_time(file);

    cohort.reset();
    job.openPhantom(tinyPhantom(), cache);
    QTRY_VERIFY_WITH_TIMEOUT(cohort, 60000);
    QVERIFY(std::filesystem::last_write_time(file) == written);
    QCOMPARE(std::distance(std::filesystem::directory_iterator(cache), {}), std::ptrdiff_t{1});
  }

  void onlyTheLastFolderIsTold() {
    const std::filesystem::path cache = folder_.path().toStdString();
    CohortJob job;
    QSignalSpy opened(&job, &CohortJob::opened);
    QSignalSpy failed(&job, &CohortJob::failed);
    job.openPhantom(tinyPhantom(), cache);
    job.open(cache / "nowhere");
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 60000);
    QTest::qWait(200);
    QCOMPARE(opened.size(), 0);
    QVERIFY(failed.first().first().toString().contains("nowhere"));
  }

  void aFileWithoutAnEndIsLeftAtOnce() {
    const std::filesystem::path file = folder_.filePath("endless.h5").toStdString();
    {
      Hdf5Writer writer(file);
      writer.floats("/train/text", {2, 1}, {1, 2});
      writer.floats("/train/labels", {2}, {1, 2});
      writer.strings("/train/ids", {"a", "b"});
    }
    makeEndless(file);
    auto job = std::make_unique<CohortJob>();
    QSignalSpy failed(job.get(), &CohortJob::failed);
    job->open(file);
    QTest::qWait(300);
    job->open("nowhere");  // which ends the first
    QElapsedTimer timer;
    timer.start();
    QTRY_COMPARE_WITH_TIMEOUT(failed.size(), 1, 3000);
    QVERIFY(failed.first().first().toString().contains("nowhere"));
    job->open(file);
    QTest::qWait(300);
    timer.restart();
    job.reset();  // as the window does when it closes
    QVERIFY2(timer.elapsed() < 2000, "it held on");
  }
};

GUILESS_TEST(CohortJobTest)
#include "cohort_job_test.moc"
