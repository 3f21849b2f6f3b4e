#include "core/imagefolder/picture.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include "tests/core/base/thrown.h"
#include "tests/core/imagefolder/picture_writer.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;
using Floats = std::vector<float>;

}  // namespace

class PictureTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  fs::path at(const char* name) const { return fs::path(folder_.path().toStdString()) / name; }

 private Q_SLOTS:
  void channelsLieOneAfterTheOtherFromTheTopRow() {
    const fs::path file = at("rgb.png");
    writePng(file, {2, 1, {255, 0, 51, 0, 102, 255}}, 3);
    QCOMPARE(pictureSize(file), (PictureSize{3, 1, 2}));
    const Picture picture = readPicture(file);
    QCOMPARE(picture.size, (PictureSize{3, 1, 2}));
    QCOMPARE(picture.values, (Floats{1, 0, 0, 0.4f, 0.2f, 1}));
  }

  void rowsAreReadFromTheTop() {
    const fs::path file = at("grey.png");
    writePng(file, {2, 3, {0, 51, 102, 153, 204, 255}});
    QCOMPARE(readPicture(file).values, (Floats{0, 0.2f, 0.4f, 0.6f, 0.8f, 1}));
  }

  void sixteenBitsReachOneAsEightDo() {
    const fs::path file = at("deep.png");
    writePng(file, {3, 1, {0, 65535, 13107}}, 1, 16);
    QCOMPARE(readPicture(file).values, (Floats{0, 1, 0.2f}));
  }

  void aPaletteBecomesItsColours() {
    const fs::path file = at("palette.png");
    writePalettePng(file, {2, 1, {0, 5}});
    QCOMPARE(readPicture(file).values, (Floats{0, 50 / 255.0f, 0, 100 / 255.0f, 0, 150 / 255.0f}));
  }

  void transparencyIsPassedOverUnlessItIsAMeasurement() {
    const fs::path file = at("rgba.png");
    writePng(file, {1, 1, {255, 0, 0, 51}}, 4);
    QCOMPARE(readPicture(file).values, (Floats{1, 0, 0}));
    QCOMPARE(readPicture(file, FourthChannel::Measurement).values, (Floats{1, 0, 0, 0.2f}));
    QCOMPARE(pictureSize(file, FourthChannel::Measurement).channels, std::size_t{4});
    writePng(at("ga.png"), {1, 1, {255, 3}}, 2);
    QCOMPARE(readPicture(at("ga.png")).values, (Floats{1}));
  }

  void jpegsAreReadInGreyAndInColour() {
    const fs::path colour = at("colour.jpg"), grey = at("grey.jpg");
    std::vector<unsigned> red, dark;
    for (int i = 0; i < 64; ++i) {
      red.insert(red.end(), {255, 0, 0});
      dark.push_back(51);
    }
    writeJpeg(colour, {8, 8, red}, 3);
    writeJpeg(grey, {8, 8, dark}, 1);
    QCOMPARE(pictureSize(colour), (PictureSize{3, 8, 8}));
    QCOMPARE(pictureSize(grey), (PictureSize{1, 8, 8}));
    const Picture picture = readPicture(colour);
    for (std::size_t i = 0; i < 64; ++i) {
      QVERIFY(std::abs(picture.values[i] - 1) < 0.02f && picture.values[64 + i] < 0.02f &&
              picture.values[128 + i] < 0.02f);
    }
    for (const float value : readPicture(grey).values) QVERIFY(std::abs(value - 0.2f) < 0.02f);
  }

  void numpyArraysKeepTheirNumbers() {
    const fs::path file = at("a.npy");
    writeNpy(file, "(2, 3)", {-1, 0, 1, 2, 300, 4});
    QCOMPARE(pictureSize(file), (PictureSize{1, 2, 3}));
    QCOMPARE(readPicture(file).values, (Floats{-1, 0, 1, 2, 300, 4}));
  }

  void otherNumpyArraysAreASentence() {
    const fs::path file = at("b.npy");
    for (const char* shape : {"(2,)", "(1, 2, 3)", "()", "(-1, 2)", "(99999999999, 2)"}) {
      writeNpy(file, shape, {0, 1});
      QVERIFY2(contains(sentenceOf([&] { readPicture(file); }), "the shape [height, width]"),
               shape);
    }
    writeNpy(file, "(1, 2)", {0, 1}, "|O");
    QVERIFY(contains(sentenceOf([&] { readPicture(file); }), "real numbers"));
    writeNpy(file, "(4, 4)", {0, 1});
    QCOMPARE(sentenceOf([&] { readPicture(file); }),
             inQuotes(file) + " is a broken NumPy array: it ends too early.");
  }

  void labelsAreNumbersNotColours() {
    const fs::path grey = at("label.png"), palette = at("label_palette.png"), deep = at("deep.png");
    writePng(grey, {3, 1, {0, 4, 255}});
    writePalettePng(palette, {3, 1, {0, 2, 5}});
    writePng(deep, {2, 1, {3, 255}}, 1, 16);
    QCOMPARE(readLabelPicture(grey).values, (std::vector<std::uint8_t>{0, 4, 255}));
    QCOMPARE(readLabelPicture(palette).values, (std::vector<std::uint8_t>{0, 2, 5}));
    QCOMPARE(readLabelPicture(deep).values, (std::vector<std::uint8_t>{3, 255}));
  }

  void picturesThatAreNoLabelsAreSentences() {
    const fs::path colour = at("c.png"), deep = at("d.png"), jpeg = at("e.jpg");
    writePng(colour, {1, 1, {1, 1, 1}}, 3);
    writePng(deep, {2, 1, {3, 1000}}, 1, 16);
    writeJpeg(jpeg, {1, 1, {3}}, 1);
    QCOMPARE(sentenceOf([&] { readLabelPicture(colour); }),
             inQuotes(colour) +
                 " has colours; a label is a grey PNG (or one with a palette), one "
                 "class number a pixel.");
    QCOMPARE(sentenceOf([&] { readLabelPicture(deep); }),
             inQuotes(deep) +
                 " holds the class number 1000; 254 is the largest, and 255 stands for "
                 "pixels that do not count.");
    QVERIFY(contains(sentenceOf([&] { readLabelPicture(jpeg); }), "labels are PNG"));
  }

  void whatIsNoPictureIsASentence() {
    const fs::path file = at("text.png");
    writeLines(file, "no such thing");
    QCOMPARE(sentenceOf([&] { readPicture(file); }),
             inQuotes(file) + " is neither a PNG nor a JPEG nor a NumPy array.");
    QVERIFY(contains(sentenceOf([&] { readPicture(at("absent.png")); }), "cannot be opened"));
    QVERIFY(isPictureName("a.PNG") && isPictureName("b.jpeg") && !isPictureName("c.txt"));
  }

  void aPictureCutShortAnywhereIsASentence_data() {
    QTest::addColumn<QString>("name");
    QTest::newRow("PNG") << "cut.png";
    QTest::newRow("JPEG") << "cut.jpg";
  }
  void aPictureCutShortAnywhereIsASentence() {
    QFETCH(QString, name);
    const fs::path file = at("whole"), cut = at(name.toUtf8().constData());
    std::vector<unsigned> values;
    for (unsigned i = 0; i < 3 * 32 * 32; ++i) values.push_back(i * 7919 % 256);
    name.endsWith("png") ? writePng(file, {32, 32, values}, 3)
                         : writeJpeg(file, {32, 32, values}, 3);
    const auto size = fs::file_size(file);
    for (std::uintmax_t kept = 4; kept + 12 < size; kept += 31) {
      fs::copy_file(file, cut, fs::copy_options::overwrite_existing);
      fs::resize_file(cut, kept);
      QVERIFY2(!sentenceOf([&] { readPicture(cut); }).empty(), std::to_string(kept).c_str());
    }
  }

  void aDamagedPngIsReadOrRefusedAndNeverACrash() {
    const fs::path file = at("whole.png"), damaged = at("damaged.png");
    std::vector<unsigned> values;
    for (unsigned i = 0; i < 16 * 16; ++i) values.push_back(i);
    writePng(file, {16, 16, values});
    std::ifstream input(file, std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(input)), {});
    int refused = 0;
    for (std::size_t place = 8; place < content.size(); ++place) {
      std::string changed = content;
      changed[place] = static_cast<char>(changed[place] ^ 0xff);
      std::ofstream(damaged, std::ios::binary) << changed;
      refused += !sentenceOf([&] { readPicture(damaged); }).empty();
    }
    QVERIFY(refused > 0);
  }
};

QTEST_APPLESS_MAIN(PictureTest)
#include "picture_test.moc"
