#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cstring>

#include "core/base/error.h"
#include "core/volume/gzip/gzip_stream.h"
#include "core/volume/volume_io.h"
#include "tests/core/volume/nifti_file.h"
#include "tests/test_program.h"

using namespace modascope;
using modascope::testing::NiftiFile;
using modascope::testing::numberedCube;
using modascope::testing::saveBytes;

namespace {

namespace fs = std::filesystem;
using Header = std::array<unsigned char, 348>;

Header headerOf(const fs::path& file) {
  Header header{};
  GzipStream(file).read(header);
  return header;
}

template <typename T, std::size_t N>
std::array<T, N> rowAt(const Header& header, std::size_t offset) {
  std::array<T, N> row{};
  std::memcpy(row.data(), header.data() + offset, sizeof row);
  return row;
}

/// The same file in the other byte order: every field that the tests use, and 16-bit voxels.
std::vector<unsigned char> bigEndian(std::vector<unsigned char> bytes) {
  const auto swap = [&](std::size_t offset, std::size_t width, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      const auto first = bytes.begin() + static_cast<std::ptrdiff_t>(offset + i * width);
      std::reverse(first, first + static_cast<std::ptrdiff_t>(width));
    }
  };
  swap(0, 4, 1);
  swap(40, 2, 8);
  swap(70, 2, 2);
  swap(76, 4, 8);
  swap(108, 4, 3);
  swap(252, 2, 2);
  swap(256, 4, 6);
  swap(280, 4, 12);
  swap(352, 2, (bytes.size() - 352) / 2);
  return bytes;
}

/// In scanner coordinates turned by a quarter about z, in MNI coordinates (code 4) not turned,
/// elsewhere and as if the voxels were larger: as after a registration.
NiftiFile registered() {
  NiftiFile file = numberedCube(3);
  file.units = 2 + 8;  // mm, s
  file.pixdim = {-1, 1, 1.5f, 2, 1, 1, 1, 1};
  file.qformCode = 1;
  file.quaternion = {0, 0, 0.70710678f, -17.5f, 20.25f, 3};
  file.sformCode = 4;
  file.sform = {-1.25f, 0, 0, 90, 0, 1.75f, 0, -126, 0, 0, 2.5f, -72};
  return file;
}

}  // namespace

class WrittenSpaceTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path at(const std::string& name) const {
    return fs::path(folder_.path().toStdString()) / name;
  }
  /// What is written for the image, as a segmentation.
  Header writtenFor(const fs::path& image, const std::string& name) const {
    const ReadResult<float> read = readVolume(image);
    const LabelVolume labels{read.volume.grid,
                             std::vector<std::uint8_t>(read.volume.voxels.size(), 1)};
    writeLabels(at(name), labels, LabelProfile::Brats2021, read.space);
    return headerOf(at(name));
  }

 private Q_SLOTS:
  void aSegmentationCarriesBothFormsOfItsImage_data() {
    QTest::addColumn<QString>("image");
    QTest::addColumn<QString>("written");
    for (const char* image : {"a.nii", "a.nii.gz", "big.nii"})
      for (const char* written : {"seg.nii", "seg.nii.gz"})
        QTest::addRow("%s to %s", image, written) << QString(image) << QString(written);
  }
  void aSegmentationCarriesBothFormsOfItsImage() {
    QFETCH(QString, image);
    QFETCH(QString, written);
    registered().save(at("a.nii"));
    registered().save(at("a.nii.gz"));
    saveBytes(at("big.nii"), bigEndian(registered().bytes()));
    const Header header = writtenFor(at(image.toStdString()), written.toStdString());
    QCOMPARE((rowAt<std::int16_t, 2>(header, 252)), (std::array<std::int16_t, 2>{1, 4}));
    QCOMPARE((rowAt<float, 6>(header, 256)),
             (std::array<float, 6>{0, 0, 0.70710678f, -17.5f, 20.25f, 3}));
    QCOMPARE((rowAt<float, 12>(header, 280)),
             (std::array<float, 12>{-1.25f, 0, 0, 90, 0, 1.75f, 0, -126, 0, 0, 2.5f, -72}));
    QCOMPARE((rowAt<float, 4>(header, 76)), (std::array<float, 4>{-1, 1, 1.5f, 2}));
    QCOMPARE(int(header[123]), 10);
    QVERIFY(readVolume(at(written.toStdString()))
                .volume.grid.matches(readVolume(at(image.toStdString())).volume.grid, 0));
  }

  void aFormThatTheImageDoesNotHaveIsNotMadeUp_data() {
    QTest::addColumn<int>("qformCode");
    QTest::addColumn<int>("sformCode");
    QTest::newRow("q-form alone") << 2 << 0;
    QTest::newRow("s-form alone") << 0 << 3;
    QTest::newRow("neither") << 0 << 0;
  }
  void aFormThatTheImageDoesNotHaveIsNotMadeUp() {
    QFETCH(int, qformCode);
    QFETCH(int, sformCode);
    NiftiFile file = registered();
    file.qformCode = static_cast<std::int16_t>(qformCode);
    file.sformCode = static_cast<std::int16_t>(sformCode);
    file.save(at("one.nii"));
    const Header header = writtenFor(at("one.nii"), "one_seg.nii.gz");
    const auto codes = rowAt<std::int16_t, 2>(header, 252);
    QCOMPARE(int(codes[0]), qformCode);
    QCOMPARE(int(codes[1]), sformCode);
    QVERIFY(readVolume(at("one_seg.nii.gz"))
                .volume.grid.matches(readVolume(at("one.nii")).volume.grid, 0));
  }

  void aFileInMetresStaysInMetres() {
    NiftiFile file = numberedCube(24);
    file.units = 1;
    file.pixdim = {1, 0.001f, 0.001f, 0.001f, 1, 1, 1, 1};
    file.sform = {0.001f, 0, 0, -0.012f, 0, 0.001f, 0, 0, 0, 0, 0.001f, 0};
    file.save(at("metres.nii"));
    const Header header = writtenFor(at("metres.nii"), "metres_seg.nii");
    QCOMPARE(int(header[123]), 1);
    QCOMPARE((rowAt<float, 3>(header, 80)), (std::array<float, 3>{0.001f, 0.001f, 0.001f}));
    QCOMPARE((rowAt<float, 1>(header, 292))[0], -0.012f);
    QCOMPARE((rowAt<float, 1>(header, 280))[0], 0.001f);
  }

  void voxelsOfAnotherGridAreNotWrittenInThatSpace() {
    registered().save(at("b.nii"));
    const ReadResult<float> read = readVolume(at("b.nii"));
    Volume other = read.volume;
    other.grid.origin[0] += 1;
    QVERIFY_EXCEPTION_THROWN(writeVolume(at("other.nii"), other, read.space), Error);
    QVERIFY(!fs::exists(at("other.nii")));
  }

  void withoutAnImageBothFormsAreMadeFromTheGrid() {
    const Volume volume{{{2, 2, 2}, {1, 2, 3}, {10, 20, 30}}, std::vector<float>(8, 1)};
    writeVolume(at("made.nii"), volume);
    const Header header = headerOf(at("made.nii"));
    QCOMPARE((rowAt<std::int16_t, 2>(header, 252)), (std::array<std::int16_t, 2>{1, 1}));
    // LPS to RAS turns x and y round: half a turn about z, which is the quaternion (0, 0, 0, 1).
    QCOMPARE((rowAt<float, 6>(header, 256)), (std::array<float, 6>{0, 0, 1, -10, -20, 30}));
    QCOMPARE((rowAt<float, 12>(header, 280)),
             (std::array<float, 12>{-1, 0, 0, -10, 0, -2, 0, -20, 0, 0, 3, 30}));
  }
};

APPLESS_TEST(WrittenSpaceTest)
#include "written_space_test.moc"
