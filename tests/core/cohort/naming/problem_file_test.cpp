#include "core/cohort/naming/problem_file.h"

#include <fstream>

#include "tests/core/cohort/cohort_folder.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

namespace {

const char* const kProstate = R"(largest_mm = 500

[[modality]]
key = "t2"
aliases = ["t2w"]

[[modality]]
key = "adc"
suffixes = [".apparent"]

[[label]]
value = 1
name = "gland"
[[label]]
value = 3
name = "lesion"

[[region]]
key = "lesion"
labels = [3]
colour = "#102030"
[[region]]
key = "gland"
name = "whole gland"
labels = [1, 3]
)";

}  // namespace

class ProblemFileTest : public CohortFolder {
  Q_OBJECT

  void say(const std::string& toml) const { std::ofstream(root() / "problem.toml") << toml; }
  QString sentence(const std::string& toml) const {
    say(toml);
    try {
      readProblemFile(root() / "problem.toml");
    } catch (const Error& error) {
      return QString(error.what()).remove(QString::fromStdString(root().string() + "/"));
    }
    return {};
  }

 private Q_SLOTS:
  void init() { renew(); }

  void modalitiesLabelsAndRegionsAreRead() {
    say(kProstate);
    const ProblemFile said = readProblemFile(root() / "problem.toml");
    QCOMPARE(said.problem.schema, ModalitySchema({{"t2", "T2"}, {"adc", "ADC"}}));
    QCOMPARE(said.problem.outputs, (std::vector<std::string>{"lesion", "gland"}));
    const RegionSchema& regions = said.problem.regions;
    QCOMPARE(regions[0].colour, (Colour{0x10, 0x20, 0x30}));
    QCOMPARE(regions[1].name, std::string("whole gland"));
    QVERIFY(regions[1].holds(3) && !regions[0].holds(1));
    QCOMPARE(regions.nameOf(3).value(), std::string("lesion"));
    QCOMPARE(said.longestMm, 500.0);
  }

  void theEndOfANameSaysTheModality_data() {
    QTest::addColumn<QString>("stem");
    QTest::addColumn<QString>("prefix");
    QTest::addColumn<int>("modality");  // -1: the segmentation, -2: nothing
    QTest::newRow("key") << "P01_adc"
                         << "P01" << 1;
    QTest::newRow("alias, upper case") << "P01-T2W"
                                       << "P01" << 0;
    QTest::newRow("suffix") << "P01.Apparent"
                            << "P01" << 1;
    QTest::newRow("bare") << "t2"
                          << "" << 0;
    QTest::newRow("segmentation") << "P01_seg"
                                  << "P01" << -1;
    QTest::newRow("no word of its own") << "P01adc"
                                        << "" << -2;
    QTest::newRow("another") << "P01_dwi"
                             << "" << -2;
  }
  void theEndOfANameSaysTheModality() {
    QFETCH(QString, stem);
    QFETCH(QString, prefix);
    QFETCH(int, modality);
    say(kProstate);
    const auto meant = meaningOf(stem.toStdString(), readProblemFile(root() / "problem.toml"));
    QCOMPARE(meant.has_value(), modality != -2);
    if (!meant) return;
    QCOMPARE(QString::fromStdString(meant->prefix), prefix);
    QCOMPARE(meant->modality ? static_cast<int>(meant->modality->index()) : -1, modality);
  }

  void whatIsNotUnderstoodIsNamedWithItsLine_data() {
    QTest::addColumn<QString>("toml");
    QTest::addColumn<QString>("sentence");
    const auto row = [](const char* name, const char* toml, const char* sentence) {
      QTest::newRow(name) << toml << QString("\"problem.toml\", line %1").arg(sentence);
    };
    row("unknown key", "[[modality]]\nkey = \"t2\"\ncolor = \"red\"\n",
        "3: \"color\" is not known here; known are key, label, aliases, suffixes.");
    row("name twice",
        "[[modality]]\nkey = \"t2\"\n[[modality]]\nkey = \"adc\"\naliases = [\"T2\"]\n",
        "3: \"t2\" is named twice; a file's name means one thing.");
    row("no key", "[[modality]]\nlabel = \"T2\"\n", "1: key is missing.");
    row("a value that is none",
        "[[modality]]\nkey = \"t2\"\n[[label]]\nvalue = 300\nname = \"x\"\n",
        "4: value holds the values of labels, whole numbers from 1 to 255; 0 is background.");
    row("no TOML", "[[modality]]\nkey = t2\n", "2: this is no TOML");
    row("a length",
        "largest_mm = 2\n[[modality]]\nkey = \"t2\"\n[[label]]\nvalue = 1\nname = \"x\"\n"
        "[[region]]\nkey = \"x\"\nlabels = [1]\n",
        "1: largest_mm is a length in mm, from 50 to 10000.");
  }
  void whatIsNotUnderstoodIsNamedWithItsLine() {
    QFETCH(QString, toml);
    QFETCH(QString, sentence);
    const QString found = this->sentence(toml.toStdString());
    QVERIFY2(found.startsWith(sentence), qPrintable(found));
  }

  void whatCannotBeMeantIsSaid() {
    QVERIFY(sentence("").contains("nothing is said"));
    QVERIFY(
        sentence("[[modality]]\nkey = \"t2\"\n[[label]]\nvalue = 1\nname = \"gland\"\n"
                 "[[label]]\nvalue = 2\nname = \"rest\"\n[[region]]\nkey = \"g\"\nlabels = [1]\n")
            .endsWith("Label 2 (\"rest\") is in no region."));
  }

  void aCohortIsReadByWhatItsFileSays() {
    for (const char* id : {"P01", "P02"}) {
      image(std::string(id) + "/" + id + "_T2w.nii");
      image(std::string(id) + "/" + id + ".apparent.nii");
      labels({1, 3, 3}).save(root() / id / (std::string(id) + "_seg.nii"));
    }
    fs::remove(root() / "P02" / "P02.apparent.nii");
    say(kProstate);
    const Cohort cohort = openCohort(root());
    QCOMPARE(cohort.problem.schema.size(), std::size_t{2});
    QCOMPARE(cohort.cases.size(), std::size_t{2});
    QCOMPARE(cohort.cases[0].available()->size(), std::size_t{2});
    QCOMPARE(cohort.cases[1].available().value(), ModalitySet(ModalityId(0)));
    QCOMPARE(cohort.cases[0].profile, LabelProfile::Stated);
    QCOMPARE(cohort.problem.regions.size(), std::size_t{2});
    QCOMPARE(openCase(root() / "P01").regions, cohort.problem.regions);
  }

  void itCountsForCasesThreeFoldersBelow() {
    say(kProstate);
    image("centre/P01/before/P01_t2.nii");
    QCOMPARE(openCohort(root()).cases.front().id, std::string("before"));
    QCOMPARE(openCase(root() / "centre/P01/before").modalities.size(), std::size_t{2});
  }

  void aLabelThatIsNotListedStopsTheFile() {
    image("P01/P01_t2.nii");
    labels({1, 2}).save(root() / "P01" / "P01_seg.nii");
    say(kProstate);
    const CaseInfo info = openCase(root() / "P01", Depth::Voxels);
    QCOMPARE(info.verdict, Verdict::Excluded);
    QVERIFY2(
        contains(info.notes.back(), "unknown labels: 2 (1 voxels); problem.toml knows 0, 1, 3"),
        info.notes.back().c_str());
  }

  void whoStatesAProblemStatesTheLongestImage() {
    NiftiFile whole = numberedCube(2);
    whole.pixdim = {1, 15, 15, 15, 1, 1, 1, 1};
    whole.sform = {15, 0, 0, 0, 0, 15, 0, 0, 0, 0, 15, 0};
    whole.setVoxels<std::int16_t>({2, 2, 60}, std::vector<std::int16_t>(240, 7));  // 900 mm
    fs::create_directory(root() / "P01");
    whole.save(root() / "P01" / "P01_t2.nii");
    QVERIFY(anyContains(openCohort(root()).cases.front().notes, "at most 600 mm"));
    say(std::string(kProstate));
    QVERIFY(anyContains(openCohort(root()).cases.front().notes, "at most 500 mm"));
    say(std::string(kProstate).substr(std::string("largest_mm = 500").size()));
    QCOMPARE(openCohort(root()).cases.front().verdict, Verdict::Ok);
  }
};

GUILESS_TEST(ProblemFileTest)
#include "problem_file_test.moc"
