#include "core/data/corrupted_input.h"

#include <QTest>

#include <torch/types.h>

#include "tests/test_program.h"

using namespace modascope;

namespace {

Sample sampleOf(const torch::Tensor& x) {
  return {"s", x, torch::zeros({1}), ModalitySet::firstOf(2)};
}

/// Two of three modalities; a head of non-zero voxels inside a background of zeros.
PreparedCase headOf(std::array<std::int64_t, 3> size, float base) {
  PreparedCase patient;
  patient.grid.size = size;
  for (int m = 0; m < 2; ++m) {
    Volume volume{patient.grid,
                  std::vector<float>(static_cast<std::size_t>(patient.grid.voxelCount()), 0.0F)};
    for (std::size_t i = volume.voxels.size() / 4; i < volume.voxels.size(); ++i)
      volume.voxels[i] = base + static_cast<float>(i % 7);
    patient.modalities.emplace_back(std::move(volume));
  }
  patient.modalities.emplace_back();
  return patient;
}

torch::Tensor headVoxels(const Volume& volume) {
  const auto all = torch::tensor(volume.voxels);
  return all.narrow(0, all.size(0) / 4, all.size(0) - all.size(0) / 4);
}

}  // namespace

class CorruptedInputTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void samples() {
    const Sample one = sampleOf(torch::full({4000}, 5.0F)), other = sampleOf(torch::rand({4000}));
    const auto noise = corrupted(one, Corruption::Noise, other, Seed{1});
    QVERIFY(std::abs(noise.mean().item<double>()) < 0.1);
    QVERIFY(std::abs(noise.std().item<double>() - 1) < 0.1);
    QVERIFY(torch::equal(noise, corrupted(one, Corruption::Noise, other, Seed{1})));
    QVERIFY(!torch::equal(noise, corrupted(one, Corruption::Noise, other, Seed{2})));
    QVERIFY(
        torch::equal(corrupted(one, Corruption::Constant, other, Seed{1}), torch::ones({4000})));
    QVERIFY(torch::equal(corrupted(one, Corruption::Shuffled, other, Seed{1}), other.x));
  }

  void anotherPictureIsStretchedToThisOnesSize() {
    const Sample one = sampleOf(torch::zeros({2, 4, 6}));
    const Sample other = sampleOf(torch::full({2, 8, 3}, 0.5F));
    QVERIFY(torch::equal(corrupted(one, Corruption::Shuffled, other, Seed{1}),
                         torch::full({2, 4, 6}, 0.5F)));
  }

  void volumesAreCorruptedInsideTheHead() {
    const PreparedCase patient = headOf({8, 10, 12}, 3);
    const auto before = headVoxels(*patient.modalities[1]);
    const double mean = before.mean().item<double>(), deviation = before.std().item<double>();
    for (const Corruption how : {Corruption::Noise, Corruption::Constant}) {
      const PreparedCase result = corrupted(patient, how, patient, Seed{1});
      QVERIFY(!result.modalities[2]);
      const auto& voxels = result.modalities[1]->voxels;
      for (std::size_t i = 0; i < voxels.size() / 4; ++i) QCOMPARE(voxels[i], 0.0F);
      const auto after = headVoxels(*result.modalities[1]);
      if (how == Corruption::Constant) {
        QVERIFY(torch::allclose(after, torch::full_like(after, mean + deviation), 1e-2));
      } else {
        QVERIFY(std::abs(after.mean().item<double>() - mean) < 0.3);
        QVERIFY(std::abs(after.std().item<double>() - deviation) < 0.3);
        QVERIFY(!torch::equal(after, headVoxels(*result.modalities[0])));
      }
    }
  }

  void anotherVolumeIsStretchedToThisOnesGrid() {
    const PreparedCase patient = headOf({8, 10, 12}, 3);
    PreparedCase other = headOf({5, 6, 7}, 9);
    other.modalities[0].reset();
    const PreparedCase result = corrupted(patient, Corruption::Shuffled, other, Seed{1});
    QVERIFY(!result.modalities[0] && !result.modalities[2]);
    const auto& voxels = result.modalities[1]->voxels;
    QCOMPARE(voxels.size(), std::size_t{8 * 10 * 12});
    QVERIFY(*std::max_element(voxels.begin(), voxels.end()) > 9);
    QCOMPARE(voxels.front(), 0.0F);
  }
};

APPLESS_TEST(CorruptedInputTest)
#include "corrupted_input_test.moc"
