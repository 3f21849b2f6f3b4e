#include "core/problem/split_lists.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <fstream>

#include <sys/stat.h>

#include "core/problem/split_names.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

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
    Words notes;
    const std::vector<SplitList> lists = splitLists(folder_.path().toStdString(), notes);
    QVERIFY(notes.empty());  // "other" is no split's name
    QCOMPARE(lists.size(), std::size_t{2});
    QCOMPARE(lists[0].name, std::string("train"));
    QCOMPARE(lists[1].name, std::string("valid"));
    QCOMPARE(lists[1].file, at("splits/dev.txt"));
  }

  void listsThatAreNotReadAreNamed() {
    fs::create_directories(at("two/list_folder"));
    for (const char* name : {"two/train.txt", "two/val.txt", "two/valid_list.txt",
                             "two/trainval.txt", "two/README.txt", "two/list_folder/test.txt"})
      std::ofstream(at(name)) << "a\n";
    Words notes;
    const std::vector<SplitList> lists = splitLists(at("two"), notes);
    QCOMPARE(lists.size(), std::size_t{2});
    QCOMPARE(lists[1].file, at("two/val.txt"));
    QCOMPARE(notes, (Words{"valid_list.txt, trainval.txt, list_folder/test.txt are there and not "
                           "read: the splits are those of train.txt and the lists beside it."}));
  }

  void oneTableKnowsTheNamesOfSplits() {
    for (const char* name : {"train", "Training", "TRAIN_IDS", "train-list", "trainset", "tr"})
      QCOMPARE(standardSplit(name).value_or(""), std::string("train"));
    for (const char* name : {"valid", "val", "Validation", "dev", "val_files"})
      QCOMPARE(standardSplit(name).value_or(""), std::string("valid"));
    for (const char* name : {"test", "Testing", "test_cases", "testset"})
      QCOMPARE(standardSplit(name).value_or(""), std::string("test"));
    for (const char* name : {"", "trainval", "all", "tests1", "grid", "ids"})
      QVERIFY2(!standardSplit(name), name);
    QVERIFY(rankOfSplitName("valid") < rankOfSplitName("val"));
    QVERIFY(rankOfSplitName("dev") < rankOfSplitName("valid_ids"));
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

APPLESS_TEST(SplitListsTest)
#include "split_lists_test.moc"
