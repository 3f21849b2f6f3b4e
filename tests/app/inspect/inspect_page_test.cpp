#include "app/inspect/inspect_page.h"

#include <QComboBox>
#include <QSlider>
#include <QTabWidget>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <algorithm>

#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_undo.h"
#include "app/inspect/pictures/pictures_view.h"
#include "app/jobs/inspection/picture_findings.h"
#include "app/settings/app_settings.h"
#include "core/files/atomic_file.h"
#include "core/runs/run_store.h"
#include "tests/app/jobs/inspection/made_up_inspection.h"
#include "tests/test_program.h"
#include "tests/widgets/pictures/made_up_picture.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/step_slider.h"
#include "widgets/pictures/picture_grid.h"
#include "widgets/tables/adaptation_table.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

std::vector<std::vector<float>> blackStreet() {
  auto black = street()->modalities;
  for (auto& values : black) std::fill(values.begin(), values.end(), 0.0F);
  return black;
}

/// A street in which every pixel is of the first class. What stands in for a modality is black. The
/// run "adapted" is an adaptation.
class MadeUpStreets : public MadeUpInspection {
 public:
  OpenedRun openRun(const std::filesystem::path& folder,
                    std::optional<std::int64_t> snapshot) override {
    OpenedRun opened = MadeUpInspection::openRun(folder, snapshot);
    if (folder.filename() == "adapted")
      opened.adapters = AdaptersWorth{streetProblem().schema,
                                      "mIoU on the test split",
                                      {{ModalitySet(kDepth), 1234, 0.25, 0.5, true}}};
    return opened;
  }

 protected:
  std::shared_ptr<InspectedCase> makeCase() override {
    const auto loaded = std::make_shared<InspectedPicture>();
    loaded->sample = street();
    loaded->available = ModalitySet::fromBits(loaded->sample->available);
    return loaded;
  }
  std::shared_ptr<InspectionAnswer> makeAnswer() override {
    const auto answer = std::make_shared<PicturePrediction>();
    const auto seen = street();
    answer->given = std::make_shared<const std::vector<std::vector<float>>>(blackStreet());
    answer->classes = std::make_shared<const LabelPicture>(LabelPicture{
        seen->height, seen->width, std::vector<std::uint8_t>(seen->height * seen->width)});
    return answer;
  }
};

/// Two of seven subsets are scored when it stops.
class UnfinishedStreets : public MadeUpStreets {
 public:
  void answer(const InspectionRequest& request, std::stop_token stop,
              InspectionListener& listener) override {
    MadeUpStreets::answer(request, stop, listener);
    listener.onProgress(2, 7);
  }
};

std::shared_ptr<const Cohort> streets() {
  auto cohort = *madeUpCohort();
  cohort.problem = streetProblem();
  return std::make_shared<const Cohort>(cohort);
}

/// As a run leaves it, without weights.
void makeFinishedRun(const std::filesystem::path& folder, const Problem& problem) {
  const RunFolder run = RunFolder::createAt(folder, {});
  const RunManifest manifest(problem);
  run.writeManifest(manifest);
  RunStatus status;
  status.state = RunState::Finished;
  run.writeStatus(status);
  writeAtomically(run.checkpoints() / "last.safetensors", "");
}

}  // namespace

/// The page around a view, with answers that are made up: no files, no networks.
class InspectPageTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  const AppSettings settings_{folder_.filePath("settings.ini").toStdString()};

  struct Open {
    InspectPage page;
    InspectController controller;

    explicit Open(
        const AppSettings& settings,
        const MakeInspection& make = [](Task) { return std::make_unique<MadeUpStreets>(); })
        : controller(page, settings, nullptr, make) {
      controller.setCohort(streets());
      controller.openRun("good");
    }
  };

 private Q_SLOTS:
  void theScreenSaysTheSetOfTheAnswerNotThatOfTheSwitches() {
    Open open(settings_);
    QCOMPARE(open.controller.caseId(), std::string("a"));
    QTRY_COMPARE(open.page.showing(), QString("Showing: RGB, AoLP, Depth (Heat missing)"));
    open.controller.toggle(kDepth);
    QVERIFY(!open.page.switches()->set().contains(kDepth));
    QCOMPARE(open.page.showing(), QString("Showing: RGB, AoLP, Depth (Heat missing)"));
    QTRY_COMPARE(open.page.showing(), QString("Showing: RGB, AoLP (Depth left out; Heat missing)"));
  }

  void whatIsSwitchedIsTakenBack() {
    Open open(settings_);
    QTRY_VERIFY(open.controller.view().shown());
    open.controller.toggle(kDepth);
    QTRY_VERIFY(!open.controller.view().shown()->contains(kDepth));
    open.page.undo().undoAction()->trigger();
    QVERIFY(open.page.switches()->set().contains(kDepth));
    QTRY_VERIFY(open.controller.view().shown()->contains(kDepth));
  }

  void aStepThatWasKeptCanBeLookedBackAt() {
    Open open(settings_);
    QTRY_VERIFY(open.controller.view().shown());
    QCOMPARE(open.page.steps()->step(), std::int64_t{100});
    QVERIFY(open.page.caption().contains("good  ·  step 100"));
    open.page.compare()->click();
    open.page.steps()->findChild<QSlider*>()->setValue(0);
    QVERIFY(!open.controller.view().shown());
    QTRY_VERIFY(open.page.caption().contains("good  ·  step 50  ·  Kept: RGB, AoLP, Depth"));
    QTRY_VERIFY(open.controller.view().shown());
    QCOMPARE(open.page.steps()->step(), std::int64_t{50});
  }

  void whatTakesTimeIsNamed() {
    Open open(settings_, [](Task) { return std::make_unique<UnfinishedStreets>(); });
    QTRY_COMPARE(open.page.busyWords(), QString("Scoring 2 of 7 subsets"));
  }

  void anotherCaseEndsTheComparison() {
    Open open(settings_);
    QVERIFY(!open.page.compare()->isEnabled());
    QTRY_VERIFY(open.page.compare()->isEnabled());
    open.page.compare()->click();
    QVERIFY(!open.page.comparison()->isHidden());
    open.controller.openCase("b");
    QVERIFY(open.page.comparison()->isHidden());
    QVERIFY(!open.page.compare()->isEnabled());
    QTRY_VERIFY(open.page.compare()->isEnabled());
  }

  void whatGoesWrongIsSaidAndNothingStaysUnderWay() {
    Open open(settings_);
    QTRY_VERIFY(open.controller.view().shown());
    open.controller.openCase("broken");
    QCOMPARE(open.page.busyWords(), QString("Reading the picture"));
    QTRY_COMPARE(open.page.notice()->sentence(), QString("The case is broken."));
    QCOMPARE(open.page.busyWords(), QString());
    open.controller.openRun("broken");
    open.controller.openCase("a");
    QTRY_COMPARE(open.page.notice()->sentence(), QString("The run is broken."));
    QTRY_COMPARE(open.page.busyWords(), QString());
    QTRY_VERIFY_WITH_TIMEOUT(open.controller.view().inspected(), 60000);
    QVERIFY(!open.controller.view().run());
  }

  /// Without a prediction, tiles show their own pictures.
  void whatStandsInGoesWithItsPrediction() {
    Open open(settings_);
    QTRY_VERIFY(open.controller.view().inspected());
    const auto& tile = *dynamic_cast<PicturesView&>(open.controller.view()).grid().tile(kColour);
    const auto looks = [&] { return tile.render({200, 160}, 1); };
    open.controller.toggle(kColour);
    QTRY_COMPARE(tile.state(), TileState::LeftOut);
    const QImage black = looks();
    open.controller.openRun("broken");
    QTRY_COMPARE(open.page.notice()->sentence(), QString("The run is broken."));
    QVERIFY(looks() != black);
  }

  /// Whether nothing or a run was chosen for the data before, the newest that fits is suggested.
  void aRunThatDoesNotFitIsLeftForOneThatDoes() {
    AppSettings settings(folder_.filePath("others.ini").toStdString());
    const std::filesystem::path runs = folder_.filePath("runs").toStdString();
    settings.setRunsFolder(runs);
    Problem other = streetProblem();
    other.schema =
        ModalitySchema({{"rgb", "RGB"}, {"pol", "Polarised"}, {"nir", "NIR"}, {"heat", "Heat"}});
    makeFinishedRun(runs / "streets" / "20260101-000001-one-0001", streetProblem());
    makeFinishedRun(runs / "streets" / "20260101-000002-two-0002", other);
    Open open(settings);
    open.controller.openRun(runs / "streets" / "20260101-000001-one-0001");
    QTRY_VERIFY(open.controller.view().run());
    open.controller.setCohort(std::make_shared<const Cohort>(Cohort{other}));
    QVERIFY(!open.controller.view().run());
    open.controller.activate();
    QTRY_VERIFY(open.controller.view().run());
    QCOMPARE(open.controller.view().run()->folder.filename().string(),
             std::string("20260101-000002-two-0002"));
  }

  void onlyAnAdaptationHasATabOfItsAdapters() {
    Open open(settings_);
    QTabWidget& tabs = *open.page.tabs();
    const int last = tabs.count() - 1;
    QCOMPARE(tabs.tabText(last), QString("Adapters"));
    QTRY_VERIFY(open.controller.view().run());
    QVERIFY(!tabs.isTabVisible(last));
    open.controller.openRun("adapted");
    QTRY_VERIFY(tabs.isTabVisible(last));
    const QTableWidget& table = *open.page.adapters()->view();
    QCOMPARE(table.rowCount(), 1);
    QStringList row;
    for (int column = 0; column < table.columnCount(); ++column)
      row << table.item(0, column)->text();
    QCOMPARE(row, (QStringList{"Depth", "0.250", "0.500", "+0.250", "1,234"}));
    open.controller.openRun("good");
    QVERIFY(!tabs.isTabVisible(last));
  }

  void whatStandsInForTheRestHoldsForTheNextCase() {
    Open open(settings_);
    const int row = static_cast<int>(Corruption::Noise);
    open.page.switchedOff()->setCurrentIndex(row);
    Q_EMIT open.page.switchedOff()->activated(row);
    open.controller.toggle(kAngle);
    QTRY_COMPARE(open.page.showing(),
                 QString("Showing: RGB, Depth (noise for AoLP; Heat missing)"));
    open.controller.openCase("b");
    QCOMPARE(open.page.showing(), QString("No prediction"));
    QTRY_COMPARE(open.page.showing(),
                 QString("Showing: RGB, Depth (noise for AoLP; Heat missing)"));
  }
};

WINDOW_TEST(InspectPageTest)
#include "inspect_page_test.moc"
