#include "core/data/sampler.h"

#include <QTest>
#include <set>

#include <torch/torch.h>

#include "core/base/error.h"

using namespace modascope;

namespace {

/// Voxel value = 1 + its offset, so that a crop tells where it was cut; tumour in one corner.
PreparedCase numbered(const std::string& id, std::int64_t side, bool secondModality = true) {
  PreparedCase patient;
  patient.id = id;
  patient.grid.size = {side, side + 2, side + 4};
  Volume volume{patient.grid, {}};
  for (std::int64_t i = 0; i < patient.grid.voxelCount(); ++i)
    volume.voxels.push_back(static_cast<float>(1 + i));
  LabelVolume labels{patient.grid, std::vector<std::uint8_t>(volume.voxels.size(), 0)};
  labels.at(0, 0, 0) = static_cast<std::uint8_t>(Tissue::Enhancing);
  patient.modalities = {volume, secondModality ? std::optional(volume) : std::nullopt};
  patient.labels = labels;
  return patient;
}

CropSampler samplerOf(std::vector<PreparedCase> cases, SamplerOptions options) {
  return CropSampler(options, cases.size(), 2, [cases](std::size_t i) {
    return std::make_shared<const PreparedCase>(cases[i]);
  });
}

}  // namespace

class SamplerTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void anUnflippedCropIsACopyOfTheVolumeWithXFastest() {
    const auto batch = samplerOf({numbered("a", 20)}, {1, 16, 0, 0, Seed{3}}).batch(0);
    QCOMPARE(batch.x.sizes().vec(), (std::vector<std::int64_t>{1, 2, 16, 16, 16}));
    const auto crop = batch.x[0][0];
    QCOMPARE((crop[0][0][1] - crop[0][0][0]).item<float>(), 1.F);
    QCOMPARE((crop[0][1][0] - crop[0][0][0]).item<float>(), 20.F);
    QCOMPARE((crop[1][0][0] - crop[0][0][0]).item<float>(), 20.F * 22.F);
  }

  void imageAndLabelsAreFlippedTogether() {
    const auto batch = samplerOf({numbered("a", 16)}, {1, 16, 1, 1, Seed{3}}).batch(0);
    const auto brightest = batch.y[0][2].flatten().argmax().item<std::int64_t>();
    QCOMPARE(batch.x[0][0].flatten()[brightest].item<float>(), 1.F);  // the tumour's voxel
    QCOMPARE(brightest, 16 * 16 * 16 - 1);  // flipped along all axes: at the far corner
  }

  void aForegroundCropHoldsTheTumour() {
    const auto sampler = samplerOf({numbered("a", 40)}, {1, 16, 1, 0.5, Seed{3}});
    for (int step = 0; step < 10; ++step)
      QCOMPARE(sampler.batch(step).y[0][0].sum().item<float>(), 1.F);
  }

  void aCaseSmallerThanTheCropIsPaddedWithZeros() {
    const auto batch = samplerOf({numbered("a", 8)}, {1, 16, 0, 0, Seed{3}}).batch(0);
    QCOMPARE((batch.x[0][0] != 0).sum().item<std::int64_t>(), 8 * 10 * 12);
  }

  void everyCaseComesOnceAnEpoch() {
    const auto sampler = samplerOf({numbered("a", 16), numbered("b", 16), numbered("c", 16)},
                                   {1, 16, 0, 0, Seed{5}});
    for (int epoch = 0; epoch < 4; ++epoch) {
      std::set<std::string> seen;
      for (int k = 0; k < 3; ++k) seen.insert(sampler.batch(epoch * 3 + k).cases.front());
      QCOMPARE(seen.size(), std::size_t{3});
    }
    QCOMPARE(sampler.epochAt(6), 2.0);
  }

  void aBatchDependsOnItsStepAlone() {
    const auto sampler =
        samplerOf({numbered("a", 30), numbered("b", 30)}, {2, 16, 0.5, 0.5, Seed{5}});
    const auto seventh = sampler.batch(7).x;
    sampler.batch(3);
    QVERIFY(torch::equal(sampler.batch(7).x, seventh));
    QVERIFY(!torch::equal(sampler.batch(8).x, seventh));
  }

  void anAbsentModalityIsZerosAndNotAvailable() {
    const auto batch = samplerOf({numbered("a", 16, false)}, {1, 16, 0, 0, Seed{5}}).batch(0);
    QCOMPARE(batch.available.front(), ModalitySet(ModalityId(0)));
    QCOMPARE(batch.x[0][1].abs().sum().item<float>(), 0.F);
  }

  void aSplitWithoutCasesIsRefused() {
    QVERIFY_EXCEPTION_THROWN(samplerOf({}, {1, 16, 0, 0, Seed{5}}), Error);
  }
};

QTEST_APPLESS_MAIN(SamplerTest)
#include "sampler_test.moc"
