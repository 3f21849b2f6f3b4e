#include "core/events/mailbox.h"

#include <QTest>
#include <memory>
#include <thread>

#include "tests/test_program.h"

using namespace modascope;

class MailboxTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsPutComesOutOnceAndInOrder() {
    Mailbox<int> mailbox(3);
    mailbox.put(1);
    mailbox.put(2);
    QCOMPARE(mailbox.drain(), (std::vector<int>{1, 2}));
    QVERIFY(mailbox.drain().empty());
    QCOMPARE(mailbox.dropped(), std::size_t{0});
  }

  void whenItIsFullTheOldestGo() {
    Mailbox<int> mailbox(3);
    for (int i = 1; i <= 10; ++i) mailbox.put(i);
    QCOMPARE(mailbox.drain(), (std::vector<int>{8, 9, 10}));
    QCOMPARE(mailbox.dropped(), std::size_t{7});
  }

  void valuesAreMovedNeverCopied() {
    Mailbox<std::unique_ptr<int>> mailbox(2);
    mailbox.put(std::make_unique<int>(5));
    QCOMPARE(*mailbox.drain().front(), 5);
  }

  void nothingIsLostUncountedWhileTwoThreadsUseIt() {
    constexpr int kCount = 20'000;
    Mailbox<int> mailbox(64);
    std::jthread writer([&mailbox] {
      for (int i = 0; i < kCount; ++i) mailbox.put(i);
    });
    std::size_t seen = 0;
    int last = -1;
    bool inOrder = true;
    const auto look = [&] {
      for (const int value : mailbox.drain()) {
        inOrder = inOrder && value > last;
        last = value;
        ++seen;
      }
    };
    while (last < kCount - 1) {
      look();
      std::this_thread::yield();
    }
    QVERIFY(inOrder);
    QCOMPARE(seen + mailbox.dropped(), std::size_t{kCount});
  }
};

APPLESS_TEST(MailboxTest)
#include "mailbox_test.moc"
