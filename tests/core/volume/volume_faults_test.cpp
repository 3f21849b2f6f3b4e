#include <QTemporaryDir>
#include <QTest>
#include <limits>
#include <random>

#include <sys/stat.h>

#include "core/base/error.h"
#include "core/volume/nifti_header.h"
#include "core/volume/volume_io.h"
#include "tests/core/files/small_disk.h"
#include "tests/core/files/thrown.h"
#include "tests/core/volume/nifti_file.h"
#include "tests/test_program.h"

using namespace modascope;
using modascope::testing::NiftiFile;
using modascope::testing::numberedCube;
using modascope::testing::saveBytes;
using modascope::testing::saveText;

namespace {

namespace fs = std::filesystem;

/// What reading a file complains about; empty if it does not.
std::string complaint(const fs::path& file) {
  return sentenceOf([&] { readVolume(file); });
}

std::vector<fs::path> filesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
  return files;
}

}  // namespace

class VolumeFaultsTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path at(const std::string& name) const {
    return fs::path(folder_.path().toStdString()) / name;
  }

 private Q_SLOTS:
  void brokenFilesAreRefusedWithASentence_data() {
    QTest::addColumn<std::vector<unsigned char>>("bytes");
    QTest::addColumn<QString>("part");
    const auto row = [](const char* name, const NiftiFile& file, const char* part) {
      QTest::newRow(name) << file.bytes() << part;
    };
    QTest::newRow("empty") << std::vector<unsigned char>{} << "empty";
    QTest::newRow("one byte") << std::vector<unsigned char>{92} << "348";
    NiftiFile file = numberedCube(3);
    auto half = file.bytes();
    half.resize(half.size() - 10);
    QTest::newRow("truncated") << half << "truncated";
    auto magic = file.bytes();
    magic[344] = 'X';
    QTest::newRow("magic") << magic << "n+1";
    file.dim = {3, 32767, 32767, 32767, 1, 1, 1, 1};
    row("huge", file, "truncated");
    file = numberedCube(3);
    file.dim[2] = -3;
    row("negative", file, "-3");
    file = numberedCube(3);
    file.dim[0] = 8;
    row("eight dimensions", file, "8");
    file = numberedCube(3);
    file.dim[0] = 5;
    file.dim[5] = 3;
    row("vectors", file, "dimensions");
    file = numberedCube(3);
    file.datatype = 128;
    row("colours", file, "128");
    file = numberedCube(3);
    file.voxelOffset = 1e9f;
    row("voxels beyond the end", file, "truncated");
    file.voxelOffset = 100;
    row("voxels inside the header", file, "352");
    file.voxelOffset = std::numeric_limits<float>::quiet_NaN();
    row("voxels nowhere", file, "352");
    file = numberedCube(3);
    file.pixdim[2] = 0;
    row("no voxel size", file, "axis 2");
    file = numberedCube(3);
    file.sform[0] = std::numeric_limits<float>::infinity();
    row("infinite s-form", file, "s-form");
    file = numberedCube(3);
    file.qformCode = 1;
    file.sform[6] = -1.7e38f;  // ITK 5.2 never returns from this
    row("s-form beyond all measure", file, "s-form");
    file = numberedCube(3);
    file.qformCode = 1;
    file.quaternion[4] = std::numeric_limits<float>::quiet_NaN();
    row("q-form that is no number", file, "q-form");
    file = numberedCube(3);
    file.sform[1] = 0.5f;
    row("sheared", file, "sheared");
  }
  void brokenFilesAreRefusedWithASentence() {
    QFETCH(std::vector<unsigned char>, bytes);
    QFETCH(QString, part);
    saveBytes(at("broken.nii"), bytes);
    const std::string sentence = complaint(at("broken.nii"));
    QVERIFY2(contains(sentence, part.toStdString()), sentence.c_str());
    QVERIFY2(contains(sentence, at("broken.nii").string()), sentence.c_str());
  }

  void damagedCompressionIsNoticedAtAnyByte() {
    numberedCube(6).save(at("whole.nii.gz"));
    std::vector<unsigned char> bytes(fs::file_size(at("whole.nii.gz")));
    std::FILE* file = std::fopen(at("whole.nii.gz").c_str(), "rb");
    QCOMPARE(std::fread(bytes.data(), 1, bytes.size(), file), bytes.size());
    std::fclose(file);
    for (std::size_t cut = 1; cut < bytes.size(); cut += 7) {
      saveBytes(at("cut.nii.gz"),
                {bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(cut)});
      QVERIFY(!complaint(at("cut.nii.gz")).empty());
    }
    bytes[bytes.size() - 6] ^= 1;  // in the checksum
    saveBytes(at("crc.nii.gz"), bytes);
    QVERIFY(contains(complaint(at("crc.nii.gz")), "damaged"));
  }

  void severalCompressedMembersAreOneFile() {
    const auto all = numberedCube(3).bytes();
    std::vector<unsigned char> joined;
    for (const auto& part : {std::vector<unsigned char>(all.begin(), all.begin() + 380),
                             std::vector<unsigned char>(all.begin() + 380, all.end())}) {
      saveBytes(at("part"), part);
      QCOMPARE(std::system(("gzip -cn '" + at("part").string() + "' >> '" +
                            at("members.nii.gz").string() + "'")
                               .c_str()),
               0);
    }
    const auto read = readVolume(at("members.nii.gz"));
    QCOMPARE(read.volume.voxels.back(), 223.0f);  // 1 + 2 + 20 + 200
    QVERIFY(read.notes.empty());
  }

  void oddFilesAreReadWithANote_data() {
    QTest::addColumn<NiftiFile>("file");
    QTest::addColumn<QString>("note");
    NiftiFile file = numberedCube(3);
    file.data.push_back(7);
    QTest::newRow("bytes after the image") << file << "1 bytes after";
    file = numberedCube(3);
    file.slope = std::numeric_limits<float>::quiet_NaN();
    QTest::newRow("slope NaN") << file << "slope";
    file = numberedCube(3);
    file.qformCode = 1;
    file.quaternion = {0, 0, 1, 0, 0, 0};
    QTest::newRow("two transforms") << file << "s-form was used";
    file = numberedCube(3);
    file.sformCode = 0;
    QTest::newRow("no transform") << file << "no s-form, no q-form";
    file = numberedCube(3);
    file.sform[1] = 0.5f;
    file.qformCode = 1;
    QTest::newRow("sheared s-form") << file << "q-form was used";
    file = numberedCube(3);
    file.units = 3;
    QTest::newRow("micrometres") << file << "micrometres";
    file = numberedCube(3);
    std::fill(file.data.begin(), file.data.end(), 0);
    QTest::newRow("zeros") << file << "every voxel is 0";
    file.setVoxels<std::int16_t>({2, 2, 1}, {1, 2, 3, 4});
    QTest::newRow("one slice") << file << "one slice";
  }
  void oddFilesAreReadWithANote() {
    QFETCH(NiftiFile, file);
    QFETCH(QString, note);
    file.save(at("odd.nii"));
    const auto read = readVolume(at("odd.nii"));
    QCOMPARE(read.notes.size(), std::size_t{1});
    QVERIFY2(contains(read.notes[0], note.toStdString()), read.notes[0].c_str());
    QVERIFY(contains(read.notes[0], "odd.nii"));
  }

  void aFullDiskIsAnErrorAndLeavesTheOldFile_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("plain") << "result.nii";
    QTest::newRow("compressed") << "result.nii.gz";
  }
  void aFullDiskIsAnErrorAndLeavesTheOldFile() {
    QFETCH(QString, name);
    const fs::path file = at("disk of " + name.toStdString()) / name.toStdString();
    const Volume small{{{2, 2, 2}, {1, 1, 1}, {0, 0, 0}}, std::vector<float>(8, 3.0f)};
    writeVolume(file, small);
    Volume large{{{40, 40, 40}, {1, 1, 1}, {0, 0, 0}}, std::vector<float>(64000)};
    std::mt19937 rng(3);  // bytes that cannot be made fewer
    for (float& voxel : large.voxels) voxel = static_cast<float>(rng());
    try {
      const SmallDisk disk(4096);
      writeVolume(file, large);
      QFAIL("256 kB do not fit into 4 kB");
    } catch (const Error& error) {
      QCOMPARE(error.fault(), Fault::System);
      QVERIFY2(contains(error.what(), "could not be written: File too large."), error.what());
    }
    QCOMPARE(readVolume(file).volume.voxels, small.voxels);
    QCOMPARE(filesIn(file.parent_path()).size(), std::size_t{1});
  }

  /// Files of a name's full length too: what is written beside them bears a shorter one.
  void aNameMayBeAsLongAsNamesCanBe() {
    const fs::path file = at(std::string(248, 'n') + ".nii.gz");
    const Volume volume{{{1, 1, 1}, {1, 1, 1}, {0, 0, 0}}, {7}};
    writeVolume(file, volume);
    QCOMPARE(readVolume(file).volume.voxels, volume.voxels);
  }

  void anImageNeedsAnImagesName() {
    const Volume volume{{{1, 1, 1}, {1, 1, 1}, {0, 0, 0}}, {1}};
    QVERIFY_EXCEPTION_THROWN(writeVolume(at("image.png"), volume), Error);
  }

  void aFolderOrAMissingFileIsSaidToBeOne() {
    fs::create_directories(at("folder.nii"));
    QVERIFY(contains(complaint(at("folder.nii")), "folder"));
    QVERIFY(contains(complaint(at("nowhere.nii")), "does not exist"));
    fs::create_symlink(at("nowhere.nii"), at("link.nii"));
    QVERIFY(contains(complaint(at("link.nii")), "link"));
    QCOMPARE(::mkfifo(at("pipe.nii").c_str(), 0600), 0);
    QVERIFY(contains(complaint(at("pipe.nii")), "is a pipe, not a file"));
  }

  void aVolumeLargerThanTheMemoryIsNotTaken_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("sparse") << "sparse.nii";  // 352 bytes, and then nothing for 13 TB
    QTest::newRow("header alone") << "header.nii";
  }
  void aVolumeLargerThanTheMemoryIsNotTaken() {
    QFETCH(QString, name);
    NiftiFile image;
    image.dim = {3, 30000, 30000, 15000, 1, 1, 1, 1};
    image.datatype = 2;
    image.data = {1};
    const fs::path file = at(name.toUtf8().constData());
    image.save(file);
    if (name == "sparse.nii") fs::resize_file(file, 352 + 13'500'000'000'000);
    const auto error = thrownBy([&] { readHeader(file); });
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), name == "sparse.nii" ? Fault::System : Fault::Request);
    const char* says = name == "sparse.nii" ? "would need 67.5 TB to read" : "is truncated";
    QVERIFY2(contains(error->what(), says), error->what());
  }

  void whatInflatesFarBeyondItsImageIsNotInflatedToItsEnd() {
    NiftiFile image = numberedCube(4);
    image.data.resize(80'000'000);
    const fs::path file = at("long.nii.gz");
    image.save(file);
    const auto result = readVolume(file);
    QCOMPARE(result.volume.voxels[5], 1.0f + 1 + 10);
    QVERIFY(contains(result.notes.back(), "more than 64000000 bytes after the image were ignored"));
  }

  void whatIsNoNiftiIsCalledByItsName() {
    saveText(at("pointer.nii.gz"), "version https://git-lfs.github.com/spec/v1\n");
    QVERIFY(contains(complaint(at("pointer.nii.gz")), "run git lfs pull"));
    saveText(at("features.nii"), "\x89HDF\r\n\x1a\n");
    QVERIFY(contains(complaint(at("features.nii")), "is an HDF5 file, not a NIfTI file"));
    saveBytes(at("zeros.nii"), std::vector<unsigned char>(5000));
    QVERIFY(contains(complaint(at("zeros.nii")), "nothing but zeros"));
  }
};

APPLESS_TEST(VolumeFaultsTest)
#include "volume_faults_test.moc"
