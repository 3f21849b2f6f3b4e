#include <QTemporaryDir>
#include <QTest>
#include <cstdlib>
#include <memory>

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmseg/segdoc.h>

#include "core/dicom/dicom_series.h"
#include "core/dicom/seg_labels.h"
#include "core/dicom/seg_writing.h"
#include "core/files/atomic_file.h"
#include "core/problem/brats.h"
#include "tests/core/dicom/made_up_series.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

/// DCMTK 3.6.7 does not free what it read of a segmentation that it then refuses.
extern "C" const char* __lsan_default_suppressions() {
  return "leak:libdcmseg\nleak:libdcmiod\nleak:libdcmfg\nleak:libdcmdata\n";
}

using namespace modascope;

namespace {

namespace fs = std::filesystem;

/// Tissues of BraTS on a grid of 7 × 5 × 6 voxels: oedema in slices 1 to 4, the others in fewer.
LabelVolume tumour(const VoxelGrid& grid) {
  LabelVolume labels{grid, std::vector<std::uint8_t>(static_cast<std::size_t>(grid.voxelCount()))};
  for (int z = 1; z <= 4; ++z)
    for (int x = 1; x <= 6; ++x) labels.at(x, 2, z) = 2;
  labels.at(2, 2, 2) = 1;
  labels.at(3, 3, 2) = 1;
  labels.at(6, 4, 3) = 4;
  labels.at(0, 0, 3) = 4;
  return labels;
}

RegionSchema lesion() {
  return {{{1, "lesion"}}, {{"lesion", "LESION", "lesion", {1}, {200, 30, 40}}}};
}

RegionSchema zones() {
  return {{{3, "PZ"}, {5, "Übergang\\zone"}},
          {{"pz", "PZ", "peripheral zone", {3}, {10, 200, 30}},
           {"tz", "TZ", "transition zone", {5}, {10, 20, 200}}}};
}

bool near(const Colour& a, const Colour& b) {
  return std::abs(a.red - b.red) <= 2 && std::abs(a.green - b.green) <= 2 &&
         std::abs(a.blue - b.blue) <= 2;
}

}  // namespace

/// A segmentation on its way to a hospital's archive and back.
class DicomSegTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir temporary_;
  const fs::path root_ = temporary_.path().toStdString();
  DicomSeries series_;
  fs::path seg_;

  std::string said(const fs::path& file) const {
    return sentenceOf([&] { readDicomSeg(file); });
  }
  /// A copy of the segmentation, to be changed.
  fs::path copy() const {
    fs::copy_file(seg_, root_ / "copy.dcm", fs::copy_options::overwrite_existing);
    return root_ / "copy.dcm";
  }
  void requireThatItComesBack(const LabelVolume& labels, const RegionSchema& regions) {
    const fs::path file = root_ / "back.dcm";
    writeDicomSeg(file, series_, labels, {regions, "run"});
    const DicomSeg read = readDicomSeg(file);
    QVERIFY(read.labels.grid.matches(series_.grid, 1e-6));
    QVERIFY(labelsBy(regions, read).voxels == labels.voxels);
  }

 private Q_SLOTS:
  void initTestCase() {
    writeSeries(root_ / "series", {obliqueGrid()});
    series_ = readDicomSeries(root_ / "series");
    seg_ = root_ / "tumour.dcm";
    writeDicomSeg(seg_, series_, tumour(series_.grid),
                  {bratsRegions(), "gmd-1, ds-norm, step 600"});
  }

  void voxelsAndGridComeBack() {
    const DicomSeg read = readDicomSeg(seg_);
    QVERIFY(read.labels.grid.matches(obliqueGrid(), 1e-6));
    QVERIFY(labelsBy(bratsRegions(), read).voxels == tumour(series_.grid).voxels);
    QCOMPARE(read.algorithm, std::string("gmd-1, ds-norm, step 600"));
    QVERIFY(contains(read.description, "Research use only"));
  }

  void labelsThatFillTheSeriesAndALoneVoxelComeBack() {  // 35 pixels a frame fill no whole bytes
    LabelVolume labels = tumour(series_.grid);
    std::fill(labels.voxels.begin(), labels.voxels.end(), 1);
    requireThatItComesBack(labels, lesion());
    std::fill(labels.voxels.begin(), labels.voxels.end(), 0);
    labels.voxels.back() = 1;
    requireThatItComesBack(labels, lesion());
    std::uint32_t random = 7;
    for (std::uint8_t& voxel : labels.voxels) {
      random = random * 1664525u + 1013904223u;
      voxel = std::array<std::uint8_t, 4>{0, 3, 5, 0}[random >> 30u];
    }
    requireThatItComesBack(labels, zones());
  }

  void dcmtkReadsSegmentsAndFrames() {
    DcmSegmentation* loaded = nullptr;
    QVERIFY(DcmSegmentation::loadFile(seg_.c_str(), loaded).good());
    const std::unique_ptr<DcmSegmentation> seg(loaded);
    QCOMPARE(seg->getNumberOfSegments(), std::size_t{3});
    // Necrosis in slice 2 and at both ends of the series; oedema in 1 to 4; enhancing in 3.
    QCOMPARE(seg->getNumberOfFrames(), std::size_t{3 + 4 + 1});
    OFVector<size_t> frames;
    seg->getFramesForSegment(2, frames);
    QCOMPARE(frames.size(), std::size_t{4});
    QVERIFY(seg->check());
  }

  void itBelongsToTheSeriesPatientAndStudy() {
    const fs::path slice = series_.slices.front().file;
    for (const char* name :
         {"PatientName", "PatientID", "PatientBirthDate", "StudyInstanceUID", "StudyDate",
          "AccessionNumber", "FrameOfReferenceUID", "SpecificCharacterSet"})
      QCOMPARE(dicomValue(seg_, name), dicomValue(slice, name));
    QVERIFY(dicomValue(seg_, "SeriesInstanceUID").starts_with("2.25."));
    QVERIFY(dicomValue(seg_, "SOPInstanceUID").starts_with("2.25."));
    QCOMPARE(dicomValue(seg_, "Modality"), std::string("SEG"));
    QCOMPARE(dicomValue(seg_, "ContentLabel"), std::string("SEGMENTATION"));
    QVERIFY(contains(dicomValue(seg_, "SeriesDescription"), "Research use only"));
    DcmSegmentation* loaded = nullptr;
    QVERIFY(DcmSegmentation::loadFile(seg_.c_str(), loaded).good());
    const std::unique_ptr<DcmSegmentation> seg(loaded);
    const auto& referenced = seg->getCommonInstanceReference().getReferencedSeriesItems();
    QCOMPARE(referenced.size(), std::size_t{1});
    OFString uid;
    referenced[0]->getSeriesInstanceUID(uid);
    QCOMPARE(std::string(uid.c_str()), series_.series);
    QCOMPARE(referenced[0]->getReferencedInstanceItems().size(), std::size_t{6});
  }

  void twoFilesAreTwoInstances() {
    writeDicomSeg(root_ / "again.dcm", series_, tumour(series_.grid), {bratsRegions(), "run"});
    for (const char* name : {"SeriesInstanceUID", "SOPInstanceUID"})
      QVERIFY(dicomValue(seg_, name) != dicomValue(root_ / "again.dcm", name));
  }

  void tissuesOfBratsAreCoded() {
    const DicomSeg read = readDicomSeg(seg_);
    QCOMPARE(read.segments.size(), 3U);
    const DicomCode abnormal{"49755003", "SCT", "Morphologically Abnormal Structure"};
    const std::vector<std::pair<std::string, DicomCode>> expected{
        {"NCR", {"6574001", "SCT", "Necrosis"}},
        {"ED", {"79654002", "SCT", "Edema"}},
        {"ET", {"C113842", "NCIt", "Enhancing Lesion"}}};
    for (std::size_t i = 0; i < 3; ++i) {
      QCOMPARE(read.segments[i].name, expected[i].first);
      QVERIFY(read.segments[i].category == abnormal);
      QVERIFY(read.segments[i].type == expected[i].second);
    }
    QVERIFY(near(read.segments[0].colour, bratsRegions().find("tc")->colour));
    QVERIFY(near(read.segments[1].colour, bratsRegions().find("wt")->colour));
    QVERIFY(near(read.segments[2].colour, bratsRegions().find("et")->colour));
  }

  void whatIsNotCalledALesionIsTissue() {
    QCOMPARE(segmentOf(lesion(), 1).type.meaning, std::string("Lesion"));
    QCOMPARE(segmentOf(lesion(), 1).category.value, std::string("49755003"));
    QCOMPARE(segmentOf(zones(), 3).type.meaning, std::string("Tissue"));
    QCOMPARE(segmentOf(zones(), 3).category.meaning, std::string("Tissue"));
  }

  void wordsFitDicom() {
    QCOMPARE(algorithmName("/runs/gmd-1", "ds-norm", 600), std::string("gmd-1, ds-norm, step 600"));
    QCOMPARE(algorithmName("/runs/gmd-1/", "hemis", 4), std::string("gmd-1, hemis, step 4"));
    QCOMPARE(segmentOf(zones(), 5).name, std::string("_bergang_zone"));
    QCOMPARE(dicomText(std::string(70, 'x')), std::string(64, 'x'));
    QCOMPARE(dicomText("a\nb  "), std::string("a_b"));
  }

  void whatCannotBeWrittenIsSaid() {
    LabelVolume labels = tumour(series_.grid);
    labels.grid.origin[0] += 5;
    const fs::path file = root_ / "never.dcm";
    const auto write = [&] { writeDicomSeg(file, series_, labels, {bratsRegions(), "run"}); };
    QVERIFY(contains(sentenceOf(write), "another grid"));
    labels.grid = series_.grid;
    labels.at(0, 0, 0) = 9;
    QVERIFY(contains(sentenceOf(write), "the label 9"));
    std::fill(labels.voxels.begin(), labels.voxels.end(), 0);
    QVERIFY(contains(sentenceOf(write), "is empty"));
    QVERIFY(!fs::exists(file));
  }

  void aSliceThatBecameAnotherIsRefused() {
    writeSeries(root_ / "changed", {obliqueGrid()});
    const DicomSeries series = readDicomSeries(root_ / "changed");
    changeDicom(series.slices.front().file, "SOPInstanceUID", "1.2.3");
    QVERIFY(contains(
        sentenceOf([&] {
          writeDicomSeg(root_ / "never.dcm", series, tumour(series.grid), {bratsRegions(), "run"});
        }),
        "is another slice"));
  }

  void whatIsNoSegmentationIsSaid() {
    writeBytes(root_ / "words.txt", std::string(200, 'x'));
    QVERIFY(contains(said(root_ / "words.txt"), "is no DICOM file"));
    QVERIFY(contains(said(series_.slices.front().file),
                     "is no DICOM segmentation, but MRImageStorage"));
    const fs::path file = copy();
    changeDicom(file, "SegmentationType", "FRACTIONAL");
    QVERIFY(contains(said(file), "only BINARY ones"));
  }

  void aNameThatTheRegionsDoNotHaveIsSaid() {
    const DicomSeg read = readDicomSeg(seg_);
    QVERIFY(contains(sentenceOf([&] { labelsBy(lesion(), read); }), "\"NCR\" is none of the"));
  }

  void segmentsThatOverlapAreRefused() {
    const fs::path file = copy();
    DcmFileFormat format;
    QVERIFY(format.loadFile(file.c_str()).good());
    QVERIFY(format.loadAllDataIntoMemory().good());
    const Uint8* bits = nullptr;
    unsigned long length = 0;
    DcmItem& item = *format.getDataset();
    QVERIFY(item.findAndGetUint8Array(DCM_PixelData, bits, &length).good());
    const std::vector<Uint8> ones(length, 0xff);
    QVERIFY(item.putAndInsertUint8Array(DCM_PixelData, ones.data(), length).good());
    QVERIFY(format.saveFile(file.c_str(), EXS_LittleEndianExplicit).good());
    const std::string sentence = said(file);
    // Frames of necrosis in 0, 2, 5, of oedema in 1 to 4, of enhancing in 3: 2 and 3 twice.
    QVERIFY2(contains(sentence, "overlap in 70 voxels"), sentence.c_str());
  }

  void noLengthOfAFileCrashesTheReader() {
    const std::string whole = readText(seg_);
    const fs::path file = root_ / "cut.dcm";
    for (std::size_t length = 0; length < whole.size() - 1; length += length < 1200 ? 1 : 7) {
      writeBytes(file, std::string_view(whole).substr(0, length));
      QVERIFY2(contains(said(file), "cut.dcm"), std::to_string(length).c_str());
    }
  }

  void noDamagedByteCrashesTheReader() {
    const std::string whole = readText(seg_);
    const fs::path file = root_ / "damaged.dcm";
    std::uint32_t random = 11;
    const auto next = [&] { return (random = random * 1664525u + 1013904223u) >> 8u; };
    for (int mutant = 0; mutant < 1500; ++mutant) {
      std::string damaged = whole;
      for (int k = 0; k < 3; ++k) damaged[next() % damaged.size()] = static_cast<char>(next());
      writeBytes(file, damaged);
      said(file);  // a sentence or none
    }
  }
};

APPLESS_TEST(DicomSegTest)
#include "dicom_seg_test.moc"
