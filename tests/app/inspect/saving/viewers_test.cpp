#include "app/inspect/saving/viewers.h"

#include <QTemporaryDir>
#include <QTest>

#include "core/files/atomic_file.h"
#include "core/problem/brats.h"
#include "core/problem/regions/colour_tables.h"
#include "core/volume/volume_io.h"
#include "tests/app/inspect/saving/stand_in_program.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

namespace fs = std::filesystem;

/// 4 × 3 × 2 voxels whose values are their numbers, the last two of them labelled.
ViewedSegmentation small() {
  VoxelGrid grid;
  grid.size = {4, 3, 2};
  ViewedSegmentation viewed{
      {grid, std::vector<float>(24)}, {grid, std::vector<std::uint8_t>(24)}, bratsRegions()};
  for (std::size_t i = 0; i < 24; ++i) viewed.image.voxels[i] = static_cast<float>(i);
  viewed.labels.voxels[22] = 2;
  viewed.labels.voxels[23] = 4;
  return viewed;
}

}  // namespace

/// Programs of others that show what was saved for them.
class ViewersTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  const fs::path root_ = folder_.path().toStdString();

 private Q_SLOTS:
  void initTestCase() { qputenv("XDG_CACHE_HOME", folder_.filePath("cache").toUtf8()); }

  void onlyInstalledOnesAreThere() {
    const fs::path programs = root_ / "some";
    fs::create_directories(programs);
    const ProgramsIn found(programs);
    const auto before = installedViewers().size();
    makeProgram(programs, "itksnap");
    makeProgram(programs, "Slicer");
    QVERIFY(before <= 2);
    const auto viewers = installedViewers();
    QCOMPARE(viewers.size(), std::size_t{2});
    QCOMPARE(viewers[0].name, QString("3D Slicer"));
    QCOMPARE(viewers[1].program, QString::fromStdString((programs / "itksnap").string()));
  }

  void imageLabelsAndNamesAreWritten() {
    const ViewedSegmentation viewed = small();
    const ViewedFiles files = writeForViewers(root_ / "files", viewed);
    QVERIFY(readVolume(files.image).volume.voxels == viewed.image.voxels);
    QVERIFY(readLabels(files.labels, bratsRegions()).volume.voxels == viewed.labels.voxels);
    QCOMPARE(readText(files.slicerColours), slicerColourTable(bratsRegions()));
    QCOMPARE(readText(files.itkSnapLabels), itkSnapLabelTable(bratsRegions()));
  }

  void slicerIsToldInPython() {
    const fs::path programs = root_ / "slicer";
    makeProgram(programs, "Slicer");
    const ProgramsIn found(programs);
    const Viewer slicer = installedViewers().front();
    QCOMPARE(slicer.arguments({"/a/it's.nii", "/a\\b/l.nii", "/c.ctbl", "/l.txt"}),
             (QStringList{"--python-code",
                          "import slicer; slicer.util.loadVolume('/a/it\\'s.nii'); colours = "
                          "slicer.util.loadColorTable('/c.ctbl'); "
                          "slicer.util.loadSegmentation('/a\\\\b/l.nii', {'colorNodeID': "
                          "colours.GetID()})"}));
  }

  void theProgramIsStartedOnFilesThatNobodyElseMayRead() {
    const fs::path programs = root_ / "snap";
    makeProgram(programs, "itksnap");
    const ProgramsIn found(programs);
    openIn(installedViewers().back(), small());
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(programs / "itksnap.arguments"), 10000);
    const QStringList told =
        QString::fromStdString(readText(programs / "itksnap.arguments")).trimmed().split('\n');
    QCOMPARE(told.size(), 6);
    QCOMPARE((QStringList{told[0], told[2], told[4]}), (QStringList{"-g", "-s", "-l"}));
    for (const int place : {1, 3, 5}) QVERIFY(QFile::exists(told[place]));
    QVERIFY(told[1].startsWith(folder_.filePath("cache/modascope/viewing/case-")));
    const auto may = fs::status(fs::path(told[1].toStdString()).parent_path()).permissions();
    QCOMPARE(may & (fs::perms::group_all | fs::perms::others_all), fs::perms::none);
  }

  void whatWasOpenedLongAgoGoes() {
    const fs::path all = root_ / "cache/modascope/viewing";
    for (const char* name : {"case-old", "case-new"}) {
      fs::create_directories(all / name);
      std::ofstream(all / name / "image.nii.gz") << "x";
    }
    fs::last_write_time(all / "case-old",
                        fs::file_time_type::clock::now() - std::chrono::hours(30));
    const fs::path programs = root_ / "again";
    makeProgram(programs, "itksnap");
    const ProgramsIn found(programs);
    openIn(installedViewers().back(), small());
    QVERIFY(!fs::exists(all / "case-old"));
    QVERIFY(fs::exists(all / "case-new"));
  }

  void aProgramThatDoesNotStartIsSaid() {
    const fs::path programs = root_ / "broken";
    makeProgram(programs, "itksnap", "/nowhere/sh");
    const ProgramsIn found(programs);
    const std::string sentence = sentenceOf([&] { openIn(installedViewers().back(), small()); });
    QVERIFY2(contains(sentence, "ITK-SNAP") && contains(sentence, "did not start"),
             sentence.c_str());
  }
};

GUILESS_TEST(ViewersTest)
#include "viewers_test.moc"
