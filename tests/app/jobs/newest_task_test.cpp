#include "app/jobs/newest_task.h"

#include <QTest>
#include <atomic>
#include <semaphore>
#include <vector>

#include "tests/test_program.h"

using namespace modascope;

class NewestTaskTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void ofThoseThatWaitOnlyTheNewestIsDone() {
    std::binary_semaphore started{0};
    std::binary_semaphore go{0};
    std::binary_semaphore done{0};
    std::vector<int> order;  // written by the worker, read after `done`
    NewestTask task;
    task.post([&](std::stop_token) {
      started.release();
      go.acquire();
      order.push_back(1);
    });
    started.acquire();
    task.post([&](std::stop_token) { order.push_back(2); });
    task.post([&](std::stop_token) { order.push_back(3); });
    task.post([&](std::stop_token) {
      order.push_back(4);
      done.release();
    });
    go.release();
    done.acquire();
    QCOMPARE(order, (std::vector{1, 4}));
  }

  void anInterruptionStopsTheRunningTask() {
    std::binary_semaphore started{0};
    std::binary_semaphore done{0};
    std::atomic<bool> stopped{false};
    NewestTask task;
    task.post([&](std::stop_token stop) {
      started.release();
      while (!stop.stop_requested()) std::this_thread::yield();
      stopped = true;
    });
    started.acquire();
    task.interruptAndPost([&](std::stop_token stop) {
      if (!stop.stop_requested()) done.release();
    });
    done.acquire();
    QVERIFY(stopped);
  }

  void theEndStopsTheRunningTaskAndWaits() {
    std::binary_semaphore started{0};
    std::atomic<bool> stopped{false};
    {
      NewestTask task;
      task.post([&](std::stop_token stop) {
        started.release();
        while (!stop.stop_requested()) std::this_thread::yield();
        stopped = true;
      });
      started.acquire();
    }
    QVERIFY(stopped);
  }
};

GUILESS_TEST(NewestTaskTest)
#include "newest_task_test.moc"
