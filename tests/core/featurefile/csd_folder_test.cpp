#include "core/featurefile/csd_folder.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <memory>

#include "core/featurefile/csd_segments.h"
#include "core/featurefile/feature_file.h"
#include "tests/core/files/thrown.h"
#include "tests/core/hdf5/hdf5_writer.h"
#include "tests/core/hdf5/odd_hdf5.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;
using Floats = std::vector<float>;

constexpr float kInfinity = std::numeric_limits<float>::infinity();

/// Vectors of `width` numbers, each one second long, from 0 on.
void writeSequence(Hdf5Writer& writer, const std::string& name, const std::string& video,
                   std::size_t width, const Floats& features) {
  const std::size_t count = features.size() / width;
  Floats intervals;
  for (std::size_t i = 0; i < count; ++i) {
    intervals.push_back(static_cast<float>(i));
    intervals.push_back(static_cast<float>(i + 1));
  }
  const std::string path = "/" + name + "/data/" + video;
  writer.floats(path + "/features", {count, width}, features);
  writer.floats(path + "/intervals", {count, 2}, intervals);
}

void writeLabels(Hdf5Writer& writer, const std::string& video, const Floats& intervals,
                 const Floats& values) {
  const std::string path = "/All Labels/data/" + video;
  writer.floats(path + "/features", {values.size() / 2, 2}, values);
  writer.floats(path + "/intervals", {values.size() / 2, 2}, intervals);
}

/// Equal, or both not a number.
bool same(const Floats& a, const Floats& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](float x, float y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

}  // namespace

class CsdFolderTest : public QObject {
  Q_OBJECT

 private:
  std::unique_ptr<QTemporaryDir> made_;
  fs::path folder_;

  std::string refusal() const {
    return sentenceOf([this] { inspectFeatures(folder_); });
  }

 private Q_SLOTS:
  /// Videos v (segments 0…2 and 2…4 s) and w (0…1 s). Audio of w is not there.
  void init() {
    made_ = std::make_unique<QTemporaryDir>();
    folder_ = fs::path(made_->path().toStdString());
    Hdf5Writer vectors(folder_ / "vectors.csd");
    writeSequence(vectors, "glove_vectors", "v", 2, {1, 10, 2, 20, 3, 30, 4, 40});
    writeSequence(vectors, "glove_vectors", "w", 2, {5, 50});
    Hdf5Writer audio(folder_ / "COVAREP.csd");
    writeSequence(audio, "COVAREP", "v", 1, {7, -kInfinity, 9, 11});
    audio.strings("/COVAREP/metadata/md5", {"x"});
    Hdf5Writer labels(folder_ / "labels.csd");
    writeLabels(labels, "v", {0, 2, 2, 4}, {-1.5, 100, 3, 100});
    writeLabels(labels, "w", {0, 1}, {0.5, 100});
    Hdf5Writer words(folder_ / "words.csd");
    words.floats("/words/data/v/intervals", {3, 2}, {0, 1, 1, 2, 2.5, 3});
    words.fixedStrings("/words/data/v/features", {3, 1}, 8, {"well", "sp", "yes"});
    std::ofstream(folder_ / "train.txt") << "v\n";
    std::ofstream(folder_ / "test.txt") << "w\nunknown\n";
  }

  void labelsIntervalsAreTheSamples() {
    const FeatureFileInfo info = inspectFeatures(folder_);
    QCOMPARE(info.problem.task, Task::Regression);
    QCOMPARE(keysOf(info.problem.schema, info.problem.schema.all()),
             (Words{"glove_vectors", "COVAREP"}));
    QVERIFY(info.problem.inputs == InputLayout({{2, 20}, {1, 20}}));
    QCOMPARE(info.splits[0].ids, (Words{"v[0]", "v[1]"}));
    QCOMPARE(info.splits[0].texts, (Words{"well", "yes"}));
    QCOMPARE(info.splits[1].name, std::string("test"));
    QCOMPARE(info.splits[1].ids, (Words{"w[0]"}));
    QCOMPARE(info.available[0], (std::vector<std::uint8_t>{3, 3}));
    QCOMPARE(info.available[1], (std::vector<std::uint8_t>{1}));
    QCOMPARE(info.problem.outputs, (Words{"sentiment"}));  // labels from -1.5 to 3
    QCOMPARE(info.notes,
             (Words{"labels.csd has 2 columns; the first one is what is estimated.",
                    "test.txt names 1 videos that have no labels; they are passed over.",
                    "COVAREP is absent in 1 of 1 samples of test."}));
  }

  void vectorsArePooledOverEqualPartsOfASegment() {
    const FeatureFileInfo info = inspectSequences(folder_, 4);
    const FeatureArrays train = readFeatures(info, "train");
    // Middles 0.5 and 1.5 of 2 s: parts 1 and 3 of four. n: none is there.
    const float n = std::nanf("");
    QVERIFY(same(train.modalities[0], {n, n, 1, 10, n, n, 2, 20, n, n, 3, 30, n, n, 4, 40}));
    QVERIFY(same(train.modalities[1], {n, 7, n, n, n, 9, n, 11}));
    QCOMPARE(
        train.notes,
        (Words{"glove_vectors has no vector in 4 of 8 parts of the segments of train; they are "
               "taken for the mean.",
               "COVAREP has 1 of 4 numbers that are not finite in train; they are left out.",
               "COVAREP has no vector in 4 of 8 parts of the segments of train; they are taken "
               "for the mean."}));
    QCOMPARE(train.labels, (Floats{-1.5f, 3}));
    QCOMPARE(train.ids, (Words{"v[0]", "v[1]"}));
    const FeatureArrays test = readFeatures(info, "test");
    QCOMPARE(test.modalities[1], Floats(4, 0));
    QCOMPARE(test.available, (std::vector<std::uint8_t>{1}));
  }

  void oneOfTheFilesStandsForItsFolder() {
    const FeatureFileInfo info = inspectFeatures(folder_ / "COVAREP.csd");
    QCOMPARE(info.file, folder_);
    QCOMPARE(info.problem.schema.size(), std::size_t{2});
  }

  void whatMacOsLeavesBesideAFileIsNoSequence() {
    std::ofstream(folder_ / "._COVAREP.csd") << "left over";
    fs::rename(folder_ / "labels.csd", folder_ / "labels.CSD");
    QCOMPARE(inspectFeatures(folder_).problem.schema.size(), std::size_t{2});
  }

  void vectorsWithoutATimeAreCounted() {
    {
      Hdf5Writer audio(folder_ / "COVAREP.csd");
      audio.floats("/COVAREP/data/v/features", {2, 1}, {5, 7});
      audio.floats("/COVAREP/data/v/intervals", {2, 2}, {0, 1, std::nanf(""), 2});
    }
    const FeatureArrays train = readFeatures(inspectSequences(folder_, 1), "train");
    QCOMPARE(train.modalities[1][0], 5.F);
    QCOMPARE(train.notes,
             (Words{"COVAREP has 1 vectors in train whose time is not finite; they are passed "
                    "over."}));
  }

  void aVideoOfAnotherKindIsASentence() {
    {
      Hdf5Writer audio(folder_ / "COVAREP.csd");
      writeSequence(audio, "COVAREP", "a", 1, {1});
      audio.fixedStrings("/COVAREP/data/v/features", {1, 1}, 4, {"odd"});
      audio.floats("/COVAREP/data/v/intervals", {1, 2}, {0, 1});
    }
    QCOMPARE(refusal(), inQuotes(folder_ / "COVAREP.csd") +
                            ": /COVAREP/data/v/features holds text; numbers are expected.");
  }

  void valuesThatWereNeverWrittenAreASentence() {
    {
      OddHdf5 odd(folder_ / "COVAREP.csd");
      odd.remove("/COVAREP/data/v/features");
      odd.unwritten("/COVAREP/data/v/features", {4, 1});
    }
    QCOMPARE(refusal(), inQuotes(folder_ / "COVAREP.csd") +
                            ": /COVAREP/data/v/features was made and never written: all of its 4 "
                            "values would be made up. Write the file again.");
  }

  void aPartIsTheMeanOfWhatIsFinite() {
    const std::vector<TimeInterval> intervals{{0, 1}, {1, 2}, {2, 3}, {5, 6}};
    const Floats features{1, 2, 3, std::nanf(""), 5, 6, 100, 100};
    PoolingCounts counts;
    QCOMPARE(pooled(features, intervals, {0, 4}, 2, counts), (Floats{2, 2, 5, 6}));
    QCOMPARE(counts.numbers, std::size_t{6});
    QCOMPARE(counts.notFinite, std::size_t{1});
    QCOMPARE(counts.parts, std::size_t{2});
    QCOMPARE(counts.empty, std::size_t{0});
    QCOMPARE(pooled(features, intervals, {0, 3}, 1, counts), (Floats{3, 4}));
    QVERIFY(pooled(features, intervals, {3, 5}, 2, counts).empty());
    QVERIFY(pooled({}, {}, {0, 1}, 2, counts).empty());
  }

  void withoutListsAHashOfTheVideosSplits() {
    fs::remove(folder_ / "train.txt");
    fs::remove(folder_ / "test.txt");
    {
      Hdf5Writer labels(folder_ / "labels.csd");
      for (int i = 0; i < 10; ++i) {
        writeLabels(labels, std::to_string(i), {0, 1, 1, 2}, {1, 0, 2, 0});
      }
    }
    const FeatureFileInfo info = inspectFeatures(folder_);
    QCOMPARE(info.splits.size(), std::size_t{3});
    QCOMPARE(info.splits[0].size(), std::size_t{14});
    QCOMPARE(info.splits[1].size(), std::size_t{2});
    QCOMPARE(info.splits[2].size(), std::size_t{4});
    QVERIFY(contains(info.notes.at(2), "split by a hash of their names"));
  }

  void alignedSequencesKeepTheirNames() {
    for (const char* name : {"words.csd", "COVAREP.csd"}) fs::remove(folder_ / name);
    {
      Hdf5Writer vectors(folder_ / "vectors.csd");
      writeSequence(vectors, "glove_vectors", "v[3]", 1, {8});
      Hdf5Writer labels(folder_ / "labels.csd");
      writeLabels(labels, "v[3]", {0, 1}, {2, 0});
    }
    const FeatureFileInfo info = inspectSequences(folder_, 1);
    QCOMPARE(info.splits[0].ids, (Words{"v[3]"}));
    QCOMPARE(readFeatures(info, "train").modalities[0], (Floats{8}));
  }

  void segmentsWithoutALabelOrADurationAreLeftOut() {
    {
      Hdf5Writer labels(folder_ / "labels.csd");
      writeLabels(labels, "v", {0, 2, 2, 4, 4, 4}, {1, 0, std::nanf(""), 0, 3, 0});
    }
    const FeatureFileInfo info = inspectFeatures(folder_);
    QCOMPARE(info.splits[0].ids, (Words{"v[0]"}));
    QCOMPARE(info.notes.front(),
             std::string("2 segments have no finite label or last no time; they are left out."));
  }

  void foldersWithoutWhatIsNeededAreSentences() {
    fs::remove(folder_ / "labels.csd");
    QCOMPARE(refusal(), inQuotes(folder_) +
                            " has no sequence of labels; one whose name holds "
                            "\"label\" is expected.");
    for (const char* name : {"vectors.csd", "COVAREP.csd", "words.csd"}) fs::remove(folder_ / name);
    QCOMPARE(refusal(), inQuotes(folder_) +
                            " has no computational sequence (.csd); one a modality "
                            "and one of labels are expected.");
    { Hdf5Writer(folder_ / "labels.csd").group("/x"); }
    QCOMPARE(refusal(), inQuotes(folder_ / "labels.csd") +
                            " is no computational sequence; a group of its name with the group "
                            "\"data\" inside is expected.");
    {
      Hdf5Writer labels(folder_ / "labels.csd");
      writeLabels(labels, "v", {0, 2}, {1, 0});
    }
    QCOMPARE(refusal(), inQuotes(folder_) + " has labels but no sequence of features beside them.");
  }

  void twoFilesOfLabelsAreASentence() {
    fs::copy_file(folder_ / "labels.csd", folder_ / "labels2.csd");
    QCOMPARE(refusal(), inQuotes(folder_ / "labels.csd") + " and " +
                            inQuotes(folder_ / "labels2.csd") +
                            " both hold labels by their names; leave one in the folder.");
  }

  void listsWithoutAVideoToTrainOnAreASentence() {
    std::ofstream(folder_ / "train.txt") << "x\n";
    QCOMPARE(refusal(), inQuotes(folder_) +
                            " has no video with labels to train on: train.txt is "
                            "not there or names none of them.");
  }

  void featuresThatDoNotFitTheirIntervalsAreASentence() {
    {
      Hdf5Writer audio(folder_ / "COVAREP.csd");
      audio.floats("/COVAREP/data/v/features", {3, 1}, {1, 2, 3});
      audio.floats("/COVAREP/data/v/intervals", {2, 2}, {0, 1, 1, 2});
    }
    QCOMPARE(refusal(), inQuotes(folder_ / "COVAREP.csd") +
                            ": /COVAREP/data/v/intervals has 2 intervals, "
                            "/COVAREP/data/v/features 3 vectors; one interval a vector is "
                            "expected.");
  }

  void aVideoOfAnotherWidthIsASentence() {
    {
      Hdf5Writer vectors(folder_ / "vectors.csd");
      writeSequence(vectors, "glove_vectors", "u", 3, {1, 2, 3});
      writeSequence(vectors, "glove_vectors", "v", 2, {1, 2});
    }
    QCOMPARE(refusal(),
             inQuotes(folder_ / "vectors.csd") +
                 ": /glove_vectors/data/v/features has the shape 1 × 2; [vectors, 3] is expected.");
  }
};

APPLESS_TEST(CsdFolderTest)
#include "csd_folder_test.moc"
