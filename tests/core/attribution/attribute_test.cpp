#include "core/attribution/attribute.h"

#include <QTest>

#include "core/attribution/grad_cam.h"
#include "core/metrics/dice.h"
#include "core/models/factory/model_factory.h"
#include "core/problem/brats.h"
#include "tests/core/attribution/two_channel_model.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using modascope::testing::TwoChannelModel;

namespace {

const ModalitySet kT1(ModalityId(0));
const ModalitySet kFlair(ModalityId(3));
const ModalitySet kBoth = kT1.with(ModalityId(3));

/// 8×8×8 voxels of 2 mm: 1 in a box, a quarter around it, 0 at one corner. `xEnd`: how far the box
/// reaches along x; along y and z it has the voxels 2…5.
Volume boxed(std::int64_t xEnd) {
  VoxelGrid grid;
  grid.size = {8, 8, 8};
  grid.spacing = {2, 2, 2};
  Volume volume{grid, std::vector<float>(512, 0.25F)};
  for (int z = 2; z < 6; ++z)
    for (int y = 2; y < 6; ++y)
      for (int x = 2; x < xEnd; ++x) volume.at(x, y, z) = 1;
  volume.at(0, 0, 0) = 0;
  return volume;
}

/// T1 and FLAIR, and the expert's whole box as enhancing tumour.
Case twoModalities(std::int64_t t1End, std::int64_t flairEnd) {
  Case patient;
  patient.id = "boxes";
  patient.modalities.resize(4);
  patient.modalities[0] = boxed(t1End);
  patient.modalities[3] = boxed(flairEnd);
  patient.grid = patient.sourceGrid = patient.modalities[0]->grid;
  patient.labels = LabelVolume{patient.grid, std::vector<std::uint8_t>(512)};
  for (std::size_t i = 0; i < 512; ++i)
    if (boxed(6).voxels[i] == 1) patient.labels->voxels[i] = 4;
  return patient;
}

Segmenter segmenterOf(std::vector<TwoChannelModel::Weights> weights,
                      std::array<double, 3> bias = {0, 0, 0}, double spacing = 2) {
  SegmenterOptions options;
  options.window = 8;
  options.spacing = {spacing, spacing, spacing};
  options.regions = bratsRegions();
  options.preprocessing = "minmax";  // leaves these images as they are
  return {std::make_shared<const TwoChannelModel>(std::move(weights), bias), options};
}

Attribution ask(const Segmenter& segmenter, const Case& patient, AttributionTarget target,
                ModalitySet set = kBoth) {
  const auto prediction = segmenter.predict(patient);
  return attribute(segmenter, patient, *prediction, {set, {std::move(target)}, ""})->front();
}

bool near(double a, double b) {
  return std::abs(a - b) < 1e-5;
}

/// |mean| / mean | | of the gradient over voxels, over all channels and modalities, of y = the sum
/// of the first region's logits in a cube in the middle; random weights and one window of 32³.
double keptAt(std::size_t layer, const MultimodalModel& model) {
  torch::manual_seed(5);
  const torch::Tensor x = torch::randn({1, 4, 32, 32, 32});
  torch::Tensor y = torch::zeros({1, 3, 32, 32, 32});
  y.slice(1, 0, 1).slice(2, 10, 20).slice(3, 10, 20).slice(4, 10, 20).fill_(1);
  const GradCamTask task{bratsModalities().all(), layer, {{0, {}}}};
  const torch::Tensor g = activationGradients(model, task, x, {y}).front().flatten(2);
  return (g.mean(2).abs().sum() / g.abs().mean(2).sum()).item<double>();
}

}  // namespace

class AttributeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void mapsLieOnTheCasesGridOnOneScale() {
    // FLAIR's branch is twice T1's: 4 A0 − 2 and 8 A0 − 4, in the box 2 and 4. 64 voxels of y, 64
    // of the layer, two modalities: the maps are those halved, and so are 1 and 2 deep in the box.
    const auto segmenter = segmenterOf({{4, -2}, {}, {}, {8, -4}});
    const Case patient = twoModalities(6, 6);
    const Attribution result = ask(segmenter, patient, {bratsRegions()[2]});
    QCOMPARE(result.layer, std::string("cells"));
    QCOMPARE(result.target(), std::string("et"));
    QCOMPARE(result.maps.size(), std::size_t{2});
    for (const Volume& map : result.maps) QVERIFY(map.grid.matches(patient.grid));
    QVERIFY(near(result.scale, 2));
    QVERIFY(near(result.maps[0].at(3, 3, 3), 1));
    QVERIFY(near(result.maps[1].at(3, 3, 3), 2));
    QCOMPARE(result.maps[1].at(0, 0, 0), 0.0F);
    QVERIFY(near(result.ml, 64 * 0.008));
    QVERIFY(result.noMaps.empty());
  }

  void sharesAddUpToOneInEveryRow() {
    const auto segmenter = segmenterOf({{4, -2}, {}, {}, {8, -4}});
    const Attribution result = ask(segmenter, twoModalities(6, 6), {bratsRegions()[2]});
    const std::vector<std::string> rows{"et", "wt", "tc", "everywhere"};
    QCOMPARE(result.shares.size(), rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) {
      QCOMPARE(result.shares[i].where, rows[i]);
      QVERIFY(near(result.shares[i].shares[0], 1.0 / 3));
      QVERIFY(near(result.shares[i].shares[1], 2.0 / 3));
    }
  }

  void removalsAreWhatEvaluatingByHandFinds() {
    // FLAIR shows half of the box. Both: 6·1 − 3 = 3 and 8/4 − 4 = −2 there, so all of it.
    const auto segmenter = segmenterOf({{6, -3}, {}, {}, {8, -4}});
    Case patient = twoModalities(6, 4);
    const Attribution result = ask(segmenter, patient, {bratsRegions()[1]});
    QCOMPARE(result.removals.measure, RemovalMeasure::DiceWithTruth);
    QVERIFY(near(result.removals.fullScore, 1));
    QCOMPARE(result.removals.each.size(), std::size_t{2});
    const Removal &withoutT1 = result.removals.each[0], &withoutFlair = result.removals.each[1];
    QCOMPARE(withoutT1.modality, ModalityId(0));
    QVERIFY(near(withoutT1.score, 2.0 * 32 / (32 + 64)));
    QVERIFY(near(withoutT1.drop, 1 - 2.0 / 3));
    QVERIFY(near(withoutT1.ml, 32 * 0.008));
    QVERIFY(near(withoutFlair.drop, 0));
    const auto prediction = segmenter.predict(patient);
    QVERIFY(near(withoutT1.score,
                 dice(prediction->segment(kFlair), *patient.labels, bratsRegions()[1])));
  }

  void withoutTruthTheFullPredictionIsTheMeasure() {
    const auto segmenter = segmenterOf({{6, -3}, {}, {}, {8, -4}});
    Case patient = twoModalities(6, 4);
    for (const bool none : {true, false}) {  // no file, or one without this region
      if (none)
        patient.labels.reset();
      else
        patient.labels = LabelVolume{patient.grid, std::vector<std::uint8_t>(512, 2)};
      const Attribution result = ask(segmenter, patient, {bratsRegions()[1]});
      QCOMPARE(result.removals.measure, RemovalMeasure::DiceWithFullPrediction);
      QVERIFY(near(result.removals.fullScore, 1));
      QVERIFY(near(result.removals.each[0].drop, 1 - 2.0 / 3));
    }
  }

  void aSingleModalityHasAMapAndNoRemovals() {
    const auto segmenter = segmenterOf({{4, -2}});
    const Attribution result = ask(segmenter, twoModalities(6, 6), {bratsRegions()[0]}, kT1);
    QCOMPARE(result.maps.size(), std::size_t{1});
    QVERIFY(near(result.shares.front().shares[0], 1));
    QVERIFY(result.removals.each.empty());
    QVERIFY(!disagreement(result));
  }

  void evidenceAgainstIsNoPositiveEvidence() {
    // 5 − A0 > 0 everywhere: predicted in spite of the image.
    const auto segmenter = segmenterOf({{-1, 0}, {}, {}, {-1, 0}}, {5, 5, 5});
    const Attribution result = ask(segmenter, twoModalities(6, 6), {bratsRegions()[0]});
    QCOMPARE(result.scale, 0.0F);
    QCOMPARE(result.maps.size(), std::size_t{2});
    for (const AttributionShares& row : result.shares) QVERIFY(row.shares.empty());
    QVERIFY(!disagreement(result));
  }

  void aRegionWithoutVoxelsIsSaid() {
    const auto segmenter = segmenterOf({{4, -2}, {}, {}, {4, -2}}, {0, 0, -9});
    const auto patient = twoModalities(6, 6);
    const auto prediction = segmenter.predict(patient);
    const auto results = attribute(segmenter, patient, *prediction,
                                   {kBoth, {{bratsRegions()[2]}, {bratsRegions()[0]}}, ""});
    QVERIFY(contains((*results)[0].noMaps, "No voxel was predicted as ET from T1, FLAIR"));
    QVERIFY((*results)[0].maps.empty());
    QCOMPARE((*results)[0].ml, 0.0);
    QVERIFY(near((*results)[1].scale, 0.5 * 2));  // as if it had been asked alone
  }

  void pickedVoxelsStandForTheRegion() {
    const auto segmenter = segmenterOf({{4, -2}, {}, {}, {8, -4}});
    const Case patient = twoModalities(6, 6);
    LabelVolume picked{patient.grid, std::vector<std::uint8_t>(512)};
    for (int x = 2; x < 6; ++x) picked.at(x, 3, 3) = 1;
    const Attribution result =
        ask(segmenter, patient, {bratsRegions()[0], std::make_shared<const LabelVolume>(picked)});
    QCOMPARE(result.target(), std::string("picked"));
    QVERIFY(near(result.ml, 4 * 0.008));
    QVERIFY(near(result.scale, 2.0 * 4 / 64));
    QCOMPARE(result.shares.front().where, std::string("picked"));
    QCOMPARE(result.shares.size(), std::size_t{5});
    QVERIFY(near(result.removals.fullScore, 1));
    picked.grid.origin[2] = 9;
    QVERIFY(!sentenceOf([&] {
               ask(segmenter, patient,
                   {bratsRegions()[0], std::make_shared<const LabelVolume>(picked)});
             }).empty());
  }

  void anotherSpacingComesBackToTheCasesGrid() {
    const auto segmenter = segmenterOf({{4, -2}, {}, {}, {8, -4}}, {0, 0, 0}, 1);
    const Case patient = twoModalities(6, 6);
    const Attribution result = ask(segmenter, patient, {bratsRegions()[0]});
    for (const Volume& map : result.maps) {
      QVERIFY(map.grid.matches(patient.grid));
      QCOMPARE(map.voxels.size(), std::size_t{512});
    }
    QVERIFY(result.maps[1].at(3, 3, 3) > 0);
    QVERIFY(near(result.maps[1].at(3, 3, 3), 2.0 * result.maps[0].at(3, 3, 3)));
  }

  void anUnknownLayerIsRefusedWithThoseThatAre() {
    const auto segmenter = segmenterOf({{4, -2}, {}, {}, {8, -4}});
    const Case patient = twoModalities(6, 6);
    const auto prediction = segmenter.predict(patient);
    const auto sentence = sentenceOf([&] {
      attribute(segmenter, patient, *prediction, {kBoth, {{bratsRegions()[0]}}, "up 9"});
    });
    QVERIFY2(contains(sentence, "up 9") && contains(sentence, "cells"), sentence.c_str());
  }

  void aNetworkWithoutOwnLayersStillTellsWhatRemovalsCost() {
    RunConfig config;
    config.model.kind = "early-fusion";
    config.model.width = 0.25;
    const std::shared_ptr<MultimodalModel> model = makeModel(config, bratsProblem(), torch::kCPU);
    for (std::size_t b = 0; b < model->layout().blocks().size(); ++b)
      if (model->layout()[b].name == "head.bias") model->parameter(b).fill_(99);  // all of it
    SegmenterOptions options;
    options.window = 16;
    options.spacing = {2, 2, 2};
    options.regions = bratsRegions();
    const Segmenter segmenter(model, options);
    const Attribution result = ask(segmenter, twoModalities(6, 6), {bratsRegions()[0]});
    QVERIFY2(contains(result.noMaps, "early-fusion"), result.noMaps.c_str());
    QVERIFY(result.maps.empty());
    QCOMPARE(result.removals.each.size(), std::size_t{2});
    QVERIFY(!defaultAttributionLayer(*model));
  }

  void theDefaultIsTheLayerThatKeepsMostOfTheGradient_data() {
    QTest::addColumn<QString>("kind");
    QTest::addColumn<QString>("layer");
    QTest::newRow("ds-norm") << "ds-norm"
                             << "up 4";
    QTest::newRow("ds-encoder") << "ds-encoder"
                                << "down 4";
    QTest::newRow("hemis") << "hemis"
                           << "down 4";
  }
  void theDefaultIsTheLayerThatKeepsMostOfTheGradient() {
    QFETCH(QString, kind);
    QFETCH(QString, layer);
    RunConfig config;
    config.model.kind = kind.toStdString();
    config.model.width = 0.25;
    const auto model = makeModel(config, bratsProblem(), torch::kCPU);
    QCOMPARE(QString::fromStdString(*defaultAttributionLayer(*model)), layer);
    const auto layers = attributionLayers(*model);
    std::vector<double> kept;
    for (std::size_t i = 0; i < layers.size(); ++i) kept.push_back(keptAt(i, *model));
    const auto most = std::max_element(kept.begin(), kept.end()) - kept.begin();
    QCOMPARE(QString::fromStdString(layers[static_cast<std::size_t>(most)]), layer);
  }

  void mapsAreZeroOutsideTheHead() {
    // A bias of 1 lifts FLAIR's branch above 0 in the empty air, too.
    const auto segmenter = segmenterOf({{4, -2}, {}, {}, {8, 1}});
    Case patient = twoModalities(6, 6);
    for (const int m : {0, 3})  // air: half of the volume
      for (int z = 0; z < 8; ++z)
        for (int y = 0; y < 8; ++y) {
          patient.modalities[static_cast<std::size_t>(m)]->at(0, y, z) = 0;
          patient.modalities[static_cast<std::size_t>(m)]->at(7, y, z) = 0;
        }
    patient.modalities[0]->at(7, 4, 4) = 0.5;  // there in one image is in the head
    const Attribution result = ask(segmenter, patient, {bratsRegions()[0]});
    QVERIFY(result.maps[1].at(1, 4, 4) > 0);
    QVERIFY(result.maps[1].at(7, 4, 4) > 0);
    QCOMPARE(result.maps[1].at(0, 4, 4), 0.0F);
    QCOMPARE(result.maps[1].at(7, 3, 4), 0.0F);
  }

  void aRegionThatWasNotPredictedHasNoShares() {
    const auto segmenter = segmenterOf({{4, -2}, {}, {}, {8, -4}}, {0, 0, -9});
    const Attribution result = ask(segmenter, twoModalities(6, 6), {bratsRegions()[0]});
    for (const AttributionShares& row : result.shares) QVERIFY(row.where != "et");
    QCOMPARE(result.shares.size(), std::size_t{3});  // wt, tc, everywhere
  }

  void removalsTellTheVolumeFromAllAsWell() {
    const auto segmenter = segmenterOf({{6, -3}, {}, {}, {8, -4}});
    const Attribution result = ask(segmenter, twoModalities(6, 4), {bratsRegions()[1]});
    QVERIFY(near(result.removals.fullMl, 64 * 0.008));
    const auto none = ask(segmenterOf({{4, -2}, {}, {}, {4, -2}}, {0, 0, -9}), twoModalities(6, 6),
                          {bratsRegions()[2]});
    QVERIFY(none.removals.each.empty());  // nothing was predicted: nothing can be lost
  }

  void aStopGivesNothing() {
    const auto segmenter = segmenterOf({{4, -2}, {}, {}, {8, -4}});
    const Case patient = twoModalities(6, 6);
    const auto prediction = segmenter.predict(patient);
    std::stop_source stop;
    stop.request_stop();
    QVERIFY(!attribute(segmenter, patient, *prediction, {kBoth, {{bratsRegions()[0]}}, ""},
                       stop.get_token()));
  }
};

APPLESS_TEST(AttributeTest)
#include "attribute_test.moc"
