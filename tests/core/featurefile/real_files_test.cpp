// The feature files that come with the project's test data, where a developer has them.
#include <QTest>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "core/featurefile/feature_file.h"
#include "core/featurefile/standardisation.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

fs::path features() {
  const char* stated = std::getenv("MODASCOPE_TEST_DATA");
  return (stated != nullptr ? fs::path(stated)
                            : fs::path(MODASCOPE_SOURCE_DIR).parent_path() / "shared/data") /
         "features";
}

std::vector<std::size_t> sizesOf(const FeatureFileInfo& info) {
  std::vector<std::size_t> sizes;
  for (const FeatureSplit& split : info.splits) sizes.push_back(split.size());
  return sizes;
}

}  // namespace

class RealFeaturesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    if (!fs::exists(features() / "mosi.h5")) {
      QSKIP("No test data here; MODASCOPE_TEST_DATA says where they are.");
    }
  }

  void utterancesAreARegressionFromThreeModalities() {
    const FeatureFileInfo info = inspectFeatures(features() / "mosi.h5");
    QCOMPARE(info.problem.task, Task::Regression);
    QCOMPARE(keysOf(info.problem.schema, info.problem.schema.all()),
             (Words{"text", "audio", "vision"}));
    QVERIFY(info.problem.inputs == InputLayout({{100, 1}, {73, 1}, {100, 1}}));
    QCOMPARE(sizesOf(info), (std::vector<std::size_t>{1257, 190, 752}));
    const FeatureArrays train = readFeatures(info, "train");
    QCOMPARE(train.modalities[1].size(), std::size_t{1257 * 73});
    QCOMPARE(train.texts.size(), train.size());
    const auto [low, high] = std::minmax_element(train.labels.begin(), train.labels.end());
    QVERIFY(*low >= -3 && *low < -2 && *high <= 3 && *high > 2);
  }

  void sixViewsOfDigitsAreComparableOnceStandardised() {
    const FeatureFileInfo info = inspectFeatures(features() / "mfeat.h5");
    QCOMPARE(info.problem.task, Task::Classification);
    QCOMPARE(info.problem.outputs.size(), std::size_t{10});
    QCOMPARE(keysOf(info.problem.schema, info.problem.schema.all()),
             (Words{"fac", "fou", "kar", "mor", "pix", "zer"}));
    QCOMPARE(sizesOf(info), (std::vector<std::size_t>{1200, 300, 500}));
    FeatureArrays train = readFeatures(info, "train");
    Standardisation::fit(train, info.problem).apply(train);
    for (const auto& values : train.modalities) {
      double squares = 0;
      for (const float value : values) squares += value * value;
      const double mean = squares / static_cast<double>(values.size());
      QVERIFY(mean > 0.9 && mean < 1.0001);  // 1, less the numbers that never change
    }
  }

  void picturesAndSoundsAreSequences() {
    const FeatureFileInfo info = inspectFeatures(features() / "avdigits.h5");
    QVERIFY(info.problem.inputs == InputLayout({{40, 40}, {28, 28}}));
    QCOMPARE(info.problem.outputs.size(), std::size_t{10});
    const FeatureArrays valid = readFeatures(info, "valid");
    QCOMPARE(valid.modalities[1].size(), std::size_t{300 * 28 * 28});
    QCOMPARE(*std::max_element(valid.modalities[1].begin(), valid.modalities[1].end()), 255.0f);
  }
};

APPLESS_TEST(RealFeaturesTest)
#include "real_files_test.moc"
