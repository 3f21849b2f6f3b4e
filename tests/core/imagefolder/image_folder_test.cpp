#include "core/imagefolder/image_folder.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>

#include "core/imagefolder/label_file.h"
#include "tests/core/files/thrown.h"
#include "tests/core/imagefolder/picture_writer.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;
using Floats = std::vector<float>;
using Bytes = std::vector<std::uint8_t>;

Words labelsOf(const ImageFolderInfo& info) {
  Words labels;
  for (const Modality& modality : info.problem.schema.modalities())
    labels.push_back(modality.label);
  return labels;
}

}  // namespace

class ImageFolderTest : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> made_;
  fs::path folder_;

  /// A case of 2 × 1 pixels.
  void writeCase(const std::string& id, const std::vector<unsigned>& labels = {0, 1}) {
    writePng(folder_ / "rgb" / (id + ".png"), {2, 1, {255, 0, 0, 0, 0, 255}}, 3);
    writePng(folder_ / "depth" / (id + ".png"), {2, 1, {51, 102}});
    writePng(folder_ / "label" / (id + ".png"), {2, 1, labels});
  }

 private Q_SLOTS:
  void init() {
    made_ = std::make_unique<QTemporaryDir>();
    folder_ = fs::path(made_->path().toStdString());
  }

  void everyFolderOfPicturesIsAModality() {
    for (const char* id : {"a", "b", "c"}) writeCase(id);
    writeCase("c", {2, 255});
    writeLines(folder_ / "notes/readme.txt", "no picture");
    writeLines(folder_ / "train.txt", "a\n\n b \r\n");
    writeLines(folder_ / "val.txt", "c\n");
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(info.problem.task, Task::Segmentation2d);
    QCOMPARE(labelsOf(info), (Words{"RGB", "Depth"}));
    QVERIFY(info.problem.inputs == InputLayout({{3, 1}, {1, 1}}));
    QCOMPARE(info.problem.outputs, (Words{"0", "1", "2"}));
    QCOMPARE(info.splits.size(), std::size_t{2});
    QCOMPARE(info.splits[0].ids, (Words{"a", "b"}));
    QCOMPARE(info.splits[1].name, std::string("valid"));
    QCOMPARE(info.cases.at("c").width, std::size_t{2});
    QVERIFY(info.notes.empty());
    const ImageSample sample = readImages(info, "c");
    QCOMPARE(sample.modalities[0], (Floats{1, 0, 0, 0, 0, 1}));
    QCOMPARE(sample.modalities[1], (Floats{0.2f, 0.4f}));
    QCOMPARE(sample.labels, (Bytes{2, 255}));
    QCOMPARE(sample.available, std::uint8_t{3});
  }

  void aLinkThatCannotBeFollowedCostsItsPictureAlone() {
    for (const char* id : {"a", "b", "c"}) writeCase(id);
    writeLines(folder_ / "train.txt", "a\nb\nc\n");
    fs::remove(folder_ / "depth/b.png");
    fs::create_symlink(folder_ / "depth/b.png", folder_ / "depth/b.png");  // to itself
    fs::remove(folder_ / "depth/c.png");
    fs::create_symlink(folder_ / "nowhere.png", folder_ / "depth/c.png");
    fs::create_symlink(folder_ / "around", folder_ / "around");
    fs::create_symlink(folder_ / "depth", folder_ / "depth/deeper");
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(info.cases.size(), std::size_t{3});
    QCOMPARE(info.cases.at("a").available, std::uint8_t{3});
    QCOMPARE(info.cases.at("b").available, std::uint8_t{1});
    QCOMPARE(info.cases.at("c").available, std::uint8_t{1});
    const auto said = [&](const std::string& file) {
      return std::count_if(info.notes.begin(), info.notes.end(), [&](const std::string& note) {
        return contains(note, file) && contains(note, "It was passed over.");
      });
    };
    QCOMPARE(said("depth/b.png"), 1);
    QCOMPARE(said("depth/c.png"), 1);
  }

  void aModalityIsAbsentWhereItsPictureIsNotThere() {
    for (const char* id : {"a", "b"}) writeCase(id);
    writeLines(folder_ / "train.txt", "a\nb\n");
    fs::remove(folder_ / "depth/b.png");
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(info.notes, (Words{"Depth is absent in 1 of 2 pictures of train."}));
    const ImageSample sample = readImages(info, "b");
    QCOMPARE(sample.available, std::uint8_t{1});
    QCOMPARE(sample.modalities[1], (Floats{0, 0}));
  }

  void aTestCaseMayLackItsLabel() {
    for (const char* id : {"a", "b"}) writeCase(id);
    writeLines(folder_ / "train.txt", "a");
    writeLines(folder_ / "test.txt", "b");
    fs::remove(folder_ / "label/b.png");
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(info.notes, (Words{"There is no label for 1 of 1 pictures of test."}));
    QVERIFY(readImages(info, "b").labels.empty());
  }

  void namesInListsMayCarryFoldersAndEndings() {
    for (const char* id : {"seq 1/a", "b"}) writeCase(id);
    writeLines(folder_ / "splits/train.txt", "rgb/b.png label/b.png\nseq 1/a\nb\n");
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(info.splits[0].ids, (Words{"b", "seq 1/a"}));
    QCOMPARE(info.notes, (Words{"train.txt names 1 pictures twice; they count once."}));
  }

  void withoutListsAHashOfTheNamesSplits() {
    for (int i = 0; i < 20; ++i) writeCase(std::to_string(i));
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(info.splits.size(), std::size_t{3});
    QCOMPARE(info.splits[0].size(), std::size_t{14});
    QCOMPARE(info.splits[1].size(), std::size_t{2});
    QCOMPARE(info.splits[2].size(), std::size_t{4});
    QVERIFY(contains(info.notes.front(), "split by a hash of their names"));
    QCOMPARE(inspectImages(folder_).splits[1].ids, info.splits[1].ids);
  }

  void aCaseInTwoSplitsIsNoted() {
    for (const char* id : {"a", "b"}) writeCase(id);
    writeLines(folder_ / "train.txt", "a\nb");
    writeLines(folder_ / "test.txt", "b");
    QCOMPARE(inspectImages(folder_).notes,
             (Words{"1 picture is in \"train\" and in \"test\", so its scores flatter."}));
  }

  void classesHaveNamesAndSomeDoNotCount() {
    writeCase("a", {0, 2});
    writeLines(folder_ / "train.txt", "a");
    writeLines(folder_ / "classes.txt", "- unlabelled\nroad\nsky, blue\ncar\n");
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(info.problem.outputs, (Words{"road", "sky, blue", "car"}));
    QCOMPARE(readImages(info, "a").labels, (Bytes{255, 1}));
  }

  void aFileMayChooseAndOrderTheModalities() {
    writeCase("a");
    writePng(folder_ / "HHA/a.png", {2, 1, {1, 2, 3, 4, 5, 6}}, 3);
    writeLines(folder_ / "train.txt", "a");
    QCOMPARE(labelsOf(inspectImages(folder_)), (Words{"RGB", "HHA", "Depth"}));
    writeLines(folder_ / "modalities.txt", "hha\nrgb\n");
    QCOMPARE(labelsOf(inspectImages(folder_)), (Words{"HHA", "RGB"}));
  }

  void aGreyPictureAmongColouredOnesIsRepeated() {
    for (const char* id : {"a", "b"}) writeCase(id);
    writePng(folder_ / "rgb/b.png", {2, 1, {0, 255}});
    writeLines(folder_ / "train.txt", "a\nb");
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(readImages(info, "b").modalities[0], (Floats{0, 1, 0, 1, 0, 1}));
  }

  void nyuDepthIsUnderstood() {
    writeJpeg(folder_ / "RGB/0.jpg", {1, 1, {0, 0, 0}}, 3);
    writeJpeg(folder_ / "HHA/0.jpg", {1, 1, {0, 0, 0}}, 3);
    writePng(folder_ / "Label/0.png", {1, 1, {40}});
    writeLines(folder_ / "train.txt", "RGB/0.jpg Label/0.png\n");
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(labelsOf(info), (Words{"RGB", "HHA"}));
    QCOMPARE(info.problem.outputs.size(), std::size_t{40});  // 0 is no class
    QCOMPARE(info.splits[0].ids, (Words{"0"}));
  }

  void theFourthChannelOfMfnetIsThermal() {
    writePng(folder_ / "images/00001D.png", {2, 1, {255, 0, 0, 51, 0, 255, 0, 102}}, 4);
    writePng(folder_ / "labels/00001D.png", {2, 1, {0, 8}});
    writeLines(folder_ / "train.txt", "00001D");
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(labelsOf(info), (Words{"RGB", "Thermal"}));
    QVERIFY(info.problem.inputs == InputLayout({{3, 1}, {1, 1}}));
    const ImageSample sample = readImages(info, "00001D");
    QCOMPARE(sample.modalities[0], (Floats{1, 0, 0, 1, 0, 0}));
    QCOMPARE(sample.modalities[1], (Floats{0.2f, 0.4f}));
  }

  void polarisationOfMcubesIsUnderstood() {
    writePng(folder_ / "polL_color/o_1.png", {2, 1, {65535, 0, 0, 0, 0, 0}}, 3, 16);
    writeNpy(folder_ / "polL_aolp_sin/o_1.npy", "(1, 2)", {-1, 0.5});
    writeNpy(folder_ / "polL_aolp_cos/o_1.npy", "(1, 2)", {0, 0.25});
    writeNpy(folder_ / "polL_dolp/o_1.npy", "(1, 2)", {0.75, 1});
    writePng(folder_ / "NIR_warped/o_1.png", {2, 1, {255, 0}});
    writePng(folder_ / "NIR_warped_mask/o_1.png", {2, 1, {255, 0}});
    writePng(folder_ / "SS/o_1.png", {2, 1, {1, 2}});
    writePng(folder_ / "GT/o_1.png", {2, 1, {19, 255}});
    writeLines(folder_ / "list_folder/train.txt", "o_1\n");
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(labelsOf(info), (Words{"RGB", "AoLP", "DoLP", "NIR"}));
    QVERIFY(info.problem.inputs == InputLayout({{3, 1}, {2, 1}, {1, 1}, {1, 1}}));
    QCOMPARE(info.problem.outputs.size(), std::size_t{20});
    const ImageSample sample = readImages(info, "o_1");
    QCOMPARE(sample.modalities[1], (Floats{-1, 0.5f, 0, 0.25f}));
    QCOMPARE(sample.modalities[2], (Floats{0.75f, 1}));
    QCOMPARE(sample.labels, (Bytes{19, 255}));
  }

  void pathsInAListMayBeginAnywhere_data() {
    QTest::addColumn<QString>("line");
    for (const char* line :
         {"a", "a.jpg", "rgb/a.png", "RGB/a.png", "./rgb/a.png label/a.png", "/data/nyu/rgb/a.png",
          "rgb\\a.png", "D:\\data\\depth\\a.png", "/rgb/depth/label/a.png", "rgb//a.png"})
      QTest::newRow(line) << line;
  }
  void pathsInAListMayBeginAnywhere() {
    QFETCH(QString, line);
    for (const char* id : {"a", "b"}) writeCase(id);
    writeLines(folder_ / "train.txt", line.toStdString() + "\r\nb\r\n");
    QCOMPARE(inspectImages(folder_).splits.front().ids, (Words{"a", "b"}));
  }

  void whatSystemsLeaveBehindIsNeitherPictureNorModality() {
    for (const char* id : {"a", "b", "c"}) writeCase(id);
    for (const char* left :
         {"rgb/._a.png", "depth/._a.png", "label/._a.png", "__MACOSX/rgb/._a.png",
          "__MACOSX/rgb/a.png", "rgb/.DS_Store", "rgb/Thumbs.db", ".ipynb_checkpoints/a.png"})
      writeLines(folder_ / left, "no picture");
    for (const char* below : {"rgb/.thumbs", "rgb/.ipynb_checkpoints", "rgb/@eaDir"})
      fs::copy(folder_ / "depth", folder_ / below);
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(labelsOf(info), (Words{"RGB", "Depth"}));
    QCOMPARE(info.cases.size(), std::size_t{3});
    QCOMPARE(info.notes.size(), std::size_t{1});  // how they were split
  }

  void foldersThatAreNoModalitiesArePassedOverAndNamed() {
    for (const char* id : {"a", "b"}) writeCase(id);
    writeLines(folder_ / "train.txt", "a\nb\n");
    fs::copy(folder_ / "depth", folder_ / "predictions_old");
    writePng(folder_ / "calibration/board.png", {2, 1, {1, 2}});
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(labelsOf(info), (Words{"RGB", "Depth"}));
    QCOMPARE(info.notes,
             (Words{"The folder predictions_old was passed over: results are called so. The file "
                    "modalities.txt can name which folders are modalities.",
                    "The folder calibration was passed over: no picture there has the name of a "
                    "label. The file modalities.txt can name which folders are modalities."}));
    writeLines(folder_ / "modalities.txt", "rgb\npredictions_old\n");
    QCOMPARE(labelsOf(inspectImages(folder_)), (Words{"RGB", "Predictions_old"}));
  }

  void numbersThatAreNoneAndZerosOfASensorAreNoted() {
    for (const char* id : {"a", "b"}) writeCase(id);
    writeLines(folder_ / "train.txt", "a\nb\n");
    writePng(folder_ / "depth/a.png", {2, 1, {0, 7000}}, 1, 16);
    writePng(folder_ / "depth/b.png", {2, 1, {9000, 8000}}, 1, 16);
    writeNpy(folder_ / "heat/a.npy", "(1, 2)", {NAN, INFINITY});
    writeNpy(folder_ / "heat/b.npy", "(1, 2)", {1, 2});
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(info.notes,
             (Words{"Depth: 25 % of the numbers in 2 pictures looked at are 0, as sensors write "
                    "where they measured nothing; 0 is read as a number like any other.",
                    "Heat: 50 % of the numbers in 2 pictures looked at are NaN or infinite; they "
                    "count as the mean. 1 of these hold no number at all."}));
  }

  void aPhotographMarkedAsTurnedIsNoted() {
    for (const char* id : {"a", "b"}) writeCase(id);
    writeLines(folder_ / "train.txt", "a\nb\n");
    fs::remove(folder_ / "rgb/a.png");
    writeJpeg(folder_ / "plain.jpg", {2, 1, {1, 2}}, 1);
    std::ifstream plain(folder_ / "plain.jpg", std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(plain)), {});
    const std::string exif(
        "\xff\xd8\xff\xe1\0\x1e"
        "Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0",
        34);
    writeLines(folder_ / "rgb/a.jpg", exif + bytes.substr(2));
    QCOMPARE(inspectImages(folder_).notes,
             (Words{"RGB: 1 photograph is marked as turned or mirrored (EXIF); the pixels are read "
                    "as they lie, like those of the other modalities."}));
  }

  void theZeroOfNyuStandsForPixelsWithoutALabel() {
    writeCase("a", {0, 40});
    writeCase("b", {1, 255});
    writeLines(folder_ / "train.txt", "a\nb\n");
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(info.problem.outputs.size(), std::size_t{40});
    QCOMPARE(info.problem.outputs.front(), std::string("1"));
    QCOMPARE(readImages(info, "a").labels, (Bytes{255, 39}));
    QCOMPARE(readImages(info, "b").labels, (Bytes{0, 255}));
    QVERIFY(
        contains(info.notes.front(), "as in NYUDv2, where 0 stands for pixels without a label"));
    QCOMPARE(numbersOfClasses(folder_, 40).front(), std::uint8_t{1});
    QCOMPARE(numbersOfClasses(folder_, 40).back(), std::uint8_t{40});
    std::string names;
    for (int i = 0; i < 41; ++i) names += "class\n";  // which count all
    writeLines(folder_ / "classes.txt", names);
    QCOMPARE(inspectImages(folder_).problem.outputs.size(), std::size_t{41});
  }

  void numbersWithGapsAreNoted() {
    writeCase("a", {7, 200});
    writeLines(folder_ / "train.txt", "a\n");
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(info.problem.outputs.size(), std::size_t{201});
    QVERIFY(
        contains(info.notes.front(), "The labels hold only 2 different numbers, and go up to 200"));
  }

  void theLeftOfMcubesIsCutOffWhereItIsAsPublished() {
    constexpr std::uint32_t kWidth = 1224;
    Pixels colour{kWidth, 1, {}}, grey{kWidth, 1, {}}, label{kWidth, 1, {}};
    for (std::uint32_t x = 0; x < kWidth; ++x) {
      grey.values.push_back(x % 256);
      label.values.push_back(x < 192 ? 99 : x % 3);  // 99 is cut off
      for (const unsigned c : {0u, 1u, 2u}) colour.values.push_back((x + c) % 256);
    }
    writePng(folder_ / "polL_color/o.png", colour, 3);
    writePng(folder_ / "NIR_warped/o.png", grey);
    writePng(folder_ / "GT/o.png", label);
    writeLines(folder_ / "list_folder/train.txt", "o\n");
    const ImageFolderInfo info = inspectImages(folder_);
    QCOMPARE(info.cases.at("o").width, std::size_t{1032});
    QCOMPARE(info.problem.outputs.size(), std::size_t{3});
    QVERIFY(contains(info.notes.front(), "The left 192 columns"));
    const ImageSample sample = readImages(info, "o");
    QCOMPARE(sample.width, std::size_t{1032});
    QCOMPARE(sample.modalities[0].size(), std::size_t{3 * 1032});
    QCOMPARE(sample.modalities[0][0], 192 / 255.0f);     // red of column 192
    QCOMPARE(sample.modalities[0][1032], 193 / 255.0f);  // green of column 192
    QCOMPARE(sample.modalities[1][1031], (1223 % 256) / 255.0f);
    QCOMPARE(sample.labels.size(), std::size_t{1032});
    QCOMPARE(sample.labels[1], std::uint8_t{193 % 3});
  }
};

APPLESS_TEST(ImageFolderTest)
#include "image_folder_test.moc"
