#include "core/data/preprocessing.h"

#include <QTest>
#include <cmath>

#include "core/base/error.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

Volume volumeOf(std::array<std::int64_t, 3> size, std::vector<float> voxels) {
  VoxelGrid grid;
  grid.size = size;
  return {grid, std::move(voxels)};
}

}  // namespace

class PreprocessingTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void zscoreHasMeanZeroAndDeviationOneOverTheBrainAndKeepsTheBackground() {
    auto volume = volumeOf({2, 2, 2}, {0, 0, 2, 4, 4, 4, 4, 6});
    normalise(volume, Preprocessing::ZScore);
    QCOMPARE(volume.voxels[0], 0.F);
    QCOMPARE(volume.voxels[1], 0.F);
    double sum = 0, squares = 0;
    for (const float v : volume.voxels) {
      sum += v;
      squares += v * v;
    }
    QVERIFY(std::abs(sum / 6) < 1e-6);
    // Of six values the 99th percentile's rank is 4: the 6 counts as 4, and the mean is 22/6.
    QVERIFY(std::abs(squares / 6 - 1) < 1e-5);
    QCOMPARE(volume.voxels[7], volume.voxels[6]);
  }

  void oneBrightVoxelDoesNotSqueezeTheRest() {
    std::vector<float> voxels(1000);
    for (std::size_t i = 0; i < voxels.size(); ++i) voxels[i] = 1 + static_cast<float>(i % 10);
    voxels[0] = 1e6F;
    auto volume = volumeOf({10, 10, 10}, voxels);
    normalise(volume, Preprocessing::ZScore);
    QVERIFY(volume.voxels[9] - volume.voxels[10] > 2);  // 10 against 1, in deviations of about 2.9
  }

  void minmaxRunsFromZeroToOne() {
    auto volume = volumeOf({4, 1, 1}, {0, 5, 10, 20});
    normalise(volume, Preprocessing::MinMax);
    QCOMPARE(volume.voxels, (std::vector<float>{0, 0.25F, 0.5F, 1}));
  }

  void aConstantImageStaysFinite() {
    for (const auto how : {Preprocessing::ZScore, Preprocessing::MinMax}) {
      auto volume = volumeOf({2, 1, 1}, {7, 7});
      normalise(volume, how);
      QVERIFY(std::isfinite(volume.voxels[0]));
    }
  }

  void theCaseIsCutToItsNonZeroBoxAndKnowsWhereThatLies() {
    Case patient;
    patient.grid.size = {6, 5, 4};
    patient.grid.origin = {10, 20, 30};
    Volume volume{patient.grid, std::vector<float>(120, 0)};
    volume.at(2, 1, 3) = 5;
    volume.at(3, 3, 3) = 8;
    patient.modalities = {volume, std::nullopt};
    patient.labels = LabelVolume{patient.grid, std::vector<std::uint8_t>(120, 0)};
    patient.labels->at(3, 3, 3) = 4;
    const LabelledCase labelled =
        prepare(LabelledPatient(patient), {1, 1, 1}, Preprocessing::MinMax);
    const PreparedCase& prepared = labelled.images;
    QCOMPARE(prepared.grid.size, (std::array<std::int64_t, 3>{2, 3, 1}));
    QCOMPARE(prepared.grid.origin, (Vec3{12, 21, 33}));
    QCOMPARE(labelled.labels.at(1, 2, 0), std::uint8_t{4});
    QVERIFY(labelled.labels.grid.matches(prepared.grid));
    QCOMPARE(prepared.modalities[0]->at(1, 2, 0), 1.F);
    QVERIFY(!prepared.modalities[1]);
    QCOMPARE(prepared.available(), std::optional(ModalitySet(ModalityId(0))));
  }

  void labelsFollowTheImagesToAnotherSpacing() {
    Case patient;
    patient.grid.size = {8, 8, 8};
    patient.modalities = {Volume{patient.grid, std::vector<float>(512, 3)}};
    patient.labels = LabelVolume{patient.grid, std::vector<std::uint8_t>(512, 2)};
    const LabelledCase labelled =
        prepare(LabelledPatient(patient), {2, 2, 2}, Preprocessing::MinMax);
    QVERIFY(labelled.labels.grid.matches(labelled.images.grid));
    QCOMPARE(labelled.labels.voxels, std::vector<std::uint8_t>(64, 2));  // 4³
  }

  void aCaseOfAnotherSpacingIsResampled() {
    Case patient;
    patient.grid.size = {8, 8, 8};
    patient.modalities = {Volume{patient.grid, std::vector<float>(512, 3)}};
    const auto prepared = prepare(patient, {2, 2, 2}, Preprocessing::MinMax);
    QCOMPARE(prepared.grid.size, (std::array<std::int64_t, 3>{4, 4, 4}));
    QCOMPARE(prepared.grid.spacing, (Vec3{2, 2, 2}));
  }

  void anUnknownNameIsRefused() { QVERIFY_EXCEPTION_THROWN(preprocessingFrom("max"), Error); }
};

APPLESS_TEST(PreprocessingTest)
#include "preprocessing_test.moc"
