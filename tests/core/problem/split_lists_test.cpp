#include "core/problem/split_lists.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <fstream>

#include <sys/stat.h>

#include "tests/core/base/thrown.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

}  // namespace

class SplitListsTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  fs::path at(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }

 private Q_SLOTS:
  void linesComeWithoutSpacesAroundThemAndWithoutEmptyOnes() {
    std::ofstream(at("names.txt")) << "a\r\n\n  b c \n\t\nd";
    QCOMPARE(linesOf(at("names.txt")).value(), (Words{"a", "b c", "d"}));
    std::ofstream(at("marked.txt")) << "\xef\xbb\xbf"
                                    << "a\nb\n";
    QCOMPARE(linesOf(at("marked.txt")).value(), (Words{"a", "b"}));
    QVERIFY(!linesOf(at("absent.txt")));
    QVERIFY(!linesOf(at("")));
  }

  void aPipeAndAFileOfGigabytesAreNoLists() {
    QCOMPARE(::mkfifo(at("pipe.txt").c_str(), 0600), 0);
    QCOMPARE(sentenceOf([&] { linesOf(at("pipe.txt")); }),
             inQuotes(at("pipe.txt")) + " is a pipe, not a file.");
    std::ofstream(at("large.txt")) << "a\n";
    fs::resize_file(at("large.txt"), 12'000'000'000);  // sparse
    QVERIFY(contains(sentenceOf([&] { linesOf(at("large.txt")); }), "it has 12.0 GB"));
  }

  void listsHaveSeveralNamesAndPlaces() {
    fs::create_directories(at("splits"));
    for (const char* name : {"splits/train.txt", "splits/dev.txt", "splits/other.txt"}) {
      std::ofstream(at(name)) << "a\n";
    }
    const std::vector<SplitList> lists = splitLists(folder_.path().toStdString());
    QCOMPARE(lists.size(), std::size_t{2});
    QCOMPARE(lists[0].name, std::string("train"));
    QCOMPARE(lists[1].name, std::string("valid"));
    QCOMPARE(lists[1].file, at("splits/dev.txt"));
  }

  void everyNameGoesIntoOnePartWhateverTheOrder() {
    Words names;
    for (int i = 0; i < 100; ++i) names.push_back("case " + std::to_string(i));
    const auto parts = hashedSplit(names);
    QCOMPARE(parts[0].size(), std::size_t{70});
    QCOMPARE(parts[1].size(), std::size_t{10});
    QCOMPARE(parts[2].size(), std::size_t{20});
    std::reverse(names.begin(), names.end());
    QVERIFY(hashedSplit(names) == parts);
    Words all;
    for (const Words& part : parts) all.insert(all.end(), part.begin(), part.end());
    std::sort(all.begin(), all.end());
    std::sort(names.begin(), names.end());
    QCOMPARE(all, names);
  }

  void oneNameIsToTrainOn() {
    const auto parts = hashedSplit({"a"});
    QCOMPARE(parts[0], (Words{"a"}));
    QVERIFY(parts[1].empty() && parts[2].empty());
    QVERIFY(hashedSplit({})[0].empty());
  }
};

QTEST_APPLESS_MAIN(SplitListsTest)
#include "split_lists_test.moc"
