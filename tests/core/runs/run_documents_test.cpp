#include "core/runs/run_documents.h"

#include <QTest>

#include <nlohmann/json.hpp>

#include "core/problem/brats.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using Json = nlohmann::ordered_json;

namespace {

RunManifest volumes() {
  RunManifest manifest{bratsProblem()};
  manifest.id = "run";
  manifest.spacing = {1, 1, 1};
  manifest.splits = {{"train", {"a"}}};
  return manifest;
}

RunManifest features() {
  RunManifest manifest({Task::Classification,
                        ModalitySchema({{"text", "Text"}, {"audio", "Audio"}}),
                        InputLayout({{2, 1}, {1, 3}}),
                        {"no", "yes"}});
  manifest.id = "run";
  manifest.splits = {{"train", {"a"}}};
  manifest.moments = {{{0, 1}, {1, 0}}, {{5}, {0.5F}}};
  return manifest;
}

/// The document with another value at a place such as "/spacing_mm/0".
std::string changed(const std::string& text, const char* place, const char* value) {
  Json json = Json::parse(text);
  json[Json::json_pointer(place)] = Json::parse(value);
  return json.dump();
}

void row(const char* place, const char* value) {
  QTest::newRow(qPrintable(QString("%1 %2").arg(place, value))) << place << value;
}

}  // namespace

/// Documents that somebody edited, or that were damaged and are still JSON.
class RunDocumentsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatWasWrittenReadsBack() {
    QCOMPARE(manifestFrom(manifestText(volumes())).spacing, (std::vector<double>{1, 1, 1}));
    QVERIFY(manifestFrom(manifestText(features())).moments == features().moments);
  }

  void aManifestOfVolumesWithWrongNumbersIsRefused_data() {
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("value");
    for (const char* length : {"0", "-1", "null", "\"1\"", "true", "1e-9", "1e9", "[1]"})
      row("/spacing_mm/0", length);
    for (const char* list : {"[]", "[1, 1]", "[1, 1, 1, 1]", "1", "null", "{}"})
      row("/spacing_mm", list);
    for (const char* number : {"-1", "1.5", "true", "\"7\"", "1e30", "18446744073709551615"})
      row("/parameters", number);
    for (const char* number : {"-1", "0.5", "null"}) row("/seed", number);
    for (const char* number : {"-1", "1e10", "\"2\""}) row("/threads", number);
    for (const char* list : {"[]", "[\"wt\"]", "\"wt\"", "[1, 2, 3]"}) row("/outputs", list);
    for (const char* list : {"[]", "{}", "[{}]"}) row("/modalities", list);
    for (const char* task : {"\"segmentation4d\"", "3", "null"}) row("/task", task);
    for (const char* width : {"0", "-4", "1e18", "2.5"}) row("/inputs/0/width", width);
    for (const char* value : {"300", "-1", "0", "1.5", "\"1\""})
      row("/segmentation/labels/0/value", value);
    for (const char* list : {"[9]", "[]", "1", "null"}) row("/segmentation/regions/0/labels", list);
    for (const char* colour : {"[1, 2]", "[1, 2, 256]", "\"red\""})
      row("/segmentation/regions/0/colour", colour);
    row("/segmentation/regions", "[]");
    row("/inputs", "[]");
    row("/splits", "[\"a\"]");
    row("/splits/train", "[1]");
    row("/data", "7");
  }
  void aManifestOfVolumesWithWrongNumbersIsRefused() {
    QFETCH(QString, place);
    QFETCH(QString, value);
    const std::string text = changed(manifestText(volumes()), qPrintable(place), qPrintable(value));
    QVERIFY(!sentenceOf([&] { manifestFrom(text); }).empty());
  }

  void aManifestOfFeaturesWithWrongNumbersIsRefused_data() {
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("value");
    for (const char* list : {"[1]", "[1, 2, 3]", "[1, null]", "[1, true]", "[1, 1e39]"})
      row("/moments/0/mean", list);
    for (const char* list : {"[1]", "[1, -1]"}) row("/moments/0/deviation", list);
    row("/moments", "[{\"mean\": [1, 2], \"deviation\": [1, 1]}]");
    row("/inputs/1/steps", "0");
    row("/inputs/0/width", "3");
    row("/outputs", "[]");
    row("/spacing_mm", "[1]");
  }
  void aManifestOfFeaturesWithWrongNumbersIsRefused() {
    QFETCH(QString, place);
    QFETCH(QString, value);
    const std::string text =
        changed(manifestText(features()), qPrintable(place), qPrintable(value));
    QVERIFY(!sentenceOf([&] { manifestFrom(text); }).empty());
  }

  void theSentenceNamesTheKeyAndWhatItHolds() {
    const std::string text = changed(manifestText(volumes()), "/spacing_mm/1", "-2");
    const std::string said = sentenceOf([&] { manifestFrom(text); });
    QVERIFY2(contains(said, "spacing_mm is -2") && contains(said, "0.001"), said.c_str());
  }

  void outputsThatAreNotTheRegionsAreNamedBesideThem() {
    const std::string text = changed(manifestText(volumes()), "/outputs", "[\"wt\", \"core\"]");
    const std::string said = sentenceOf([&] { manifestFrom(text); });
    QVERIFY2(
        contains(said, "outputs names \"wt\", \"core\"; its regions are \"wt\", \"tc\", \"et\""),
        said.c_str());
  }

  void aStateWithWrongNumbersIsRefused_data() {
    QTest::addColumn<QString>("place");
    QTest::addColumn<QString>("value");
    for (const char* place : {"/step", "/steps", "/pid"})
      for (const char* number : {"-1", "1.5", "1e300", "null", "\"4\"", "9223372036854775808"})
        row(place, number);
    for (const char* place : {"/seconds", "/heartbeat"})
      for (const char* number : {"-1", "null", "\"4\"", "1e300"}) row(place, number);
    row("/process_started", "-1");
    row("/state", "\"running fast\"");
    row("/host", "4");
    row("/words", "null");
  }
  void aStateWithWrongNumbersIsRefused() {
    QFETCH(QString, place);
    QFETCH(QString, value);
    const std::string good = stateText({RunStatus{}, ProcessMark{1, 2, "box"}, 3});
    stateFrom(good);
    const std::string text = changed(good, qPrintable(place), qPrintable(value));
    QVERIFY(!sentenceOf([&] { stateFrom(text); }).empty());
  }

  void whatOlderProgramsDidNotWriteIsNotMissed() {
    Json manifest = Json::parse(manifestText(volumes()));
    for (const char* key : {"threads", "processor", "task", "inputs", "moments"})
      manifest.erase(key);
    QCOMPARE(manifestFrom(manifest.dump()).threads, 0);
    Json state = Json::parse(stateText({RunStatus{}, ProcessMark{1, 2, "box", "boot"}, 3}));
    QCOMPARE(stateFrom(state.dump()).process.boot, std::string("boot"));
    state.erase("boot");
    QVERIFY(stateFrom(state.dump()).process.boot.empty());
  }
};

APPLESS_TEST(RunDocumentsTest)
#include "run_documents_test.moc"
