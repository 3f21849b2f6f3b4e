#include "core/system/parallel.h"

#include <QTest>
#include <algorithm>
#include <atomic>
#include <thread>
#include <vector>

#include "core/base/error.h"
#include "tests/test_program.h"

using namespace modascope;

class ParallelTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyPieceIsDoneOnceHoweverManyThreadsThereAre() {
    for (const std::size_t threads : {std::size_t{1}, std::size_t{3}, std::size_t{64}}) {
      std::vector<int> done(50, 0);
      runParallel({50, [&](std::size_t i) { ++done[i]; }}, threads);
      QCOMPARE(done, std::vector<int>(50, 1));
    }
  }

  void progressIsToldOnTheCallersThreadAndEndsWithAll() {
    const auto caller = std::this_thread::get_id();
    std::vector<std::size_t> told;
    bool elsewhere = false;
    ParallelWork work;
    work.count = 8;
    work.each = [](std::size_t) { std::this_thread::sleep_for(std::chrono::milliseconds(30)); };
    work.progress = [&](std::size_t done) {
      elsewhere = elsewhere || std::this_thread::get_id() != caller;
      told.push_back(done);
    };
    runParallel(work, 2);
    QVERIFY(!elsewhere);
    QVERIFY(told.size() >= 2);
    QVERIFY(std::is_sorted(told.begin(), told.end()));
    QCOMPARE(told.back(), std::size_t{8});
  }

  void whatAPieceThrowsEndsTheWorkAndIsThrownOn() {
    std::atomic<int> begun{0};
    const auto each = [&](std::size_t i) {
      ++begun;
      if (i == 3) throw Error("The fourth is broken.");
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    };
    QVERIFY_EXCEPTION_THROWN(runParallel({100'000, each}, 2), Error);
    QVERIFY(begun < 100'000);
  }

  void aStopLetsThePiecesEndThatHaveBegun() {
    std::stop_source stop;
    std::atomic<std::size_t> begun{0}, ended{0};
    const auto each = [&](std::size_t) {
      if (++begun == 5) stop.request_stop();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      ++ended;
    };
    runParallel({100'000, each}, 2, stop.get_token());
    QCOMPARE(ended.load(), begun.load());
    QVERIFY(begun <= 6);  // the fifth, and one on the other thread
  }

  void nothingToDoIsDone() {
    runParallel({0, [](std::size_t) { QFAIL("There is no piece."); }}, 4);
  }
};

APPLESS_TEST(ParallelTest)
#include "parallel_test.moc"
