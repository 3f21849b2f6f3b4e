#include "core/data/sampler.h"

#include <QTest>
#include <set>

#include <torch/types.h>

#include "core/base/error.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

/// Voxel value = 1 + its offset, so that a crop tells where it was cut; tumour in one corner.
LabelledCase numbered(const std::string& id, std::int64_t side, bool secondModality = true) {
  PreparedCase patient;
  patient.id = id;
  patient.grid.size = {side, side + 2, side + 4};
  Volume volume{patient.grid, {}};
  for (std::int64_t i = 0; i < patient.grid.voxelCount(); ++i)
    volume.voxels.push_back(static_cast<float>(1 + i));
  LabelVolume labels{patient.grid, std::vector<std::uint8_t>(volume.voxels.size(), 0)};
  labels.at(0, 0, 0) = static_cast<std::uint8_t>(Tissue::Enhancing);
  patient.modalities = {volume, secondModality ? std::optional(volume) : std::nullopt};
  return {patient, labels};
}

Problem twoModalities() {
  return volumeProblem(ModalitySchema({{"a", "A"}, {"b", "B"}}), bratsRegions());
}

CropSampler samplerOf(std::vector<LabelledCase> cases, SamplerOptions options) {
  return CropSampler(options, cases.size(), twoModalities(), [cases](std::size_t i) {
    return std::make_shared<const LabelledCase>(cases[i]);
  });
}

/// Cases a, b, c, … of which those in `bad` cannot be read.
CropSampler samplerWithout(std::size_t count, std::shared_ptr<std::set<std::size_t>> bad) {
  return CropSampler({1, 16, 0, 0, Seed{5}}, count, twoModalities(), [bad](std::size_t i) {
    const std::string id(1, static_cast<char>('a' + i));
    if (bad->contains(i)) throw Error(id + " is broken.");
    return std::make_shared<const LabelledCase>(numbered(id, 16));
  });
}

std::vector<std::string> casesOf(const Sampler& sampler, std::int64_t first, std::int64_t last) {
  std::vector<std::string> cases;
  for (std::int64_t step = first; step < last; ++step)
    cases.push_back(sampler.batch(step).cases.front());
  return cases;
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

  void aCaseThatCannotBeReadIsLeftOutSaidOnceAndReplacedByTheNextOfTheOrder() {
    const auto none = std::make_shared<std::set<std::size_t>>();
    const auto whole = casesOf(samplerWithout(5, none), 0, 10);
    const auto bad = std::make_shared<std::set<std::size_t>>(std::set<std::size_t>{2});
    const auto sampler = samplerWithout(5, bad);
    int notes = 0;
    for (std::int64_t step = 0; step < 10; ++step) {
      const Batch batch = sampler.batch(step);
      const auto at = static_cast<std::size_t>(step);
      const std::size_t epoch = at / 5 * 5;
      const auto next = whole[epoch + (at + 1) % 5];
      QCOMPARE(batch.cases.front(), whole[at] == "c" ? next : whole[at]);
      for (const std::string& note : batch.notes) {
        ++notes;
        QCOMPARE(whole[at], std::string("c"));
        QCOMPARE(note, "From step " + std::to_string(step + 1) +
                           " on a training case is left out: c is broken.");
      }
    }
    QCOMPARE(notes, 1);
  }

  void aSamplerGoesOnUntilMoreThanHalfOfItsCasesAreGone() {
    const auto bad = std::make_shared<std::set<std::size_t>>(std::set<std::size_t>{0, 1});
    const auto sampler = samplerWithout(4, bad);
    for (const std::string& id : casesOf(sampler, 0, 8)) QVERIFY(id == "c" || id == "d");
    bad->insert(2);  // three of four
    QVERIFY_EXCEPTION_THROWN(casesOf(sampler, 8, 16), Error);
  }

  void aFaultOfTheSystemIsNotTheCases() {
    const CropSampler sampler({1, 16, 0, 0, Seed{5}}, 5, twoModalities(),
                              [](std::size_t) -> std::shared_ptr<const LabelledCase> {
                                throw Error("The disk is gone.", Fault::System);
                              });
    QVERIFY_EXCEPTION_THROWN(sampler.batch(0), Error);
  }

  void aSplitWithoutCasesIsRefused() {
    QVERIFY_EXCEPTION_THROWN(samplerOf({}, {1, 16, 0, 0, Seed{5}}), Error);
  }
};

APPLESS_TEST(SamplerTest)
#include "sampler_test.moc"
