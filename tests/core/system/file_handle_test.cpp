#include "core/system/file_handle.h"

#include <QTemporaryDir>
#include <QTest>
#include <array>
#include <fstream>

#include <sys/stat.h>

#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

class FileHandleTest : public QObject {
  Q_OBJECT
  QTemporaryDir folder_;
  const fs::path root_ = folder_.path().toStdString();

  fs::path written(const char* name, const char* content) const {
    std::ofstream(root_ / name) << content;
    return root_ / name;
  }

 private Q_SLOTS:
  void whatIsReadAtAPlaceEndsWithTheFile() {
    std::error_code why;
    const FileHandle file(written("read", "0123456789"), FileHandle::Use::Read, why);
    QVERIFY(!why && file.isOpen());
    QCOMPARE(file.facts()->size, std::uint64_t{10});
    std::array<char, 8> bytes{};
    QCOMPARE(file.readAt(7, bytes.data(), bytes.size(), why), std::size_t{3});
    QVERIFY(!why);
    QCOMPARE(std::string(bytes.data(), 3), std::string("789"));
    QCOMPARE(file.readAt(11, bytes.data(), bytes.size(), why), std::size_t{0});
    QVERIFY(!why);
  }

  void aFileThatIsThereIsNotMadeAgain() {
    const fs::path path = written("there", "kept");
    std::error_code why;
    const FileHandle file(path, FileHandle::Use::Create, why);
    QVERIFY(!file.isOpen());
    QCOMPARE(why, std::make_error_code(std::errc::file_exists));
    QCOMPARE(fs::file_size(path), std::uintmax_t{4});
  }

  void whatIsWrittenIsAllThere() {
    std::error_code why;
    FileHandle file(root_ / "made", FileHandle::Use::Create, why);
    file.write("one ", why);
    QVERIFY(!why);
    file.write("two", why);
    file.flush(why);
    QVERIFY(!why);
    file.close(why);
    QVERIFY(!why && !file.isOpen());
    std::ifstream stream(root_ / "made");
    std::string line;
    std::getline(stream, line);
    QCOMPARE(line, std::string("one two"));
  }

  void whatCannotBeFlushedIsNoFailure() {  // of a pipe, as on some file systems: EINVAL
    const fs::path pipe = root_ / "pipe";
    QCOMPARE(::mkfifo(pipe.c_str(), 0600), 0);
    std::error_code why;
    FileHandle open(pipe, FileHandle::Use::Read, why);
    QVERIFY(!why);
    open.flush(why);
    QVERIFY(!why);
    FileHandle closed;
    closed.flush(why);
    QCOMPARE(why, std::make_error_code(std::errc::bad_file_descriptor));
  }

  void anExclusiveLockIsHeldUntilTheFileIsClosed() {
    std::error_code why;
    FileHandle first(root_ / "lock", FileHandle::Use::Share, why);
    FileHandle second(root_ / "lock", FileHandle::Use::Share, why);
    first.lock(FileHandle::Lock::Exclusive, why);
    QVERIFY(!why);
    second.lock(FileHandle::Lock::Shared, why);
    QVERIFY(isHeldByOther(why) && !knowsNoLocks(why));
    first = FileHandle();
    second.lock(FileHandle::Lock::Exclusive, why);
    QVERIFY(!why);
  }

  void aFolderIsFoundWhereItWasMovedTo() {
    fs::create_directory(root_ / "before");
    std::error_code why;
    const FileHandle folder(root_ / "before", FileHandle::Use::Place, why);
    QVERIFY(!why);
    const auto identity = factsOf(root_ / "before")->identity;
    fs::rename(root_ / "before", root_ / "after");
    QCOMPARE(*folder.place(), fs::canonical(root_ / "after"));
    QVERIFY(factsOf(root_ / "after")->identity == identity);
    QVERIFY(!factsOf(root_ / "before", why));
    QCOMPARE(why, std::make_error_code(std::errc::no_such_file_or_directory));
  }

  void kindsAreToldApart() {
    QVERIFY(factsOf(written("file", ""))->kind == FileKind::Regular);
    QVERIFY(factsOf(root_)->kind == FileKind::Folder);
    QVERIFY(factsOf("/dev/null")->kind == FileKind::Device);
    QVERIFY(mayMakeFilesIn(root_));
    QVERIFY(!mayMakeFilesIn(root_ / "nowhere"));
  }
};

APPLESS_TEST(FileHandleTest)
#include "file_handle_test.moc"
