#include "core/imagefolder/label_file.h"

#include <QTemporaryDir>
#include <QTest>

#include "core/imagefolder/image_folder.h"
#include "tests/core/files/thrown.h"
#include "tests/core/imagefolder/made_up_pictures.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

}  // namespace

class LabelFileTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  fs::path at(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }

 private Q_SLOTS:
  void whatIsWrittenIsReadBack() {
    const LabelPicture labels{2, 3, {0, 1, 2, 128, 254, 255}};
    writeLabelPicture(at("labels.png"), labels);
    const LabelPicture read = readLabelPicture(at("labels.png"));
    QCOMPARE(read.height, labels.height);
    QCOMPARE(read.width, labels.width);
    QCOMPARE(read.values, labels.values);
    QCOMPARE(pictureSize(at("labels.png")).channels, std::size_t{1});
  }

  void classesHaveTheNumbersOfTheLabels() {
    QCOMPARE(numbersOfClasses(at("without"), 3), (Bytes{0, 1, 2}));
    writeMadeUpPictures(at("pictures"));
    writeLines(at("pictures") / "classes.txt", "- unlabelled\nground\n-\nsquare\n");
    const ImageFolderInfo info = inspectImages(at("pictures"));
    const Bytes numbers = numbersOfClasses(at("pictures"), info.problem.outputs.size());
    QCOMPARE(numbers, (Bytes{1, 3}));
    for (std::size_t k = 0; k < numbers.size(); ++k)
      QCOMPARE(std::size_t{info.classes[numbers[k]]}, k);
  }

  void namesThatHaveChangedAreRefused() {
    writeLines(at("classes.txt"), "ground\nsquare\nroad\n");
    const auto sentence = sentenceOf([&] { numbersOfClasses(at(""), 2); });
    QVERIFY2(contains(sentence, "names 3 classes now, not 2"), sentence.c_str());
  }

  void aFolderThatCannotBeWrittenToIsASentence() {
    writeLines(at("file"), "x\n");
    const auto sentence = sentenceOf([&] {
      writeLabelPicture(at("file") / "labels.png", {1, 1, {0}});
    });
    QVERIFY2(contains(sentence, "file\" could not be made"), sentence.c_str());
  }
};

APPLESS_TEST(LabelFileTest)
#include "label_file_test.moc"
