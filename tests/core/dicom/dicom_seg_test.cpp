#include "core/dicom/dicom_seg.h"

#include <QTemporaryDir>
#include <QTest>
#include <memory>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmdata/dctk.h>
#include <dcmtk/dcmseg/segdoc.h>

#include "core/problem/brats.h"
#include "tests/core/dicom/made_up_series.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

class DicomSegTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  DicomSeries series_;
  LabelVolume labels_;
  fs::path at(const char* name) const { return fs::path(temporary_.path().toStdString()) / name; }
  std::string whyNot(const fs::path& file) const {
    return sentenceOf([&] { readDicomSeg(file, bratsRegions(), series_.grid); });
  }

 private Q_SLOTS:
  void initTestCase() {
    writeSeries(at("series"), obliqueGrid());
    series_ = openDicomSeries(at("series"));
    labels_ = {series_.grid, std::vector<std::uint8_t>(12 * 9 * 6)};
    for (std::size_t i = 100; i < 500; i += 3)
      labels_.voxels[i] = std::array<std::uint8_t, 3>{1, 2, 4}[i % 7 % 3];
    writeDicomSeg(at("seg.dcm"), labels_, bratsRegions(), series_, {"ds-norm", "0.1"});
  }

  void ourReaderFindsEveryVoxel() {
    const LabelVolume back = readDicomSeg(at("seg.dcm"), bratsRegions(), series_.grid);
    QCOMPARE(back.voxels, labels_.voxels);
  }

  void theToolkitFindsPatientSegmentsAndReferences() {
    DcmSegmentation* loaded = nullptr;
    QVERIFY(DcmSegmentation::loadFile(at("seg.dcm").c_str(), loaded).good());
    const std::unique_ptr<DcmSegmentation> held(loaded);
    QCOMPARE(held->getNumberOfSegments(), std::size_t{3});
    DcmFileFormat format;
    QVERIFY(format.loadFile(at("seg.dcm").c_str()).good());
    OFString text;
    const auto value = [&](const DcmTagKey& tag) {
      format.getDataset()->findAndGetOFString(tag, text);
      return std::string(text.c_str());
    };
    QCOMPARE(value(DCM_PatientID), std::string("P7"));
    QCOMPARE(value(DCM_StudyInstanceUID), std::string("1.2.3"));
    QCOMPARE(value(DCM_FrameOfReferenceUID), std::string("1.2.9"));
    QCOMPARE(value(DCM_Modality), std::string("SEG"));
    QVERIFY(value(DCM_SeriesInstanceUID) != "1.2.3.4");
    QVERIFY(format.getDataset()
                ->findAndGetOFString(DCM_ReferencedSOPInstanceUID, text, 0, OFTrue)
                .good());
    QVERIFY(std::string(text.c_str()).starts_with("1.2.3.4."));
  }

  void anotherPlaceIsRefused() {
    VoxelGrid elsewhere = series_.grid;
    elsewhere.origin[0] += 50;
    QVERIFY(contains(sentenceOf([&] { readDicomSeg(at("seg.dcm"), bratsRegions(), elsewhere); }),
                     "lies elsewhere than the series"));
    LabelVolume other = labels_;
    other.grid = elsewhere;
    QVERIFY(contains(sentenceOf([&] {
                       writeDicomSeg(at("x.dcm"), other, bratsRegions(), series_, {"a", "1"});
                     }),
                     "does not lie on the grid"));
  }

  void nothingMarkedIsNoSegmentation() {
    LabelVolume none = labels_;
    std::fill(none.voxels.begin(), none.voxels.end(), std::uint8_t{0});
    QVERIFY(contains(sentenceOf([&] {
                       writeDicomSeg(at("x.dcm"), none, bratsRegions(), series_, {"a", "1"});
                     }),
                     "Nothing is marked"));
    QVERIFY(!fs::exists(at("x.dcm")));
  }

  void whatIsNoSegmentationIsRefused() {
    QVERIFY(contains(whyNot(series_.files.front()), "is no sound DICOM segmentation"));
    fs::copy_file(at("seg.dcm"), at("cut.dcm"));
    fs::resize_file(at("cut.dcm"), fs::file_size(at("cut.dcm")) / 2);
    QVERIFY2(contains(whyNot(at("cut.dcm")), "cut.dcm"), whyNot(at("cut.dcm")).c_str());
    QVERIFY(!whyNot(at("nowhere.dcm")).empty());
  }
};

APPLESS_TEST(DicomSegTest)
#include "dicom_seg_test.moc"
