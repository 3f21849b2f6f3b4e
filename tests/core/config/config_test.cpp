#include <QTemporaryDir>
#include <QTest>
#include <clocale>
#include <locale>

#include "core/config/config_keys.h"
#include "core/files/atomic_file.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

/// Writes decimal commas and groups thousands: what a German C++ locale would do.
struct GermanNumbers : std::numpunct<char> {
  char do_decimal_point() const override { return ','; }
  char do_thousands_sep() const override { return '.'; }
  std::string do_grouping() const override { return "\3"; }
};

class GermanLocale {
 public:
  GermanLocale() : before_(std::locale::global(std::locale({}, new GermanNumbers))) {
    if (std::setlocale(LC_NUMERIC, "de_DE.UTF-8") == nullptr) {
      qInfo("de_DE is not installed here: only the C++ locale is German");
    }
  }
  ~GermanLocale() {
    std::locale::global(before_);
    std::setlocale(LC_ALL, "C");
  }
  GermanLocale(const GermanLocale&) = delete;
  GermanLocale& operator=(const GermanLocale&) = delete;

 private:
  std::locale before_;
};

/// Every key away from its default.
RunConfig otherwise() {
  RunConfig config;
  config.model.width = 0.75;
  config.model.kind = "hemis";
  config.train = {"joint", "dice",    1234567, 4,   128,  8e-4, 0.0, 1.0,
                  0.125,   1ll << 53, 50,      2.5, 1000, 0,    2000};
  config.gmd = {"pairs", 5, "sum", "shared", 0.01, 7};
  config.data = {"auto", "minmax", 2.0, 5, 2};
  config.compute = {2, "cuda:1", "bfloat16"};
  config.run = {"first.light", "a_b-c"};
  return config;
}

std::string complaintAbout(const std::string& assignment) {
  return sentenceOf([&] {
    RunConfig config;
    setFromText(config, assignment);
  });
}

}  // namespace

class ConfigTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyKeyIsThereOnceAndItsDefaultIsTheStructs() {
    QCOMPARE(configKeys().size(), std::size_t{5 + 15 + 6 + 6 + 3 + 2});
    for (const auto& key : configKeys()) {
      QVERIFY(key.get(RunConfig{}) == key.standard);
      QVERIFY(&configKey(key.key) == &key);
      QVERIFY(!key.label.empty() && !key.words.empty());
      RunConfig config;
      setValue(config, key.key, key.standard);  // its own default is allowed
      QVERIFY(config == RunConfig{});
    }
  }

  void theTomlOfAConfigReadsBackToItself() {
    QVERIFY(parseConfig(toToml(otherwise())) == otherwise());
    QVERIFY(parseConfig(toToml(RunConfig{}), otherwise()) == RunConfig{});
  }

  void aRegularExpressionSurvivesToml() {
    RunConfig config;
    setFromText(config, R"(data.patient=(.*)_"\d+")");
    QCOMPARE(config.data.patient, std::string(R"((.*)_"\d+")"));
    QCOMPARE(parseConfig(toToml(config)).data.patient, config.data.patient);
    for (const char* bad :
         {"data.patient=", "data.patient=x", "data.patient=(", "data.patient=(a)(b)"})
      QVERIFY2(contains(complaintAbout(bad), "regular expression with one group"), bad);
  }

  void theLocaleMovesNoDecimalPoint() {
    const std::string before = toToml(otherwise());
    const GermanLocale german;
    QCOMPARE(toToml(otherwise()), before);
    QVERIFY(parseConfig(before) == otherwise());
    RunConfig config;
    setFromText(config, "train.lr=0.0025");
    QCOMPARE(config.train.lr, 0.0025);
    QCOMPARE(toText(0.0025), std::string("0.0025"));
    QVERIFY(!complaintAbout("train.lr=0,0025").empty());
    QVERIFY(contains(complaintAbout("train.steps=20000000"), "20000000;"));
  }

  void keysThatAFileLeavesOutKeepTheBasesValue() {
    const RunConfig config = parseConfig("[train]\nlr = 1e-4\nweight_decay = 0", otherwise());
    RunConfig expected = otherwise();
    expected.train.lr = 1e-4;
    expected.train.weightDecay = 0;
    QVERIFY(config == expected);
  }

  void dottedKeysAndTablesMeanTheSame() {
    QCOMPARE(parseConfig("train.checkpoint_every = 7").train.checkpointEvery, std::int64_t{7});
    QCOMPARE(parseConfig("[train]\ncheckpoint_every = 7").train.checkpointEvery, std::int64_t{7});
  }

  void wholeNumbersStandForRealOnes() {
    QCOMPARE(parseConfig("data.spacing = 2").data.spacing, 2.0);
    QCOMPARE(parseConfig("train.steps = 50.0").train.steps, std::int64_t{50});
    RunConfig config;
    setFromText(config, "train.steps=1e4");
    QCOMPARE(config.train.steps, std::int64_t{10'000});
  }

  void refusedValues_data() {
    QTest::addColumn<QString>("assignment");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* assignment, const char* sentence) {
      QTest::newRow(assignment) << assignment << sentence;
    };
    row("train.lr=-1", "train.lr is -1; it must lie between 1e-07 and 1.");
    row("train.lr=nan", "train.lr is nan; it must lie between 1e-07 and 1.");
    row("train.steps=0", "train.steps is 0; it must lie between 1 and 10000000.");
    row("train.steps=2.5", "train.steps is 2.5; a whole number from 1 to 10000000 is expected.");
    row("train.batch=many", "train.batch is \"many\"; a whole number from 1 to 512 is expected.");
    row("train.batch=", "train.batch is \"\"; a whole number from 1 to 512 is expected.");
    row("train.seed=9007199254740993",
        "train.seed is 9007199254740993; it must lie between 0 and 9007199254740992.");
    row("train.method=gdm",
        "train.method is \"gdm\"; it must be joint, gmd or "
        "modality-dropout.");
    row("compute.device=cuda", "compute.device is \"cuda\"; it must be auto, cpu or cuda:N.");
    row("model.width=0.3",
        "model.width is 0.3; it must be a multiple of 0.25. The first level has 32 × width "
        "channels, which must be a multiple of 8; each level below doubles them.");
    row("train.stesp=3", "There is no setting \"train.stesp\"; did you mean \"train.steps\"?");
    row("lr=3", "There is no setting \"lr\"; did you mean \"train.lr\"?");
    row("train.checkpointEvery=3",
        "There is no setting \"train.checkpointEvery\"; did you mean "
        "\"train.checkpoint_every\"?");
  }

  void refusedValues() {
    QFETCH(QString, assignment);
    QFETCH(QString, sentence);
    QCOMPARE(QString::fromStdString(complaintAbout(assignment.toStdString())), sentence);
  }

  void cropsComeInSixteens() {
    QVERIFY(complaintAbout("train.crop=48").empty());
    QVERIFY(contains(complaintAbout("train.crop=40"), "must be a multiple of 16"));
    QVERIFY(contains(complaintAbout("train.crop=272"), "between 16 and 256"));
  }

  void farFromEveryKeyNothingIsSuggested() {
    QVERIFY(contains(complaintAbout("colour=3"), "There is no setting \"colour\""));
    QVERIFY(!contains(complaintAbout("colour=3"), "did you mean"));
    QVERIFY(contains(complaintAbout("train.lr"), "key=value"));
  }

  void namesCannotLeaveTheirFolder() {
    for (const char* bad : {"..", "a/b", "", ".hidden", "-x", "a b", "ä"}) {
      QVERIFY2(!complaintAbout(std::string("run.name=") + bad).empty(), bad);
    }
    QVERIFY(complaintAbout("run.name=gmd-0.25_v2").empty());
    QVERIFY(complaintAbout("compute.device=cuda:0").empty());
    QVERIFY(!complaintAbout("compute.device=cuda:0x").empty());
  }

  void quotationMarksAroundAWordAreTaken() {
    RunConfig config;
    setFromText(config, " train.method = \"joint\" ");
    QCOMPARE(config.train.method, std::string("joint"));
  }

  void aRefusedValueChangesNothing() {
    RunConfig config;
    QVERIFY(thrownBy([&] { setFromText(config, "train.lr=7"); }).has_value());
    QVERIFY(config == RunConfig{});
  }

  void aFilesErrorNamesFileLineAndKey() {
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("my.toml").toStdString();
    const auto complaint = [&file](std::string_view text) {
      writeAtomically(file, text);
      return sentenceOf([&file] { readConfig(file); });
    };
    QVERIFY(contains(complaint("[train]\n\nlr = 7\n"),
                     "my.toml\", line 3: train.lr is 7; it must lie"));
    QVERIFY(contains(complaint("[train]\nlt = 7\n"), "line 2: There is no setting \"train.lt\""));
    QVERIFY(contains(complaint("[train]\nlr = [1]\n"), "line 2: train.lr is of the kind"));
    QVERIFY(contains(complaint("[train]\nlr = true\n"), "line 2: train.lr is of the kind"));
    QVERIFY(contains(complaint("[train]\n[train.lr]\nx = 1\n"), "line 3: There is no setting"));
    QVERIFY(contains(complaint("train = 3\n"), "line 1: There is no setting \"train\""));
    QVERIFY(contains(complaint("a = 1\na = 2\n"), "line 2: this is no TOML"));
    QVERIFY(!contains(complaint("a"), ".."));
    QVERIFY(contains(sentenceOf([&] { readConfig(file.string() + "x"); }), "does not exist"));
  }

  void aTextThatWouldCarryTheParserTooDeepIsRefusedByItsLine_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("says");
    const auto times = [](const char* text, int count) { return QByteArray(text).repeated(count); };
    const QByteArray parts = "a name has more than 16 parts";
    const QByteArray brackets = "brackets are nested more than 16 deep";
    QTest::newRow("a header") << "\n[a" + times(".a", 20'000) + "]"
                              << "line 2: these are no settings: " + parts;
    QTest::newRow("a key") << "a" + times(".a", 20'000) + " = 1" << parts;
    QTest::newRow("a key in quotes") << times("'a'.\"b\".", 9) + "c = 1" << parts;
    QTest::newRow("a key with spaces") << times("a . ", 17) + "c = 1" << parts;
    QTest::newRow("a header of tables") << "[[a" + times(".a", 17) + "]]" << parts;
    QTest::newRow("lists") << "x = " + times("[", 9'000) << brackets;
    QTest::newRow("lists over lines") << "x = " + times("[\n", 200'000) << brackets;
    QTest::newRow("tables") << "x = " + times("{a=", 3'000) << brackets;
    QTest::newRow("a long name") << QByteArray(20'000, 'a') + " = 1"
                                 << QByteArray("10,000 letters");
  }
  void aTextThatWouldCarryTheParserTooDeepIsRefusedByItsLine() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, says);
    const std::string sentence = sentenceOf([&] { parseConfig(text.toStdString()); });
    QVERIFY2(contains(sentence, says.toStdString()), sentence.c_str());
  }

  void pointsAndBracketsInWordsAndCommentsDoNotCount() {
    const std::string many = "[[[[[[[[[[[[[[[[[[[[ a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a";
    const RunConfig config = parseConfig("# " + many + "\n[run]\nname = \"a\" # \" " + many +
                                         "\nexperiment = 'b'\n[train]\nlr = 0.001\n");
    QCOMPARE(config.run.name, std::string("a"));
    QCOMPARE(config.run.experiment, std::string("b"));
    QCOMPARE(config.train.lr, 0.001);
    const auto refusal = [](const std::string& value) {
      return sentenceOf([&] { parseConfig("x = " + value); });
    };
    QVERIFY(contains(refusal("\"\\\"" + many + "\""), "There is no setting \"x\""));
    QVERIFY(contains(refusal("'''\n" + many + "\n'''"), "There is no setting \"x\""));
  }

  void whatIsNoTomlAtAllIsCalledByItsName() {
    QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("run.toml").toStdString();
    writeAtomically(file, "{\"id\": \"a\"}");
    QCOMPARE(sentenceOf([&] { readConfig(file); }),
             inQuotes(file) + " is a JSON document, not settings in TOML.");
    writeAtomically(file, "");
    QVERIFY(readConfig(file) == RunConfig{});
    writeAtomically(file, "#");
    std::filesystem::resize_file(file, 12'000'000'000);  // sparse
    QVERIFY(contains(sentenceOf([&] { readConfig(file); }), "it has 12.0 GB"));
  }

  void differencesAreAssignmentsThatMakeTheConfigAgain() {
    QVERIFY(differences(RunConfig{}).empty());
    RunConfig few;
    few.train.steps = 200;
    few.train.lr = 5e-4;
    QCOMPARE(differences(few), (std::vector<std::string>{"train.steps=200", "train.lr=0.0005"}));
    RunConfig again;
    for (const auto& assignment : differences(otherwise())) setFromText(again, assignment);
    QVERIFY(again == otherwise());
  }

  void thePaperPresetHasThePapersNumbers() {  // METHOD.md, section 4; width of the oracle
    const RunConfig paper = preset("paper");
    QCOMPARE(paper.train.loss, std::string("dice"));
    QCOMPARE(paper.train.lr, 8e-4);
    QCOMPARE(paper.train.weightDecay, 1e-5);
    QCOMPARE(paper.train.batch, std::int64_t{4});
    QCOMPARE(paper.train.crop, std::int64_t{128});
    QCOMPARE(paper.train.flip, 0.5);
    QCOMPARE(paper.model.width, 0.5);
    QVERIFY(preset("default") == RunConfig{});
    QVERIFY(contains(sentenceOf([] { preset("papers"); }), "there are default, paper."));
    for (const auto& name : presetNames(kDefaultTask)) {
      QVERIFY(parseConfig(toToml(preset(name))) == preset(name));  // within every range
    }
  }

  void everyTaskHasSettingsThatSuitItAndDiffersFromTheirOwnBase() {
    QVERIFY(standardFor(Task::Segmentation3d) == RunConfig{});
    for (const Task task : kTasks) {
      const RunConfig standard = standardFor(task);
      QVERIFY(parseConfig(toToml(standard)) == standard);
      QVERIFY(differences(standard, standard).empty());
      RunConfig other = standard;
      other.train.steps = 7;
      QCOMPARE(differences(other, standard), (std::vector<std::string>{"train.steps=7"}));
    }
    QCOMPARE(standardFor(Task::Regression).train.loss, std::string("l1"));
  }

  void theHelpTellsEveryKey() {
    for (const auto& key : configKeys()) QVERIFY(contains(describeKeys(), key.key + " = "));
    QVERIFY(contains(describeKeys(), "train.crop = 48   (16 to 256 in steps of 16 voxels)"));
    QVERIFY(contains(describeKeys(), "gmd.merge = mean   (mean | sum)"));
  }
};

APPLESS_TEST(ConfigTest)
#include "config_test.moc"
