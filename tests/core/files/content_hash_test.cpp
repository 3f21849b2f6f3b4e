#include "core/files/content_hash.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include <sys/stat.h>

#include "core/base/error.h"
#include "core/files/cache_folder.h"
#include "core/files/file_stamp.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

class ContentHashTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path at(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }

 private Q_SLOTS:
  void itIsTheHashThatXxh128sumPrints() {  // xxHash's own test vectors
    QCOMPARE(contentHashOf(""), std::string("99aa06d3014798d86001c324468d497f"));
    QCOMPARE(contentHashOf("a"), std::string("a96faf705af16834e6c632b61e964e1f"));
  }

  void piecesCountAsOneWhole() {
    const std::string text(3'000'000, 'x');
    ContentHash hash;
    hash.add(std::string_view(text).substr(0, 1));
    hash.add(std::string_view(text).substr(1, 1'999'999));
    hash.add(std::string_view(text).substr(2'000'000));
    QCOMPARE(hash.hex(), contentHashOf(text));
    std::ofstream(at("long"), std::ios::binary) << text;
    QCOMPARE(contentHashOfFile(at("long")).value(), contentHashOf(text));
  }

  void oneOtherByteIsAnotherHash() {
    std::ofstream(at("a"), std::ios::binary) << "voxels";
    std::ofstream(at("b"), std::ios::binary) << "vowels";
    QVERIFY(contentHashOfFile(at("a")) != contentHashOfFile(at("b")));
  }

  void whatIsNoReadableFileIsAnErrorAndNothingIsWaitedFor() {
    QVERIFY_EXCEPTION_THROWN(contentHashOfFile(at("none")), Error);
    QVERIFY_EXCEPTION_THROWN(contentHashOfFile(folder_.path().toStdString()), Error);
    QCOMPARE(::mkfifo(at("pipe").c_str(), 0600), 0);
    QVERIFY_EXCEPTION_THROWN(contentHashOfFile(at("pipe")), Error);
  }

  void aStopIsHeard() {
    std::ofstream(at("c")) << "voxels";
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!contentHashOfFile(at("c"), stop.get_token()));
  }

  void aStampTellsOfAnEditThatKeepsSizeAndTime() {
    std::ofstream(at("d")) << "voxels";
    const auto time = fs::last_write_time(at("d"));
    const auto before = stampOf(at("d"));
    QCOMPARE(before->size, std::uint64_t{6});
    QTest::qWait(60);
    std::ofstream(at("d")) << "vowels";
    fs::last_write_time(at("d"), time);
    const auto after = stampOf(at("d"));
    QCOMPARE(after->size, before->size);
    QCOMPARE(after->modifiedNs, before->modifiedNs);
    QVERIFY(after != before);
    QVERIFY(!stampOf(at("none")));
    QVERIFY(!stampOf(folder_.path().toStdString()));
  }

  void aStampIsTrustedWhenTheClockHasMovedOn() {
    constexpr std::int64_t kSecond = 1'000'000'000;
    const FileStamp fine{1, 5 * kSecond + 1, 5 * kSecond + 1, 1, 1};
    QVERIFY(!isSettled(fine, 5 * kSecond + 2));
    QVERIFY(isSettled(fine, 5 * kSecond + kSecond / 10));
    const FileStamp whole{1, 5 * kSecond, 5 * kSecond, 1, 1};  // a file system of whole seconds
    QVERIFY(!isSettled(whole, 6 * kSecond));
    QVERIFY(isSettled(whole, 7 * kSecond + 1));
  }

  void theCacheLiesWhereTheEnvironmentSays() {
    const QByteArray cache = qgetenv("XDG_CACHE_HOME"), home = qgetenv("HOME");
    qputenv("XDG_CACHE_HOME", "/somewhere");
    QCOMPARE(cacheFolder().value(), fs::path("/somewhere/modascope"));
    qputenv("XDG_CACHE_HOME", "not/absolute");
    qputenv("HOME", "/home/someone");
    QCOMPARE(cacheFolder().value(), fs::path("/home/someone/.cache/modascope"));
    qunsetenv("HOME");
    QVERIFY(!cacheFolder());
    qputenv("XDG_CACHE_HOME", cache);
    qputenv("HOME", home);
  }
};

GUILESS_TEST(ContentHashTest)
#include "content_hash_test.moc"
