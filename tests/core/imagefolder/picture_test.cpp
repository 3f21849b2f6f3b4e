#include "core/imagefolder/picture.h"

#include <QElapsedTimer>
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include <sys/stat.h>

#include "tests/core/files/thrown.h"
#include "tests/core/imagefolder/picture_writer.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;
using Floats = std::vector<float>;

std::string bytesOf(const fs::path& file) {
  std::ifstream input(file, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(input), {});
}

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
    QCOMPARE(pictureSize(file), (PictureSize{1, 2, 3, true}));
    QCOMPARE(readPicture(file).values, (Floats{-1, 0, 1, 2, 300, 4}));
  }

  void everyTypeOfRealNumberIsRead_data() {
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("bytes");  // of 1 and 2
    const auto row = [](const char* type, const char* bytes, int each) {
      QTest::newRow(type) << QByteArray(type) << QByteArray(bytes, 2 * each);
    };
    row("|u1", "\1\2", 1);
    row("|i1", "\1\2", 1);
    row("<u2", "\1\0\2\0", 2);
    row(">i2", "\0\1\0\2", 2);
    row("<i4", "\1\0\0\0\2\0\0\0", 4);
    row(">u4", "\0\0\0\1\0\0\0\2", 4);
    row("<i8", "\1\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0", 8);
    row(">u8", "\0\0\0\0\0\0\0\1\0\0\0\0\0\0\0\2", 8);
    row("<f2", "\x00\x3c\x00\x40", 2);
    row(">f2", "\x3c\x00\x40\x00", 2);
    row(">f4", "\x3f\x80\0\0\x40\0\0\0", 4);
    row("<f8", "\0\0\0\0\0\0\xf0\x3f\0\0\0\0\0\0\0\x40", 8);
    row("=f4", "\0\0\x80\x3f\0\0\0\x40", 4);
  }
  void everyTypeOfRealNumberIsRead() {
    QFETCH(QByteArray, type);
    QFETCH(QByteArray, bytes);
    const fs::path file = at("type.npy");
    const std::string dictionary =
        "{'descr': '" + type.toStdString() + "', 'fortran_order': False, 'shape': (1, 2), }";
    writeNpyBytes(file, dictionary, bytes.toStdString());
    QCOMPARE(readPicture(file).values, (Floats{1, 2}));
    QVERIFY(pictureSize(file).measures);
  }

  void halvesAndTruthsHaveTheirOwnForms() {  // 1/3 in half precision is 0.333251953125
    const fs::path file = at("half.npy");
    const std::string of = "', 'fortran_order': False, 'shape': (1, 4), }";
    writeNpyBytes(file, "{'descr': '<f2" + of, std::string("\x55\x35\x01\x00\xff\xfb\x00\x7c", 8));
    const Floats values = readPicture(file).values;
    QCOMPARE(values[0], 0.333251953125f);
    QCOMPARE(values[1], 0x1p-24f);  // the smallest
    QCOMPARE(values[2], -65504.0f);
    QVERIFY(std::isinf(values[3]));
    writeNpyBytes(file, "{'descr': '|b1" + of, std::string("\0\1\0\1", 4));
    QCOMPARE(readPicture(file).values, (Floats{0, 1, 0, 1}));
  }

  void fortransOrderIsColumnByColumn() {
    const fs::path file = at("columns.npy");
    for (const char* shape : {"(2, 3)", "(2, 3, 1)", "(1, 2, 3)", "(1, 1, 2, 3, 1)"}) {
      writeNpyBytes(file,
                    std::string("{'descr': '|u1', 'fortran_order': True, 'shape': ") + shape + "}",
                    "\1\4\2\5\3\6");
      QCOMPARE(readPicture(file).size.pixels(), std::size_t{6});
      QCOMPARE(readPicture(file).values, (Floats{1, 2, 3, 4, 5, 6}));
    }
  }

  void aHeaderMayBeWrittenInOtherWays_data() {
    QTest::addColumn<QByteArray>("dictionary");
    QTest::addColumn<int>("version");
    QTest::newRow("Python 2")
        << QByteArray("{'descr': '|u1', 'fortran_order': False, 'shape': (2L, 1L), }") << 1;
    QTest::newRow("another order")
        << QByteArray("{'shape': (2, 1), 'fortran_order': False, 'descr': '|u1'}") << 1;
    QTest::newRow("double quotes")
        << QByteArray("{\"descr\": \"|u1\", \"fortran_order\": False, \"shape\": (2, 1)}") << 1;
    QTest::newRow("tight") << QByteArray("{'descr':'|u1','fortran_order':False,'shape':(2,1)}")
                           << 1;
    QTest::newRow("version 2") << QByteArray(
                                      "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1), }")
                               << 2;
    QTest::newRow("version 3") << QByteArray(
                                      "{'descr': '|u1', 'fortran_order': False, 'shape': (2, 1), }")
                               << 3;
  }
  void aHeaderMayBeWrittenInOtherWays() {
    QFETCH(QByteArray, dictionary);
    QFETCH(int, version);
    const fs::path file = at("way.npy");
    writeNpyBytes(file, dictionary.toStdString(), "\7\x09", version);
    QCOMPARE(pictureSize(file), (PictureSize{1, 2, 1, true}));
    QCOMPARE(readPicture(file).values, (Floats{7, 9}));
  }

  void otherNumpyArraysSayWhatTheyAre() {
    const fs::path file = at("b.npy");
    const auto complaint = [&](const char* shape, const char* type) {
      writeNpy(file, shape, {0, 1}, type);
      return sentenceOf([&] { readPicture(file); });
    };
    const std::string rest =
        "; only arrays of real numbers and of the shape [height, width] are pictures.";
    for (const char* shape :
         {"(2,)", "(2, 3, 4)", "()", "(-1, 2)", "(99999999999, 2)", "(0, 2)", "2"})
      QCOMPARE(complaint(shape, "<f4"),
               inQuotes(file) + " is a NumPy array of the shape " + shape + rest);
    const std::vector<std::pair<const char*, const char*>> kinds{
        {"|O", "of Python objects"}, {"<c8", "of complex numbers"}, {"<U5", "of text"},
        {"|S3", "of text"},          {"<M8[ns]", "of times"},       {"|V12", "of raw bytes"},
        {"<f16", "\"<f16\""}};
    for (const auto& [type, says] : kinds)
      QVERIFY2(contains(complaint("(1, 2)", type), says), complaint("(1, 2)", type).c_str());
    writeNpyBytes(
        file, "{'descr': [('x', '<f4'), ('y', '<f4')], 'fortran_order': False, 'shape': (1, 2)}",
        std::string(16, '\0'));
    QVERIFY(contains(sentenceOf([&] { readPicture(file); }), "of records (a structured type)"));
    writeNpyBytes(file, "{'descr': '<f4'}", "");
    QVERIFY(contains(sentenceOf([&] { readPicture(file); }), "its header is not understood"));
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

  void labelsMayBeWholeNumbersOfNumpyOrHaveTransparency() {
    const fs::path array = at("label.npy"), pale = at("label_alpha.png");
    writeNpyBytes(array, "{'descr': '<i8', 'fortran_order': True, 'shape': (1, 2)}",
                  std::string("\3\0\0\0\0\0\0\0\xff\0\0\0\0\0\0\0", 16));
    writePng(pale, {2, 1, {4, 255, 7, 0}}, 2);
    QCOMPARE(readLabelPicture(array).values, (std::vector<std::uint8_t>{3, 255}));
    QCOMPARE(readLabelPicture(pale).values, (std::vector<std::uint8_t>{4, 7}));
    writeNpyBytes(array, "{'descr': '<i2', 'fortran_order': False, 'shape': (1, 2)}",
                  std::string("\0\0\xff\xff", 4));
    QVERIFY(contains(sentenceOf([&] { readLabelPicture(array); }), "the class number -1;"));
    writeNpy(array, "(1, 2)", {0, 1});
    QVERIFY(contains(sentenceOf([&] { readLabelPicture(array); }), "labels are whole numbers"));
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
             inQuotes(file) + " is a text, not a picture (PNG, JPEG or NumPy array).");
    writeLines(file, "\x01\x02\x03 no such thing");
    QCOMPARE(sentenceOf([&] { readPicture(file); }),
             inQuotes(file) + " is neither a PNG nor a JPEG nor a NumPy array.");
    QVERIFY(contains(sentenceOf([&] { readPicture(at("absent.png")); }), "does not exist"));
    QVERIFY(isPictureName("a.PNG") && isPictureName("b.jpeg") && !isPictureName("c.txt"));
  }

  void whatIsSomethingElseIsCalledByItsName() {
    const fs::path file = at("else.png");
    writeLines(file, "version https://git-lfs.github.com/spec/v1\n");
    QVERIFY(contains(sentenceOf([&] { readPicture(file); }), "is a Git LFS pointer"));
    QVERIFY(contains(sentenceOf([&] { pictureSize(file); }), "is a Git LFS pointer"));
    QVERIFY(contains(sentenceOf([&] { readLabelPicture(file); }), "is a Git LFS pointer"));
    writeLines(file, "");
    QVERIFY(contains(sentenceOf([&] { readPicture(file); }), "is empty"));
  }

  void whatLiesBeforeThePixelsMayBeLong() {  // 100 KB of text, as editors write it
    const fs::path file = at("long.png");
    writeClaimingPng(file, {2, 1, {3, 4}}, std::string("a\0", 2) + std::string(100'000, 'x'));
    QCOMPARE(pictureSize(file), (PictureSize{1, 1, 2}));
    QCOMPARE(readLabelPicture(file).values, (std::vector<std::uint8_t>{3, 4}));
  }

  void aPngMayNotClaimMoreThanItHolds() {
    const fs::path file = at("claim.png");
    writeClaimingPng(file, {2, 1, {3, 4}});
    QCOMPARE(readLabelPicture(file).values, (std::vector<std::uint8_t>{3, 4}));
    for (const std::uint32_t side : {9'000u, 60'000u, 70'000u}) {
      writeClaimingPng(file, {side, side, {1}});
      QVERIFY(!sentenceOf([&] { readPicture(file); }).empty());
      QVERIFY(!sentenceOf([&] { readLabelPicture(file); }).empty());
    }
    writeClaimingPng(file, {9'000, 9'000, {1}});
    QCOMPARE(sentenceOf([&] { readLabelPicture(file); }),
             inQuotes(file) + " is a broken PNG: it ends too early.");
  }

  void aJpegOfThousandsOfScansIsRefusedAtOnce() {
    const fs::path file = at("scans.jpg");
    std::vector<unsigned> values;
    for (unsigned i = 0; i < 64 * 64; ++i) values.push_back(i * 7919 % 256);
    writeJpeg(file, {64, 64, values}, 1, true);
    QCOMPARE(readPicture(file).size, (PictureSize{1, 64, 64}));
    std::string bytes = bytesOf(file);
    const auto scan = bytes.find("\xff\xda"), next = bytes.find("\xff\xc4", scan);
    const std::string first = bytes.substr(scan, next - scan);  // means the same again
    bytes.resize(bytes.size() - 2);
    for (int i = 0; i < 4000; ++i) bytes += first;
    writeLines(file, bytes + "\xff\xd9");
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(sentenceOf([&] { readPicture(file); }),
             inQuotes(file) + " is a broken JPEG: it has more than 100 scans.");
    QVERIFY(timer.elapsed() < 1000);
  }

  void aJpegsOrientationIsToldAndItsPixelsLieAsTheyAre() {
    const fs::path file = at("turned.jpg");
    writeJpeg(file, {16, 8, std::vector<unsigned>(128, 51)}, 1);
    QCOMPARE(pictureSize(file).turned, 1);
    const std::string whole = bytesOf(file);
    const std::string intel("Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0", 28);
    const std::string motorola("Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0",
                               28);
    for (const std::string& exif : {intel, motorola}) {
      const std::string head("\xff\xd8\xff\xe1\0\x1e", 6);
      writeLines(file, head + exif + whole.substr(2));
      QCOMPARE(pictureSize(file), (PictureSize{1, 8, 16, false, 6}));
      for (std::size_t kept = 8; kept < exif.size(); ++kept) {  // cut anywhere: no orientation
        std::string cut = exif.substr(0, kept);
        const std::string length{'\0', static_cast<char>(kept + 2)};
        writeLines(file, "\xff\xd8\xff\xe1" + length + cut + whole.substr(2));
        QCOMPARE(pictureSize(file).width, std::size_t{16});
      }
    }
  }

  void aPipeIsNoPicture() {
    QCOMPARE(::mkfifo(at("pipe.png").c_str(), 0600), 0);
    QVERIFY(contains(sentenceOf([&] { readPicture(at("pipe.png")); }), "is a pipe"));
    QVERIFY(contains(sentenceOf([&] { pictureSize(at("pipe.png")); }), "is a pipe"));
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

APPLESS_TEST(PictureTest)
#include "picture_test.moc"
