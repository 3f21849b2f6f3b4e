#include "core/volume/volume_io.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <limits>

#include "core/base/error.h"
#include "core/volume/nifti_header.h"
#include "tests/core/files/thrown.h"
#include "tests/core/volume/nifti_file.h"
#include "tests/test_program.h"

using namespace modascope;
using modascope::testing::NiftiFile;
using modascope::testing::numberedCube;
using modascope::testing::saveBytes;

namespace {

namespace fs = std::filesystem;

/// What reading a file complains about; empty if it does not.
std::string complaint(const fs::path& file) {
  return sentenceOf([&] { readVolume(file); });
}

/// The value of the voxel nearest to a place in LPS mm.
float valueAt(const Volume& volume, const Vec3& world) {
  const Vec3 index = volume.grid.toIndex(world);
  return volume.at(std::llround(index[0]), std::llround(index[1]), std::llround(index[2]));
}

}  // namespace

class VolumeIoTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path at(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }

 private Q_SLOTS:
  void leftStaysLeftHoweverTheVoxelsAreStored() {
    // RAS: x grows to the right. LAS: the same head stored from right to left.
    NiftiFile ras = numberedCube(3);
    ras.sform = {1, 0, 0, -1, 0, 1, 0, 0, 0, 0, 1, 0};  // voxel 0 at x = −1 mm R, that is 1 mm L
    NiftiFile las = ras;
    las.sform = {-1, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0};
    ras.save(at("ras.nii.gz"));
    las.save(at("las.nii.gz"));
    const Volume fromRas = readVolume(at("ras.nii.gz")).volume;
    const Volume fromLas = readVolume(at("las.nii.gz")).volume;
    // In LPS x grows to the left: 1 mm L is voxel 0 of the RAS file and voxel 2 of the LAS file.
    QCOMPARE(valueAt(fromRas, {1, 0, 0}), 1.0f);
    QCOMPARE(valueAt(fromLas, {1, 0, 0}), 3.0f);
    QCOMPARE(valueAt(fromLas, {-1, 0, 0}), 1.0f);
    QCOMPARE(fromRas.grid.direction[0], (Vec3{-1, 0, 0}));
    QCOMPARE(fromLas.grid.direction[0], (Vec3{1, 0, 0}));
    QCOMPARE(fromRas.grid.origin, (Vec3{1, 0, 0}));
    QCOMPARE(fromLas.grid.origin, (Vec3{-1, 0, 0}));
  }

  void anteriorIsTheNegativeSideOfY() {
    NiftiFile file = numberedCube(3);
    file.save(at("ras3.nii"));
    const Volume volume = readVolume(at("ras3.nii")).volume;
    QCOMPARE(valueAt(volume, {0, -2, 0}), 21.0f);  // 2 mm anterior: y = 2, 1 + 10·2
    QCOMPARE(valueAt(volume, {0, 0, 2}), 201.0f);  // 2 mm superior
  }

  void aQuaternionTurnsAsTheStandardSays() {
    // Half a turn about z, as in BraTS: quaternion (0, 0, 1), so x and y are mirrored in RAS.
    NiftiFile file = numberedCube(2);
    file.sformCode = 0;
    file.qformCode = 1;
    file.pixdim = {1, 2, 3, 4, 1, 1, 1, 1};
    file.quaternion = {0, 0, 1, 5, 6, 7};
    file.save(at("q.nii.gz"));
    const VoxelGrid grid = readHeader(at("q.nii.gz")).grid;
    QCOMPARE(grid.direction[0], (Vec3{1, 0, 0}));
    QCOMPARE(grid.direction[1], (Vec3{0, 1, 0}));
    QCOMPARE(grid.direction[2], (Vec3{0, 0, 1}));
    QCOMPARE(grid.spacing, (Vec3{2, 3, 4}));
    QCOMPARE(grid.origin, (Vec3{-5, -6, 7}));
  }

  void aMirroredQuaternionFlipsTheThirdAxis() {
    NiftiFile file = numberedCube(2);
    file.sformCode = 0;
    file.qformCode = 1;
    file.pixdim[0] = -1;
    file.save(at("qfac.nii"));
    QCOMPARE(readHeader(at("qfac.nii")).grid.direction[2], (Vec3{0, 0, -1}));
  }

  void anObliqueImageKeepsItsAngle() {
    const float c = std::sqrt(0.75f), s = 0.5f;  // 30 degrees about z, spacing 2 in x
    NiftiFile file = numberedCube(3);
    file.pixdim[1] = 2;
    file.sform = {2 * c, -s, 0, 10, 2 * s, c, 0, 20, 0, 0, 1, 30};
    file.save(at("oblique.nii.gz"));
    const Volume volume = readVolume(at("oblique.nii.gz")).volume;
    QCOMPARE(volume.grid.spacing, (Vec3{2, 1, 1}));
    const Vec3 world = volume.grid.toWorld({1, 0, 0});  // RAS (10 + 2c, 20 + 2s, 30)
    QVERIFY(std::abs(world[0] + 10 + 2 * c) < 1e-5);
    QVERIFY(std::abs(world[1] + 20 + 2 * s) < 1e-5);
    QCOMPARE(valueAt(volume, world), 2.0f);
  }

  void writingAndReadingKeepsEveryBit() {
    const float c = std::sqrt(0.75f), s = 0.5f;
    NiftiFile file = numberedCube(3);
    file.pixdim = {1, 0.7f, 1.1f, 3.3f, 1, 1, 1, 1};
    file.sform = {0.7f * c, -1.1f * s, 0, -80.3f, 0.7f * s, 1.1f * c,
                  0,        120.7f,    0, 0,      3.3f,     -12.9f};
    file.save(at("source.nii"));
    Volume volume = readVolume(at("source.nii")).volume;
    volume.voxels[5] = 0.1f;
    for (const char* name : {"copy.nii.gz", "copy.nii"}) {
      writeVolume(at(name), volume);
      const Volume copy = readVolume(at(name)).volume;
      QCOMPARE(copy.grid.size, volume.grid.size);
      QCOMPARE(copy.grid.spacing, volume.grid.spacing);
      QCOMPARE(copy.grid.origin, volume.grid.origin);
      QCOMPARE(copy.grid.direction, volume.grid.direction);
      QCOMPARE(copy.voxels, volume.voxels);
    }
  }

  void labelsAreWrittenInTheProfileAsked() {
    const LabelVolume labels{{{4, 1, 2}, {1, 1, 1}, {0, 0, 0}}, {0, 1, 2, 4, 0, 1, 2, 4}};
    writeLabels(at("msd.nii.gz"), labels, LabelProfile::Msd);
    QCOMPARE(readVolume(at("msd.nii.gz")).volume.voxels,
             (std::vector<float>{0, 2, 1, 3, 0, 2, 1, 3}));
    QCOMPARE(readLabels(at("msd.nii.gz"), LabelProfile::Msd).volume.voxels, labels.voxels);
  }

  void anUnknownLabelIsRefusedWithItsCount() {
    NiftiFile file;
    file.setVoxels<std::int16_t>({5, 1, 2}, {0, 1, 2, 4, 9, 9, 0, 0, 9, 0}).save(at("nine.nii"));
    try {
      readLabels(at("nine.nii"), LabelProfile::Brats2021);
      QFAIL("9 is no label");
    } catch (const Error& error) {
      QVERIFY(contains(error.what(), "9 (3 voxels)"));
    }
  }

  void fractionsAreNoLabels() {
    NiftiFile file;
    file.datatype = 16;
    file.setVoxels<float>({2, 1, 2}, {0, 1.5f, 1, 2}).save(at("fraction.nii"));
    QVERIFY_EXCEPTION_THROWN(readLabels(at("fraction.nii"), LabelProfile::Brats2021), Error);
  }

  void slopeZeroMeansNone() {
    NiftiFile file = numberedCube(2);
    file.slope = 0;
    file.intercept = 7;
    file.save(at("slope0.nii"));
    const auto read = readVolume(at("slope0.nii"));
    QCOMPARE(read.volume.voxels[1], 2.0f);
    QVERIFY(read.notes.empty());
  }

  void slopeAndInterceptAreApplied() {
    NiftiFile file = numberedCube(2);
    file.slope = 0.5f;
    file.intercept = -100;
    file.save(at("slope.nii.gz"));
    QCOMPARE(readVolume(at("slope.nii.gz")).volume.voxels[1], -99.0f);
  }

  void voxelsThatAreNoNumbersBecomeZeroAndAreCounted() {
    const float nan = std::numeric_limits<float>::quiet_NaN();
    const float inf = std::numeric_limits<float>::infinity();
    NiftiFile file;
    file.datatype = 16;
    file.setVoxels<float>({2, 2, 2}, {1, nan, inf, 4, 5, 6, 7, 8}).save(at("nan.nii.gz"));
    const auto read = readVolume(at("nan.nii.gz"));
    QCOMPARE(read.volume.voxels, (std::vector<float>{1, 0, 0, 4, 5, 6, 7, 8}));
    QCOMPARE(read.notes.size(), std::size_t{1});
    QVERIFY(contains(read.notes[0], "2 voxels"));
  }

  void aComponentOfA4dFileIsReadByItself() {
    NiftiFile file;
    file.setVoxels<std::int16_t>({2, 1, 2}, {1, 2, 3, 4, 10, 20, 30, 40, 5, 6, 7, 8});
    file.dim = {4, 2, 1, 2, 3, 1, 1, 1};
    for (const char* name : {"4d.nii", "4d.nii.gz"}) {
      file.save(at(name));
      QCOMPARE(readHeader(at(name)).components, 3);
      QCOMPARE(readComponent(at(name), 1).volume.voxels, (std::vector<float>{10, 20, 30, 40}));
      QVERIFY(contains(complaint(at(name)), "4D"));
      QVERIFY_EXCEPTION_THROWN(readComponent(at(name), 3), Error);
    }
  }

  void aFourthDimensionOfOneIsNone() {
    NiftiFile file = numberedCube(2);
    file.dim[0] = 4;
    file.save(at("4d1.nii"));
    QCOMPARE(complaint(at("4d1.nii")), std::string());
  }
};

APPLESS_TEST(VolumeIoTest)
#include "volume_io_test.moc"
