// Folders of pictures that are refused, each with a sentence.
#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <memory>

#include <sys/stat.h>

#include "core/files/atomic_file.h"
#include "core/imagefolder/image_folder.h"
#include "tests/core/files/thrown.h"
#include "tests/core/imagefolder/picture_writer.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;

}  // namespace

class ImageFaultsTest : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> made_;
  fs::path folder_;

  std::string refusal() const {
    return sentenceOf([this] { inspectImages(folder_); });
  }

 private Q_SLOTS:
  void init() {
    made_ = std::make_unique<QTemporaryDir>();
    folder_ = fs::path(made_->path().toStdString());
    for (const char* id : {"a", "b"}) {
      const std::string name = std::string(id) + ".png";
      writePng(folder_ / "rgb" / name, {2, 1, {255, 0, 0, 0, 0, 255}}, 3);
      writePng(folder_ / "depth" / name, {2, 1, {51, 102}});
      writePng(folder_ / "label" / name, {2, 1, {0, 1}});
    }
    writeLines(folder_ / "train.txt", "a\nb\n");
  }

  void withoutLabelsOrPictures() {
    fs::rename(folder_ / "label", folder_ / "truth");
    QCOMPARE(refusal(), inQuotes(folder_) +
                            " has no folder of labels (label, labels, gt or mask); "
                            "it has depth, rgb, truth.");
    QVERIFY(contains(sentenceOf([&] { inspectImages(folder_ / "absent"); }), "is no folder"));
    const fs::path bare = folder_ / "bare";
    fs::create_directories(bare / "label");
    QCOMPARE(sentenceOf([&] { inspectImages(bare); }),
             inQuotes(bare) +
                 " has no folder of pictures beside \"label\"; one folder a modality "
                 "is expected, such as rgb and depth.");
  }

  void withANameInAListThatIsNotThere() {
    writeLines(folder_ / "valid.txt", "c\n");
    QCOMPARE(refusal(), inQuotes(folder_ / "valid.txt") +
                            " names \"c\", but there is no picture c in rgb or any other "
                            "modality's folder.");
  }

  void withoutCasesToTrainOn() {
    writeLines(folder_ / "train.txt", "\n");
    QCOMPARE(refusal(), inQuotes(folder_) + " has no pictures to train on: train.txt is empty.");
    fs::rename(folder_ / "train.txt", folder_ / "test.txt");
    QCOMPARE(refusal(),
             inQuotes(folder_) + " has no pictures to train on: train.txt is not there.");
  }

  void withoutTheLabelOfATrainingCase() {
    fs::remove(folder_ / "label/b.png");
    QCOMPARE(refusal(),
             inQuotes(folder_ / "label") + " has no label for \"b\", which is in \"train\".");
  }

  void withPicturesOfTwoSizes() {
    writePng(folder_ / "depth/b.png", {1, 2, {51, 102}});
    QCOMPARE(refusal(), inQuotes(folder_ / "depth/b.png") +
                            " is 1 × 2 pixels, but another picture of \"b\" is 2 × 1; "
                            "all modalities and the label of a scene have one size.");
  }

  void withALabelOfAnotherSize() {
    writePng(folder_ / "label/b.png", {1, 2, {0, 1}});
    QCOMPARE(refusal(), inQuotes(folder_ / "label/b.png") +
                            " is 1 × 2 pixels, but the pictures of \"b\" are 2 × 1; all "
                            "modalities and the label of a scene have one size.");
  }

  void withALabelBeyondTheNames() {
    writePng(folder_ / "label/b.png", {2, 1, {7, 1}});
    writeLines(folder_ / "classes.txt", "road\ncar\n");
    QCOMPARE(refusal(), inQuotes(folder_ / "label/b.png") +
                            " holds the class number 7, but classes.txt has 2 lines, for the "
                            "numbers from 0 to 1.");
  }

  void withAMaskOfZerosAnd255() {
    writePng(folder_ / "label/a.png", {2, 1, {0, 255}});
    writePng(folder_ / "label/b.png", {2, 1, {0, 255}});
    QCOMPARE(refusal(), inQuotes(folder_) +
                            ": the labels hold only 0 and 255, and 255 stands for pixels that do "
                            "not count; classes are numbered 0, 1, 2 and so on.");
  }

  void withFewerThanTwoClassesThatCount() {
    writeLines(folder_ / "classes.txt", "- nothing\nroad\n");
    QCOMPARE(refusal(),
             inQuotes(folder_ / "classes.txt") + " leaves fewer than two classes that count.");
  }

  void aBrokenFileCostsItsSceneAlone_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("what");
    const auto row = [](const char* file, const char* bytes, const char* what) {
      QTest::addRow("%s: %s", file, what) << file << QByteArray(bytes) << what;
    };
    for (const char* file : {"rgb/b.png", "depth/b.png", "label/b.png"}) {
      row(file, "", "is empty; copy or download it again");
      row(file, "\x89PNG\r\n\x1a\n", "is a broken PNG: ");
    }
    row("rgb/b.png", "404: not found here", "is a text, not a picture");
    row("label/b.png", "404: not found here", "is a text, not a picture");
  }
  void aBrokenFileCostsItsSceneAlone() {
    QFETCH(QString, file);
    QFETCH(QByteArray, bytes);
    QFETCH(QString, what);
    const fs::path broken = folder_ / file.toStdString();
    writeAtomically(broken, bytes.toStdString());
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(info.cases.at("a").problem, std::string());
    const std::string& problem = info.cases.at("b").problem;
    QVERIFY2(problem.starts_with(inQuotes(broken) + ' ' + what.toStdString()), problem.c_str());
    QCOMPARE(info.problem.outputs.size(), std::size_t{2});  // of the whole label: 0 and 1
  }

  void aLabelThatEndsTooEarlyCostsItsSceneAlone() {
    fs::resize_file(folder_ / "label/b.png", 50);
    QCOMPARE(inspectImages(folder_).cases.at("b").problem,
             inQuotes(folder_ / "label/b.png") + " is a broken PNG: it ends too early.");
  }

  void aPictureOfAnInstrumentWhosePixelsAreBrokenIsLeftToTheLook() {
    fs::remove(folder_ / "depth/b.png");
    writeNpy(folder_ / "depth/b.npy", "(1, 2)", {1, 2});
    fs::resize_file(folder_ / "depth/b.npy", fs::file_size(folder_ / "depth/b.npy") - 4);
    const ImageFolderInfo info = inspectImages(folder_);
    QVERIFY(contains(sentenceOf([&] { readImages(info, "b"); }), "depth/b.npy"));
  }

  void withoutASceneThatIsWhole() {
    for (const char* id : {"a", "b"})
      writeAtomically(folder_ / "label" / (std::string(id) + ".png"), "");
    QCOMPARE(refusal(), inQuotes(folder_ / "label/a.png") +
                            " is empty; copy or download it again; labels are grey PNG, one "
                            "class number a pixel.");
  }

  void withAModalityThatIsNotThere() {
    writeLines(folder_ / "modalities.txt", "rgb\nradar\n");
    QCOMPARE(refusal(), inQuotes(folder_ / "modalities.txt") +
                            " names \"radar\", but there is no such folder; there are depth, "
                            "label, rgb.");
  }

  void withMoreThanEightModalities() {
    for (int i = 0; i < 7; ++i) {
      writePng(folder_ / std::to_string(i) / "a.png", {2, 1, {1, 2}});
    }
    QCOMPARE(refusal(), inQuotes(folder_) +
                            ": An experiment has 1 to 8 modalities; 9 were given. The file "
                            "modalities.txt can name a choice.");
  }

  void aCaseThatIsNotThereIsASentence() {
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(sentenceOf([&] { readImages(info, "z"); }),
             inQuotes(folder_) + " has no picture \"z\".");
  }

  void withAPipeInThePlaceOfAPicture() {
    fs::remove(folder_ / "rgb/b.png");
    QCOMPARE(::mkfifo((folder_ / "rgb/b.png").c_str(), 0600), 0);
    const ImageFolderInfo info = inspectImages(folder_);
    const std::string note =
        inQuotes(folder_ / "rgb/b.png") + " is a pipe, not a file. It was passed over.";
    QVERIFY(std::find(info.notes.begin(), info.notes.end(), note) != info.notes.end());
    QCOMPARE(info.cases.at("b").available, std::uint8_t{2});  // depth alone
  }

  void withVolumesPreparedForRfnet() {
    const fs::path prepared = folder_ / "BRATS2018_Training_none_npy";
    writeNpy(prepared / "vol/Brats18_2013_0_1_vol.npy", "(2, 2, 2, 4)", std::vector<float>(32));
    writeNpy(prepared / "seg/Brats18_2013_0_1_seg.npy", "(2, 2, 2)", std::vector<float>(8), "<u1");
    for (const fs::path& place : {prepared, prepared / "vol", folder_}) {
      const std::string sentence = sentenceOf([&] { inspectImages(place); });
      QVERIFY2(contains(sentence, "as RFNet and mmFormer prepare it"), sentence.c_str());
    }
  }
};

APPLESS_TEST(ImageFaultsTest)
#include "image_faults_test.moc"
