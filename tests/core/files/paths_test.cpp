#include "core/files/paths.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

/// Paths that the throwing forms of std::filesystem throw at.
class PathsTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path at(const char* name) const { return fs::path(temporary_.path().toStdString()) / name; }

 private Q_SLOTS:
  void initTestCase() {
    std::ofstream(at("file")) << "x";
    fs::create_directory(at("folder"));
    fs::create_symlink(at("loop"), at("loop"));
    fs::create_symlink(at("nowhere"), at("dangling"));
    fs::create_symlink(at("folder"), at("link"));
  }

  void nothingIsThereThatCannotBeReached_data() {
    QTest::addColumn<QString>("path");
    const auto row = [](const char* name, const fs::path& path) {
      QTest::newRow(name) << QString::fromStdString(path.string());
    };
    row("a loop of links", at("loop"));
    row("below a loop of links", at("loop") / "x");
    row("a word of 300 bytes", at("") / std::string(300, 'w'));
    row("a path of 8000 bytes", std::string(8000, '/') + "x" + std::string(4000, 'x'));
    row("below a file", at("file") / "x");
    row("a link that leads nowhere", at("dangling"));
    row("nothing", {});
  }
  void nothingIsThereThatCannotBeReached() {
    QFETCH(QString, path);
    const fs::path file = path.toStdString();
    QVERIFY(!isThere(file) && !isFile(file) && !isFolder(file));
    QVERIFY(entriesOf(file).empty());
    QVERIFY(samePlace(file, file));
    QVERIFY(!samePlace(file, at("folder")));
    realPath(file);
    QVERIFY(file.empty() || absolutePath(file).is_absolute());
    QVERIFY(!sentenceOf([&] { requireStillThere(file); }).empty());
  }

  void whatIsThereIsKnown() {
    QVERIFY(isThere(at("file")) && isFile(at("file")) && !isFolder(at("file")));
    QVERIFY(isThere(at("link")) && isFolder(at("link")) && !isFile(at("link")));
    requireStillThere(at("folder"));
  }

  void aLinkLeadsToThePlaceOfWhatItNames() {
    QVERIFY(samePlace(at("link"), at("folder")));
    QVERIFY(!samePlace(at("file"), at("folder")));
    QVERIFY(realPath(at("link") / "not yet") == realPath(at("folder")) / "not yet");
  }

  void whatLiesInAFolderComesSorted() {
    std::vector<std::string> names;
    for (const fs::path& entry : entriesOf(at(""))) names.push_back(entry.filename());
    QCOMPARE(names, (std::vector<std::string>{"dangling", "file", "folder", "link", "loop"}));
  }
};

APPLESS_TEST(PathsTest)
#include "paths_test.moc"
