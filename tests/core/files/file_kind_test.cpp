#include "core/files/file_kind.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace std::string_literals;

Q_DECLARE_METATYPE(modascope::Wanted)

class FileKindTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void eachKindIsCalledByItsNameWithWhatToDo_data() {
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<Wanted>("wanted");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("says");
    const auto row = [](const char* what, const std::string& bytes, Wanted wanted, const char* name,
                        const char* says) {
      QTest::newRow(what) << QByteArray::fromStdString(bytes) << wanted << QString(name)
                          << QString(says);
    };
    const std::string zip = "PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x10\0\0\0"s;
    const Wanted weights = Wanted::Weights, volume = Wanted::Volume;
    row("pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:ab\n", weights,
        "a.safetensors", "run git lfs pull");
    row("pointer as a volume", "version https://git-lfs.github.com/spec/v1\n", volume, "a.nii.gz",
        "is a Git LFS pointer");
    row("PyTorch", zip + "archive/data.pkl", weights, "x", "safetensors.torch.save_file");
    row("a checkpoint", zip + "any", weights, "last.ckpt", "is a PyTorch file");
    row("old PyTorch", "\x80\x02\x8a\nl\xfc\x9c\x46\xf9 j\xa8P\x19.\x80\x02M"s, weights, "m.pth",
        "is a PyTorch file");
    row("npz", zip + "arr_0.npy", weights, "x", "archive of NumPy arrays");
    row("npz by its name", zip + "archive/data.pkl", weights, "w.npz", "archive of NumPy arrays");
    row("zip", zip + "readme.txt", weights, "x.zip", "is a ZIP archive");
    row("pickle as features", "\x80\x04\x95\0\0"s, Wanted::Features, "mosi.pkl", "mosi_to_hdf5.py");
    row("pickle as a volume", "\x80\x04\x95\0\0"s, volume, "mosi.pkl", "mosi_to_hdf5.py");
    row("pickle as weights", "\x80\x05\x95\0\0"s, weights, "w.pkl", "save_file");
    row("array as a volume", "\x93NUMPY\x01\0"s, volume, "a.npy", "nibabel.save");
    row("HDF5 as weights", "\x89HDF\r\n\x1a\n", weights, "w.h5", "is an HDF5 file");
    row("HDF5 as a volume", "\x89HDF\r\n\x1a\n", volume, "w.nii", "is an HDF5 file");
    row("volume as HDF5", "\x5c\x01\0\0\0"s, Wanted::Features, "a.h5", "is a NIfTI volume");
    row("gzip", "\x1f\x8b\x08\0"s, weights, "w", "gunzip");
    row("web page", "\n<!DOCTYPE HTML>\n<html>", weights, "w", "is a web page");
    row("index", "{\"metadata\": {}, \"weight_map\": {\"a\": \"b\"}}", weights, "w",
        "lie in several files");
    row("JSON", "{\"a\": 1}", weights, "w", "is a JSON document");
    row("nothing", "", weights, "w", "is empty");
    row("zeros", std::string(64, '\0'), weights, "w", "nothing but zeros");
    row("zeros as a picture", std::string(64, '\0'), Wanted::Picture, "a.png", "but zeros");
    row("DICOM", std::string(128, '\1') + "DICM", volume, "a.nii", "dcm2niix");
    row("TIFF", "II*\0\x08\0\0\0"s, Wanted::Picture, "a.png", "save it as PNG");
    row("WebP", "RIFF\x10\0\0\0WEBPVP8 "s, Wanted::Picture, "a.png", "save it as PNG");
    row("MATLAB", "MATLAB 5.0 MAT-file, Platform: GLNXA64\x01"s, Wanted::Features, "a.mat",
        "-v7.3");
    row("NRRD", "NRRD0004\ntype: short\n", volume, "a.nii", "is an NRRD volume");
    row("MetaImage", "ObjectType = Image\n", volume, "a.nii", "is a MetaImage volume");
    row("ONNX", "\x08\x07\x12\x07pytorch"s, weights, "net.onnx", "is an ONNX network");
    row("old pickle", "(dp0\nS'a'\n", Wanted::Volume, "mosi.pkl", "mosi_to_hdf5.py");
    row("text", "import torch\nprint(1)\n", weights, "w.safetensors",
        "is a text, not a safetensors");
    row("table", "id,age\n1,60\n", volume, "a.csv", "is a text, not a NIfTI file");
    row("macOS", "\0\x05\x16\x07\0\2\0\0Mac OS X"s, volume, "._a.nii", "what macOS keeps");
    row("weights as settings", "\x08\0\0\0\0\0\0\0{\"a\": {}}"s, Wanted::Settings, "w.toml",
        "is a safetensors file");
  }
  void eachKindIsCalledByItsNameWithWhatToDo() {
    QFETCH(QByteArray, bytes);
    QFETCH(Wanted, wanted);
    QFETCH(QString, name);
    QFETCH(QString, says);
    const std::string what = otherKind(bytes.toStdString(), wanted, name.toStdString());
    QVERIFY2(contains(what, says.toStdString()), what.c_str());
    QVERIFY(!what.ends_with('.'));
  }

  void whatIsWantedAndWhatIsUnknownAreNotRemarkedOn() {
    QCOMPARE(otherKind("\x08\0\0\0\0\0\0\0{\"a\": {}}"s, Wanted::Weights), std::string());
    QCOMPARE(otherKind("\x1f\x8b\x08\0"s, Wanted::Volume), std::string());
    QCOMPARE(otherKind("\x5c\x01\0\0"s, Wanted::Volume), std::string());
    QCOMPARE(otherKind("\0\0\x01\x5c"s, Wanted::Volume), std::string());
    QCOMPARE(otherKind("\xff\xd8\xff\xe0", Wanted::Picture), std::string());
    QCOMPARE(otherKind("[train]\nsteps = 3\n", Wanted::Settings), std::string());
    QCOMPARE(otherKind("\x01\x02\x03 some words", Wanted::Weights), std::string());
  }

  void aFileIsNamedInTheSentence() {
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("w.h5").toStdString();
    std::ofstream(file) << "\x89HDF\r\n\x1a\n";
    QVERIFY(sentenceOf([&] {
              refuseOtherKind(file, Wanted::Weights);
            }).starts_with(inQuotes(file) + " is an HDF5 file, not a safetensors file; "));
    QCOMPARE(sentenceOf([&] { refuseOtherKind(file, Wanted::Features); }), std::string());
  }
};

APPLESS_TEST(FileKindTest)
#include "file_kind_test.moc"
