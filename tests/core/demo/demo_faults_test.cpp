#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "core/demo/demo_file.h"
#include "core/demo/zip_archive.h"
#include "tests/core/demo/made_up_demo.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

/// The container with one of its texts changed.
std::string changed(const std::string& part, const std::string& from, const std::string& to) {
  const std::string whole = packDemo(madeUpDemo());
  const ZipReader zip(whole, "x");
  ZipWriter other;
  for (const std::string& name : zip.names()) {
    std::string bytes = zip.read(name, 100'000);
    if (name == part) {
      const auto at = bytes.find(from);
      if (at == std::string::npos) qFatal("The part does not have what is to be changed.");
      bytes.replace(at, from.size(), to);
    }
    other.add(name, bytes);
  }
  return other.finish();
}

std::string whyNot(const std::string& bytes) {
  return sentenceOf([&] { readDemo(bytes, "x.demo"); });
}

}  // namespace

class DemoFaultsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aCutOffFileIsRefused() {
    const std::string whole = packDemo(madeUpDemo());
    for (std::size_t size = 1; size < whole.size(); size += 7)
      QVERIFY2(contains(whyNot(whole.substr(0, size)), "x.demo is no zip container or was cut off"),
               whyNot(whole.substr(0, size)).c_str());
  }

  void everyChangedByteIsReadOrRefused() {
    const std::string whole = packDemo(madeUpDemo());
    for (std::size_t i = 0; i < whole.size(); ++i) {
      std::string other = whole;
      other[i] = static_cast<char>(other[i] ^ 0x55);
      const auto error = thrownBy([&] { readDemo(other, "x.demo"); });
      if (error) QVERIFY2(contains(error->what(), "x.demo"), error->what());
    }
  }

  void whatIsWrongIsSaid_data() {
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<QString>("words");
    QTest::newRow("newer") << "\"version\": 1"
                           << "\"version\": 2"
                           << "made by a newer Modascope (version 2";
    QTest::newRow("other") << "modascope-demo"
                           << "modascope-dome"
                           << "of something else";
    QTest::newRow("large") << "\"size\": [\n      3,"
                           << "\"size\": [\n      1000,"
                           << "of 24 bytes where 8000 are expected";
    QTest::newRow("huge") << "\"size\": [\n      3,"
                          << "\"size\": [\n      100000,"
                          << "size";
    QTest::newRow("axes") << "\"direction\": [\n      0.0,"
                          << "\"direction\": [\n      1.0,"
                          << "not at right angles";
    QTest::newRow("subset") << "\"modalities\": [\n            \"a\"\n"
                            << "\"modalities\": [\n            \"b/../b\"\n"
                            << "two answers";
    QTest::newRow("unknown") << "\"modalities\": [\n            \"a\"\n"
                             << "\"modalities\": [\n            \"c\"\n"
                             << "does not have: \"c\"";
    QTest::newRow("region") << "\"decides\": \"core\""
                            << "\"decides\": \"et\""
                            << "does not have: \"et\"";
    QTest::newRow("type") << "\"made_up\": true"
                          << "\"made_up\": 1"
                          << "x.demo";
    QTest::newRow("absent") << "\"made_up\""
                            << "\"made\""
                            << "made_up";
  }

  void whatIsWrongIsSaid() {
    QFETCH(const QString, from);
    QFETCH(const QString, to);
    QFETCH(const QString, words);
    const std::string why = whyNot(changed("demo.json", from.toStdString(), to.toStdString()));
    QVERIFY2(contains(why, words.toStdString()), why.c_str());
    QVERIFY2(contains(why, "x.demo"), why.c_str());
  }

  void aMapOfAModalityThatIsNotThereIsRefused() {
    const std::string why = whyNot(changed("answers/0/03.strongest", "\2", "\3"));
    QVERIFY2(contains(why, "a modality that it does not have"), why.c_str());
  }

  void anotherZipIsNoDemonstration() {
    ZipWriter zip;
    zip.add("readme.txt", "hello");
    QVERIFY(contains(whyNot(zip.finish()), "no demonstration of Modascope"));
  }

  void tenGigabytesAreRefusedWithoutReading() {
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "large.demo";
    std::ofstream(file).put('P');
    std::filesystem::resize_file(file, 10'000'000'000);
    const auto error = thrownBy([&] { readDemoFile(file); });
    QVERIFY(error && contains(error->what(), "10.0 GB"));
  }
};

APPLESS_TEST(DemoFaultsTest)
#include "demo_faults_test.moc"
