#include "core/dicom/series_labels.h"

#include <QTest>

#include "core/volume/labels.h"
#include "tests/core/dicom/made_up_series.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

DicomSeries seriesOn(const VoxelGrid& grid) {
  DicomSeries series;
  series.folder = "/scans/t1";
  series.description = "t1 mprage";
  series.grid = grid;
  return series;
}

LabelVolume ballIn(const VoxelGrid& grid) {
  return insideOf({grid.toWorld({3, 2, 2.5}), 3}, grid);
}

}  // namespace

/// Labels on the way from the case's grid to the scanner's.
class SeriesLabelsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void labelsOnTheSameGridStayAsTheyAre() {
    const LabelVolume labels = ballIn(obliqueGrid());
    QVERIFY(labelsOnSeries(labels, seriesOn(obliqueGrid())).voxels == labels.voxels);
  }

  void axesThatRunTheOtherWayAreTurned() {  // as files of the same scan in other formats have them
    VoxelGrid turned = obliqueGrid();
    turned.origin = turned.toWorld({6, 0, 5});
    for (const std::size_t axis : {0, 2})
      for (double& part : turned.direction[axis]) part = -part;
    const LabelVolume labels = ballIn(obliqueGrid());
    const LabelVolume there = labelsOnSeries(labels, seriesOn(turned));
    for (int z = 0; z < 6; ++z)
      for (int y = 0; y < 5; ++y)
        for (int x = 0; x < 7; ++x) QCOMPARE(there.at(6 - x, y, 5 - z), labels.at(x, y, z));
  }

  void aFinerGridTakesTheNearestLabel() {
    VoxelGrid fine = obliqueGrid();
    for (std::size_t axis = 0; axis < 3; ++axis) {
      fine.size[axis] *= 3;
      fine.spacing[axis] /= 3;
    }
    fine.origin = obliqueGrid().toWorld({-1.0 / 3, -1.0 / 3, -1.0 / 3});
    const LabelVolume labels = ballIn(obliqueGrid());
    const LabelVolume there = labelsOnSeries(labels, seriesOn(fine));
    for (int z = 0; z < 18; ++z)
      for (int y = 0; y < 15; ++y)
        for (int x = 0; x < 21; ++x) QCOMPARE(there.at(x, y, z), labels.at(x / 3, y / 3, z / 3));
  }

  void aSeriesElsewhereIsRefused() {
    VoxelGrid elsewhere = obliqueGrid();
    elsewhere.origin[0] += 500;
    const std::string sentence =
        sentenceOf([&] { labelsOnSeries(ballIn(obliqueGrid()), seriesOn(elsewhere)); });
    QVERIFY2(contains(sentence, "The series \"t1 mprage\" in \"/scans/t1\" lies elsewhere"),
             sentence.c_str());
  }

  void aSeriesThatHoldsAPartOnlyIsRefused() {
    VoxelGrid part = obliqueGrid();
    part.size[2] = 3;
    LabelVolume labels = ballIn(obliqueGrid());
    std::fill(labels.voxels.begin(), labels.voxels.end(), 1);
    const std::string sentence = sentenceOf([&] { labelsOnSeries(labels, seriesOn(part)); });
    QVERIFY2(contains(sentence, "does not hold 50 % of the segmentation"), sentence.c_str());
  }
};

APPLESS_TEST(SeriesLabelsTest)
#include "series_labels_test.moc"
