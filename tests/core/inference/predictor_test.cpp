#include "core/inference/predictor.h"

#include <QTemporaryDir>
#include <QTest>
#include <numeric>

#include <torch/types.h>

#include "core/config/config_keys.h"
#include "core/data/open_cases.h"
#include "core/inference/make_predictor.h"
#include "core/inference/volumes/volume_predictor.h"
#include "core/models/cmnext/cmnext_lite.h"
#include "core/models/transformer/ds_transformer.h"
#include "core/models/unet/ds_unet3d.h"
#include "core/phantom/phantom.h"
#include "tests/core/featurefile/made_up_features.h"
#include "tests/core/files/thrown.h"
#include "tests/core/imagefolder/made_up_pictures.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

namespace fs = std::filesystem;

constexpr ModelSizes kSmall{8, 1, 2};

/// A cohort and an untrained network for it.
struct Asked {
  Cohort cohort;
  std::shared_ptr<const CaseSource> source = nullptr;
  std::vector<CaseInfo> cases = {};  ///< of the validation split
  std::shared_ptr<const MultimodalModel> network = nullptr;
  std::shared_ptr<const Predictor> predictor = nullptr;
};

template <typename MakeNetwork>
Asked asked(const fs::path& data, RunConfig config, MakeNetwork make) {
  Asked all{.cohort = openCohort(data)};
  all.source = openCases(all.cohort);
  for (const std::string& id : all.cohort.splits->at("valid"))
    all.cases.push_back(*all.cohort.find(id));
  all.network = make(all.cohort.problem);
  all.predictor =
      makePredictor(all.network, config, all.source->fit(all.cohort.cases), all.cohort.problem);
  return all;
}

RunConfig smallVolumes() {
  RunConfig config;
  config.train.crop = 32;  // larger than the phantoms: one window
  return config;
}

}  // namespace

class PredictorTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    writeMadeUpFeatures(at("features.h5"));
    writeMadeUpPictures(at("pictures"));
    PhantomOptions phantom;
    phantom.cases = 3;
    phantom.size = 24;
    phantom.spacing = 6;
    writePhantomCohort(phantom, at("volumes"));
    const RunConfig standard;
    all_.push_back(asked(at("features.h5"), standard, [](const Problem& problem) {
      return std::make_shared<const DsTransformer>(kSmall, problem, Seed{1}, torch::kCPU);
    }));
    all_.push_back(asked(at("pictures"), standard, [](const Problem& problem) {
      return std::make_shared<const CmnextLite>(kSmall, problem, Seed{1}, torch::kCPU);
    }));
    all_.push_back(asked(at("volumes"), smallVolumes(), [](const Problem& problem) {
      return std::make_shared<const DsUnet3d>(0.25, problem.schema, problem.outputs, Seed{1},
                                              torch::kCPU);
    }));
  }

  void everyKindAnswersInItsOwnWay() {
    const auto answer = [&](std::size_t kind) {
      const Asked& a = all_[kind];
      const auto prediction = a.predictor->predict(*a.source, a.cases.front());
      return prediction->answer(prediction->available()).value();
    };
    const auto probabilities = std::get<std::vector<double>>(answer(0));
    QCOMPARE(probabilities.size(), std::size_t{3});
    QVERIFY(std::abs(std::accumulate(probabilities.begin(), probabilities.end(), -1.0)) < 1e-6);
    const auto classes = std::get<LabelPicture>(answer(1));
    QCOMPARE(classes.height, std::size_t{24});  // what was filled up is no answer
    QCOMPARE(classes.width, std::size_t{40});
    const auto labels = std::get<LabelVolume>(answer(2));
    QVERIFY(labels.grid.matches(readCase(all_[2].cases.front()).grid));
  }

  void aTableOfManyHoldsWhatIsSaidOfEachAlone() {
    for (const Asked& a : all_) {
      std::size_t compared = 0;
      EvaluationOptions options;
      options.each = [&](const CaseInfo& info, const SubsetTable& table) {
        const auto prediction = a.predictor->predict(*a.source, info);
        for (const SubsetTable::Row& row : table.rows) {
          if (row.cases == 0) continue;
          const auto alone = prediction->scores(row.set);
          QCOMPARE(alone->cases, 1);
          for (std::size_t k = 0; k < row.scores.size(); ++k)
            QVERIFY(std::isnan(row.scores[k]) ? std::isnan(alone->scores[k])
                                              : std::abs(alone->scores[k] - row.scores[k]) < 1e-4);
          ++compared;
        }
      };
      QVERIFY(a.predictor->evaluate(*a.source, a.cases, {}, options));
      QVERIFY(compared >= a.cases.size());
    }
  }

  void whatACaseLacksCannotBeAsked() {
    const Asked& features = all_[0];
    const CaseInfo& lacking = *features.cohort.find(features.cohort.splits->at("train").front());
    const auto prediction = features.predictor->predict(*features.source, lacking);
    QCOMPARE(prediction->available().size(), std::size_t{2});
    QVERIFY_EXCEPTION_THROWN(prediction->answer(features.cohort.problem.schema.all()), Error);
    QVERIFY_EXCEPTION_THROWN(prediction->scores(features.cohort.problem.schema.all()), Error);
  }

  void aCaseThatCannotBeReadIsToldAndLeftOut() {
    for (const Asked& a : all_) {
      CaseInfo gone = a.cases.front();
      gone.id = "nobody";
      for (ModalityFile& modality : gone.modalities) modality.file = at("nobody");
      std::vector<std::string> lost;
      EvaluationOptions options;
      options.leftOut = [&](const CaseInfo& info, const std::string&) { lost.push_back(info.id); };
      std::size_t begun = 0;
      options.starting = [&](std::size_t done) { begun = done; };
      const std::vector<CaseInfo> cases{gone, a.cases.front()};
      const auto table = a.predictor->evaluate(*a.source, cases, {}, options);
      QCOMPARE(table->rows.front().cases, 1);
      QCOMPARE(lost, std::vector<std::string>{"nobody"});
      QCOMPARE(begun, std::size_t{&a == &all_[0] ? 0u : 1u});  // features go together
      QVERIFY(contains(sentenceOf([&] { a.predictor->evaluate(*a.source, {gone}); }),
                       "None of the 1 cases can be scored."));
    }
  }

  void onlyVolumesAreSegmented() {
    QCOMPARE(segmenterOf(*all_[2].predictor).options().window, std::int64_t{32});
    QVERIFY_EXCEPTION_THROWN(segmenterOf(*all_[0].predictor), Error);
  }

 private:
  fs::path at(const char* name) const { return folder_.filePath(name).toStdString(); }

  QTemporaryDir folder_;
  std::vector<Asked> all_;  ///< features, pictures, volumes
};

GUILESS_TEST(PredictorTest)
#include "predictor_test.moc"
