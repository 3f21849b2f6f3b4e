#include "core/checkpoints/name_map.h"

#include <QTemporaryDir>
#include <QTest>

#include "core/files/atomic_file.h"
#include "core/problem/brats.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

std::string theirs(const std::string& map, const std::string& ours) {
  return NameMap::parse(map).theirs(ours, bratsModalities());
}

}  // namespace

class NameMapTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void anIndexedListOfModalitiesKnowsThemByNumber() {
    const NameMap map = NameMap::open("indexed");
    const auto& brats = bratsModalities();
    QCOMPARE(map.theirs("down.0.a.norm.flair.weight", brats),
             std::string("down.0.a.norm.3.weight"));
    QCOMPARE(map.theirs("up.3.b.norm.t1.bias", brats), std::string("up.3.b.norm.0.bias"));
    QCOMPARE(map.theirs("down.0.a.conv.weight", brats), std::string("down.0.a.conv.weight"));
  }

  void theFirstNameThatMatchesCounts() {
    const std::string map = R"({"names": {"down.0.{rest}": "first.{rest}", )"
                            R"("down.{level}.{rest}": "encoder{level}/{rest}"}})";
    QCOMPARE(theirs(map, "down.0.a.conv.bias"), std::string("first.a.conv.bias"));
    QCOMPARE(theirs(map, "down.2.a.conv.bias"), std::string("encoder2/a.conv.bias"));
    QCOMPARE(theirs(map, "head.bias"), std::string("head.bias"));
  }

  void modalitiesGoByTheirOwnNames() {
    const std::string map = R"({"modalities": {"t1": "T1w"}, )"
                            R"("names": {"{a}.norm.{modality}.{kind}": "{modality}:{a}.{kind}"}})";
    QCOMPARE(theirs(map, "inc.a.norm.t1.bias"), std::string("T1w:inc.a.bias"));
    QCOMPARE(theirs(map, "inc.a.norm.t2.bias"), std::string("t2:inc.a.bias"));
    QCOMPARE(theirs(map, "inc.a.norm.pet.bias"), std::string("inc.a.norm.pet.bias"));
  }

  void aPlaceholderStandsForTheSameThingEverywhere() {
    const std::string map = R"({"names": {"{x}.{x}": "twice.{x}"}})";
    QCOMPARE(theirs(map, "a.a"), std::string("twice.a"));
    QCOMPARE(theirs(map, "a.b"), std::string("a.b"));
    QCOMPARE(theirs(map, "a.b.a.b"), std::string("twice.a.b"));
  }

  void lettersThatMeanSomethingElsewhereAreLetters() {
    const std::string map = R"({"names": {"a.b": "(x)*", "c+": "y"}})";
    QCOMPARE(theirs(map, "a.b"), std::string("(x)*"));
    QCOMPARE(theirs(map, "axb"), std::string("axb"));
    QCOMPARE(theirs(map, "cc"), std::string("cc"));
  }

  void someTensorsAreNotLookedAt() {
    const NameMap map = NameMap::parse(R"({"ignore": ["{any}.num_batches_tracked", "step"]})");
    QVERIFY(map.isIgnored("bn1.num_batches_tracked"));
    QVERIFY(map.isIgnored("step"));
    QVERIFY(!map.isIgnored("steps"));
    QVERIFY(!map.isIgnored(std::string(1'000'000, '.') + "num_batches_tracked"));
    QVERIFY(NameMap::open("modascope").isIgnored("adam.first"));
  }

  void whatIsNotUnderstoodIsRefused_data() {
    QTest::addColumn<QByteArray>("map");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const char* map, const char* reason) {
      QTest::newRow(name) << QByteArray(map) << QByteArray(reason);
    };
    row("no JSON", "{", "no JSON");
    row("a list", R"(["names"])", "names, modalities and ignore");
    row("another key", R"({"name": {}})", "\"name\"");
    row("names that are a list", R"({"names": ["a"]})", "\"names\" is no table");
    row("numbers", R"({"names": {"a": 1}})", "no table");
    row("a brace too many", "{\"names\": {\"a}\": \"b\"}}", "do not match");
    row("an open brace", "{\"names\": {\"{a\": \"b\"}}", "not closed");
    row("nested braces", "{\"names\": {\"{{a}}\": \"b\"}}", "do not match");
    row("a word from nowhere", R"({"names": {"{a}": "{b}"}})", "{b}");
    row("an index without modality", R"({"names": {"{a}": "{index}"}})", "{index}");
  }
  void whatIsNotUnderstoodIsRefused() {
    QFETCH(QByteArray, map);
    QFETCH(QByteArray, reason);
    const QTemporaryDir folder;
    const std::string file = folder.filePath("map.json").toStdString();
    writeAtomically(file, map.toStdString());
    const std::string sentence = sentenceOf([&] { NameMap::open(file); });
    QVERIFY2(contains(sentence, reason.toStdString()), sentence.c_str());
    QVERIFY2(contains(sentence, "map.json"), sentence.c_str());
  }

  void anUnknownMapIsAnsweredWithThoseThatThereAre() {
    QVERIFY(contains(sentenceOf([] { NameMap::open("torchvision"); }), "indexed"));
  }

  void aMapThatCanStandForANameInTooManyWaysEndsSoon() {  // C(40, 10) ways, and none fits
    const std::string name(40, 'n');
    for (const char* names : {R"({"{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}X": "y"})",
                              R"({"{a}n{b}n{c}n{d}n{e}n{f}n{g}n{h}n{i}n{j}X": "y"})"}) {
      const std::string sentence =
          sentenceOf([&] { theirs("{\"names\": " + std::string(names) + "}", name); });
      QVERIFY2(contains(sentence, "in too many ways"), sentence.c_str());
    }
    const NameMap map = NameMap::parse(R"({"ignore": ["{a}{b}{c}{d}{e}{f}{g}{h}{i}{j}X"]})");
    QVERIFY(contains(sentenceOf([&] { map.isIgnored(name); }), "in too many ways"));
  }

  void aMapThatIsTooMuchIsRefused() {
    const std::string deep = std::string(100'000, '[');
    QVERIFY(contains(sentenceOf([&] { NameMap::parse(deep); }), "nested deeper"));
    const std::string wide = "{\"names\": {\"" + std::string(1001, 'x') + "\": \"y\"}}";
    QVERIFY(contains(sentenceOf([&] { NameMap::parse(wide); }), "more than 1000 letters"));
    QVERIFY(contains(sentenceOf([] { NameMap::parse(R"({"names": {"a": "b", "a": "c"}})"); }),
                     "it has \"a\" twice"));
    QVERIFY(contains(sentenceOf([] { NameMap::parse("[1]"); }), "is no table of names"));
  }
};

APPLESS_TEST(NameMapTest)
#include "name_map_test.moc"
