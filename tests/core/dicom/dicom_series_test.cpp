#include "core/dicom/dicom_series.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/files/atomic_file.h"
#include "tests/core/dicom/made_up_series.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;

std::string said(const fs::path& folder) {
  return sentenceOf([&] { readDicomSeries(folder); });
}

}  // namespace

/// Folders of slices, as they come from a scanner and as they are after an accident.
class DicomSeriesTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir temporary_;
  int folders_ = 0;

  fs::path fresh() {
    return fs::path(temporary_.path().toStdString()) / std::to_string(++folders_);
  }
  fs::path written(const MadeUpSeries& series) {
    const fs::path folder = fresh();
    writeSeries(folder, series);
    return folder;
  }

 private Q_SLOTS:
  void slicesAreSortedByWhereTheyLie() {  // their names are in another order
    const fs::path folder = written({obliqueGrid()});
    const DicomSeries series = readDicomSeries(folder);
    QVERIFY(series.grid.matches(obliqueGrid(), 1e-6));
    QCOMPARE(series.slices.size(), 6U);
    for (int z = 0; z < 6; ++z) {
      const DicomInstance& slice = series.slices[static_cast<std::size_t>(z)];
      QCOMPARE(slice.file, sliceFile(folder, z));
      QCOMPARE(slice.sopInstance, series.series + ".1." + std::to_string(z + 1));
      QCOMPARE(slice.sopClass, std::string("1.2.840.10008.5.1.4.1.1.4"));
    }
  }

  void whatTheSeriesIsStandsInIt() {
    const DicomSeries series = readDicomSeries(written({obliqueGrid()}));
    QCOMPARE(series.study, std::string("1.2.826.0.1.3680043.8.498.1"));
    QCOMPARE(series.series, std::string("1.2.826.0.1.3680043.8.498.2"));
    QCOMPARE(series.frameOfReference, std::string("1.2.826.0.1.3680043.8.498.9"));
    QCOMPARE(series.modality, std::string("MR"));
    QCOMPARE(series.description, std::string("t1 mprage"));
  }

  void slicesThatRunAgainstTheirNormalMakeAGridThatRunsWithIt() {
    VoxelGrid down = obliqueGrid();
    for (double& part : down.direction[2]) part = -part;
    const VoxelGrid grid = readDicomSeries(written({down})).grid;
    const Vec3 last = down.toWorld({0, 0, 5});
    for (std::size_t i = 0; i < 3; ++i) {
      QVERIFY(std::abs(grid.origin[i] - last[i]) < 1e-6);
      QVERIFY(std::abs(grid.direction[2][i] - obliqueGrid().direction[2][i]) < 1e-6);
    }
  }

  void whatIsNoSliceIsLeftAside() {
    const fs::path folder = written({obliqueGrid()});
    writeBytes(folder / "README.txt", "Slices of nobody.");
    MadeUpSeries secondary{obliqueGrid(), "1.2.826.0.1.3680043.8.498.3"};
    secondary.sopClass = "1.2.840.10008.5.1.4.1.1.7";
    secondary.missing = {1, 2, 3, 4, 5};
    writeSeries(folder / "other", secondary);
    fs::rename(sliceFile(folder / "other", 0), folder / "screenshot");
    QCOMPARE(readDicomSeries(folder).slices.size(), 6U);
  }

  void compressedPixelsDoNotMatter() {
    const fs::path folder = written({obliqueGrid()});
    for (int z = 0; z < 6; ++z) compressDicom(sliceFile(folder, z));
    QVERIFY(readDicomSeries(folder).grid.matches(obliqueGrid(), 1e-6));
    cutOff(sliceFile(folder, 2), 0.97);
    QVERIFY(contains(said(folder), sliceFile(folder, 2).string()));
  }

  void aFolderWithoutSlicesSaysWhatIsThere() {
    const fs::path folder = fresh();
    QVERIFY(contains(said(folder), "is no folder"));
    fs::create_directories(folder);
    writeBytes(folder / "README.txt", "Nothing here.");
    QVERIFY(contains(said(folder), "No DICOM file lies in"));
    MadeUpSeries enhanced{obliqueGrid()};
    enhanced.sopClass = "1.2.840.10008.5.1.4.1.1.4.1";
    QVERIFY(contains(said(written(enhanced)), "but EnhancedMRImageStorage; files of many frames"));
  }

  void twoSeriesInOneFolderAreNamed() {
    const fs::path folder = written({obliqueGrid()});
    MadeUpSeries flair{obliqueGrid(), "1.2.826.0.1.3680043.8.498.3", "t2 flair"};
    flair.missing = {4, 5};
    writeSeries(folder / "flair", flair);
    for (int z = 0; z < 4; ++z)
      fs::rename(sliceFile(folder / "flair", z), folder / std::to_string(z));
    const std::string sentence = said(folder);
    QVERIFY2(contains(sentence, "Slices of 2 series"), sentence.c_str());
    QVERIFY(contains(sentence, "\"t1 mprage\" (6 slices), \"t2 flair\" (4 slices)"));
  }

  void aMissingSliceIsSaidWithItsNeighbours() {
    MadeUpSeries series{obliqueGrid()};
    series.missing = {2};
    const fs::path folder = written(series);
    const std::string sentence = said(folder);
    QVERIFY2(contains(sentence, "Slices are missing between"), sentence.c_str());
    QVERIFY(contains(sentence, sliceFile(folder, 1).string()));
    QVERIFY(contains(sentence, sliceFile(folder, 3).string()));
    QVERIFY(contains(sentence, "5 mm apart, others 2.5 mm"));
  }

  void aSliceBesideItsPlaceIsSaid() {
    const VoxelGrid grid = obliqueGrid();
    const auto moved = [&](const Vec3& index) {
      const fs::path folder = written({grid});
      const Vec3 at = grid.toWorld(index);
      changeDicom(
          sliceFile(folder, 3), "ImagePositionPatient",
          std::to_string(at[0]) + "\\" + std::to_string(at[1]) + "\\" + std::to_string(at[2]));
      return said(folder);
    };
    QVERIFY(moved({0, 0, 3.01}).empty());
    QVERIFY(contains(moved({0, 0, 3.2}), "not evenly spaced"));
    QVERIFY(contains(moved({0, 0, 2}), "in the same place"));
    QVERIFY(contains(moved({1, 0, 3}), "lies 0.9 mm beside"));
  }

  void aTiltedStackIsNoGrid() {
    VoxelGrid tilted = obliqueGrid();
    tilted.direction[2] = {0, 0, 1};
    QVERIFY(contains(said(written({tilted})), "tilted gantry"));
  }

  void slicesOfOneSeriesMustBeAlike_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("says");
    QTest::newRow("rotated") << "ImageOrientationPatient"
                             << "1\\0\\0\\0\\1\\0"
                             << "different orientations";
    QTest::newRow("spaced") << "PixelSpacing"
                            << "1.1\\0.8"
                            << "different pixel spacings";
    QTest::newRow("of another world") << "FrameOfReferenceUID"
                                      << "1.2.3"
                                      << "different frames of reference";
    QTest::newRow("without a place") << "ImagePositionPatient"
                                     << ""
                                     << "without a position";
    QTest::newRow("without a world") << "FrameOfReferenceUID"
                                     << ""
                                     << "without a frame of";
    QTest::newRow("without a name") << "SOPInstanceUID"
                                    << ""
                                    << "without the UIDs";
    QTest::newRow("skew") << "ImageOrientationPatient"
                          << "1\\0\\0\\1\\1\\0"
                          << "right angles";
  }
  void slicesOfOneSeriesMustBeAlike() {
    QFETCH(QString, name);
    QFETCH(QString, value);
    QFETCH(QString, says);
    const fs::path folder = written({obliqueGrid()});
    changeDicom(sliceFile(folder, 2), name.toStdString(), value.toStdString());
    const std::string sentence = said(folder);
    QVERIFY2(contains(sentence, says.toStdString()), sentence.c_str());
    QVERIFY(contains(sentence, sliceFile(folder, 2).string()));
  }

  void anotherSizeIsSaid() {
    const fs::path folder = written({obliqueGrid()});
    VoxelGrid wide = obliqueGrid();
    wide.size[0] = 8;
    writeSeries(folder / "wide", {wide});
    fs::rename(sliceFile(folder / "wide", 4), sliceFile(folder, 4));
    QVERIFY(contains(said(folder), "different sizes"));
  }

  void aSliceThatWasCutOffIsNamed() {  // in its pixels, its header and its first words
    for (const double share : {0.98, 0.8, 0.5, 0.25}) {
      const fs::path folder = written({obliqueGrid()});
      cutOff(sliceFile(folder, 4), share);
      const std::string sentence = said(folder);
      QVERIFY2(contains(sentence, sliceFile(folder, 4).string()),
               (std::to_string(share) + sentence).c_str());
    }
  }

  void noLengthOfAFileCrashesTheReader() {
    const fs::path folder = written({obliqueGrid()});
    const std::string whole = readText(sliceFile(folder, 0));
    for (std::size_t length = 0; length < whole.size(); ++length) {
      writeBytes(sliceFile(folder, 0), std::string_view(whole).substr(0, length));
      QVERIFY2(length < 132 || !said(folder).empty(), std::to_string(length).c_str());
    }
  }
};

APPLESS_TEST(DicomSeriesTest)
#include "dicom_series_test.moc"
