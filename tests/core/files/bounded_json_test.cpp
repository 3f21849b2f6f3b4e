#include "core/files/bounded_json.h"

#include <QTemporaryDir>
#include <QTest>
#include <ctime>
#include <fstream>

#include <nlohmann/json.hpp>

#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

/// {"k0":0,"k1":0,…}
std::string tableOf(int keys) {
  std::string all;
  for (int i = 0; i < keys; ++i) {
    all += i == 0 ? "{\"k" : ",\"k";
    all += std::to_string(i) + "\":0";
  }
  return all + "}";
}

std::string refusal(const std::string& text) {
  return sentenceOf([&] { parseJson(text); });
}

}  // namespace

class BoundedJsonTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatIsSoundIsRead() {
    const auto json = parseJson(R"({"a": [1, 2.5, null], "b": {"c": "d"}})");
    QCOMPARE(json["a"][1].get<double>(), 2.5);
    QCOMPARE(json["b"]["c"].get<std::string>(), std::string("d"));
  }

  void theOrderOfKeysIsKeptWhereItCounts() {
    const auto json = parseOrderedJson(R"({"z": 1, "a": 2})");
    QCOMPARE(json.begin().key(), std::string("z"));
  }

  void aKeyThatIsThereTwiceIsRefusedWhereverItStands() {
    QCOMPARE(refusal(R"({"a": 1, "a": 2})"), std::string("it has \"a\" twice"));
    QCOMPARE(refusal(R"([{"x": {"b": 1, "c": {}, "b": 2}}])"), std::string("it has \"b\" twice"));
    QCOMPARE(refusal(R"([{"a": 1}, {"a": 2}])"), std::string());
  }

  void thirtyTwoLevelsAreReadAndMoreAreNot() {
    QCOMPARE(refusal(repeated("[", 32) + repeated("]", 32)), std::string());
    QCOMPARE(refusal(repeated("[", 33) + repeated("]", 33)),
             std::string("it is nested deeper than 32 levels"));
    QCOMPARE(refusal(repeated("{\"a\":", 1'000'000)),
             std::string("it is nested deeper than 32 levels"));
  }

  void aTextThatBreaksOffSaysWhere() {
    QCOMPARE(refusal("{\"a\": "),
             std::string("it is no JSON: it breaks off or cannot be understood at byte 7"));
    QVERIFY(contains(refusal("[1e999]"), "a number is too large"));
    QVERIFY(contains(refusal(""), "it is no JSON"));
    QVERIFY(contains(refusal("{\"\xff\": 1}"), "it is no JSON"));
  }

  void timeGrowsWithTheLengthAlone() {
    const std::clock_t before = std::clock();  // of the processor: others may have it, too
    QCOMPARE(parseJson(tableOf(200'000)).size(), std::size_t{200'000});
    QVERIFY2(std::clock() - before < 5 * CLOCKS_PER_SEC,
             "200,000 keys, sought one by one, take minutes");
  }

  void anOrderedTableIsShort() {
    QCOMPARE(parseOrderedJson(tableOf(4000)).size(), std::size_t{4000});
    QCOMPARE(sentenceOf([] { parseOrderedJson(tableOf(4001)); }),
             std::string("it has more than 4000 names in one table"));
  }

  void aTextThatIsTooLongIsNotWalkedOver() {
    JsonLimits limits;
    limits.bytes = 1000;
    QCOMPARE(sentenceOf([&] { parseJson(std::string(1001, ' '), limits); }),
             std::string("it has 1.0 KB, of which 1.0 KB are the most"));
  }

  void aFileIsNamed() {
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("x.json").toStdString();
    std::ofstream(file) << "[";
    QVERIFY(sentenceOf([&] {
              readJson(file);
            }).starts_with(inQuotes(file) + " is not understood: it is no JSON"));
    std::filesystem::resize_file(file, 65'000'000);
    QVERIFY(sentenceOf([&] {
              readJson(file);
            }).starts_with(inQuotes(file) + " is too large for what it should be"));
  }
};

APPLESS_TEST(BoundedJsonTest)
#include "bounded_json_test.moc"
