#include "core/hdf5/hdf5_file.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <thread>

#include "tests/core/files/thrown.h"
#include "tests/core/hdf5/hdf5_writer.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

}  // namespace

class Hdf5FileTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  fs::path file_;

 private Q_SLOTS:
  void init() {
    file_ = fs::path(folder_.path().toStdString()) / "a.h5";
    Hdf5Writer writer(file_);
    writer.doubles("/train/audio", {3, 2}, {1, 2, 3, 4, 5, 6});
    writer.integers("/train/labels", {3}, {7, -8, 9});
    writer.strings("/train/ids", {"a", "", "Ärger"});
    writer.fixedStrings("/train/short", {3}, 3, {"ab", "cde", ""});
    writer.truths("/train/absent", {0, 1, 1});
    writer.pairs("/train/pairs");
    writer.attribute("modalities", "text, audio");
  }

  void membersAreNamedInOrder() {
    const Hdf5File file(file_);
    QCOMPARE(file.members("/"), (Words{"train"}));
    QCOMPARE(file.members("/train"), (Words{"absent", "audio", "ids", "labels", "pairs", "short"}));
    QVERIFY(file.hasGroup("/train") && !file.hasGroup("/train/audio") && !file.hasGroup("/test/x"));
    QVERIFY(file.hasDataSet("/train/audio") && !file.hasDataSet("/train"));
  }

  void aDataSetSaysItsKindAndShape() {
    const Hdf5File file(file_);
    QCOMPARE(file.describe("/train/audio").kind, Hdf5Kind::Float);
    QCOMPARE(file.describe("/train/audio").shape, (std::vector<std::size_t>{3, 2}));
    QCOMPARE(file.describe("/train/labels").kind, Hdf5Kind::Integer);
    QCOMPARE(file.describe("/train/absent").kind, Hdf5Kind::Integer);
    QCOMPARE(file.describe("/train/ids").kind, Hdf5Kind::Text);
    QCOMPARE(file.describe("/train/pairs").kind, Hdf5Kind::Other);
  }

  void numbersOfAnyTypeAreRead() {
    const Hdf5File file(file_);
    QCOMPARE(file.floats("/train/audio"), (std::vector<float>{1, 2, 3, 4, 5, 6}));
    QCOMPARE(file.floats("/train/labels"), (std::vector<float>{7, -8, 9}));
    QCOMPARE(file.integers("/train/labels"), (std::vector<std::int64_t>{7, -8, 9}));
    QCOMPARE(file.integers("/train/absent"), (std::vector<std::int64_t>{0, 1, 1}));
    QCOMPARE(file.floats("/train/absent"), (std::vector<float>{0, 1, 1}));
  }

  void textsOfFixedAndOfVariableLengthAreRead() {
    const Hdf5File file(file_);
    QCOMPARE(file.strings("/train/ids"), (Words{"a", "", "Ärger"}));
    QCOMPARE(file.strings("/train/short"), (Words{"ab", "cde", ""}));
  }

  void anAttributeIsReadIfThereIsOne() {
    const Hdf5File file(file_);
    QCOMPARE(file.attribute("modalities").value(), (Words{"text, audio"}));
    QVERIFY(!file.attribute("class_names"));
  }

  void itIsKnownByItsSignatureWhateverItsName() {
    const fs::path other = file_.parent_path() / "b.h5";
    std::ofstream(other) << "no such thing";
    QVERIFY(isHdf5(file_));
    QVERIFY(!isHdf5(other));
    QVERIFY(!isHdf5(file_.parent_path()));
    QVERIFY(!isHdf5(file_.parent_path() / "absent.h5"));
    QVERIFY(isHdf5Name("a.H5") && isHdf5Name("b.hdf5") && isHdf5Name("c.csd"));
    QVERIFY(!isHdf5Name("a.nii.gz") && !isHdf5Name("h5"));
  }

  void aUserBlockInFrontDoesNotMatter() {
    std::ifstream input(file_, std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(input)), {});
    const fs::path moved = file_.parent_path() / "moved.h5";
    std::ofstream(moved, std::ios::binary) << std::string(1024, 'x') << content;
    QVERIFY(isHdf5(moved));
    QCOMPARE(Hdf5File(moved).integers("/train/labels").size(), std::size_t{3});
  }

  void whatCannotBeOpenedIsASentence() {
    const std::string absent = (file_.parent_path() / "absent.h5").string();
    QCOMPARE(sentenceOf([&] { Hdf5File{absent}; }), inQuotes(absent) + " does not exist.");
    const std::string folder = file_.parent_path().string();
    QCOMPARE(sentenceOf([&] { Hdf5File{folder}; }),
             inQuotes(folder) + " is a folder; an HDF5 file is expected.");
    const std::string other = (file_.parent_path() / "c.h5").string();
    std::ofstream(other) << "\x01\x02";
    QCOMPARE(sentenceOf([&] { Hdf5File{other}; }),
             inQuotes(other) + " is not an HDF5 file: it does not begin as one.");
  }

  void aFileCutShortAnywhereIsASentenceAndNoCrash() {
    const auto whole = fs::file_size(file_);
    for (std::uintmax_t size = 9; size < whole; size += 97) {
      const fs::path cut = file_.parent_path() / "cut.h5";
      fs::copy_file(file_, cut, fs::copy_options::overwrite_existing);
      fs::resize_file(cut, size);
      const std::string sentence = sentenceOf([&] { Hdf5File{cut}; });
      QVERIFY2(contains(sentence, "is cut short"), sentence.c_str());
    }
  }

  void aDamagedFileIsReadOrRefusedAndNeverACrash() {
    std::ifstream input(file_, std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(input)), {});
    const fs::path damaged = file_.parent_path() / "damaged.h5";
    std::size_t refused = 0;
    for (std::size_t place = 8; place < content.size(); place += 97) {
      std::string changed = content;
      changed[place] = static_cast<char>(changed[place] ^ 0xff);
      std::ofstream(damaged, std::ios::binary) << changed;
      const std::string sentence = sentenceOf([&] {
        const Hdf5File file(damaged);
        for (const std::string& name : file.members("/train")) file.describe("/train/" + name);
        file.floats("/train/audio");
        file.strings("/train/ids");
      });
      refused += !sentence.empty();
    }
    QVERIFY(refused > 0);
  }

  void theWrongKindIsASentence() {
    const Hdf5File file(file_);
    const std::string name = inQuotes(file_);
    QCOMPARE(sentenceOf([&] { file.floats("/train/ids"); }),
             name + ": /train/ids holds text; numbers are expected.");
    QCOMPARE(sentenceOf([&] { file.integers("/train/audio"); }),
             name + ": /train/audio holds real numbers; whole numbers are expected.");
    QCOMPARE(sentenceOf([&] { file.strings("/train/labels"); }),
             name + ": /train/labels holds whole numbers; text is expected.");
    QCOMPARE(sentenceOf([&] { file.floats("/train/pairs"); }),
             name + ": /train/pairs holds complex numbers; numbers are expected.");
  }

  void whatIsNotThereIsASentence() {
    const Hdf5File file(file_);
    const std::string name = inQuotes(file_);
    QCOMPARE(sentenceOf([&] { file.floats("/train/video"); }),
             name + " has no data set /train/video.");
    QCOMPARE(sentenceOf([&] { file.floats("/train"); }),
             name + ": /train is a group; a data set is expected.");
    QCOMPARE(sentenceOf([&] { file.members("/test"); }), name + " has no group /test.");
  }

  void severalThreadsMayRead() {
    const auto readOften = [&](int& good) {
      for (int i = 0; i < 50; ++i) {
        const Hdf5File file(file_);
        good += file.floats("/train/audio").back() == 6 && file.strings("/train/ids").size() == 3;
        good += !sentenceOf([&] { file.floats("/nowhere"); }).empty();
      }
    };
    int first = 0, second = 0;
    {
      std::jthread a([&] { readOften(first); }), b([&] { readOften(second); });
    }
    QCOMPARE(first, 100);
    QCOMPARE(second, 100);
  }
};

APPLESS_TEST(Hdf5FileTest)
#include "hdf5_file_test.moc"
