#include "core/phantom/phantom.h"

#include <QTest>
#include <chrono>

#include "core/phantom/phantom_signal.h"
#include "core/problem/brats.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

enum Scan : std::size_t { kT1, kT1ce, kT2, kFlair };

PhantomOptions small() {
  PhantomOptions options;
  options.size = 40;
  options.spacing = 4;
  return options;
}

/// Mean of a scan over the voxels of one tissue of the tumour.
double meanOver(const Case& patient, Scan scan, Tissue tissue) {
  const auto& voxels = patient.modalities[scan]->voxels;
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < voxels.size(); ++i) {
    if (patient.labels->voxels[i] != static_cast<std::uint8_t>(tissue)) continue;
    sum += voxels[i];
    ++count;
  }
  return sum / count;
}

/// Mean over the brain without tumour.
double meanOfHealthy(const Case& patient, Scan scan) {
  const auto& voxels = patient.modalities[scan]->voxels;
  double sum = 0;
  int count = 0;
  for (std::size_t i = 0; i < voxels.size(); ++i) {
    if (voxels[i] == 0 || patient.labels->voxels[i] != 0) continue;
    sum += voxels[i];
    ++count;
  }
  return sum / count;
}

std::size_t countOf(const LabelVolume& labels, Tissue tissue) {
  return static_cast<std::size_t>(
      std::count(labels.voxels.begin(), labels.voxels.end(), static_cast<std::uint8_t>(tissue)));
}

}  // namespace

class PhantomTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theSameSeedMakesTheSameCase() {
    const Case one = makePhantom(small(), 2);
    const Case two = makePhantom(small(), 2);
    QVERIFY(one.labels->voxels == two.labels->voxels);
    for (std::size_t m = 0; m < 4; ++m) {
      QVERIFY(one.modalities[m]->voxels == two.modalities[m]->voxels);
    }
  }

  void aCaseDoesNotDependOnHowManyThereAre() {
    PhantomOptions many = small();
    many.cases = 100;
    QVERIFY(makePhantom(many, 1).labels->voxels == makePhantom(small(), 1).labels->voxels);
  }

  void otherSeedsAndNumbersMakeOtherCases() {
    PhantomOptions other = small();
    other.seed = 2;
    const auto first = makePhantom(small(), 0).labels->voxels;
    QVERIFY(first != makePhantom(small(), 1).labels->voxels);
    QVERIFY(first != makePhantom(other, 0).labels->voxels);
  }

  void theGridIsCentredAndTheSameForAll() {
    const Case patient = makePhantom(small(), 0);
    QCOMPARE(patient.grid.toWorld({19.5, 19.5, 19.5}), (Vec3{0, 0, 0}));
    QVERIFY(patient.labels->grid.matches(patient.grid));
    for (const auto& scan : patient.modalities) QVERIFY(scan->grid.matches(patient.grid));
    QCOMPARE(patient.available().value(), ModalitySet::firstOf(4));
    QCOMPARE(patient.id, std::string("Phantom_001"));
    QCOMPARE(phantomId(122), std::string("Phantom_123"));
  }

  void theBackgroundIsZeroAndTheSameInAllScans() {
    const Case patient = makePhantom(small(), 0);
    std::size_t brain = 0;
    for (std::size_t i = 0; i < patient.labels->voxels.size(); ++i) {
      const bool inside = patient.modalities[0]->voxels[i] > 0;
      brain += inside ? 1 : 0;
      for (const auto& scan : patient.modalities) QCOMPARE(scan->voxels[i] > 0, inside);
      QVERIFY(inside || patient.labels->voxels[i] == 0);
    }
    const double litres = static_cast<double>(brain) * patient.grid.voxelMl() / 1000;
    QVERIFY(litres > 1.0 && litres < 1.8);  // an adult's brain
    QCOMPARE(patient.modalities[0]->at(0, 0, 0), 0.0f);
  }

  void eachTumourHasAllTissuesAndAPlausibleSize() {
    PhantomOptions options = small();
    for (int i = 0; i < 30; ++i) {
      const LabelVolume labels = *makePhantom(options, i).labels;
      const double ml = regionMl(labels, bratsRegions()[0]);
      QVERIFY2(ml > 14 && ml < 140, std::to_string(ml).c_str());
      for (const Tissue tissue : {Tissue::Necrosis, Tissue::Oedema, Tissue::Enhancing}) {
        QVERIFY(countOf(labels, tissue) > 0);
      }
    }
  }

  void alsoTheCoarsestGridShowsAllTissues() {
    PhantomOptions coarse;
    coarse.size = 16;
    coarse.spacing = 10;
    for (int i = 0; i < 20; ++i) {
      const LabelVolume labels = *makePhantom(coarse, i).labels;
      for (const Tissue tissue : {Tissue::Necrosis, Tissue::Oedema, Tissue::Enhancing}) {
        QVERIFY(countOf(labels, tissue) > 0);
      }
    }
  }

  void tumoursGrowOnEitherSide() {
    int left = 0;
    for (int i = 0; i < 12; ++i) {
      const LabelVolume labels = *makePhantom(small(), i).labels;
      double sum = 0;
      for (std::size_t v = 0; v < labels.voxels.size(); ++v) {
        if (labels.voxels[v] != 0) sum += static_cast<double>(v % 40) - 19.5;
      }
      left += sum > 0 ? 1 : 0;
    }
    QVERIFY(left > 1 && left < 11);
  }

  void physicsOrdersTheTissuesInEachSequence() {
    auto rng = Seed{1}.stream("test");
    for (int i = 0; i < 50; ++i) {
      const auto [t1, t1ce, t2, flair] = signalsOf(rng);
      enum { kFluid, kGrey, kWhite, kOedema, kRim, kNecrosis };
      QVERIFY(t1[kWhite] > t1[kGrey] && t1[kGrey] > t1[kFluid]);
      QVERIFY(t2[kFluid] > t2[kOedema] && t2[kOedema] > t2[kGrey] && t2[kGrey] > t2[kWhite]);
      QVERIFY(t2[kNecrosis] > t2[kOedema]);
      QVERIFY(flair[kOedema] > flair[kGrey] && flair[kFluid] < 0.4 * flair[kWhite]);
      QVERIFY(t1ce[kRim] > 1.3 * t1ce[kWhite] && t1ce[kRim] > 2 * t1ce[kNecrosis]);
      QVERIFY(std::abs(t1[kRim] / t1[kOedema] - 1) < 0.25);  // T1 alone hardly tells them apart
    }
  }

  void theScansShowIt() {
    for (int i = 0; i < 5; ++i) {
      const Case patient = makePhantom({.cases = 1, .size = 48, .spacing = 10.0 / 3}, i);
      QVERIFY(meanOver(patient, kFlair, Tissue::Oedema) > 1.3 * meanOfHealthy(patient, kFlair));
      QVERIFY(meanOver(patient, kT2, Tissue::Oedema) > 1.2 * meanOfHealthy(patient, kT2));
      QVERIFY(meanOver(patient, kT1ce, Tissue::Enhancing) > 1.3 * meanOfHealthy(patient, kT1ce));
      QVERIFY(meanOver(patient, kT1ce, Tissue::Necrosis) <
              0.8 * meanOver(patient, kT1ce, Tissue::Enhancing));
      const double t1 = meanOver(patient, kT1, Tissue::Oedema) / meanOfHealthy(patient, kT1);
      QVERIFY2(t1 > 0.75 && t1 < 1.25, std::to_string(t1).c_str());
    }
  }

  void fluidIsBrightInT2AndDarkInFlair() {  // the ventricles lie beside the midline
    const Case patient = makePhantom({.cases = 1, .size = 64, .spacing = 2.5}, 0);
    const auto& t2 = patient.modalities[kT2]->voxels;
    const auto& flair = patient.modalities[kFlair]->voxels;
    double brightest = 0;
    double darkest = 1e9;
    for (std::int64_t z = 26; z < 48; ++z) {
      for (std::int64_t y = 16; y < 48; ++y) {
        for (std::int64_t x = 24; x < 40; ++x) {
          const std::size_t i = patient.grid.offset(x, y, z);
          if (patient.labels->voxels[i] != 0 || t2[i] < brightest) continue;
          brightest = t2[i];
          darkest = flair[i];
        }
      }
    }
    QVERIFY(brightest > 1.4 * meanOfHealthy(patient, kT2));
    QVERIFY(darkest < 0.5 * meanOfHealthy(patient, kFlair));
  }

  void aCaseOf64TakesWellUnderASecond() {
    const auto start = std::chrono::steady_clock::now();
    makePhantom(PhantomOptions{}, 0);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
#ifdef NDEBUG
    QVERIFY2(seconds.count() < 1.0, std::to_string(seconds.count()).c_str());
#else
    QVERIFY2(seconds.count() < 10.0, std::to_string(seconds.count()).c_str());
#endif
  }

  void sizesThatMakeNoHeadAreRefused() {
    PhantomOptions options;
    options.size = 15;
    QVERIFY(contains(sentenceOf([&] { makePhantom(options, 0); }), "16 to 256"));
    options.size = 257;
    QVERIFY(contains(sentenceOf([&] { makePhantom(options, 0); }), "16 to 256"));
    options = {};
    options.spacing = 0;
    QVERIFY(!sentenceOf([&] { makePhantom(options, 0); }).empty());
  }
};

APPLESS_TEST(PhantomTest)
#include "phantom_test.moc"
