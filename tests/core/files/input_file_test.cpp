#include "core/files/input_file.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/files/atomic_file.h"
#include "core/files/memory_need.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

class InputFileTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path at(const char* name) const { return fs::path(temporary_.path().toStdString()) / name; }

  /// How `InputFile` and `readText` refuse what is called `name`.
  std::string refusal(const char* name) const {
    const std::string sentence = sentenceOf([&] { InputFile{at(name)}; });
    return sentenceOf([&] { readText(at(name)); }) == sentence ? sentence : "they disagree";
  }
  std::string named(const char* name, const char* what) const {
    return inQuotes(at(name)) + " " + what;
  }

 private Q_SLOTS:
  void bytesAreReadFromAnyPlace() {
    std::ofstream(at("ten")) << "0123456789";
    InputFile file(at("ten"));
    QCOMPARE(file.size(), std::uint64_t{10});
    char three[3];
    QCOMPARE(file.read(three, 3), std::size_t{3});
    QCOMPARE(std::string(three, 3), std::string("012"));
    QCOMPARE(file.rest(4), std::string("3456"));
    file.seek(8);
    QCOMPARE(file.rest(), std::string("89"));
    QCOMPARE(file.read(three, 3), std::size_t{0});
  }

  void aPipeIsRefusedAtOnce() {
    QCOMPARE(::mkfifo(at("pipe").c_str(), 0600), 0);
    QCOMPARE(refusal("pipe"), named("pipe", "is a pipe, not a file."));
  }

  void soAreLinksToPipes() {
    QCOMPARE(::mkfifo(at("other").c_str(), 0600), 0);
    fs::create_symlink(at("other"), at("link"));
    QCOMPARE(refusal("link"), named("link", "is a pipe, not a file."));
  }

  void aSocketADeviceAndAFolderAreCalledByTheirNames() {
    const int socket = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    const std::string place = at("socket").string();
    std::copy(place.begin(), place.end(), address.sun_path);
    QCOMPARE(::bind(socket, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    QCOMPARE(refusal("socket"), named("socket", "is a socket, not a file."));
    ::close(socket);
    fs::create_directory(at("folder"));
    QCOMPARE(refusal("folder"), named("folder", "is a folder, not a file."));
    QCOMPARE(sentenceOf([] { InputFile{"/dev/zero"}; }),
             std::string("\"/dev/zero\" is a device, not a file."));
  }

  void whatIsNotThereAndALinkToItAreToldApart() {
    QCOMPARE(refusal("absent"), named("absent", "does not exist."));
    fs::create_symlink(at("absent"), at("dangling"));
    QCOMPARE(refusal("dangling"), named("dangling", "is a link that leads nowhere."));
  }

  void aLoopOfLinksEnds() {
    fs::create_symlink(at("b"), at("a"));
    fs::create_symlink(at("a"), at("b"));
    QVERIFY(contains(refusal("a"), "cannot be opened: Too many levels"));
  }

  void aFileThatIsTooLargeForItsKindIsNotRead() {
    std::ofstream(at("sparse")).close();
    fs::resize_file(at("sparse"), 3'000'000'000);
    const auto error = thrownBy([&] { readText(at("sparse"), 1'000'000); });
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), Fault::Request);
    QVERIFY(contains(error->what(), "it has 3.0 GB, of which 1.0 MB are the most"));
  }

  void aFileLargerThanTheMemoryNamesBothNumbers() {
    std::ofstream(at("huge")).close();
    fs::resize_file(at("huge"), 8'000'000'000'000);
    const auto error = thrownBy([&] { readText(at("huge")); });
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), Fault::System);
    QVERIFY(contains(error->what(), inQuotes(at("huge")) + " would need 8.0 TB to read; "));
    QVERIFY(contains(error->what(), " are free."));
  }

  void sizesReadLikeThoseOfAFileManager() {
    QCOMPARE(sizeInWords(0), std::string("0 bytes"));
    QCOMPARE(sizeInWords(999), std::string("999 bytes"));
    QCOMPARE(sizeInWords(120'000), std::string("120.0 KB"));
    QCOMPARE(sizeInWords(999'960), std::string("1.0 MB"));
    QCOMPARE(sizeInWords(11'600'000'000), std::string("11.6 GB"));
    QCOMPARE(sizeInWords(UINT64_MAX), std::string("18.4 EB"));
  }
};

APPLESS_TEST(InputFileTest)
#include "input_file_test.moc"
