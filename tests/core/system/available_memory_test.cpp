#include "core/system/available_memory.h"

#include <QTemporaryDir>
#include <QTest>

#include <sys/resource.h>

#include "core/files/atomic_file.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

/// A made-up /proc and /sys.
class AvailableMemoryTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path root() const { return temporary_.path().toStdString(); }
  void put(const char* file, const char* text) const { writeAtomically(root() / file, text); }

 private Q_SLOTS:
  void init() {
    fs::remove_all(root());
    put("proc/meminfo", "MemTotal:  9000 kB\nMemFree:  10 kB\nMemAvailable:  5000 kB\n");
  }

  void theSystemSaysWhatItHas() { QVERIFY(availableMemory(root()) == 5000u * 1024); }

  void whereNothingIsSaidNothingIsKnown() {
    fs::remove_all(root());
    QVERIFY(!availableMemory(root()));
  }

  void theTightestGroupDecides() {
    put("proc/self/cgroup", "0::/user/shell\n");
    put("sys/fs/cgroup/user/shell/memory.max", "max\n");
    put("sys/fs/cgroup/user/shell/memory.current", "100\n");
    put("sys/fs/cgroup/user/memory.max", "4096000\n");
    put("sys/fs/cgroup/user/memory.current", "1096000\n");
    QVERIFY(availableMemory(root()) == 3000000u);
    put("sys/fs/cgroup/user/memory.stat", "anon 5\ninactive_file 96000\n");
    QVERIFY(availableMemory(root()) == 3096000u);
    put("sys/fs/cgroup/user/memory.current", "5096000\n");
    QVERIFY(availableMemory(root()) == 0u);
  }

  void theOlderKindOfGroupsCountsToo() {
    put("proc/self/cgroup", "5:cpu:/x\n4:memory:/a/b\n");
    put("sys/fs/cgroup/memory/memory.limit_in_bytes", "3000000\n");  // as inside a container
    put("sys/fs/cgroup/memory/memory.usage_in_bytes", "1000000\n");
    QVERIFY(availableMemory(root()) == 2000000u);
  }

  void theProcessMayHaveALimitOfItsOwn() {
    rlimit before{};
    getrlimit(RLIMIT_AS, &before);
    if (before.rlim_cur != RLIM_INFINITY) QSKIP("this process has a limit already");
    put("proc/self/status", "VmSize:  1000 kB\n");
    const rlimit small{std::uint64_t{4} << 30, before.rlim_max};
    put("proc/meminfo", "MemAvailable:  9999999999 kB\n");
    setrlimit(RLIMIT_AS, &small);
    const auto left = availableMemory(root());
    setrlimit(RLIMIT_AS, &before);
    QVERIFY(left == (std::uint64_t{4} << 30) - 1000 * 1024);
  }
};

APPLESS_TEST(AvailableMemoryTest)
#include "available_memory_test.moc"
