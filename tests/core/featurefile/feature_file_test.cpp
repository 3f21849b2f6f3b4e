#include "core/featurefile/feature_file.h"

#include <QTemporaryDir>
#include <QTest>

#include "tests/core/featurefile/feature_fixture.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;
using Bits = std::vector<std::uint8_t>;

Words labelsOf(const FeatureFileInfo& info) {
  Words labels;
  for (const Modality& modality : info.problem.schema.modalities())
    labels.push_back(modality.label);
  return labels;
}

}  // namespace

class FeatureFileTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  fs::path file_;

 private Q_SLOTS:
  void init() { file_ = fs::path(folder_.path().toStdString()) / "f.h5"; }

  void classesAndModalitiesAreUnderstood() {
    {
      Hdf5Writer writer(file_);
      for (const auto& [group, count] : {std::pair{"/train", 4}, {"/val", 3}, {"/test", 2}}) {
        writeModalities(writer, group, static_cast<std::size_t>(count));
        writeClasses(writer, group, static_cast<std::size_t>(count));
        writer.integers(std::string(group) + "/labels_binary", {2, 1}, {0, 1});
        writer.strings(std::string(group) + "/speaker", {"x"});
      }
    }
    const FeatureFileInfo info = inspectFeatures(file_);
    QCOMPARE(info.problem.task, Task::Classification);
    QCOMPARE(info.problem.outputs, (Words{"0", "1", "2"}));
    QCOMPARE(labelsOf(info), (Words{"Text", "Audio", "Vision"}));
    QVERIFY(info.problem.inputs == InputLayout({{2, 1}, {2, 3}, {1, 1}}));
    QCOMPARE(info.splits.size(), std::size_t{3});
    QCOMPARE(info.splits[1].name, std::string("valid"));
    QCOMPARE(info.splits[1].size(), std::size_t{3});
    QCOMPARE(info.splits[0].ids[3], std::string("train/000003"));
    QVERIFY(info.splits[0].texts.empty());
    QCOMPARE(info.available[2], (Bits{7, 7}));
    QVERIFY(info.notes.empty());
  }

  void oneSplitIsReadAsFloats() {
    {
      Hdf5Writer writer(file_);
      writeModalities(writer, "/train", 4);
      writeClasses(writer, "/train", 4);
      writeModalities(writer, "/val", 2);
      writer.integers("/val/labels", {2, 1}, {2, 0});
    }
    const FeatureFileInfo info = inspectFeatures(file_);
    const FeatureArrays train = readFeatures(info, "train");
    QCOMPARE(train.modalities[0], (std::vector<float>{0, 1, 10, 11, 20, 21, 30, 31}));
    QCOMPARE(train.modalities[1], std::vector<float>(24, 0.5f));
    QCOMPARE(train.modalities[2], std::vector<float>(4, 4.0f));
    QCOMPARE(train.labels, (std::vector<float>{0, 1, 2, 0}));
    const FeatureArrays valid = readFeatures(info, "valid");
    QCOMPARE(valid.labels, (std::vector<float>{2, 0}));
    QCOMPARE(valid.ids, (Words{"valid/000000", "valid/000001"}));
    QCOMPARE(valid.available, (Bits{7, 7}));
  }

  void realLabelsAreARegressionWithIdsAndTexts() {
    {
      Hdf5Writer writer(file_);
      writeModalities(writer, "/train", 2);
      writer.doubles("/train/labels", {2, 1, 1}, {-2.5, 1});
      writer.strings("/train/ids", {"v[0]", "v[1]"});
      writer.strings("/train/transcript", {"well", "yes"});
    }
    const FeatureFileInfo info = inspectFeatures(file_);
    QCOMPARE(info.problem.task, Task::Regression);
    QCOMPARE(info.problem.outputs, (Words{"value"}));
    const FeatureArrays train = readFeatures(info, "train");
    QCOMPARE(train.labels, (std::vector<float>{-2.5f, 1}));
    QCOMPARE(train.ids, (Words{"v[0]", "v[1]"}));
    QCOMPARE(train.texts, (Words{"well", "yes"}));
  }

  void classesHaveTheNamesThatTheFileGives() {
    {
      Hdf5Writer writer(file_);
      writeModalities(writer, "/train", 3);
      writeClasses(writer, "/train", 3);
      writer.attribute("class_names", "cat, dog,bird,  cow");
    }
    QCOMPARE(inspectFeatures(file_).problem.outputs, (Words{"cat", "dog", "bird", "cow"}));
    {
      Hdf5Writer writer(file_);
      writeModalities(writer, "/train", 3);
      writeClasses(writer, "/train", 3);
      writer.strings("/class_names", {"cat, small", "dog", "bird"});
    }
    QCOMPARE(inspectFeatures(file_).problem.outputs, (Words{"cat, small", "dog", "bird"}));
  }

  void anAttributeChoosesAndOrdersTheModalities() {
    {
      Hdf5Writer writer(file_);
      writeModalities(writer, "/train", 2);
      writeClasses(writer, "/train", 2);
      writer.attribute("modalities", "vision, text");
    }
    const FeatureFileInfo info = inspectFeatures(file_);
    QCOMPARE(labelsOf(info), (Words{"Vision", "Text"}));
    QCOMPARE(readFeatures(info, "train").modalities[1], (std::vector<float>{0, 1, 10, 11}));
  }

  void shortNamesStayAsTheyAre() {
    {
      Hdf5Writer writer(file_);
      writer.floats("/train/pix", {2, 1}, {0, 1});
      writer.floats("/train/mfcc", {2, 1}, {0, 1});
      writer.integers("/train/labels", {2}, {0, 1});
    }
    QCOMPARE(labelsOf(inspectFeatures(file_)), (Words{"Mfcc", "pix"}));
  }

  void aMaskAloneSaysWhatIsAbsent() {
    {
      Hdf5Writer writer(file_);
      writeModalities(writer, "/train", 3);
      writeClasses(writer, "/train", 3);
      writer.truths("/train/audio_absent", {0, 1, 1});
      writer.integers("/train/text_absent", {3, 1}, {0, 0, 1});
      writer.floats("/train/vision_absent", {3}, {0, 0, 1});
    }
    const FeatureFileInfo info = inspectFeatures(file_);
    QCOMPARE(info.available[0], (Bits{7, 5, 0}));
    QCOMPARE(readFeatures(info, "train").available, (Bits{7, 5, 0}));
    QCOMPARE(info.notes, (Words{"Text is absent in 1 of 3 samples of /train.",
                                "Audio is absent in 2 of 3 samples of /train.",
                                "Vision is absent in 1 of 3 samples of /train."}));
  }

  void idsBecomeUnique() {
    {
      Hdf5Writer writer(file_);
      writeModalities(writer, "/train", 4);
      writeClasses(writer, "/train", 4);
      writer.strings("/train/ids", {"a", "a", "a#2", "a"});
      writeModalities(writer, "/test", 2);
      writeClasses(writer, "/test", 2);
      writer.integers("/test/ids", {2}, {17, 17});
    }
    const FeatureFileInfo info = inspectFeatures(file_);
    QCOMPARE(info.splits[0].ids, (Words{"a", "a#3", "a#2", "a#4"}));
    QCOMPARE(info.splits[1].ids, (Words{"17", "17#2"}));
    QCOMPARE(info.notes, (Words{"3 samples have the id of an earlier one, such as \"a\"; their ids "
                                "got a number behind."}));
  }

  void aSecondGroupForOneSplitIsPassedOverAndNoted() {
    {
      Hdf5Writer writer(file_);
      for (const char* group : {"/train", "/valid", "/dev"}) {
        writeModalities(writer, group, 3);
        writeClasses(writer, group, 3);
      }
    }
    const FeatureFileInfo info = inspectFeatures(file_);
    QCOMPARE(info.splits.size(), std::size_t{2});
    QCOMPARE(info.notes, (Words{"Both /valid and /dev are there; /dev is passed over."}));
  }

  void aSplitThatIsNotThereAndAFileThatChangedAreSentences() {
    {
      Hdf5Writer writer(file_);
      writeModalities(writer, "/train", 3);
      writeClasses(writer, "/train", 3);
    }
    const FeatureFileInfo info = inspectFeatures(file_);
    const std::string name = inQuotes(file_);
    QCOMPARE(sentenceOf([&] { readFeatures(info, "test"); }),
             name + " has no split \"test\"; it has train.");
    {
      Hdf5Writer writer(file_);
      writeModalities(writer, "/train", 2);
      writeClasses(writer, "/train", 2);
    }
    QCOMPARE(sentenceOf([&] { readFeatures(info, "train"); }),
             name +
                 ": /train/text has 4 numbers instead of 6; the file has changed since it was "
                 "opened.");
  }
};

APPLESS_TEST(FeatureFileTest)
#include "feature_file_test.moc"
