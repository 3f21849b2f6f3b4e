#include "app/work/looking/prediction_files.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include <nlohmann/json.hpp>

#include "core/files/atomic_file.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;

constexpr ModalityId kA{0}, kB{1};
const ModalitySchema kSchema({{"a", "A"}, {"b", "B"}});
const ModalitySet kBoth = kSchema.all();

SubsetOutputs digits() {
  const Problem problem{
      Task::Classification, kSchema, InputLayout({{2, 1}, {2, 1}}), {"zero", "one, or so"}};
  return {problem,
          kBoth,
          {{kBoth, {0.25, 0.75}}, {ModalitySet(kA), {0.5, 0.5}}, {ModalitySet(kB), {1, 0}}}};
}

}  // namespace

class PredictionFilesTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  fs::path at(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }
  PredictionSource source() const {
    return {"test/7", at("data"), at("run"), "net", 40, true, Corruption::Noise};
  }
  static nlohmann::json jsonIn(const fs::path& file) {
    return nlohmann::json::parse(readText(file));
  }

 private Q_SLOTS:
  void everySubsetHasARowWithWhatItSays() {
    writeOutputs(at("outputs.csv"), digits(), 1, source());
    QCOMPARE(readText(at("outputs.csv")),
             std::string("modalities,truth,predicted,p_zero,\"p_one, or so\"\n"
                         "a+b,\"one, or so\",\"one, or so\",0.25,0.75\n"
                         "a,\"one, or so\",zero,0.5,0.5\n"
                         "b,\"one, or so\",zero,1,0\n"));
    SubsetOutputs number = digits();
    number.problem.task = Task::Regression;
    number.problem.outputs = {"sentiment"};
    number.each = {{kBoth, {-0.5}}, {ModalitySet(kA), {2}}, {ModalitySet(kB), {0}}};
    writeOutputs(at("outputs.csv"), number, -1.25, source());
    QCOMPARE(readText(at("outputs.csv")),
             std::string("modalities,truth,sentiment\na+b,-1.25,-0.5\na,-1.25,2\nb,-1.25,0\n"));
  }

  void besideItStandsWhereItComesFrom() {
    writeOutputs(at("outputs.csv"), digits(), 1, source());
    const auto json = jsonIn(at("outputs.csv.json"));
    QVERIFY(json["case"] == "test/7");
    QVERIFY(json["data"] == at("data").string());
    QVERIFY(json["run"] == at("run").string());
    QVERIFY(json["network"] == "net");
    QVERIFY(json["step"] == 40);
    QVERIFY(json["trained_on"] == true);
    QVERIFY(json["modalities"] == (std::vector<std::string>{"a", "b"}));
    QVERIFY(json["left_out"] == "noise");
  }

  /// v(∅) = 0.5, v(a) = 0.5, v(b) = 0, v(ab) = 0.75: φ_a = (0 + 0.75) / 2, φ_b = (−0.5 + 0.25) / 2.
  void contributionsAreWrittenWithWhatTheyShareOut() {
    writeContributions(at("shapley.csv"), digits(), contributionsTo(digits(), {0.5, 0.5}),
                       source());
    QCOMPARE(readText(at("shapley.csv")), std::string("modality,shapley,share,removal\n"
                                                      "a,0.375,0.75,0.75\nb,-0.125,0.25,0.25\n"));
    const auto json = jsonIn(at("shapley.csv.json"));
    QVERIFY(json["explained"] == "probability of one, or so");
    QVERIFY(json["all"] == 0.75);
    QVERIFY(json["none"] == 0.5);
  }

  void classesHaveTheNumbersOfTheLabels() {
    fs::create_directories(at("data"));
    std::ofstream(at("data") / "classes.txt") << "- unlabelled\nground\nroad\n";
    const Problem problem{
        Task::Segmentation2d, kSchema, InputLayout({{3, 1}, {1, 1}}), {"ground", "road"}};
    writeClasses(at("classes.png"), {problem, ModalitySet(kB), {2, 2, {0, 1, 1, 0}}}, source());
    const LabelPicture read = readLabelPicture(at("classes.png"));
    QCOMPARE(read.width, std::size_t{2});
    QCOMPARE(read.values, (std::vector<std::uint8_t>{1, 2, 2, 1}));
    const auto json = jsonIn(at("classes.png.json"));
    QVERIFY(json["modalities"] == std::vector<std::string>{"b"});
    QVERIFY(json["classes"][1]["number"] == 2);
    QVERIFY(json["classes"][1]["name"] == "road");
  }

  void aFolderThatCannotBeWrittenToIsASentence() {
    std::ofstream(at("file")) << "x";
    const auto sentence =
        sentenceOf([&] { writeOutputs(at("file") / "a.csv", digits(), 1, source()); });
    QVERIFY2(contains(sentence, "could not be made"), sentence.c_str());
  }
};

APPLESS_TEST(PredictionFilesTest)
#include "prediction_files_test.moc"
