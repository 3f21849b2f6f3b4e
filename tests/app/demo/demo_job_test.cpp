#include "app/demo/demo_job.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/demo/demo_file.h"
#include "core/files/atomic_file.h"
#include "tests/core/demo/made_up_demo.h"
#include "tests/test_program.h"

using namespace modascope;

class DemoJobTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  std::filesystem::path in(const char* name) const {
    return std::filesystem::path(folder_.path().toStdString()) / name;
  }

 private Q_SLOTS:
  void whatWasMadeIsOpenedAndCounted() {
    writeAtomically(in("a.demo"), packDemo(madeUpDemo()));
    DemoJob job;
    std::shared_ptr<const OpenedDemo> got;
    connect(&job, &DemoJob::opened, this, [&got](const auto& demo) { got = demo; });
    job.open(in("a.demo"));
    QTRY_VERIFY(got);
    QCOMPARE(got->truthMl.size(), std::size_t{1});
    QCOMPARE(got->tables.front().rows.size(), std::size_t{3});
    QCOMPARE(got->disagreement->voxels.size(), std::size_t{24});
  }

  void whatIsBrokenIsSaidInASentence_data() {
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("words");
    const auto whole = QByteArray::fromStdString(packDemo(madeUpDemo()));
    QTest::newRow("cut off") << QString::fromLatin1(whole.left(whole.size() / 2)) << "cut off";
    QTest::newRow("text") << "hello"
                          << "no zip container";
    QTest::newRow("empty") << ""
                           << "demonstration";
  }

  void whatIsBrokenIsSaidInASentence() {
    QFETCH(const QString, content);
    QFETCH(const QString, words);
    writeAtomically(in("b.demo"), content.toLatin1().toStdString());
    DemoJob job;
    QSignalSpy failed(&job, &DemoJob::failed);
    job.open(in("b.demo"));
    QVERIFY(failed.wait(5000));
    const QString sentence = failed.first().first().toString();
    QVERIFY2(sentence.contains(words) && sentence.contains("b.demo"), qPrintable(sentence));
  }

  void theNewestRequestWins() {
    writeAtomically(in("a.demo"), packDemo(madeUpDemo()));
    DemoJob job;
    QSignalSpy failed(&job, &DemoJob::failed);
    QSignalSpy opened(&job, &DemoJob::opened);
    job.open(in("nowhere.demo"));
    job.open(in("a.demo"));
    QVERIFY(opened.wait(5000));
    QCOMPARE(failed.size(), 0);
  }
};

GUILESS_TEST(DemoJobTest)
#include "demo_job_test.moc"
