#include <QTemporaryDir>
#include <QTest>
#include <cmath>

#include "core/volume/volume_io.h"
#include "tests/core/files/thrown.h"
#include "tests/core/volume/nifti_file.h"
#include "tests/test_program.h"

using namespace modascope;
using modascope::testing::NiftiFile;
using modascope::testing::numberedCube;

namespace {

namespace fs = std::filesystem;

/// 24 voxels along each axis, so long in the header's unit.
NiftiFile cubeOf(float voxel, char units) {
  NiftiFile file = numberedCube(24);
  file.units = units;
  file.pixdim = {1, voxel, voxel, voxel, 1, 1, 1, 1};
  file.sform = {voxel, 0, 0, 0, 0, voxel, 0, 0, 0, 0, voxel, 0};
  return file;
}

constexpr char kMetres = 1, kMm = 2, kMicrometres = 3, kUnknown = 0;

}  // namespace

class BodySizeTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path at(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }

 private Q_SLOTS:
  void sizesThatMakeNoBodyAreRefusedFromTheHeader_data() {
    QTest::addColumn<NiftiFile>("file");
    QTest::newRow("a micrometre in mm") << cubeOf(0.001f, kMm);
    QTest::newRow("100 mm") << cubeOf(100, kMm);
    QTest::newRow("26 mm, 624 mm in all") << cubeOf(26, kUnknown);
    QTest::newRow("0.1 mm, 2.4 mm in all") << cubeOf(0.1f, kMm);
    QTest::newRow("metres that are neither") << cubeOf(0.5f * 100, kMetres);
    QTest::newRow("micrometres that are neither") << cubeOf(0.02f, kMicrometres);
    NiftiFile one = cubeOf(1, kMm);
    one.sform[10] = 0.001f;
    QTest::newRow("one axis alone") << one;
  }
  void sizesThatMakeNoBodyAreRefusedFromTheHeader() {
    QFETCH(NiftiFile, file);
    file.save(at("none.nii"));
    const std::string sentence = sentenceOf([&] { readHeader(at("none.nii")); });
    QVERIFY2(sentence.find("make no image of a body") != std::string::npos, sentence.c_str());
    QVERIFY(sentence.find(at("none.nii").string()) != std::string::npos);
    QCOMPARE(sentenceOf([&] { readVolume(at("none.nii")); }), sentence);
  }

  void sizesOfHeadsAndOfSmallPiecesArePlain_data() {
    QTest::addColumn<float>("voxel");
    for (const float voxel : {0.5f, 1.0f, 6.0f, 10.0f, 20.0f})
      QTest::addRow("%g mm", double(voxel)) << voxel;
  }
  void sizesOfHeadsAndOfSmallPiecesArePlain() {
    QFETCH(float, voxel);
    cubeOf(voxel, kMm).save(at("head.nii"));
    const ImageHeader header = readHeader(at("head.nii"));
    QCOMPARE(header.grid.spacing, (Vec3{voxel, voxel, voxel}));
    QVERIFY(header.notes.empty());
  }

  void theUnitThatMakesABodyIsTakenAndSaid_data() {
    QTest::addColumn<NiftiFile>("file");
    QTest::addColumn<QString>("note");
    QTest::newRow("metres") << cubeOf(0.001f, kMetres) << "in metres and were converted";
    QTest::newRow("micrometres") << cubeOf(1000, kMicrometres) << "in micrometres and were conv";
    QTest::newRow("mm that are called metres") << cubeOf(1, kMetres) << "only in mm";
    QTest::newRow("mm that are called micrometres") << cubeOf(1, kMicrometres) << "only in mm";
  }
  void theUnitThatMakesABodyIsTakenAndSaid() {
    QFETCH(NiftiFile, file);
    QFETCH(QString, note);
    file.save(at("unit.nii"));
    const ImageHeader header = readHeader(at("unit.nii"));
    for (std::size_t axis = 0; axis < 3; ++axis)
      QVERIFY(std::abs(header.grid.spacing[axis] - 1) < 1e-6);
    QCOMPARE(header.notes.size(), std::size_t{1});
    QVERIFY2(header.notes[0].find(note.toStdString()) != std::string::npos,
             header.notes[0].c_str());
  }

  void aWholeBodyInMmThatIsCalledMetresIsTakenAsMm_data() {
    QTest::addColumn<int>("slices");  // of 15 mm
    QTest::addColumn<bool>("isRead");
    QTest::newRow("1.8 m") << 120 << true;
    QTest::newRow("2.55 m") << 170 << false;
  }
  void aWholeBodyInMmThatIsCalledMetresIsTakenAsMm() {
    QFETCH(int, slices);
    QFETCH(bool, isRead);
    NiftiFile file = cubeOf(15, kMetres);
    const auto voxels = static_cast<std::size_t>(4 * slices);
    file.setVoxels<std::int16_t>({2, 2, static_cast<short>(slices)},
                                 std::vector<std::int16_t>(voxels, 7));
    file.save(at("body.nii"));
    if (!isRead) {
      QVERIFY(!sentenceOf([&] { readHeader(at("body.nii")); }).empty());
      return;
    }
    const ImageHeader header = readHeader(at("body.nii"));
    QCOMPARE(header.grid.spacing, (Vec3{15, 15, 15}));
    QVERIFY(header.notes[0].find("make a body only in mm") != std::string::npos);
  }

  /// Without a q-form ITK's own reader stopped at 2e-4, in its own words.
  void axesALittleOutOfSquareAreReadAsTheyStand_data() {
    QTest::addColumn<float>("shear");
    QTest::addColumn<bool>("withQform");
    QTest::addColumn<bool>("oblique");
    for (const float shear : {1e-6f, 1e-4f, 2e-4f, 5e-4f, 9e-4f})
      for (const bool withQform : {false, true})
        for (const bool oblique : {false, true})
          QTest::addRow("%g%s%s", double(shear), withQform ? ", q-form" : "",
                        oblique ? ", oblique" : "")
              << shear << withQform << oblique;
  }
  void axesALittleOutOfSquareAreReadAsTheyStand() {
    QFETCH(float, shear);
    QFETCH(bool, withQform);
    QFETCH(bool, oblique);
    NiftiFile file = numberedCube(24);
    const float c = oblique ? 0.8f : 1.0f, s = oblique ? 0.6f : 0.0f;
    // The rotation (c, -s; s, c) about z of the axes (1, 0, 0), (shear, 1, 0), (0, 0, 1).
    file.sform = {c, c * shear - s, 0, 5, s, s * shear + c, 0, 7, 0, 0, 1, 9};
    file.qformCode = withQform ? 1 : 0;
    file.quaternion = {0, 0, oblique ? std::sqrt(0.1f) : 0.0f, 5, 7, 9};  // cos = 0.8
    file.save(at("sheared.nii"));
    const ReadResult<float> read = readVolume(at("sheared.nii"));
    QCOMPARE(read.volume.at(0, 23, 0), 231.0f);
    const Vec3 corner = read.volume.grid.toWorld({0, 23, 0});  // LPS: x and y are turned round
    QVERIFY(std::abs(corner[0] + 5 + 23 * (c * shear - s)) < 1e-5);
    QVERIFY(std::abs(corner[1] + 7 + 23 * (s * shear + c)) < 1e-5);
    QVERIFY(read.notes.empty());
  }

  void axesOutOfSquareAreRefusedInOneSentenceFromTheHeader_data() {
    QTest::addColumn<float>("shear");
    for (const float shear : {1.1e-3f, 5e-3f, 1e-2f, 0.2f})
      QTest::addRow("%g", double(shear)) << shear;
  }
  void axesOutOfSquareAreRefusedInOneSentenceFromTheHeader() {
    QFETCH(float, shear);
    NiftiFile file = numberedCube(24);
    file.sform[1] = shear;
    file.save(at("out.nii"));
    const std::string sentence = sentenceOf([&] { readHeader(at("out.nii")); });
    QVERIFY2(sentence.find("not at right angles") != std::string::npos, sentence.c_str());
    QCOMPARE(sentenceOf([&] { readVolume(at("out.nii")); }), sentence);
    file.qformCode = 1;  // which is square: it is used, and that is said
    file.save(at("with.nii"));
    const ReadResult<float> read = readVolume(at("with.nii"));
    QCOMPARE(read.notes, readHeader(at("with.nii")).notes);
    QCOMPARE(read.notes.size(), std::size_t{1});
    QVERIFY(read.notes[0].find("q-form was used") != std::string::npos);
  }
};

APPLESS_TEST(BodySizeTest)
#include "body_size_test.moc"
