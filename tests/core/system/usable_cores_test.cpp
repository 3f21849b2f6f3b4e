#include "core/system/usable_cores.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include <sched.h>

#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

/// A made-up /proc and /sys; what the process may run on is the machine's own.
class UsableCoresTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path root() const { return fs::path(temporary_.path().toStdString()) / "root"; }
  void put(const std::string& file, const std::string& text) const {
    fs::create_directories((root() / file).parent_path());
    std::ofstream(root() / file) << text;
  }
  static int allowed() {
    cpu_set_t set;
    sched_getaffinity(0, sizeof set, &set);
    return CPU_COUNT(&set);
  }

 private Q_SLOTS:
  void init() {
    fs::remove_all(root());
    fs::create_directories(root());
  }

  void withoutGroupsTheAffinityDecides() { QCOMPARE(usableCores(root()), allowed()); }

  void aProcessThatMayRunOnOneCoreUsesOne() {
    cpu_set_t before, one;
    sched_getaffinity(0, sizeof before, &before);
    CPU_ZERO(&one);
    for (int core = 0; core < CPU_SETSIZE; ++core)
      if (CPU_ISSET(core, &before)) {
        CPU_SET(core, &one);
        break;
      }
    QCOMPARE(sched_setaffinity(0, sizeof one, &one), 0);
    const auto cores = usableCores(root());
    sched_setaffinity(0, sizeof before, &before);
    QCOMPARE(cores, 1);
  }

  void ofAQuotaPartsCountAsACore_data() {
    QTest::addColumn<QString>("quota");
    QTest::addColumn<int>("cores");
    QTest::newRow("half a core") << "50000 100000" << 1;
    QTest::newRow("one core") << "100000 100000" << 1;
    QTest::newRow("one and a half") << "150000 100000" << 2;
    QTest::newRow("a hundredth") << "1000 100000" << 1;
  }
  void ofAQuotaPartsCountAsACore() {
    QFETCH(QString, quota);
    QFETCH(int, cores);
    put("proc/self/cgroup", "0::/\n");
    put("sys/fs/cgroup/cpu.max", quota.toStdString() + "\n");
    QCOMPARE(usableCores(root()), std::min(cores, allowed()));
  }

  void noQuotaIsNoLimit_data() {
    QTest::addColumn<QString>("text");
    for (const char* text : {"max 100000\n", "", "rubbish", "0 0", "-5 100000"})
      QTest::newRow(text) << text;
  }
  void noQuotaIsNoLimit() {
    QFETCH(QString, text);
    put("proc/self/cgroup", "0::/a\n");
    put("sys/fs/cgroup/a/cpu.max", text.toStdString());
    QCOMPARE(usableCores(root()), allowed());
  }

  void theTightestGroupDecides() {
    put("proc/self/cgroup", "0::/job/step\n");
    put("sys/fs/cgroup/job/step/cpu.max", "max 100000\n");
    put("sys/fs/cgroup/job/cpu.max", "90000 100000\n");
    QCOMPARE(usableCores(root()), 1);
  }

  void theOlderKindOfGroupsCountsToo_data() {
    QTest::addColumn<QString>("folder");
    QTest::newRow("under both names") << "cpu,cpuacct/job";
    QTest::newRow("under its own") << "cpu/job";
    QTest::newRow("as inside a container") << "cpu,cpuacct";
  }
  void theOlderKindOfGroupsCountsToo() {
    QFETCH(QString, folder);
    const std::string group = "sys/fs/cgroup/" + folder.toStdString();
    put("proc/self/cgroup", "5:memory:/x\n3:cpu,cpuacct:/job\n");
    put(group + "/cpu.cfs_period_us", "100000\n");
    put(group + "/cpu.cfs_quota_us", "-1\n");
    QCOMPARE(usableCores(root()), allowed());
    put(group + "/cpu.cfs_quota_us", "70000\n");
    QCOMPARE(usableCores(root()), 1);
  }

  void theProcessorsNameIsTheSystems() {
    QCOMPARE(processorName(root()), std::string());
    put("proc/cpuinfo", "processor\t: 0\nmodel\t\t: 85\nmodel name\t: Some(R) Chip 7\n");
    QCOMPARE(processorName(root()), std::string("Some(R) Chip 7"));
  }

  void zeroThreadsAreOneForEachCore() {
    QCOMPARE(threadsOf(3), 3);
    QCOMPARE(threadsOf(0), usableCores());
  }

  void thisMachineHasOneAtLeast() { QVERIFY(usableCores() >= 1 && usableCores() <= allowed()); }
};

APPLESS_TEST(UsableCoresTest)
#include "usable_cores_test.moc"
