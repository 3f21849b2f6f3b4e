#include "core/inference/volumes/segmenter.h"

#include <QTest>

#include <torch/types.h>

#include "core/base/error.h"
#include "core/inference/volumes/labels_of_mean.h"
#include "core/inference/volumes/logit_cache.h"
#include "core/inference/volumes/soft_scores.h"
#include "core/inference/volumes/subset_scores.h"
#include "core/metrics/dice.h"
#include "core/metrics/hausdorff95.h"
#include "core/phantom/phantom.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

/// Branch m answers with its input times (m + 1), plus k: a network whose output is known.
class KnownModel : public LateFusionModel {
 public:
  KnownModel() { allocate(torch::kCPU); }
  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<KnownModel>(*this);
  }
  ModelDescription describe() const override {
    return {"known", bratsModalities(), {"wt", "tc", "et"}, {}, true};
  }
  std::int64_t granularity() const override { return 1; }
  torch::Tensor branchLogits(const torch::Tensor& x,
                             const std::vector<ModalityId>& which) const override {
    ++calls;
    std::vector<torch::Tensor> branches;
    for (std::size_t i = 0; i < which.size(); ++i) {
      const auto one =
          x.select(1, static_cast<std::int64_t>(i)) * static_cast<double>(which[i].index() + 1);
      branches.push_back(torch::stack({one, one - 1, one - 2}, 1));
    }
    return torch::stack(branches, 1);
  }
  std::unique_ptr<BranchTape> recordBranches(const torch::Tensor&,
                                             const std::vector<ModalityId>&) const override {
    return nullptr;
  }

  mutable int calls = 0;
};

/// Fuses early: knows only sets. Answers with the sum of what it sees.
class EarlyModel : public MultimodalModel {
 public:
  EarlyModel() { allocate(torch::kCPU); }
  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<EarlyModel>(*this);
  }
  ModelDescription describe() const override {
    return {"early", bratsModalities(), {"wt", "tc", "et"}, {}, false};
  }
  std::int64_t granularity() const override { return 1; }
  torch::Tensor logits(const torch::Tensor& x, ModalitySet set) const override {
    ++calls;
    torch::Tensor sum = torch::zeros_like(x.select(1, 0));
    for (const ModalityId id : set.ids())
      sum = sum + x.select(1, static_cast<std::int64_t>(id.index()));
    return torch::stack({sum, sum - 1, sum - 2}, 1);
  }
  std::unique_ptr<SubsetTape> recordSubsets(const torch::Tensor&,
                                            const std::vector<ModalitySet>&) const override {
    return nullptr;
  }

  mutable int calls = 0;
};

PreparedCase twoModalities(std::array<std::int64_t, 3> size) {
  PreparedCase patient;
  patient.grid.size = size;
  torch::manual_seed(4);
  for (int m = 0; m < 4; ++m) {
    if (m % 2 == 1) {
      patient.modalities.emplace_back();
      continue;
    }
    const auto values = torch::randn({patient.grid.voxelCount()});
    const float* p = values.data_ptr<float>();
    patient.modalities.emplace_back(
        Volume{patient.grid, std::vector<float>(p, p + values.numel())});
  }
  return patient;
}

SegmenterOptions options() {
  SegmenterOptions some;
  some.window = 16;
  some.regions = bratsRegions();
  return some;
}

}  // namespace

class SegmenterTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void overlappingWindowsOfALocalNetworkGiveWhatOneWholePassGives_data() {
    QTest::addColumn<int>("x");
    QTest::newRow("larger than the window, not a multiple") << 37;
    QTest::newRow("as large as the window") << 16;
    QTest::newRow("smaller than the window") << 9;
  }
  void overlappingWindowsOfALocalNetworkGiveWhatOneWholePassGives() {
    QFETCH(int, x);
    const auto model = std::make_shared<KnownModel>();
    const auto patient = twoModalities({x, 20, 18});
    const auto cache = slidingWindow(model, {patient}, options(), {}, {});
    const ModalitySet first{ModalityId(0)}, both = first.with(ModalityId(2));
    const auto a = torch::tensor(patient.modalities[0]->voxels).view({18, 20, x});
    const auto b = torch::tensor(patient.modalities[2]->voxels).view({18, 20, x}) * 3;
    QVERIFY(torch::allclose(cache->fused(first)[0], a, 1e-4, 1e-5));
    QVERIFY(torch::allclose(cache->fused(both)[0], (a + b) / 2, 1e-4, 1e-5));
    QVERIFY(torch::allclose(cache->fused(both)[2], (a + b) / 2 - 2, 1e-4, 1e-5));
  }

  void allSubsetsCostOneLookAtEachWindow() {
    const auto model = std::make_shared<KnownModel>();
    const auto patient = twoModalities({16, 16, 16});
    const auto cache = slidingWindow(model, {patient}, options(), {}, {});
    for (const ModalitySet set : allSubsets(bratsModalities()))
      if (cache->available().contains(set)) cache->fused(set);
    QCOMPARE(model->calls, 1);
  }

  void whatStandsInTakesThePlaceOfWhatIsLeftOut() {
    const auto intact = twoModalities({20, 16, 16});
    PreparedCase other = intact;
    for (auto& volume : other.modalities)
      if (volume)
        for (float& v : volume->voxels) v = 7 - v;
    const ModalitySet first{ModalityId(0)}, both = first.with(ModalityId(2));
    const auto at = [](const PreparedCase& of, std::size_t m) {
      return torch::tensor(of.modalities[m]->voxels).view({16, 16, 20});
    };
    const auto late = std::make_shared<KnownModel>();
    const auto branches = slidingWindow(late, {intact, &other}, options(), {}, {});
    QVERIFY(torch::allclose(branches->fused(first)[0], (at(intact, 0) + 3 * at(other, 2)) / 2, 1e-4,
                            1e-4));
    QVERIFY(torch::allclose(branches->fused(both)[0], (at(intact, 0) + 3 * at(intact, 2)) / 2, 1e-4,
                            1e-4));
    const auto early = std::make_shared<EarlyModel>();
    const auto passes = slidingWindow(early, {intact, &other}, options(), {}, {});
    QVERIFY(torch::allclose(passes->fused(first)[0], at(intact, 0) + at(other, 2), 1e-4, 1e-4));
    QVERIFY(torch::allclose(passes->fused(both)[0], at(intact, 0) + at(intact, 2), 1e-4, 1e-4));
  }

  void nestedRegionsBecomeTheLabelsOfTheInnermost() {
    // Logits (wt, tc, et) per voxel: none; wt; wt and tc; all; et alone.
    const auto logits = torch::tensor({{-1.F, 1.F, 1.F, 1.F, -1.F},
                                       {-1.F, -1.F, 1.F, 1.F, -1.F},
                                       {-1.F, -1.F, -1.F, 1.F, 1.F}})
                            .view({1, 3, 1, 1, 5});
    VoxelGrid grid;
    grid.size = {5, 1, 1};
    const LogitCache cache(logits, ModalitySet(ModalityId(0)), bratsRegions(), grid);
    QCOMPARE(cache.labels(ModalitySet(ModalityId(0))).value().voxels,
             (std::vector<std::uint8_t>{0, 2, 1, 4, 4}));
  }

  void labelsOfAMeanAreThoseOfItsSign() {
    torch::manual_seed(9);
    VoxelGrid grid;
    grid.size = {19, 33, 21};  // no multiple of what is walked over together
    const auto logits = torch::randn({3, 3, 21, 33, 19});
    const auto direct = labelsOfMean(logits, {0, 2}, bratsRegions(), grid);
    const auto mean = ((logits[0] + logits[2]) / 2).contiguous();
    QCOMPARE(direct.voxels, labelsOf(mean, bratsRegions(), grid).voxels);
    const auto wt = mean[0].flatten(), tc = mean[1].flatten(), et = mean[2].flatten();
    for (std::int64_t v = 0; v < wt.numel(); v += 97) {
      const int outside = wt[v].item<float>() > 0 ? 2 : 0;
      const int core = tc[v].item<float>() > 0 ? 1 : outside;
      QCOMPARE(int(direct.voxels[static_cast<std::size_t>(v)]), et[v].item<float>() > 0 ? 4 : core);
    }
  }

  void whereRegionsContradictEachOtherTheSurestCounts() {
    const RegionSchema sides({{5, "left"}, {7, "right"}},
                             {{"left", "L", "left", {5}}, {"right", "R", "right", {7}}});
    VoxelGrid grid;
    grid.size = {4, 1, 1};
    // voxels: both and left more, both and right more, right alone, neither
    const auto first = torch::tensor({2., 1., -1., -1., 1., 2., 1., -2.}, torch::kFloat);
    QCOMPARE(labelsOf(first.view({2, 1, 1, 4}), sides, grid).voxels,
             (std::vector<std::uint8_t>{5, 7, 7, 0}));
    // their sums: {2.5, 3}, {2, 1.5}, {1, 1.5}, {-2, -1}
    const auto second = torch::tensor({.5, 1., 2., -1., 2., -.5, .5, 1.}, torch::kFloat);
    const auto both = torch::stack({first, second}).view({2, 2, 1, 1, 4});
    QCOMPARE(labelsOfMean(both, {0, 1}, sides, grid).voxels,
             (std::vector<std::uint8_t>{7, 5, 7, 0}));
  }

  void aModalityThatTheCaseLacksIsRefused() {
    const auto model = std::make_shared<KnownModel>();
    const auto sixteen = twoModalities({16, 16, 16});
    const auto cache = slidingWindow(model, {sixteen}, options(), {}, {});
    QVERIFY_EXCEPTION_THROWN(cache->fused(ModalitySet(ModalityId(1))), Error);
  }

  void aStoppedPredictionGivesNothing() {
    const auto model = std::make_shared<KnownModel>();
    std::stop_source stop;
    const auto patient = twoModalities({40, 40, 40});
    int tiles = 0;
    const auto cache = slidingWindow(model, {patient}, options(), stop.get_token(), [&](int, int) {
      ++tiles;
      stop.request_stop();
    });
    QVERIFY(!cache);
    QCOMPARE(tiles, 1);
  }

  void aPassForASubsetTellsItsProgressCanBeStoppedAndIsKept() {
    const auto model = std::make_shared<EarlyModel>();
    const auto forty = twoModalities({40, 40, 40});
    const auto cache = slidingWindow(model, {forty}, options(), {}, {});
    const ModalitySet one(ModalityId(2));
    std::stop_source stop;
    int told = 0;
    const auto tell = [&](int, int total) {
      QVERIFY(total > 1);
      ++told;
      stop.request_stop();
    };
    QVERIFY(!cache->labels(one, stop.get_token(), tell));
    QCOMPARE(told, 1);
    const auto labels = cache->labels(one, {}, [&](int, int) { ++told; });
    QVERIFY(told > 2);
    const int calls = model->calls;
    QCOMPARE(cache->labels(one)->voxels, labels->voxels);
    QCOMPARE(model->calls, calls);
  }

  void labelsComeBackOnTheCasesOwnGrid() {
    PhantomOptions phantom;
    phantom.size = 24;
    phantom.spacing = 6;
    const Case patient = makePhantom(phantom, 0);
    SegmenterOptions some = options();
    for (const double spacing : {6.0, 8.0}) {
      some.spacing = {spacing, spacing, spacing};
      const Segmenter segmenter(std::make_shared<const KnownModel>(), some);
      const auto prediction = segmenter.predict(patient);
      const auto labels = prediction->segment(prediction->available());
      QVERIFY(labels.grid.matches(patient.grid));
      QCOMPARE(labels.voxels.size(), patient.modalities[0]->voxels.size());
      const auto table = scoreSubsets(*prediction, *patient.labels, bratsModalities());
      QCOMPARE(table->rows.size(), std::size_t{15});
      QCOMPARE(table->rows[0].scores[0], dice(labels, *patient.labels, bratsRegions()[0]));
      QVERIFY(table->rows[0].hd95.empty());
    }
  }

  void softDiceIsPooledOverTheMiddleOfEveryCase() {
    // One modality; logits of wt, tc, et at five voxels in a row, of which the middle three count.
    const auto logits = torch::tensor({{9.F, 0.F, 0.F, 0.F, 9.F},
                                       {9.F, 0.F, 0.F, -200.F, 9.F},
                                       {9.F, -200.F, -200.F, -200.F, 9.F}})
                            .view({1, 3, 1, 1, 5});
    Case patient;
    patient.grid.size = {5, 1, 1};
    patient.labels = LabelVolume{patient.grid, {0, 2, 1, 4, 0}};
    const ModalitySet only(ModalityId(2));
    const CasePrediction prediction(
        std::make_shared<const LogitCache>(logits, only, bratsRegions(), patient.grid),
        patient.grid);
    SoftScores scores(bratsModalities(), bratsRegions(), 3);
    scores.add(LabelledPatient(patient), prediction);
    scores.add(LabelledPatient(patient), prediction);
    const SubsetTable table = scores.table();
    for (const SubsetTable::Row& row : table.rows) QCOMPARE(row.cases, row.set == only ? 2 : 0);
    const auto mean = table.mean();
    const auto near = [](double a, double b) { return std::abs(a - b) < 1e-6; };
    QVERIFY(near(mean[0], (2 * 3.0 + 1) / (3 + 6 + 1)));  // p 1.5, t 3, pt 1.5, twice
    QVERIFY(near(mean[1], (2 * 1.0 + 1) / (2 + 4 + 1)));  // p 1, t 2, pt 0.5, twice
    QVERIFY(near(mean[2], 1.0 / (0 + 2 + 1)));            // p 0, t 1, pt 0, twice
  }

  void hd95IsMeasuredWhereItIsAskedForAndAStopIsHeard() {
    PhantomOptions phantom;
    phantom.size = 24;
    phantom.spacing = 6;
    const Case patient = makePhantom(phantom, 0);
    SegmenterOptions some = options();
    some.spacing = {6, 6, 6};
    const Segmenter segmenter(std::make_shared<const KnownModel>(), some);
    const auto prediction = segmenter.predict(patient);
    const ModalitySchema& schema = bratsModalities();
    const auto table = scoreSubsets(*prediction, *patient.labels, schema, Scores::DiceAndHd95);
    for (const SubsetTable::Row& row : table->rows) {
      const LabelVolume labels = prediction->segment(row.set);
      for (std::size_t k = 0; k < bratsRegions().size(); ++k)
        QCOMPARE(row.hd95[k], hausdorff95(labels, *patient.labels, bratsRegions()[k]));
    }
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!scoreSubsets(*prediction, *patient.labels, schema, Scores::Dice, stop.get_token()));
  }

  void withoutATruthEachSubsetIsComparedWithAllModalities() {
    PhantomOptions phantom;
    phantom.size = 24;
    phantom.spacing = 6;
    SegmenterOptions some = options();
    some.spacing = {6, 6, 6};
    const Segmenter segmenter(std::make_shared<const KnownModel>(), some);
    const auto prediction = segmenter.predict(makePhantom(phantom, 0));
    SubsetScorer scorer(*prediction, nullptr, bratsModalities(), Scores::DiceAndHd95);
    while (!scorer.done()) scorer.scoreNext();
    const SubsetTable& table = scorer.table();
    QCOMPARE(table.reference, Reference::AllModalities);
    QCOMPARE(table.rows.size(), std::size_t{15});
    QCOMPARE(table.rows[0].scores, std::vector<double>(3, 1.0));
    QCOMPARE(table.rows[0].hd95, std::vector<double>(3, 0.0));
    const auto full = prediction->segment(prediction->available());
    const auto one = prediction->segment(table.rows[14].set);
    for (std::size_t k = 0; k < bratsRegions().size(); ++k) {
      QCOMPARE(table.rows[14].scores[k], dice(one, full, bratsRegions()[k]));
      QCOMPARE(table.rows[14].ml[k], regionMl(one, bratsRegions()[k]));
    }
    QVERIFY(table.rows[14].scores[0] < 1);
  }
};

APPLESS_TEST(SegmenterTest)
#include "segmenter_test.moc"
