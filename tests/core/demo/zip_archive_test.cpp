#include "core/demo/zip_archive.h"

#include <QTest>

#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

std::string containerOf(const std::string& name, std::string bytes = "abc") {
  ZipWriter zip;
  zip.add(name, std::move(bytes));
  return zip.finish();
}

std::string whyNot(const std::string& name) {
  const std::string bytes = containerOf(name);
  return sentenceOf([&] { ZipReader(bytes, "x.demo"); });
}

}  // namespace

class ZipArchiveTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatWasAddedIsRead() {
    const std::string bytes = containerOf("a/b", std::string(100'000, 'x'));
    QVERIFY(bytes.size() < 1000);
    const ZipReader zip(bytes, "x.demo");
    QVERIFY(zip.has("a/b"));
    QVERIFY(!zip.has("a"));
    QCOMPARE(zip.readExactly("a/b", 100'000), std::string(100'000, 'x'));
  }

  void namesThatLeadOutAreRefused() {
    for (const auto* name : {"../a", "a/../../b", "/etc/passwd", "..", "a\\..\\b"})
      QVERIFY2(contains(whyNot(name), "leads out of it"), name);
    QCOMPARE(whyNot("a..b/..c"), std::string());
  }

  void moreThanAskedForIsNotUnpacked() {
    const std::string bytes = containerOf("a", std::string(1'000'000, 'x'));
    const ZipReader zip(bytes, "x.demo");
    QVERIFY(contains(sentenceOf([&] { zip.read("a", 999'999); }), "1.0 MB; at most"));
    QVERIFY(contains(sentenceOf([&] { zip.readExactly("a", 3); }),
                     "of 1000000 bytes where 3 are expected"));
  }

  void whatIsNotThereIsSaid() {
    const std::string bytes = containerOf("a");
    const ZipReader zip(bytes, "x.demo");
    QVERIFY(contains(sentenceOf([&] { zip.read("b", 9); }), "x.demo lacks its part \"b\""));
  }
};

APPLESS_TEST(ZipArchiveTest)
#include "zip_archive_test.moc"
