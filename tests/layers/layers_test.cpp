#include <QtTest>
#include <fstream>
#include <sstream>

#include "tests/layers/include_check.h"
#include "tests/test_program.h"

using namespace modascope::layers;

namespace {

const std::filesystem::path kTop = MODASCOPE_SOURCE_DIR;

std::string textOf(const std::filesystem::path& file) {
  std::ifstream stream(file);
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// A small house of its own, so that the checker is tested apart from ours.
AllowedArrows madeUpArrows() {
  return AllowedArrows::parse(
      "[ground]\n"
      "core/base:\n"
      "core/system:\n"
      "[torch]\n"
      "core/volume: core/base\n"
      "core/dicom: core/base\n"
      "core/models: core/base\n"
      "core/train: core/base\n"
      "  + core/models  It trains them.\n"
      "[views]\n"
      "widgets/plots: core/base core/models\n"
      "[app]\n"
      "app/work: core/base core/models\n"
      "app/settings: core/base\n");
}

QStringList complaints(const Sources& sources) {
  QStringList all;
  for (const auto& line : complaintsAbout(sources, madeUpArrows())) {
    all << QString::fromStdString(line);
  }
  return all;
}

QString refusal(const std::string& text) {
  try {
    AllowedArrows::parse(text);
  } catch (const std::runtime_error& error) {
    return QString::fromUtf8(error.what());
  }
  return {};
}

}  // namespace

class LayersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyIncludeOfTheProgramFollowsAnAllowedArrow() {
    const auto arrows = AllowedArrows::parse(textOf(kTop / "tests/layers/allowed_includes.txt"));
    const auto sources = readSources(kTop, {"core", "widgets", "app"});
    QVERIFY(sources.size() > 50);
    QVERIFY(sources.count("core/base/error.h") == 1);
    const auto found = complaintsAbout(sources, arrows);
    for (const auto& line : found) qWarning("%s", line.c_str());
    QVERIFY2(found.empty(), "the lines above are against tests/layers/allowed_includes.txt");
  }

  void everyAllowedArrowIsFollowed() {
    const auto arrows = AllowedArrows::parse(textOf(kTop / "tests/layers/allowed_includes.txt"));
    const auto idle = idleArrows(readSources(kTop, {"core", "widgets", "app"}), arrows);
    for (const auto& line : idle) qWarning("%s", line.c_str());
    QVERIFY2(idle.empty(), "the lines above can go from tests/layers/allowed_includes.txt");
  }

  void arrowsThatNobodyFollowsAreNamedWithTheirLine() {
    const auto arrows = AllowedArrows::parse(
        "[a]\ncore/a:\ncore/b:\n  + core/a  because\n[b]\ncore/c: core/a core/b\n");
    const Sources sources{{"core/c/parts/c.cpp", "#include \"core/b/b.h\"\n"},
                          {"core/b/b.h", "#include \"core/b/other.h\"\n"}};
    QCOMPARE(
        idleArrows(sources, arrows),
        (std::vector<std::string>{"allowed_includes.txt:4: core/b includes nothing of core/a",
                                  "allowed_includes.txt:6: core/c includes nothing of core/a"}));
  }

  void filesBelowAFolderBelongToItsRoom() {
    const Sources sources{{"widgets/plots/parts/axis.h",
                           "#include \"widgets/plots/plot.h\"\n#include \"app/work/w.h\"\n"}};
    QCOMPARE(complaints(sources),
             QStringList("widgets/plots/parts/axis.h:2: widgets/plots may not include app/work "
                         "(app/work/w.h)"));
  }

  void arrowsDownPass() {
    const Sources sources{{"core/train/trainer.h",
                           "#include <vector>\n#include <torch/types.h>\n"
                           "#include \"core/base/error.h\"\n#include \"core/models/model.h\"\n"},
                          {"core/base/error.h", "#include <stdexcept>\n"},
                          {"core/models/model.h", ""}};
    QCOMPARE(complaints(sources), QStringList());
  }

  void arrowUpIsNamedWithFileAndLine() {
    const Sources sources{{"core/models/model.cpp", "\n\n#include \"core/train/trainer.h\"\n"}};
    QCOMPARE(complaints(sources),
             QStringList("core/models/model.cpp:3: core/models may not include core/train "
                         "(core/train/trainer.h)"));
  }

  void folderThatIsNotNamedIsReported() {
    const auto found = complaints({{"core/utils/helper.h", ""}});
    QCOMPARE(found.size(), 1);
    QVERIFY(found.front().startsWith("core/utils/helper.h:1:"));
  }

  void librariesOutOfPlaceAreReported_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("header");
    QTest::addColumn<bool>("fine");
    QTest::newRow("Qt in core") << "core/base/error.h"
                                << "<QString>" << false;
    QTest::newRow("a Qt module in core") << "core/base/error.h"
                                         << "<QtCore/QString>" << false;
    QTest::newRow("Qt in work") << "app/work/work.cpp"
                                << "<QObject>" << false;
    QTest::newRow("Qt in widgets") << "widgets/plots/plot.h"
                                   << "<QWidget>" << true;
    QTest::newRow("plots in core") << "core/base/error.h"
                                   << "\"qcustomplot.h\"" << false;
    QTest::newRow("plots in plots") << "widgets/plots/plot.h"
                                    << "<qcustomplot.h>" << true;
    QTest::newRow("settings in widgets") << "widgets/plots/plot.h"
                                         << "<QSettings>" << false;
    QTest::newRow("settings in settings") << "app/settings/s.cpp"
                                          << "<QSettings>" << true;
    QTest::newRow("torch in widgets") << "widgets/plots/plot.cpp"
                                      << "<torch/torch.h>" << false;
    QTest::newRow("ATen in base") << "core/base/error.cpp"
                                  << "<ATen/ATen.h>" << false;
    QTest::newRow("torch in models") << "core/models/model.h"
                                     << "<c10/core/Device.h>" << true;
    QTest::newRow("torch in a header of work") << "app/work/w.h"
                                               << "<torch/types.h>" << false;
    QTest::newRow("torch in a source of work") << "app/work/w.cpp"
                                               << "<torch/types.h>" << true;
    QTest::newRow("ITK in a header") << "core/volume/volume.h"
                                     << "<itkImage.h>" << false;
    QTest::newRow("ITK in its source") << "core/volume/volume_io.cpp"
                                       << "<itkImage.h>" << true;
    QTest::newRow("DCMTK in its room") << "core/dicom/dicom_series.cpp"
                                       << "<dcmtk/dcmdata/dctk.h>" << true;
    QTest::newRow("DCMTK in volume") << "core/volume/volume_io.cpp"
                                     << "<dcmtk/dcmdata/dctk.h>" << false;
    QTest::newRow("ITK in widgets") << "widgets/plots/plot.cpp"
                                    << "<itkImage.h>" << false;
    QTest::newRow("VTK in plots") << "widgets/plots/plot.cpp"
                                  << "<vtkActor.h>" << false;
    QTest::newRow("POSIX in base") << "core/base/error.cpp"
                                   << "<unistd.h>" << false;
    QTest::newRow("POSIX below sys") << "app/settings/s.cpp"
                                     << "<sys/stat.h>" << false;
    QTest::newRow("signals of C++") << "app/settings/s.cpp"
                                    << "<csignal>" << false;
    QTest::newRow("POSIX in the system's room") << "core/system/process.cpp"
                                                << "<sys/wait.h>" << true;
    QTest::newRow("queue is not Qt") << "core/base/error.h"
                                     << "<queue>" << true;
  }

  void librariesOutOfPlaceAreReported() {
    QFETCH(QString, file);
    QFETCH(QString, header);
    QFETCH(bool, fine);
    const Sources sources{{file.toStdString(), "#include " + header.toStdString() + "\n"}};
    const auto found = complaints(sources);
    QCOMPARE(found.empty(), fine);
    if (!fine) QVERIFY(found.front().startsWith(file + ":1: may not name "));
  }

  void torchThatComesThroughAHeaderIsReported() {
    const Sources sources{{"widgets/plots/plot.cpp", "#include \"core/models/model.h\"\n"},
                          {"core/models/model.h", "#include \"core/models/layers.h\"\n"},
                          {"core/models/layers.h", "#include <torch/types.h>\n"}};
    QCOMPARE(complaints(sources),
             QStringList("widgets/plots/plot.cpp:1: core/models/model.h brings torch in"));
  }

  void headersThatIncludeEachOtherComeToAnEnd() {
    const Sources sources{{"widgets/plots/plot.h", "#include \"widgets/plots/axis.h\"\n"},
                          {"widgets/plots/axis.h", "#include \"widgets/plots/plot.h\"\n"}};
    QCOMPARE(complaints(sources), QStringList());
  }

  void includesAreWrittenFromTheTop() {
    const Sources sources{{"core/models/model.cpp",
                           "#include \"../base/error.h\"\n#include \"model.h\"\n"
                           "  #  include \"core/models/model.h\"  // fine\n"},
                          {"core/models/model.h", ""}};
    QCOMPARE(complaints(sources),
             QStringList({"core/models/model.cpp:1: goes up with .. in ../base/error.h",
                          "core/models/model.cpp:2: names model.h without its path from the top"}));
  }

  void arrowsThatCouldFormARingAreRefused() {
    QVERIFY(refusal("[a]\ncore/a: core/b\ncore/b:\n").contains("line 2"));
    QVERIFY(refusal("[a]\ncore/a:\n  + core/a  itself\n").contains("line 3"));
  }

  void arrowInsideALevelNeedsAReason() {
    QVERIFY(refusal("[a]\ncore/a:\ncore/b: core/a\n").contains("reason"));
    QVERIFY(refusal("[a]\ncore/a:\ncore/b:\n  + core/a\n").contains("reason"));
    QCOMPARE(refusal("[a]\ncore/a:\ncore/b:\n  + core/a  because\n"), QString());
  }
};

APPLESS_TEST(LayersTest)
#include "layers_test.moc"
