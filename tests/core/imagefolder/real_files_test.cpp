// The pictures that come with the project's test data, where a developer has them.
#include <QTest>
#include <algorithm>
#include <cstdlib>

#include "core/imagefolder/image_standardisation.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;

fs::path pictures() {
  const char* stated = std::getenv("MODASCOPE_TEST_DATA");
  return (stated != nullptr ? fs::path(stated)
                            : fs::path(MODASCOPE_SOURCE_DIR).parent_path() / "shared/data") /
         "rgbd";
}

}  // namespace

class RealPicturesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    if (!fs::exists(pictures())) {
      QSKIP("No test data here; MODASCOPE_TEST_DATA says where they are.");
    }
  }

  void roadsAreASegmentationFromColourAndDepth() {
    const ImageFolderInfo info = inspectImages(pictures());
    QCOMPARE(keysOf(info.problem.schema, info.problem.schema.all()),
             (std::vector<std::string>{"rgb", "depth"}));
    QVERIFY(info.problem.inputs == InputLayout({{3, 1}, {1, 1}}));
    QCOMPARE(info.problem.outputs.size(), std::size_t{2});
    QCOMPARE(info.cases.size(), std::size_t{67});
    QVERIFY(info.notes.empty());
  }

  void aTwentiethOfTheRoadIsPothole() {
    const ImageFolderInfo info = inspectImages(pictures());
    ImageMoments moments(info.problem);
    double holes = 0, pixels = 0;
    for (const auto& [id, one] : info.cases) {
      const ImageSample sample = readImages(info, id);
      QCOMPARE(sample.height, std::size_t{288});
      QCOMPARE(sample.width, std::size_t{480});
      holes += static_cast<double>(std::count(sample.labels.begin(), sample.labels.end(), 1));
      pixels += static_cast<double>(sample.labels.size());
      moments.add(sample);
    }
    QVERIFY(holes / pixels > 0.03 && holes / pixels < 0.06);
    const ImageStandardisation fitted = moments.standardisation();
    for (const float deviation : fitted.deviations(ModalityId(0))) {
      QVERIFY(deviation > 0.05f && deviation < 0.5f);
    }
  }
};

APPLESS_TEST(RealPicturesTest)
#include "real_files_test.moc"
