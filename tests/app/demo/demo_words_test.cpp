#include "app/demo/demo_words.h"

#include <QTest>

#include "core/problem/brats.h"
#include "tests/core/demo/made_up_demo.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

constexpr ModalityId kT1(0), kT1ce(1), kT2(2), kFlair(3);

std::shared_ptr<const LabelVolume> labelsOf(const VoxelGrid& grid, int enhancing, int oedema) {
  LabelVolume labels{grid, std::vector<std::uint8_t>(static_cast<std::size_t>(grid.voxelCount()))};
  std::fill_n(labels.voxels.begin(), enhancing, std::uint8_t{4});
  std::fill_n(labels.voxels.begin() + enhancing, oedema, std::uint8_t{2});
  return std::make_shared<const LabelVolume>(labels);
}

/// Voxels of 1 mL: 4 of them enhance, 6 are oedema. Without T1ce none enhances, without FLAIR there
/// is no oedema; of the second network both hold as soon as anything is missing.
Demo brainDemo() {
  Demo demo(bratsModalities());
  demo.regions = bratsRegions();
  demo.grid = {{4, 5, 1}, {10, 10, 10}, {}, {Vec3{1, 0, 0}, Vec3{0, 1, 0}, Vec3{0, 0, 1}}};
  const auto image = std::make_shared<const Volume>(Volume{demo.grid, std::vector<float>(20, 1)});
  demo.images.assign(4, image);
  demo.truth = labelsOf(demo.grid, 4, 6);
  for (const bool taught : {true, false}) {
    DemoNetwork network;
    network.name = taught ? "gmd" : "joint";
    network.sawSubsets = taught;
    network.decides = "et";
    for (const ModalitySet set : allSubsets(demo.schema)) {
      const bool whole = set == demo.schema.all();
      DemoAnswer& answer = network.answers.emplace_back(set);
      answer.labels = labelsOf(demo.grid, (taught ? set.contains(kT1ce) : whole) ? 4 : 0,
                               (taught ? set.contains(kFlair) : whole) ? 6 : 0);
      if (whole) answer.shares = {0.05, 0.7, 0.05, 0.2};
    }
    demo.networks.push_back(network);
  }
  return demo;
}

}  // namespace

class DemoWordsTest : public QObject {
  Q_OBJECT

  std::shared_ptr<const OpenedDemo> opened_ = opened(brainDemo());
  const ModalitySet all_ = bratsModalities().all();

 private Q_SLOTS:
  void clinicalNamesAreUsed() {
    QCOMPARE(QString::fromStdString(DemoWords::clinical(bratsModalities()).label(kT1ce)),
             QString("T1 with contrast"));
    QCOMPARE(DemoWords::nameOf(bratsRegions()[2]), QString("Enhancing core"));
    Region own{"lesion", "LESION", "clinically significant lesion", {1}};
    QCOMPARE(DemoWords::nameOf(own), QString("Clinically significant lesion"));
  }

  void whatIsMissedIsSaidWithItsVolumes() {
    QCOMPARE(DemoWords::change(*opened_, *all_.without(kT1ce)),
             QString("Without T1 with contrast the computer misses much: Enhancing core 4.0 → 0.0 "
                     "mL of 4.0."));
  }

  void whatChangesNothingIsSaidToo() {
    QVERIFY(DemoWords::change(*opened_, *all_.without(kT2)).contains("hardly anything changes"));
    QVERIFY(
        DemoWords::change(*opened_, all_).startsWith("All scans are used: Whole tumour 10.0 mL"));
  }

  void theScanThatWouldHelpIsNamed() {
    QCOMPARE(DemoWords::best(*opened_, *all_.without(kT1ce)),
             QString("T1 with contrast would help most."));
    QVERIFY(DemoWords::best(*opened_, all_).startsWith("The scan that is needed most is"));
    QCOMPARE(DemoWords::best(*opened_, *all_.without(kT1)), QString("No further scan would help."));
  }

  void whatDecidesIsTheLargestShare() {
    QCOMPARE(
        DemoWords::decides(*opened_, all_),
        QString("About the Enhancing core, T1 with contrast decides most: 70 % of the evidence. "
                "Each colour is one scan: the clearer the colour, the clearer the decision."));
    QVERIFY(DemoWords::decides(*opened_, ModalitySet(kT1)).startsWith("From these scans nothing"));
  }

  void aNarrowLeadDecidesNothing() {
    Demo demo = brainDemo();
    demo.networks[0].answers.front().shares = {0.24, 0.28, 0.24, 0.24};
    QCOMPARE(
        DemoWords::decides(*opened(demo), all_),
        QString("About the Enhancing core no single scan decides: T1 with contrast has 28 % of "
                "the evidence. Each colour is one scan: the clearer the colour, the clearer the "
                "decision."));
  }

  void networksAreComparedWhereTheyDiffer() {
    const QString words = DemoWords::compared(*opened_, *all_.without(kT2));
    QVERIFY2(words.contains("the ordinary network finds 0.0 mL, the network taught to cope"),
             qPrintable(words));
  }

  void everythingThatIsDoubtedIsSaid() {
    Demo demo = madeUpDemo(false);
    demo.networks[0].trainedOnPatient = true;
    const QString all = DemoWords::warnings(demo).join('\n');
    for (const auto* part : {"made up", "made-up heads only", "Training saw", "no scan B",
                             "voxels measure 3 mm", "scan B is empty"})
      QVERIFY2(all.contains(part), part);
    QVERIFY(DemoWords::warnings(brainDemo()).isEmpty());
  }

  void anEmptyRegionGivesNoAdvice() {
    Demo demo = brainDemo();
    demo.truth = labelsOf(demo.grid, 0, 0);
    QVERIFY(DemoWords::best(*opened(demo), all_).startsWith("There is nothing to find"));
  }

  void everyPlaceInAStoryIsFilled() {
    const QString words =
        DemoWords::filled("{volumes} {change} {best} {decides} {compared} {warnings} {most-needed}",
                          *opened_, DemoLook(all_));
    QVERIFY2(!words.contains('{'), qPrintable(words));
  }
};

GUILESS_TEST(DemoWordsTest)
#include "demo_words_test.moc"
