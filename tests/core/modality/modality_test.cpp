#include "core/modality/modality.h"

#include <QTest>

#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

const ModalitySchema& brats() {
  static const ModalitySchema schema(
      {{"t1", "T1"}, {"t1ce", "T1ce"}, {"t2", "T2"}, {"flair", "FLAIR"}});
  return schema;
}

ModalitySchema schemaOf(std::size_t count) {
  std::vector<Modality> modalities;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string name(1, static_cast<char>('a' + i));
    modalities.push_back({name, name});
  }
  return ModalitySchema(std::move(modalities));
}

}  // namespace

class ModalityTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theSubsetsOfFourComeBySizeAndThenInTheSchemasOrder() {
    const std::vector<std::string> expected{"T1, T1ce, T2, FLAIR",
                                            "T1, T1ce, T2",
                                            "T1, T1ce, FLAIR",
                                            "T1, T2, FLAIR",
                                            "T1ce, T2, FLAIR",
                                            "T1, T1ce",
                                            "T1, T2",
                                            "T1, FLAIR",
                                            "T1ce, T2",
                                            "T1ce, FLAIR",
                                            "T2, FLAIR",
                                            "T1",
                                            "T1ce",
                                            "T2",
                                            "FLAIR"};
    std::vector<std::string> found;
    for (const ModalitySet set : allSubsets(brats())) found.push_back(labelOf(brats(), set));
    QCOMPARE(found, expected);
  }

  void thereAreTwoToTheMMinusOneSubsets() {
    QCOMPARE(allSubsets(schemaOf(1)).size(), std::size_t{1});
    QCOMPARE(allSubsets(schemaOf(8)).size(), std::size_t{255});
    QCOMPARE(allSubsets(schemaOf(8)).front(), schemaOf(8).all());
  }

  void theLastModalityCannotBeTakenOut() {
    const ModalitySet both = ModalitySet::firstOf(2);
    const auto one = both.without(ModalityId(0));
    QCOMPARE(one.value(), ModalitySet(ModalityId(1)));
    QVERIFY(!one->without(ModalityId(1)).has_value());
    QVERIFY(!ModalitySet::fromBits(0).has_value());
    QVERIFY(!one->intersected(ModalitySet(ModalityId(0))).has_value());
  }

  void aSetContainsItsParts() {
    const ModalitySet three = ModalitySet::firstOf(3);
    QVERIFY(three.contains(ModalitySet::firstOf(2)));
    QVERIFY(!three.contains(three.with(ModalityId(7))));
    QCOMPARE(three.size(), std::size_t{3});
    QCOMPARE(ModalitySet::firstOf(8).ids().size(), std::size_t{8});
    QCOMPARE(ModalitySet::firstOf(8).ids().back().index(), std::size_t{7});
  }

  void namesAreReadInAnyCaseAndOrder() {
    const ModalitySet set = parseModalities(brats(), " FLAIR, t1 ");
    QCOMPARE(keysOf(brats(), set), (std::vector<std::string>{"t1", "flair"}));
    QCOMPARE(brats().find("T1CE").value(), ModalityId(1));
    QVERIFY(!brats().find("t1c").has_value());
  }

  void anUnknownNameIsToldWithThoseThatExist() {
    const std::string sentence = sentenceOf([] { parseModalities(brats(), "t1,pet"); });
    QVERIFY(contains(sentence, "\"pet\""));
    QVERIFY(contains(sentence, "t1, t1ce, t2, flair"));
    QVERIFY(!sentenceOf([] { parseModalities(brats(), ""); }).empty());
    QVERIFY(!sentenceOf([] { parseModalities(brats(), " , "); }).empty());
  }

  void aSchemaHasOneToEightModalitiesOfDifferentNames() {
    QVERIFY(!sentenceOf([] { schemaOf(0); }).empty());
    QVERIFY(sentenceOf([] { schemaOf(8); }).empty());
    QVERIFY(!sentenceOf([] { schemaOf(9); }).empty());
    QVERIFY(contains(sentenceOf([] { ModalitySchema({{"t1", "a"}, {"T1", "b"}}); }), "\"T1\""));
  }

  void whatPeopleReadOfAModalityIsOneLine() {
    const ModalitySchema schema(std::vector<Modality>{{"audio", "Audio\n9 samples\x1b[2J"}});
    QCOMPARE(schema.label(ModalityId(0)), std::string("Audio\\x0a9 samples\\x1b[2J"));
    QCOMPARE(ModalitySchema(schema.modalities()), schema);  // as a manifest says it
  }
};

APPLESS_TEST(ModalityTest)
#include "modality_test.moc"
