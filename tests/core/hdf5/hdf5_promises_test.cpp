// What a file promises and does not hold: none of it is read as zeros, or counts as absent.
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <functional>

#include "core/featurefile/feature_file.h"
#include "tests/core/featurefile/feature_fixture.h"
#include "tests/core/files/thrown.h"
#include "tests/core/hdf5/odd_hdf5.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

}  // namespace

class Hdf5PromisesTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir made_;
  fs::path file_;

  void refused(const std::function<void(OddHdf5&)>& change, const std::string& end) {
    init();
    {
      OddHdf5 odd(file_);
      change(odd);
    }
    QCOMPARE(sentenceOf([&] { inspectFeatures(file_); }), inQuotes(file_) + end);
  }

 private Q_SLOTS:
  void init() {
    file_ = fs::path(made_.path().toStdString()) / "f.h5";
    Hdf5Writer writer(file_);
    for (const std::string group : {"/train", "/valid"}) {
      writeModalities(writer, group, 3);
      writeClasses(writer, group, 3);
    }
  }

  void valuesOfAnotherFileAreRefusedByItsName() {
    const std::string other = (file_.parent_path() / "other.bin").string();
    std::ofstream(other) << std::string(1000, 'x');
    refused(
        [&](OddHdf5& odd) {
          odd.remove("/valid/text");
          odd.externalSet("/valid/text", {3, 2}, other);
        },
        ": /valid/text keeps its values in another file, " + inQuotes(other) +
            "; only what lies in the file itself is read. Store the values in it.");
    refused(
        [&](OddHdf5& odd) {
          odd.remove("/valid/text");
          odd.externalLink("/valid/text", other, "/numbers");
        },
        ": /valid/text is a link into another file, " + inQuotes(other) +
            "; only what lies in the file itself is read. Copy the data into it.");
    refused(
        [&](OddHdf5& odd) {
          odd.remove("/valid");
          odd.externalLink("/valid", other, "/");
        },
        ": /valid is a link into another file, " + inQuotes(other) +
            "; only what lies in the file itself is read. Copy the data into it.");
    refused(
        [&](OddHdf5& odd) {
          odd.externalLink("/elsewhere", other, "/numbers");
          odd.remove("/valid/labels");
          odd.softLink("/valid/labels", "/elsewhere");
        },
        ": /elsewhere is a link into another file, " + inQuotes(other) +
            "; only what lies in the file itself is read. Copy the data into it.");
    refused(
        [&](OddHdf5& odd) {
          odd.remove("/train/text");
          odd.virtualSet("/train/text", {3, 2}, other, "/numbers");
        },
        ": /train/text is a virtual data set whose values lie in another file, " + inQuotes(other) +
            "; only what a data set holds itself is read. Store the values in it (h5repack and "
            "\"h5py\" copy them).");
  }

  void aVirtualDataSetOfTheFileItselfIsRefused() {
    refused(
        [](OddHdf5& odd) {
          odd.hardLink("/store", "/train/text");
          odd.remove("/train/text");
          odd.virtualSet("/train/text", {3, 2}, ".", "/store");
        },
        ": /train/text is a virtual data set whose values lie in other places; only what a data "
        "set "
        "holds itself is read. Store the values in it (h5repack and \"h5py\" copy them).");
  }

  void valuesThatWereNeverWrittenAreRefused() {
    refused(
        [](OddHdf5& odd) {
          odd.remove("/valid/text");
          odd.unwritten("/valid/text", {3, 2});
        },
        ": /valid/text was made and never written: all of its 6 values would be made up. Write the "
        "file again.");
    refused(
        [](OddHdf5& odd) {
          odd.remove("/valid/text");
          odd.chunked("/valid/text", {3, 2}, 1, 2);
        },
        ": /valid/text was written in part only: 2 of its 3 chunks are there, the other values "
        "would be made up. Write the file again.");
  }

  void linksThatLeadNowhereOrRoundAreRefused() {
    refused(
        [](OddHdf5& odd) {
          for (const std::string split : {"/train", "/valid"}) {
            odd.remove(split + "/audio");
            odd.softLink(split + "/audio", "/raw/audio");
          }
        },
        ": /train/audio is a link to \"/raw/audio\", which is not there; link it to what is meant, "
        "or remove it.");
    refused(
        [](OddHdf5& odd) { odd.softLink("/train/again", "again"); },
        ": /train/again is a link to \"again\", which is not there; link it to what is meant, or "
        "remove it.");
  }

  void linksInsideTheFileAreFollowed() {
    {
      OddHdf5 odd(file_);
      odd.hardLink("/store", "/train/text");
      odd.remove("/train/text");
      odd.softLink("/train/text", "../store");
      odd.remove("/train/audio");
      odd.softLink("/train/audio", "/valid/audio");
    }
    // HDF5 knows no "..": a link of that name leads nowhere.
    QVERIFY(contains(sentenceOf([&] { inspectFeatures(file_); }), "\"../store\""));
    {
      OddHdf5 odd(file_);
      odd.remove("/train/text");
      odd.softLink("/train/text", "/store");
    }
    const FeatureFileInfo info = inspectFeatures(file_);
    QCOMPARE(readFeatures(info, "train").modalities[0], (std::vector<float>{0, 1, 10, 11, 20, 21}));
  }

  void anUnknownCompressionIsNamed() {
    refused(
        [](OddHdf5& odd) {
          odd.remove("/train/text");
          odd.filtered("/train/text", {3, 2}, 32000, "lzf");
        },
        ": /train/text is compressed with lzf, which the HDF5 library here does not know; write it "
        "again with gzip or without compression (h5py, which wrote it, knows lzf).");
    refused(
        [](OddHdf5& odd) {
          odd.remove("/train/text");
          odd.filtered("/train/text", {3, 2}, 40000, "own");
        },
        ": /train/text is compressed with own, which the HDF5 library here does not know; write it "
        "again with gzip or without compression (h5repack -f NONE).");
  }

  void numbersOfAKindThatIsNotReadAreRefused() {
    const std::string end =
        "; a modality is numbers, [samples, numbers] or [samples, steps, numbers]. The attribute "
        "\"modalities\" can name the others.";
    refused([](OddHdf5& odd) { odd.lists("/train/ragged", 3); },
            ": /train/ragged holds lists of varying length" + end);
    {
      Hdf5Writer writer(file_);
      writeModalities(writer, "/train", 3);
      writeClasses(writer, "/train", 3);
      writer.pairs("/train/spectrum");
    }
    QCOMPARE(sentenceOf([&] { inspectFeatures(file_); }),
             inQuotes(file_) + ": /train/spectrum holds complex numbers" + end);
  }

  void whatIsPassedOverIsSaid() {
    {
      OddHdf5 odd(file_);
      odd.namedType("/train/kind");
      odd.chunked("/train/lengths", {3}, 3, 3);
      odd.hardLink("/more", "/valid");
    }
    QCOMPARE(inspectFeatures(file_).notes,
             (Words{"/more is passed over; /train, /valid and /test are read.",
                    "/train also holds kind, lengths, passed over: a modality is a data set "
                    "[samples, numbers] or [samples, steps, numbers]."}));
  }
};

APPLESS_TEST(Hdf5PromisesTest)
#include "hdf5_promises_test.moc"
