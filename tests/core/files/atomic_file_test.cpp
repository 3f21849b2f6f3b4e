#include "core/files/atomic_file.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/core/files/small_disk.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

std::size_t filesIn(const fs::path& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
}

}  // namespace

class AtomicFileTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path folder() const { return temporary_.path().toStdString(); }

 private Q_SLOTS:
  void init() {
    fs::remove_all(folder());
    fs::create_directories(folder());
  }

  void everyByteComesBack() {
    std::string content;
    for (int i = 0; i < 200'000; ++i) content += static_cast<char>(i * 7);
    writeAtomically(folder() / "deep" / "er" / "file", content);
    QCOMPARE(readText(folder() / "deep" / "er" / "file"), content);
  }

  void theNewContentReplacesAllOfTheOld() {
    writeAtomically(folder() / "file", "a long old content");
    writeAtomically(folder() / "file", "new");
    QCOMPARE(readText(folder() / "file"), std::string("new"));
    QCOMPARE(filesIn(folder()), std::size_t{1});
  }

  void aFullDiskLeavesTheOldFileAndNothingElse() {
    writeAtomically(folder() / "file", "old");
    std::optional<Error> error;
    {
      const SmallDisk disk(1000);
      error = thrownBy([&] { writeAtomically(folder() / "file", std::string(300'000, 'x')); });
    }
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), Fault::System);
    QVERIFY(contains(error->what(), (folder() / "file").string()));
    QVERIFY(contains(error->what(), "File too large"));
    QCOMPARE(readText(folder() / "file"), std::string("old"));
    QCOMPARE(filesIn(folder()), std::size_t{1});
  }

  void aWriteThatFailsOnlyAtTheEndIsNoticedToo() {  // 2000 bytes wait in the buffer until the flush
    std::optional<Error> error;
    {
      const SmallDisk disk(1000);
      error = thrownBy([&] { writeAtomically(folder() / "file", std::string(2000, 'x')); });
    }
    QVERIFY(error.has_value());
    QCOMPARE(filesIn(folder()), std::size_t{0});
  }

  void anExceptionOfTheWriterLeavesTheOldFile() {
    writeAtomically(folder() / "file", "old");
    QVERIFY_THROWS_EXCEPTION(std::logic_error,
                             writeAtomically(folder() / "file", [](std::ostream& stream) {
                               stream << "half";
                               throw std::logic_error("stop");
                             }));
    QCOMPARE(readText(folder() / "file"), std::string("old"));
    QCOMPARE(filesIn(folder()), std::size_t{1});
  }

  void aParentThatIsAFileIsNamed() {
    writeAtomically(folder() / "file", "no folder");
    const auto error = thrownBy([&] { writeAtomically(folder() / "file" / "below", "x"); });
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), Fault::System);
    QVERIFY(contains(error->what(), (folder() / "file").string()));
  }

  void aMissingFileIsTheRequestsFault() {
    const auto error = thrownBy([&] { readText(folder() / "absent"); });
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), Fault::Request);
    QVERIFY(contains(error->what(), "absent"));
    QVERIFY(contains(error->what(), "does not exist"));
  }

  void aFolderIsNoText() {
    QVERIFY(contains(sentenceOf([&] { readText(folder()); }), "is a folder, not a file"));
  }
};

APPLESS_TEST(AtomicFileTest)
#include "atomic_file_test.moc"
