#include "app/window/caught_application.h"

#include <QTest>
#include <QTimer>
#include <QWidget>
#include <atomic>
#include <stdexcept>
#include <thread>

#include "core/base/error.h"

using namespace modascope;

namespace {

CaughtApplication& app() {
  return *static_cast<CaughtApplication*>(qApp);
}

struct Painted : QWidget {
  int times = 0;
  void paintEvent(QPaintEvent*) override {
    ++times;
    throw std::runtime_error("cannot paint");
  }
};

}  // namespace

/// Whatever is thrown in a slot, an event or the painting: the loop goes on.
class CaughtApplicationTest : public QObject {
  Q_OBJECT

  QStringList told_;

  template <typename Thrown>
  static void throwInTheLoop(Thrown thrown) {
    QTimer::singleShot(0, qApp, [thrown] { throw thrown; });
  }

 private Q_SLOTS:
  void init() {
    told_.clear();
    app().setTeller([this](const QString& sentence) { told_ << sentence; });
  }

  void anErrorIsToldInItsOwnWords() {
    throwInTheLoop(Error("The folder \"x\" may not be entered."));
    QTRY_COMPARE(told_, QStringList("The folder \"x\" may not be entered."));
  }

  void whatHasNoWordsIsToldToo() {
    throwInTheLoop(42);
    QTRY_COMPARE(told_.size(), 1);
    QVERIFY(told_.first().contains("went wrong"));
  }

  void theLoopGoesOn() {
    bool later = false;
    throwInTheLoop(std::runtime_error("one"));
    QTimer::singleShot(50, qApp, [&later] { later = true; });
    QTRY_VERIFY(later);
    QCOMPARE(told_, QStringList("Something went wrong: one"));
  }

  void whatRepeatsItselfIsToldOnce() {
    Painted widget;
    widget.show();
    QTRY_VERIFY(widget.times > 0);
    for (int i = 0; i < 5; ++i) {
      widget.repaint();
      QTest::qWait(5);
    }
    QVERIFY(widget.times > 1);
    QCOMPARE(told_.size(), 1);
  }

  void tellingThatThrowsIsNotToldAgain() {
    int tries = 0;
    app().setTeller([&tries](const QString&) {
      ++tries;
      throw std::runtime_error("no card");
    });
    throwInTheLoop(std::runtime_error("two"));
    QTRY_COMPARE(tries, 1);
    QTest::qWait(100);
    QCOMPARE(tries, 1);
  }

  void aThreadThatComputesIsLeftAlone() {
    std::atomic<int> steps = 0;
    std::jthread training([&steps](std::stop_token stop) {
      while (!stop.stop_requested()) {
        ++steps;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    });
    throwInTheLoop(std::runtime_error("three"));
    QTRY_COMPARE(told_.size(), 1);
    const int before = steps;
    QTRY_VERIFY(steps > before);
  }

  void theBeginningOutsideTheLoopIsUnderTheNetToo() {
    app().guarded([] { throw Error("four"); });
    QTRY_COMPARE(told_, QStringList("four"));
  }
};

int main(int argc, char** argv) {
  CaughtApplication application(argc, argv);
  CaughtApplicationTest test;
  return QTest::qExec(&test, argc, argv);
}
#include "caught_application_test.moc"
