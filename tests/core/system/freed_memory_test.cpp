#include "core/system/freed_memory.h"

#include <QFile>
#include <QTest>
#include <cstdlib>

#include "tests/test_program.h"

using namespace modascope;

namespace {

/// Resident pages of this process.
qint64 residentPages() {
  QFile file("/proc/self/statm");
  if (!file.open(QIODevice::ReadOnly)) return -1;
  return file.readAll().split(' ').at(1).toLongLong();
}

}  // namespace

class MemoryTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aFreedBlockStaysWithTheProcess() {
#ifndef __GLIBC__
    QSKIP("This C library has no such setting.");
#endif
    keepFreedMemory();
    constexpr std::size_t kBytes = 200 << 20;
    const qint64 before = residentPages();
    auto* block = static_cast<volatile char*>(std::malloc(kBytes));
    for (std::size_t i = 0; i < kBytes; i += 4096) block[i] = 1;
    std::free(const_cast<char*>(block));
    QVERIFY(residentPages() - before > 100 << 20 >> 12);  // in pages of 4 KiB, half of it at least
  }
};

APPLESS_TEST(MemoryTest)
#include "freed_memory_test.moc"
