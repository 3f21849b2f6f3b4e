#include "core/files/unfinished.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <set>

#include <sys/wait.h>
#include <unistd.h>

#include "core/files/atomic_file.h"
#include "core/files/paths.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

void put(const fs::path& file) {
  fs::create_directories(file.parent_path());
  std::ofstream(file) << "x";
}

/// The exit code of a child that does this.
int codeOfChild(const std::function<void()>& action) {
  const pid_t child = ::fork();
  if (child == 0) {
    action();
    ::_exit(99);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

class UnfinishedTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path root() const { return fs::path(temporary_.path().toStdString()) / "root"; }

 private Q_SLOTS:
  void init() {
    fs::remove_all(root());
    fs::create_directory(root());
  }

  void whoEndsAtOnceLeavesNothingHalfMade() {
    QCOMPARE(codeOfChild([this] {
               const Unfinished file(root() / "half"), folder(root() / "cohort"),
                   never(root() / "never");
               { const Unfinished done(root() / "whole"); }
               put(root() / "half");
               put(root() / "whole");
               put(root() / "cohort" / "case" / "t1");
               endAtOnce(130);
             }),
             130);
    QCOMPARE(entriesOf(root()), (std::vector<fs::path>{root() / "whole"}));
  }

  void aFileThatIsBeingWrittenGoesAndTheOldOneStays() {
    writeAtomically(root() / "file", "old");
    QCOMPARE(codeOfChild([this] {
               writeAtomically(root() / "file", [](std::ostream& stream) {
                 stream << std::string(1 << 20, 'n') << std::flush;
                 endAtOnce(143);
               });
             }),
             143);
    QCOMPARE(entriesOf(root()).size(), std::size_t{1});
    QCOMPARE(readText(root() / "file"), std::string("old"));
  }

  void noTwoTemporaryNamesAreAlikeWhateverTheProcess() {
    std::set<fs::path> names;
    for (int i = 0; i < 1000; ++i) names.insert(temporaryBeside(root() / "a.json"));
    QCOMPARE(names.size(), std::size_t{1000});
    for (const fs::path& name : names) {
      QVERIFY(isTemporary(name));
      QCOMPARE(name.parent_path(), root());
    }
  }

  void whatAProcessOfTheSameNumberLeftDoesNotStopAWrite() {
    for (int i = 0; i < 100; ++i)  // as a program of this number named them
      put(root() / (".a.json." + std::to_string(::getpid()) + "-" + std::to_string(i) + ".tmp"));
    writeAtomically(root() / "a.json", "{}");
    QCOMPARE(readText(root() / "a.json"), std::string("{}"));
  }

  void aNameAsLongAsNamesMayBeCanBeWritten() {
    const fs::path file = root() / std::string(255, 'n');
    writeAtomically(file, "x");
    QCOMPARE(readText(file), std::string("x"));
  }

  void leftoversAreSweptAndNothingElse() {
    for (const char* name :
         {".state.json.4242-1.tmp", ".next.tmp", "state.json", ".hidden", "a.tmp"})
      put(root() / name);
    sweepTemporaries(root());
    QCOMPARE(entriesOf(root()),
             (std::vector<fs::path>{root() / ".hidden", root() / "a.tmp", root() / "state.json"}));
  }
};

APPLESS_TEST(UnfinishedTest)
#include "unfinished_test.moc"
