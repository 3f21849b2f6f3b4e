#include "core/data/case.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "tests/core/volume/nifti_file.h"
#include "tests/test_program.h"

using namespace modascope;
using modascope::testing::NiftiFile;
using modascope::testing::numberedCube;
using modascope::testing::saveBytes;

namespace {

namespace fs = std::filesystem;
constexpr std::size_t kT1 = 0, kT1ce = 1, kT2 = 2;

bool anyContains(const std::vector<std::string>& notes, const std::string& part) {
  return std::any_of(notes.begin(), notes.end(),
                     [&](const std::string& note) { return note.find(part) != std::string::npos; });
}

}  // namespace

class CaseTest : public QObject {
  Q_OBJECT

  std::unique_ptr<QTemporaryDir> folder_;
  fs::path at(const char* name) const { return fs::path(folder_->path().toStdString()) / name; }
  Case read() const { return readCase(openCase(folder_->path().toStdString())); }

 private Q_SLOTS:
  void init() { folder_ = std::make_unique<QTemporaryDir>(); }

  void axesRunToLeftPosteriorSuperior() {
    numberedCube(3).save(at("a_t1.nii.gz"));  // stored right, anterior, superior
    const Case patient = read();
    QCOMPARE(patient.grid.direction[0], (Vec3{1, 0, 0}));
    QCOMPARE(patient.grid.direction[1], (Vec3{0, 1, 0}));
    QCOMPARE(patient.grid.origin, (Vec3{-2, -2, 0}));
    // Our voxel (0, 0, 0) is the rightmost, most anterior: the file's (2, 2, 0).
    QCOMPARE(patient.modalities[kT1]->at(0, 0, 0), 23.0f);
    QCOMPARE(patient.modalities[kT1]->at(2, 2, 1), 101.0f);
    QCOMPARE(patient.sourceGrid.origin, (Vec3{0, 0, 0}));
    QCOMPARE(patient.sourceGrid.direction[0], (Vec3{-1, 0, 0}));
    QVERIFY(patient.notes.empty());
  }

  void absentModalitiesStayAbsent() {
    numberedCube(2).save(at("a_t2.nii"));
    const Case patient = read();
    QVERIFY(!patient.modalities[kT1]);
    QVERIFY(!patient.labels);
    QCOMPARE(patient.available().value(), ModalitySet(ModalityId(kT2)));
  }

  void voxelsStoredInAnotherOrderAreReorderedWithANote() {
    numberedCube(3).save(at("a_t1.nii"));
    NiftiFile mirrored = numberedCube(3);
    mirrored.sform = {-1, 0, 0, 2, 0, 1, 0, 0, 0, 0, 1, 0};  // the same box from the left
    mirrored.save(at("a_t2.nii"));
    const Case patient = read();
    // R = 0 mm is our x = 2: the first file's x = 0, the mirrored one's x = 2.
    QCOMPARE(patient.modalities[kT1]->at(2, 2, 0), 1.0f);
    QCOMPARE(patient.modalities[kT2]->at(2, 2, 0), 3.0f);
    QVERIFY(anyContains(patient.notes, "a_t2.nii stores the voxels of a_t1.nii in another order"));
  }

  void formCodesAndDataTypesMayDiffer() {
    numberedCube(2).save(at("a_t1.nii"));
    NiftiFile other;
    other.datatype = 16;
    other.setVoxels<float>({2, 2, 2}, {1, 2, 11, 12, 101, 102, 111, 112});
    other.sformCode = 0;
    other.qformCode = 2;  // the identity quaternion: the same world
    other.save(at("a_t2.nii.gz"));
    const Case patient = read();
    QCOMPARE(patient.modalities[kT2]->voxels, patient.modalities[kT1]->voxels);
    QVERIFY(patient.notes.empty());
  }

  void anotherGeometryIsResampledWithANoteThatNamesTheFile() {
    numberedCube(4).save(at("a_t1.nii"));
    NiftiFile coarse;  // x in steps of 2 mm, centres at 0.5 and 2.5; values 10 and 30 along x
    coarse.setVoxels<std::int16_t>({2, 1, 1}, {10, 30});
    coarse.pixdim = {1, 2, 4, 4, 1, 1, 1, 1};
    coarse.sform = {2, 0, 0, 0.5f, 0, 4, 0, 1.5f, 0, 0, 4, 1.5f};
    coarse.save(at("a_t1ce.nii"));
    const Case patient = read();
    QCOMPARE(patient.modalities[kT1ce]->grid.size, patient.grid.size);
    // R = 0, 1, 2, 3 mm are our x = 3, 2, 1, 0: 10 beyond the first centre, then 15, 25, 30.
    QCOMPARE(patient.modalities[kT1ce]->at(3, 1, 1), 10.0f);
    QCOMPARE(patient.modalities[kT1ce]->at(2, 1, 1), 15.0f);
    QCOMPARE(patient.modalities[kT1ce]->at(1, 1, 1), 25.0f);
    QCOMPARE(patient.modalities[kT1ce]->at(0, 1, 1), 30.0f);
    QVERIFY(anyContains(patient.notes, "a_t1ce.nii has another geometry"));
  }

  void labelsComeInOurNumbersOnTheSameGrid() {
    numberedCube(2).save(at("a-t1n.nii"));
    NiftiFile labels;
    labels.datatype = 2;
    labels.setVoxels<std::uint8_t>({2, 2, 2}, {0, 1, 2, 3, 0, 0, 0, 0}).save(at("a-seg.nii"));
    const Case patient = read();
    QCOMPARE(patient.profile, LabelProfile::Brats2023);
    // Mirrored in x and y: the file's (1, 1, 0) is our (0, 0, 0). 3 is enhancing tumour, our 4.
    QCOMPARE(patient.labels->voxels, (std::vector<std::uint8_t>{4, 2, 1, 0, 0, 0, 0, 0}));
  }

  void labelsDecideTheirProfileWhenRead() {
    numberedCube(2).save(at("a-t1n.nii"));
    NiftiFile labels;
    labels.datatype = 2;
    labels.setVoxels<std::uint8_t>({2, 2, 2}, {0, 1, 2, 4, 0, 0, 0, 0}).save(at("a-seg.nii"));
    const Case patient = read();
    QCOMPARE(patient.profile, LabelProfile::Brats2021);
    QVERIFY(anyContains(patient.notes, "BraTS ≤ 2021"));
  }

  void aSegmentationOfElsewhereIsLeftOutAndSaid() {
    numberedCube(2).save(at("a-t1n.nii"));
    NiftiFile labels;
    labels.datatype = 2;
    labels.setVoxels<std::uint8_t>({2, 2, 2}, {0, 1, 2, 3, 0, 0, 0, 0});
    labels.sform[3] += 500;
    labels.save(at("a-seg.nii"));
    const Case patient = read();
    QVERIFY(!patient.labels);
    QVERIFY(anyContains(patient.notes, "Nothing that a-seg.nii marks lies inside the images"));
  }

  void imagesDoWithoutASegmentationThatCannotBeUsed() {
    numberedCube(2).save(at("a-t1n.nii"));
    NiftiFile labels;
    labels.datatype = 2;
    labels.setVoxels<std::uint8_t>({2, 2, 2}, {9, 1, 2, 3, 0, 0, 0, 0}).save(at("a-seg.nii"));
    const Case unknown = read();
    QVERIFY(!unknown.labels);
    QVERIFY(unknown.whyUnlabelled.find("9 (1 voxels)") != std::string::npos);
    QVERIFY(anyContains(unknown.notes, "unknown labels"));
    saveBytes(at("a-seg.nii"), {1, 2, 3});  // not even a header
    const Case broken = read();
    QVERIFY(!broken.labels);
    QVERIFY(broken.whyUnlabelled.find("a-seg.nii") != std::string::npos);
    QVERIFY(broken.available());
  }

  void onlyACaseWithALabelIsALabelledPatient() {
    numberedCube(2).save(at("a-t1n.nii"));
    const auto complaint = [&] {
      try {
        LabelledPatient patient(read());
        return std::string();
      } catch (const Error& error) {
        return std::string(error.what());
      }
    };
    QVERIFY(complaint().find("has no segmentation") != std::string::npos);
    NiftiFile labels;
    labels.datatype = 2;
    labels.setVoxels<std::uint8_t>({2, 2, 2}, {0, 1, 2, 3, 0, 0, 0, 0});
    labels.sform[3] += 500;
    labels.save(at("a-seg.nii"));
    QVERIFY(complaint().find("Nothing that a-seg.nii marks") != std::string::npos);
    labels.sform[3] -= 500;
    labels.save(at("a-seg.nii"));
    QCOMPARE(LabelledPatient(read()).labels().voxels,
             (std::vector<std::uint8_t>{4, 2, 1, 0, 0, 0, 0, 0}));
  }

  void aFourDFileGivesFourModalities() {
    NiftiFile four;
    four.setVoxels<std::int16_t>({2, 1, 2}, {1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4});
    four.dim = {4, 2, 1, 2, 4, 1, 1, 1};
    four.save(at("BRATS_001.nii.gz"));
    const Case patient = readCase(openCase(at("BRATS_001.nii.gz")));
    // FLAIR, T1, T1ce, T2 in the file.
    const std::vector<float> expected{2, 3, 4, 1};
    for (std::size_t i = 0; i < 4; ++i) QCOMPARE(patient.modalities[i]->voxels[0], expected[i]);
  }

  void aFileThatCannotBeReadIsAnError() {
    numberedCube(2).save(at("a_t1.nii"));
    saveBytes(at("a_t2.nii"), {1, 2, 3});
    QVERIFY_EXCEPTION_THROWN(read(), Error);
    const CaseInfo info = [&] {
      numberedCube(2).save(at("a_t2.nii"));
      return openCase(folder_->path().toStdString());
    }();
    fs::remove(at("a_t2.nii"));
    QVERIFY_EXCEPTION_THROWN(readCase(info), Error);
  }
};

APPLESS_TEST(CaseTest)
#include "case_test.moc"
