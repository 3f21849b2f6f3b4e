#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <cmath>

#include <torch/types.h>

#include "core/imagefolder/picture.h"
#include "core/phantom/phantom.h"
#include "core/volume/volume_io.h"
#include "tests/core/hdf5/hdf5_writer.h"
#include "tests/core/imagefolder/made_up_pictures.h"
#include "tests/core/inference/asked.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

namespace fs = std::filesystem;
using Planes = std::vector<std::vector<float>>;
using Volumes = std::vector<std::shared_ptr<const Volume>>;

/// Cases of one cohort: `mixed` is `own` with one modality of `other`'s.
struct Mixture {
  Asked all;
  CaseInfo own, other, mixed;
  ModalityId replaced;

  ModalitySet others() const { return *all.cohort.problem.schema.all().without(replaced); }
  LeftOutModalities shuffled() const { return {Corruption::Shuffled, other}; }
};

/// The mixed sample is the third of each split.
Mixture features(const fs::path& file) {
  {
    Hdf5Writer writer(file);
    for (const std::string split : {"/train", "/valid", "/test"}) {
      writer.floats(split + "/shape", {3, 2}, {1, 2, -2, 5, 1, 2});
      writer.floats(split + "/colour", {3, 2}, {3, 40, 7, -10, 7, -10});
      writer.integers(split + "/labels", {3}, {0, 1, 0});
    }
  }
  Asked all = askedFeatures(file);
  const ModalityId colour = all.cohort.problem.schema.find("colour").value();
  const std::vector<CaseInfo> cases = all.cases;
  return {std::move(all), cases.at(0), cases.at(1), cases.at(2), colour};
}

/// Of 40 × 24 pixels, which are filled up to 48 × 32 for the network.
Mixture pictures(const fs::path& folder) {
  writeMadeUpPictures(folder);
  fs::copy(folder / "rgb" / "scene4.png", folder / "rgb" / "mixed.png");
  fs::copy(folder / "depth" / "scene5.png", folder / "depth" / "mixed.png");
  fs::copy(folder / "label" / "scene4.png", folder / "label" / "mixed.png");
  writeLines(folder / "valid.txt", "scene4\nscene5\nmixed\n");
  Asked all = askedPictures(folder);
  const ModalityId depth = all.cohort.problem.schema.find("depth").value();
  const std::vector<CaseInfo> cases = all.cases;
  return {std::move(all), cases.at(0), cases.at(1), cases.at(2), depth};
}

/// The other has the squares of the own's values: the same head, another contrast.
Mixture volumes(const fs::path& folder) {
  PhantomOptions phantom;
  phantom.cases = 3;
  phantom.size = 24;
  phantom.spacing = 6;
  writePhantomCohort(phantom, folder / "cohort");
  Asked all = askedVolumes(folder / "cohort");
  const CaseInfo own = all.cases.front();
  CaseInfo other = own, mixed = own;
  for (std::size_t m = 0; m < own.modalities.size(); ++m) {
    Volume squares = readVolume(own.modalities[m].file).volume;
    for (float& v : squares.voxels) v *= v;
    other.modalities[m].file = folder / (std::to_string(m) + ".nii.gz");
    writeVolume(other.modalities[m].file, squares);
  }
  const ModalityId t2 = all.cohort.problem.schema.find("t2").value();
  mixed.modalities[t2.index()] = other.modalities[t2.index()];
  return {std::move(all), own, other, mixed, t2};
}

std::vector<double> numbersOf(const CaseAnswer& answer) {
  if (const auto* values = std::get_if<std::vector<double>>(&answer)) return *values;
  const auto* classes = std::get_if<std::shared_ptr<const LabelPicture>>(&answer);
  const auto& all = classes != nullptr
                        ? (*classes)->values
                        : std::get<std::shared_ptr<const LabelVolume>>(answer)->voxels;
  return {all.begin(), all.end()};
}

bool areClose(const std::vector<double>& a, const std::vector<double>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](double x, double y) { return std::abs(x - y) < 1e-6; });
}

}  // namespace

/// What a network is given in the place of modalities that are left out of a set.
class LeftOutTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void initTestCase() {
    all_.push_back(features(at("features.h5")));
    all_.push_back(pictures(at("pictures")));
    all_.push_back(volumes(at("volumes")));
  }

  void anothersModalityIsAsIfTheFileHeldIt() {
    for (const Mixture& a : all_) {
      bool differs = false;  // some untrained networks give all pixels one class
      for (std::uint64_t seed = 1; seed <= 20 && !differs; ++seed) {
        const torch::NoGradGuard noGrad;
        torch::manual_seed(seed);
        a.all.network->parameters().normal_(0, 0.5);
        const auto asHeld = a.all.predict(a.mixed)->answer(a.all.cohort.problem.schema.all());
        const auto given = a.all.predict(a.own, a.shuffled())->answer(a.others());
        const auto absent = a.all.predict(a.own)->answer(a.others());
        QVERIFY(areClose(numbersOf(*given), numbersOf(*asHeld)));
        differs = !areClose(numbersOf(*given), numbersOf(*absent));
      }
      QVERIFY2(differs, a.own.id.c_str());
    }
  }

  void aTableOfManyGivesTheSame() {
    for (const Mixture& a : all_) {
      EvaluationOptions options;
      options.subsets = {a.others()};
      options.leftOutModalities = {a.shuffled()};
      const auto table = a.all.predictor->evaluate(*a.all.source, {a.own}, {}, options);
      const auto alone = a.all.predict(a.own, a.shuffled())->scores(a.others());
      QCOMPARE(table->rows.front().cases, 1);
      for (std::size_t k = 0; k < alone->scores.size(); ++k)
        QVERIFY(std::isnan(alone->scores[k]) ||
                std::abs(alone->scores[k] - table->rows.front().scores[k]) < 1e-4);
    }
  }

  void onlyAnothersModalitiesNeedAnother() {
    for (const Mixture& a : all_)
      for (const Corruption how : {Corruption::Noise, Corruption::Constant}) {
        QVERIFY(a.all.predict(a.own, {how})->answer(a.others()).has_value());
        EvaluationOptions options;
        options.leftOutModalities = {{how}};
        QVERIFY(a.all.predictor->evaluate(*a.all.source, {a.own}, {}, options).has_value());
      }
  }

  void whatStandsInCanBeLookedAt() {
    const auto standIns = [&](std::size_t kind) {
      return all_[kind].all.predict(all_[kind].own, all_[kind].shuffled())->standIns();
    };
    // Colours 3, 7, 7 have a mean of 17/3 and a deviation of 4/3 √2; so do 40, −10, −10 but for
    // the factor −12.5: the other's are ±1/√2.
    const auto colour = std::get<Planes>(standIns(0)).at(all_[0].replaced.index());
    QCOMPARE(colour.size(), std::size_t{2});
    QVERIFY(std::abs(colour[0] - std::sqrt(0.5)) < 1e-5);
    QVERIFY(std::abs(colour[1] + std::sqrt(0.5)) < 1e-5);

    const auto planes = std::get<Planes>(standIns(1));
    const Picture file = readPicture(fs::path(at("pictures")) / "depth" / "scene5.png");
    const auto& depth = planes.at(all_[1].replaced.index());
    QCOMPARE(depth.size(), std::size_t{24 * 40});  // what was filled up is no picture
    for (std::size_t i = 0; i < depth.size(); ++i)
      QVERIFY(std::abs(depth[i] - file.values[i]) < 1e-5F);

    const auto seen = std::get<Volumes>(standIns(2));
    QCOMPARE(seen.size(), std::size_t{4});
    const Volume intact = *readCase(all_[2].own).modalities.front();
    const Volume& t1 = *seen.front();
    QVERIFY(t1.grid.matches(intact.grid));
    const auto most = [](const Volume& volume) {
      return std::max_element(volume.voxels.begin(), volume.voxels.end()) - volume.voxels.begin();
    };
    for (std::size_t i = 0; i < intact.voxels.size(); ++i)
      QVERIFY(intact.voxels[i] != 0 ? t1.voxels[i] >= 0 : t1.voxels[i] == 0);
    QVERIFY(t1.voxels[static_cast<std::size_t>(most(intact))] ==
            t1.voxels[static_cast<std::size_t>(most(t1))]);
  }

  void nothingStandsInForWhatIsAbsent() {
    for (const Mixture& a : all_)
      QVERIFY(std::visit([](const auto& each) { return each.empty(); },
                         a.all.predict(a.own)->standIns()));
  }

 private:
  std::string at(const char* name) const { return folder_.filePath(name).toStdString(); }

  QTemporaryDir folder_;
  std::vector<Mixture> all_;  ///< features, pictures, volumes
};

GUILESS_TEST(LeftOutTest)
#include "left_out_test.moc"
