#include "core/runs/run_lock.h"

#include <QTemporaryDir>
#include <QTest>

#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/files/atomic_file.h"
#include "core/system/process_mark.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

/// Another process that holds the folder until it is killed.
class Holder {
 public:
  explicit Holder(const fs::path& run) {
    int ends[2];
    if (::pipe(ends) != 0) qFatal("no pipe");
    child_ = ::fork();
    if (child_ == 0) {
      const RunLock lock(run);
      [[maybe_unused]] const auto told = ::write(ends[1], "x", 1);
      for (;;) ::pause();
    }
    char byte = 0;
    if (::read(ends[0], &byte, 1) != 1) qFatal("no lock");
    ::close(ends[0]);
    ::close(ends[1]);
  }
  ~Holder() { kill(); }
  void kill() {
    if (child_ == 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
    child_ = 0;
  }
  pid_t pid() const { return child_; }

 private:
  pid_t child_ = 0;
};

}  // namespace

class RunLockTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path run() const { return temporary_.path().toStdString(); }
  std::string refusal() const {
    return sentenceOf([this] { const RunLock lock(run()); });
  }

 private Q_SLOTS:
  void oneAtATimeAndTheOtherIsNamed() {
    Holder holder(run());
    const std::string said = refusal();
    QVERIFY2(contains(said,
                      "process " + std::to_string(holder.pid()) + " on " + markOf(::getpid()).host),
             said.c_str());
    QVERIFY(contains(said, run().string()));
  }

  void aKilledProgramHoldsNothing() {
    Holder holder(run());
    holder.kill();
    QCOMPARE(refusal(), std::string());
  }

  void withinOneProgramItIsHeldOnceToo() {
    {
      const RunLock lock(run());
      QVERIFY(lock.isFirm() && !lock.caution());
      QVERIFY(contains(refusal(), "process " + std::to_string(::getpid())));
    }
    QCOMPARE(refusal(), std::string());
  }

  void aLockThatIsHandedOnIsStillHeld() {
    RunLock first(run());
    const RunLock second(std::move(first));
    QVERIFY(!refusal().empty());
  }

  void aCopyOfAFolderIsFree() {
    Holder holder(run());
    const QTemporaryDir other;
    fs::copy_file(run() / "lock", fs::path(other.path().toStdString()) / "lock");
    const RunLock lock(other.path().toStdString());
    QVERIFY(lock.isFirm());
  }

  void aLockFileThatWasTakenAwayProtectsNoMoreThanItsSuccessor() {
    const RunLock first(run());
    fs::remove(run() / "lock");
    const RunLock second(run());
    QVERIFY(!refusal().empty());
  }

  void whereItCannotBeMadeIsSaid() {
    const fs::path nowhere = run() / "no folder";
    const auto error = thrownBy([&] { const RunLock lock(nowhere); });
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), Fault::System);
    QVERIFY(contains(error->what(), "No such file or directory"));
    const QTemporaryDir other;
    const fs::path loop = other.path().toStdString();
    fs::create_symlink(loop / "lock", loop / "lock");
    QVERIFY(!sentenceOf([&] { const RunLock lock(loop); }).empty());
  }

  void noiseInTheFileIsNotRepeated() {
    const RunLock lock(run());
    writeAtomically(run() / "noise", "x");
    std::FILE* file = std::fopen((run() / "lock").c_str(), "w");
    std::fputs(std::string(100'000, 'n').c_str(), file);
    std::fclose(file);
    QVERIFY(refusal().size() < 1000);
  }

  void aPipeInPlaceOfTheFileKeepsNobodyWaiting() {
    const QTemporaryDir other;
    const fs::path run = other.path().toStdString();
    QCOMPARE(::mkfifo((run / "lock").c_str(), 0600), 0);
    const Holder holder(run);
    QVERIFY(contains(sentenceOf([&] { const RunLock lock(run); }),
                     "is still going on in another program; stop it there"));
  }
};

APPLESS_TEST(RunLockTest)
#include "run_lock_test.moc"
