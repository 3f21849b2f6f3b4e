#include "core/inference/predictor.h"

#include <QTemporaryDir>
#include <QTest>
#include <numeric>

#include <torch/types.h>

#include "core/inference/volumes/volume_predictor.h"
#include "core/phantom/phantom.h"
#include "tests/core/featurefile/made_up_features.h"
#include "tests/core/files/thrown.h"
#include "tests/core/imagefolder/made_up_pictures.h"
#include "tests/core/inference/asked.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace fs = std::filesystem;

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
    all_.push_back(askedFeatures(at("features.h5")));
    all_.push_back(askedPictures(at("pictures")));
    all_.push_back(askedVolumes(at("volumes")));
  }

  void everyKindAnswersInItsOwnWay() {
    const auto answer = [&](std::size_t kind) {
      const Asked& a = all_[kind];
      const auto prediction = a.predict(a.cases.front());
      return prediction->answer(prediction->available()).value();
    };
    const auto probabilities = std::get<std::vector<double>>(answer(0));
    QCOMPARE(probabilities.size(), std::size_t{3});
    QVERIFY(std::abs(std::accumulate(probabilities.begin(), probabilities.end(), -1.0)) < 1e-6);
    const auto classes = *std::get<std::shared_ptr<const LabelPicture>>(answer(1));
    QCOMPARE(classes.height, std::size_t{24});  // what was filled up is no answer
    QCOMPARE(classes.width, std::size_t{40});
    const auto labels = *std::get<std::shared_ptr<const LabelVolume>>(answer(2));
    QVERIFY(labels.grid.matches(readCase(all_[2].cases.front()).grid));
  }

  void aTableOfManyHoldsWhatIsSaidOfEachAlone() {
    for (const Asked& a : all_) {
      std::size_t compared = 0;
      EvaluationOptions options;
      options.each = [&](const CaseInfo& info, const SubsetTable& table) {
        const auto prediction = a.predict(info);
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
    const auto prediction = features.predict(lacking);
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
    const VolumePredictor& volumes = volumePredictorOf(*all_[2].predictor);
    QCOMPARE(volumes.segmenter().options().window, std::int64_t{32});
    QVERIFY_EXCEPTION_THROWN(volumePredictorOf(*all_[0].predictor), Error);
  }

 private:
  fs::path at(const char* name) const { return folder_.filePath(name).toStdString(); }

  QTemporaryDir folder_;
  std::vector<Asked> all_;  ///< features, pictures, volumes
};

GUILESS_TEST(PredictorTest)
#include "predictor_test.moc"
