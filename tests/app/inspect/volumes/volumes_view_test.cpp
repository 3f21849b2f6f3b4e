#include "app/inspect/volumes/volumes_view.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>
#include <QToolButton>

#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/volumes/region_readout.h"
#include "app/inspect/volumes/volume_saving.h"
#include "app/pages/run_choice.h"
#include "core/base/error.h"
#include "core/files/atomic_file.h"
#include "core/problem/brats.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"
#include "tests/app/pages/pages_fixture.h"
#include "tests/test_program.h"
#include "widgets/bridge/palette.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/sharing/sharing_diagram.h"
#include "widgets/controls/step_slider.h"
#include "widgets/scene/scene_view.h"
#include "widgets/slices/tile_grid.h"
#include "widgets/tables/dominance_panel.h"
#include "widgets/tables/subset_table_view.h"

using namespace modascope;
using namespace modascope::testing;

class VolumesViewTest : public PagesFixture {
  Q_OBJECT
  static constexpr ModalityId kT1ce{1};

 private Q_SLOTS:
  void thePageShowsTheSetThatTheResultCarries() {
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    controller.setCohort(cohort());
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(view.table(), 60000);
    QCOMPARE(page.showing(), "Showing: T1, T1ce, T2, FLAIR");
    QCOMPARE(view.widgets().tiles->tile(kT1ce)->state(), TileState::On);

    controller.toggle(kT1ce);  // asked, not yet answered: the picture is still the old one
    QVERIFY(!page.switches()->set().contains(kT1ce));
    QCOMPARE(page.showing(), "Showing: T1, T1ce, T2, FLAIR");
    QCOMPARE(view.widgets().tiles->tile(kT1ce)->state(), TileState::On);

    QTRY_COMPARE_WITH_TIMEOUT(page.showing(), "Showing: T1, T2, FLAIR (T1ce left out)", 60000);
    QCOMPARE(view.widgets().tiles->tile(kT1ce)->state(), TileState::LeftOut);
    QCOMPARE(page.subsets()->selectedSet().value(), *view.shown());
    QVERIFY(page.sharing()->words().endsWith("T1ce's branch does not run."));
  }

  void aRowOfTheTableShowsThatSubset() {
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    controller.setCohort(cohort());
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(view.table(), 60000);
    const ModalitySet only(kT1ce);
    Q_EMIT page.subsets()->selected(only);
    QTRY_COMPARE_WITH_TIMEOUT(*view.shown(), only, 60000);
    QCOMPARE(page.switches()->set(), only);
  }

  void anExplanationIsOfTheSetOnShowAndGoesWithIt() {
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    controller.setCohort(cohort());
    QVERIFY(!view.widgets().dominance->button()->isEnabled());
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(view.shown(), 60000);
    QVERIFY(view.widgets().dominance->button()->isEnabled());
    QVERIFY(!view.widgets().dominance->layer().empty());
    view.widgets().dominance->button()->click();
    QTRY_VERIFY_WITH_TIMEOUT(view.widgets().dominance->attribution(), 60000);
    QCOMPARE(view.widgets().dominance->attribution()->set, *view.shown());
    QCOMPARE(view.widgets().dominance->attribution()->removals.each.size(), std::size_t{4});
    const auto noted = [&] {
      return view.widgets().tiles->tile(kT1ce)->accessibleName().contains("% attribution");
    };
    const auto& shares = view.widgets().dominance->attribution()->shares;
    QCOMPARE(noted(), !shares.empty() && !shares.front().shares.empty());
    controller.toggle(kT1ce);
    QTRY_VERIFY_WITH_TIMEOUT(!view.shown()->contains(kT1ce), 60000);
    QVERIFY(!view.widgets().dominance->attribution());
    QVERIFY(!noted());
    QCOMPARE(view.widgets().dominance->mapView(), MapView::Segmentation);

    view.widgets().dominance->button()->click();
    QCOMPARE(view.widgets().dominance->button()->text(), QString("Stop"));
    view.widgets().dominance->button()->click();  // thought better of it
    QCOMPARE(view.widgets().dominance->button()->text(), QString("Explain"));
    view.widgets().dominance->places()->setCurrentIndex(1);
    view.widgets().dominance->button()->click();
    QTRY_VERIFY_WITH_TIMEOUT(view.widgets().dominance->attribution(), 60000);
    QVERIFY(view.widgets().dominance->attribution()->picked);
    QVERIFY(view.dominance().within());

    view.widgets().dominance->button()->click();
    QVERIFY(!view.widgets().dominance->attribution());  // of the question before
    QVERIFY(!noted());
    controller.toggle(kT1ce);  // before the answer came
    QTRY_VERIFY_WITH_TIMEOUT(view.shown()->contains(kT1ce), 60000);
    for (const auto* label : view.widgets().dominance->findChildren<QLabel*>())
      QVERIFY2(!label->text().startsWith("Explaining"), "still says that it is at work");
  }

  void theSliderLooksBackAndAsksAgain() {
    RunConfig config = tinyConfig(4);
    config.train.snapshotEvery = 2;
    const auto run = startTraining({data_, root_ / "back", config}, {}).run;
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    controller.setCohort(cohort());
    controller.openRun(run);
    QTRY_VERIFY_WITH_TIMEOUT(view.shown(), 60000);
    QVERIFY(!page.steps()->isHidden());
    QCOMPARE(page.steps()->step(), std::int64_t{4});
    view.widgets().dominance->button()->click();
    QTRY_VERIFY_WITH_TIMEOUT(view.dominance().attribution(), 60000);
    controller.toggle(kT1ce);
    QTRY_VERIFY_WITH_TIMEOUT(!view.shown()->contains(kT1ce), 60000);
    view.widgets().dominance->button()->click();
    QTRY_VERIFY_WITH_TIMEOUT(view.dominance().attribution(), 60000);
    page.steps()->findChild<QSlider*>()->setValue(0);
    QTRY_VERIFY_WITH_TIMEOUT(view.run()->step == 2 && view.dominance().attribution(), 60000);
    QVERIFY(view.shown());
    QCOMPARE(page.steps()->step(), std::int64_t{2});
    QVERIFY(!view.shown()->contains(kT1ce));  // the choice outlives the step
    QVERIFY(!page.switches()->set().contains(kT1ce));
    controller.openRun(run_);  // has kept no others
    QTRY_VERIFY_WITH_TIMEOUT(view.shown(), 60000);
    QVERIFY(page.steps()->isHidden());
  }

  void whatIsOnShowCanBeSaved() {
    const std::filesystem::path out = root_ / "saved";
    std::filesystem::create_directories(out);
    InspectPage page;
    page.resize(1200, 800);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    QVERIFY_EXCEPTION_THROWN(writeOfSegmentation(view)(out / "no.nii.gz"), Error);
    QVERIFY_EXCEPTION_THROWN(writeOfAttribution(view)(out / "no"), Error);
    controller.setCohort(cohort());
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(view.shown(), 60000);
    controller.toggle(kT1ce);
    QTRY_VERIFY_WITH_TIMEOUT(!view.shown()->contains(kT1ce), 60000);
    writeOfSegmentation(view)(out / "s.nii.gz");
    const auto read = readLabels(out / "s.nii.gz", view.patient()->profile).volume;
    QVERIFY(read.grid.matches(view.patient()->sourceGrid));
    QCOMPARE(resampleLabels(read, view.patient()->grid).voxels,
             view.segmentation()->labels->voxels);
    saveSlices(out / "slices.svg", view, page);
    const std::string drawn = readText(out / "slices.svg");
    for (const char* said : {"T1ce left out", "step 2", "WT", "TC", "ET", "Research use only"})
      QVERIFY2(drawn.find(said) != std::string::npos, said);
    QVERIFY(drawn.find(nameOfRun(run_).toStdString()) != std::string::npos);
    const QColor enhancing = regionColour(bratsRegions()[2], RegionColours::Own);
    QVERIFY(drawn.find(enhancing.name().toStdString()) != std::string::npos);
    saveSlices(out / "slices.png", view, page);
    const QImage picture(QString::fromStdString((out / "slices.png").string()));
    QCOMPARE(picture.width(), 3 * view.widgets().tiles->width());
    view.widgets().dominance->button()->click();
    QTRY_VERIFY_WITH_TIMEOUT(view.dominance().attribution(), 60000);
    saveSlices(out / "bare.svg", view, page, Caption::Without);
    QVERIFY(readText(out / "bare.svg").find("T1ce left out") == std::string::npos);
    for (const int scale : {1, 4}) {
      saveScene(out / "scene.png", view, page, scale);
      const QImage scene(QString::fromStdString((out / "scene.png").string()));
      QCOMPARE(scene.width(), scale * view.widgets().scene->width());
    }
    writeOfAttribution(view)(out / "maps");
    QVERIFY(std::filesystem::exists(out / "maps/attribution.json"));
    QVERIFY_EXCEPTION_THROWN(writeOfAttribution(view)(out / "maps"), Error);
  }

  void withoutATruthTheVolumeChangesAreShown() {
    RegionReadout readout;
    readout.setRegions(bratsRegions());
    readout.QWidget::show();
    const auto says = [&readout](const QString& words) {
      for (const auto* label : readout.findChildren<QLabel*>())
        if (label->isVisible() && label->text() == words) return true;
      return false;
    };
    Segmentation result;
    result.ml = {30, 20, 6};
    readout.show(result, RegionReference{{32.5, 20, 14.1}, {}});
    QVERIFY(says(u"30.0 mL"_qs));
    QVERIFY(says(u"−2.5"_qs) && says(u"0.0"_qs) && says(u"−8.1"_qs));
    QVERIFY(!says("Dice"));
    result.dice = {0.9, 0.8, 0.5};
    readout.show(result, RegionReference{{32.5, 20, 14.1}, {{0.9, 0.8, 0.81}}});
    QVERIFY(says("Dice") && says(u"−0.31"_qs) && says(u"−8.1"_qs));
  }

  void theFirstCaseShownIsOneThatTrainingHasNotSeen() {
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto all = cohort();
    controller.setCohort(all);
    QCOMPARE(controller.caseId(), all->splits->at("valid").front());
  }

  void activationTakesTheNewestRun() {
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    controller.setCohort(cohort());
    QVERIFY(!view.run());
    controller.activate();
    QTRY_VERIFY_WITH_TIMEOUT(view.run(), 60000);
    QCOMPARE(view.run()->folder, run_);
  }

  void whatReadingACaseMetIsSaid() {
    namespace fs = std::filesystem;
    const fs::path odd = root_ / "odd";
    fs::create_directories(odd);
    fs::copy(data_ / cohort()->cases[0].id, odd / "A", fs::copy_options::recursive);
    LabelVolume far{{{4, 4, 4}, {1, 1, 1}, {900, 0, 0}}, std::vector<std::uint8_t>(64, 1)};
    for (const auto& file : fs::directory_iterator(odd / "A"))
      if (file.path().string().find("_seg") != std::string::npos) {
        fs::remove(file);
        writeLabels(file, far, LabelProfile::Brats2021);
        break;
      }
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    controller.setCohort(std::make_shared<const Cohort>(openCohort(odd)));
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(view.shown(), 60000);
    QVERIFY2(page.notice()->sentence().contains("lies inside the images"),
             qPrintable(page.notice()->sentence()));
    QVERIFY(!view.segmentation()->dice);
  }

  void aSwitchCountsEvenBeforeThereIsAPrediction() {
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    controller.setCohort(cohort());
    controller.toggle(kT1ce);  // while the case is read, without a run
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(view.shown(), 60000);
    QVERIFY(!view.shown()->contains(kT1ce));
    QVERIFY(!page.switches()->set().contains(kT1ce));
  }

  void anotherFolderWithoutCasesLeavesNothingOnThePage() {
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    controller.setCohort(cohort());
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(view.shown(), 60000);
    controller.setCohort(std::make_shared<const Cohort>(Cohort{bratsProblem()}));
    QVERIFY(!view.shown());
    QVERIFY(!view.patient());
    QVERIFY(view.widgets().tiles->cells().empty());
    QVERIFY(controller.caseId().empty());
    controller.toggle(kT1ce);
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(view.run(), 60000);
    QTest::qWait(100);
    QVERIFY(!view.shown());
    QVERIFY(!page.cancel()->isVisibleTo(&page));
    QCOMPARE(page.busyWords(), QString());
  }

  void aBrokenRunIsSaidOfEveryCase() {
    const auto broken = root_ / "broken" / "20261122-160805-broken-0001";
    std::filesystem::create_directories(broken.parent_path());
    std::filesystem::copy(run_, broken, std::filesystem::copy_options::recursive);
    writeAtomically(broken / "checkpoints" / "last.safetensors", "no weights");
    InspectPage page;
    InspectController controller(page, *settings_);
    controller.setCohort(cohort());
    controller.openRun(broken);
    QCOMPARE(page.runs()->currentText(), QString("broken-0001"));
    for (const int which : {0, 1}) {
      controller.openCase(cohort()->cases[static_cast<std::size_t>(which)].id);
      QTRY_VERIFY_WITH_TIMEOUT(!page.notice()->isHidden() && page.busyWords().isEmpty(), 60000);
      QVERIFY(page.notice()->sentence().contains("last.safetensors"));
    }
  }

  void whoChoseNoRunIsLeftWithout() {
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    controller.setCohort(cohort());
    controller.activate();
    QTRY_VERIFY_WITH_TIMEOUT(view.run(), 60000);
    page.runs()->setCurrentIndex(0);
    Q_EMIT page.runs()->activated(0);
    controller.activate();
    QTest::qWait(200);
    QVERIFY(!view.run());
    QCOMPARE(page.runs()->currentIndex(), 0);
  }

  void surfacesNeverReplaceAFile() {
    InspectPage page;
    page.show();
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    controller.setCohort(cohort());
    view.widgets().scene->setLabels(nullptr);
    QVERIFY_EXCEPTION_THROWN(writeOfSurfaces(view)(root_ / "Surfaces.stl"), Error);
    QTRY_VERIFY_WITH_TIMEOUT(view.patient(), 60000);
    view.widgets().scene->setLabels({view.patient(), &*view.patient()->labels});
    QTRY_VERIFY_WITH_TIMEOUT(view.widgets().scene->surfaces(), 60000);
    writeAtomically(root_ / "Surfaces_et.stl", "mine");
    QVERIFY_EXCEPTION_THROWN(writeOfSurfaces(view)(root_ / "Surfaces.stl"), Error);
    QCOMPARE(readText(root_ / "Surfaces_et.stl"), std::string("mine"));
    QVERIFY(!std::filesystem::exists(root_ / "Surfaces_wt.stl"));
    writeOfSurfaces(view)(root_ / "Other.stl");
    QVERIFY(std::filesystem::exists(root_ / "Other_wt.stl"));
  }
};

WINDOW_TEST(VolumesViewTest)
#include "volumes_view_test.moc"
