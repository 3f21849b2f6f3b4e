// Feature files that are refused, each with a sentence.
#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <functional>
#include <limits>

#include "core/featurefile/feature_file.h"
#include "tests/core/featurefile/feature_fixture.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;
using Write = std::function<void(Hdf5Writer&)>;

void writeTrain(Hdf5Writer& writer) {
  writeModalities(writer, "/train", 3);
  writeClasses(writer, "/train", 3);
}

}  // namespace

class FeatureFaultsTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;

  void refused(const Write& write, const std::string& end) {
    const fs::path file = fs::path(folder_.path().toStdString()) / "f.h5";
    {
      Hdf5Writer writer(file);
      write(writer);
    }
    QCOMPARE(sentenceOf([&] { inspectFeatures(file); }), inQuotes(file) + end);
  }

 private Q_SLOTS:
  void withoutATrainingGroup() {
    refused([](Hdf5Writer& w) { writeModalities(w, "/all", 2); },
            " has no group /train; it has all. Groups /train, /valid and /test are expected.");
    refused([](Hdf5Writer&) {},
            " has no group /train; it has nothing. Groups /train, /valid and /test are expected.");
  }

  void withoutLabels() {
    refused([](Hdf5Writer& w) { writeModalities(w, "/train", 2); },
            " has no data set /train/labels.");
  }

  void withTextWhereOtherSplitsHaveAModality() {
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          writeModalities(w, "/valid", 2);
          writeClasses(w, "/valid", 2);
          w.strings("/valid/more", {"a", "b"});
          w.floats("/train/more", {3, 1}, {1, 2, 3});
        },
        ": /valid/more holds text; numbers are expected.");
  }

  void aMaskOfNothingAndAClassOfNoLessonAreSaid() {
    const fs::path file = fs::path(folder_.path().toStdString()) / "noted.h5";
    {
      Hdf5Writer w(file);
      writeTrain(w);
      writeModalities(w, "/test", 2);
      w.integers("/test/labels", {2}, {1, 5});
      w.integers("/train/txet_absent", {3}, {0, 0, 1});
    }
    QCOMPARE(inspectFeatures(file).notes,
             (std::vector<std::string>{
                 "/test/labels holds classes that /train/labels does not: 5. No network can learn "
                 "them.",
                 "No sample has the class 3, 4; classes are counted from 0 on.",
                 "/train/txet_absent is the mask of no modality; it is passed over."}));
  }

  void withNamesThatCannotBeListed() {
    refused(
        [](Hdf5Writer& w) {
          writeClasses(w, "/train", 3);
          w.floats("/train/a+b", {3, 1}, {1, 2, 3});
        },
        ": A modality is called \"a+b\"; names have no + and no comma, which stand between "
        "names.");
  }

  void withoutAModality() {
    refused([](Hdf5Writer& w) { writeClasses(w, "/train", 3); },
            ": /train has no modality; one data set of numbers a modality is expected, [samples, "
            "numbers] or [samples, steps, numbers].");
  }

  void withMoreThanEightModalities() {
    refused(
        [](Hdf5Writer& w) {
          for (char name = 'a'; name <= 'i'; ++name) {
            w.floats(std::string("/train/") + name, {2, 1}, {0, 1});
          }
          w.integers("/train/labels", {2}, {0, 1});
        },
        " has 9 modalities (a, b, c, d, e, f, g, h, i); 8 are the most. The attribute "
        "\"modalities\" can name a choice.");
  }

  void withOneModalityTwice() {
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          w.attribute("modalities", "text,text");
        },
        ": Two modalities are called \"text\"; each needs a name of its own.");
  }

  void withAModalityThatIsNotThere() {
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          w.attribute("modalities", "text,radar");
        },
        " has no data set /train/radar.");
  }

  void withTextWhereNumbersAreExpected() {
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          w.strings("/train/said", {"a", "b", "c"});
          w.attribute("modalities", "text,said");
        },
        ": /train/said holds text; numbers are expected.");
    refused(
        [](Hdf5Writer& w) {
          writeModalities(w, "/train", 2);
          w.strings("/train/labels", {"cat", "dog"});
        },
        ": /train/labels holds text; numbers are expected.");
  }

  void withTooManyDimensions() {
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          w.integers("/train/picture", {3, 1, 1, 2}, {1, 2, 3, 4, 5, 6});
        },
        ": /train/picture has the shape 3 × 1 × 1 × 2; a modality is [samples, numbers] or "
        "[samples, steps, numbers].");
  }

  void withNothingInAModality() {
    refused(
        [](Hdf5Writer& w) {
          w.floats("/train/text", {3, 0}, {});
          writeClasses(w, "/train", 3);
        },
        ": /train/text has the shape 3 × 0; there is nothing in it.");
  }

  void withOtherModalitiesInASplit() {
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          w.floats("/valid/text", {1, 2}, {0, 0});
          w.integers("/valid/labels", {1}, {0});
        },
        ": /train has the modalities text, audio, vision, /valid has text; all splits need the "
        "same.");
  }

  void withAnotherShapeInASplit() {
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          w.floats("/dev/text", {1, 5}, std::vector<float>(5));
          w.floats("/dev/audio", {1, 3, 2}, std::vector<float>(6));
          w.floats("/dev/vision", {1, 1}, {0});
          w.integers("/dev/labels", {1}, {0});
        },
        ": /train/text has 2 numbers a sample, /dev/text has 5 numbers; all splits need the same.");
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          w.floats("/dev/text", {1, 2}, {0, 0});
          w.floats("/dev/audio", {1, 4, 2}, std::vector<float>(8));
          w.floats("/dev/vision", {1, 1}, {0});
          w.integers("/dev/labels", {1}, {0});
        },
        ": /train/audio has 3 steps of 2 numbers a sample, /dev/audio has 4 steps of 2 numbers; "
        "all splits need the same.");
  }

  void withCountsThatDiffer() {
    refused(
        [](Hdf5Writer& w) {
          writeModalities(w, "/train", 2);
          w.integers("/train/labels", {3}, {0, 1, 2});
        },
        ": /train/text has 2 samples, /train/labels 3; all data sets of a split need the same "
        "number.");
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          w.strings("/train/ids", {"a", "b"});
        },
        ": /train/ids has 2 samples, /train/labels 3; all data sets of a split need the same "
        "number.");
  }

  void withLabelsThatAreNoClasses() {
    const std::string rest =
        "; a class is a whole number from 0 on, below 10000. Values to be estimated are stored as "
        "real numbers in /train.";
    refused(
        [](Hdf5Writer& w) {
          writeModalities(w, "/train", 2);
          w.integers("/train/labels", {2}, {1, -3});
        },
        ": /train/labels holds -3 for sample 1" + rest);
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          writeModalities(w, "/test", 2);
          w.floats("/test/labels", {2}, {0, 1.5});
        },
        ": /test/labels holds 1.5 for sample 1" + rest);
  }

  void withOneClassOnly() {
    refused(
        [](Hdf5Writer& w) {
          writeModalities(w, "/train", 2);
          w.integers("/train/labels", {2}, {0, 0});
        },
        ": /train/labels holds 0 for all samples, so there is nothing to tell apart; two classes "
        "are "
        "the least.");
  }

  void withTooFewNames() {
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          w.attribute("class_names", "cat,dog");
        },
        ": \"class_names\" has 2 names, but the labels go up to 2; one name a class is expected.");
  }

  void withAGroupForADataSetAndTheOtherWayRound() {
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          w.group("/train/ids");
        },
        ": /train/ids is a group; a data set is expected.");
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          w.floats("/test", {2, 1}, {1, 2});
        },
        ": /test is a data set; a group of modalities and labels is expected.");
  }

  void withoutAnyFiniteLabel() {
    refused(
        [](Hdf5Writer& w) {
          writeModalities(w, "/train", 2);
          w.floats("/train/labels", {2}, {std::numeric_limits<float>::infinity(), std::nanf("")});
        },
        ": /train/labels holds no finite number; there is nothing to learn from.");
  }

  void withClassesAsOnesAndZeros() {
    refused(
        [](Hdf5Writer& w) {
          writeModalities(w, "/train", 2);
          w.floats("/train/labels", {2, 7}, {0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0});
        },
        ": /train/labels holds a one and six zeros in each row; store the number of the class, "
        "[N].");
  }

  void withTimeBeforeSamples() {
    refused(
        [](Hdf5Writer& w) {
          w.floats("/train/audio", {5, 2, 3}, std::vector<float>(30));
          w.integers("/train/labels", {2}, {0, 1});
        },
        ": /train/audio has 5 samples, /train/labels 2; all data sets of a split need the same "
        "number, and samples are the first axis.");
  }

  void withSeveralLabelsASample() {
    refused(
        [](Hdf5Writer& w) {
          writeModalities(w, "/train", 2);
          w.floats("/train/labels", {2, 6}, std::vector<float>(12));
        },
        ": /train/labels has the shape 2 × 6; one value a sample is expected.");
  }

  void withAMaskOfOtherNumbers() {
    refused(
        [](Hdf5Writer& w) {
          writeTrain(w);
          w.integers("/train/audio_absent", {3}, {0, 2, 1});
        },
        ": /train/audio_absent holds a number other than 0 and 1 for sample 1; 1 stands for an "
        "absent modality, 0 for one that is there.");
  }
};

APPLESS_TEST(FeatureFaultsTest)
#include "feature_faults_test.moc"
