#include "app/window/main_window.h"

#include <QDragEnterEvent>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QShortcut>
#include <QSignalSpy>
#include <QSplitter>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QTest>

#include "app/experiment/experiment_controller.h"
#include "app/inspect/choices/case_choice.h"
#include "app/inspect/features/features_view.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/volumes/volume_menu.h"
#include "app/settings/app_settings.h"
#include "app/window/manual_window.h"
#include "app/work/training/training.h"
#include "core/runs/run_store.h"
#include "tests/app/jobs/feature_run.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/app/window/tested_window.h"
#include "tests/test_program.h"
#include "widgets/controls/form/config_form.h"
#include "widgets/slices/tile_grid.h"

using namespace modascope;
using namespace modascope::testing;

class MainWindowTest : public QObject {
  Q_OBJECT
 private:
  QTemporaryDir folder_;
  std::filesystem::path root_;
  std::unique_ptr<AppSettings> settings_;

  static void press(MainWindow& window, const QString& words) {
    auto* box = window.findChild<QMessageBox*>();
    QVERIFY(box != nullptr);
    for (auto* button : box->buttons()) {
      if (button->text().contains(words)) return button->click();
    }
    QFAIL("no such button");
  }

 private Q_SLOTS:
  void initTestCase() {
    root_ = folder_.path().toStdString();
    writeTinyCohort(root_ / "tiny");
  }

  void init() {
    settings_ = std::make_unique<AppSettings>(root_ / "settings.ini");
    settings_->reset();
    settings_->setRunsFolder(root_ / "runs");
    settings_->setCacheFolder(root_ / "cache");
  }

  void theWindowOpensOnTheDemoReadyToStart() {
    TestedWindow window(*settings_);
    window.show();
    window.begin(std::nullopt);
    QTRY_VERIFY_WITH_TIMEOUT(window.inspect().view().inspected(), 120000);
    QCOMPARE(static_cast<int>(window.experiment().cohort()->cases.size()),
             ExperimentController::demoPhantom().cases);
    const auto buttons = window.findChildren<QPushButton*>();
    const auto start = std::find_if(buttons.begin(), buttons.end(), [](const QPushButton* button) {
      return button->text().contains("Start");
    });
    QVERIFY(start != buttons.end());
    QVERIFY((*start)->isEnabled());
  }

  void aFileOfFeaturesCanBeDropped() {
    const auto file = writeSentiment(root_ / "tiny.h5");
    TestedWindow window(*settings_);
    window.show();
    QMimeData mime;
    mime.setUrls({QUrl::fromLocalFile(QString::fromStdString(file.string()))});
    QDragEnterEvent enter({50, 50}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({50, 50}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&window, &drop);
    const auto isOfFeatures = [&] {
      return dynamic_cast<FeaturesView*>(&window.inspect().view()) != nullptr;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isOfFeatures() && window.inspect().view().inspected(), 60000);
    QCOMPARE(window.experiment().cohort()->cases.size(), std::size_t{24});
    QVERIFY(window.minimumSizeHint().width() <= 1111);
  }

  void whateverIsNamedOpensAsWhatItIs() {
    RunConfig config = tinyConfig(2);
    config.train.lr = 0.00123;
    const auto run = startTraining({root_ / "tiny", root_ / "named", config}, {}).run;
    {
      TestedWindow window(*settings_);
      window.show();
      window.begin(run / "checkpoints");
      QTRY_VERIFY_WITH_TIMEOUT(window.inspect().view().shown(), 120000);
      QCOMPARE(window.inspect().view().run()->folder, run);
      QCOMPARE(window.experiment().cohort()->folder, root_ / "tiny");  // the run's own data
      QVERIFY(window.inspectPage().isVisible());
    }
    settings_->setDataFolder(root_ / "tiny");
    TestedWindow window(*settings_);
    window.show();
    window.begin(run / "config.toml");
    QTRY_VERIFY_WITH_TIMEOUT(window.inspect().view().inspected(), 60000);
    QVERIFY(!window.inspectPage().isVisible());
    const auto* form = window.findChild<ConfigForm*>();
    QCOMPARE(form->config().train.lr, 0.00123);
    QCOMPARE(form->config().train.steps, std::int64_t{2});

    window.experiment().openData(run);  // as from the dialog
    QTRY_VERIFY_WITH_TIMEOUT(window.inspect().view().shown(), 60000);
    QVERIFY(window.inspectPage().isVisible());
    QCOMPARE(*settings_->dataFolder(), root_ / "tiny");  // a run is no data to come back to
  }

  void aFinishedRunCanBeInspectedFromItsNotice() {
    TestedWindow window(*settings_);
    window.show();
    window.begin(root_ / "tiny");
    QTRY_VERIFY_WITH_TIMEOUT(window.inspect().view().inspected(), 60000);
    window.experiment().setConfig(tinyConfig(2));
    window.experiment().start();
    QTRY_VERIFY_WITH_TIMEOUT(!window.experiment().isTraining(), 60000);
    const auto buttons = window.findChildren<QAbstractButton*>();
    const auto inspect = std::find_if(buttons.begin(), buttons.end(), [](const auto* button) {
      return button->text() == "Inspect";
    });
    QVERIFY(inspect != buttons.end());
    (*inspect)->click();
    QTRY_VERIFY_WITH_TIMEOUT(window.inspect().view().shown(), 60000);
    QCOMPARE(window.inspect().view().run()->folder, window.experiment().runFolder());
  }

  void closingWhileTrainingAsksAndLeavesAResumableRun() {
    TestedWindow window(*settings_);
    window.show();
    window.begin(root_ / "tiny");
    QTRY_VERIFY_WITH_TIMEOUT(window.inspect().view().inspected(), 60000);
    window.experiment().setConfig(tinyConfig(100000));
    window.experiment().start();
    QTRY_VERIFY_WITH_TIMEOUT(window.experiment().lastStep(), 60000);

    window.close();
    QVERIFY(window.isVisible());
    press(window, "Keep training");
    QTRY_VERIFY(window.findChild<QMessageBox*>() == nullptr);
    QVERIFY(window.experiment().isTraining());

    window.close();
    press(window, "Stop");
    QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), 60000);
    const auto run = RunFolder::open(window.experiment().runFolder());
    QCOMPARE(run.status().state, RunState::Interrupted);
    QVERIFY(std::filesystem::exists(run.checkpoints() / "last.safetensors"));
  }

  void theEndOfTheSessionStopsTheRunWithoutAQuestion() {
    TestedWindow window(*settings_);
    window.show();
    window.begin(root_ / "tiny");
    QTRY_VERIFY_WITH_TIMEOUT(window.inspect().view().inspected(), 60000);
    window.experiment().setConfig(tinyConfig(100000));
    window.experiment().start();
    QTRY_VERIFY_WITH_TIMEOUT(window.experiment().lastStep(), 60000);
    window.closeWithoutAsking();
    QVERIFY(window.findChild<QMessageBox*>() == nullptr);
    QTRY_VERIFY_WITH_TIMEOUT(!window.isVisible(), 60000);
    QCOMPARE(RunFolder::open(window.experiment().runFolder()).status().state,
             RunState::Interrupted);
  }

  void whatWasLookedAtAndHowComesBack() {
    const auto last = [this] {
      const auto cohort = openCohort(root_ / "tiny");
      for (const auto& info : cohort.cases)
        if (info.usable() && info.id != firstToShow(cohort)) return info.id;
      return std::string();
    }();
    std::filesystem::path run;
    {
      TestedWindow window(*settings_);
      window.show();
      window.begin(root_ / "tiny");
      QTRY_VERIFY_WITH_TIMEOUT(window.inspect().view().inspected(), 60000);
      window.experiment().setConfig(tinyConfig(2));
      for (int i = 0; i < 2; ++i) {  // the first is then not the newest
        window.experiment().start();
        QTRY_VERIFY_WITH_TIMEOUT(!window.experiment().isTraining(), 60000);
        if (i == 0) run = window.experiment().runFolder();
      }
      window.inspect().openCase(last);
      window.inspect().openRun(run);
      window.showPage("inspect");
      QTRY_VERIFY_WITH_TIMEOUT(window.inspect().view().shown(), 60000);
      OverlayStyle style = window.inspectPage().findChild<TileGrid*>()->overlayStyle();
      style.opacity = 0.8;
      style.outline = true;
      style.content = OverlayContent::Truth;
      window.inspectPage().findChild<TileGrid*>()->setOverlayStyle(style);
      window.inspectPage().findChild<TileGrid*>()->setTileLayout(TileLayout::Planes);
      for (QAction* action : window.inspectPage().findChild<VolumeMenu*>()->actions())
        if (action->text().contains("neurological")) action->trigger();
      window.inspectPage().tabs()->setCurrentIndex(2);
      window.findChild<QSplitter*>("experiment/columns")->setSizes({450, 900});
      window.close();
    }
    TestedWindow again(*settings_);
    again.show();
    again.begin(std::nullopt);
    QTRY_VERIFY_WITH_TIMEOUT(again.inspect().view().inspected(), 60000);
    QCOMPARE(again.inspect().caseId(), last);
    again.showPage("inspect");
    QTRY_VERIFY_WITH_TIMEOUT(again.inspect().view().run(), 60000);
    QCOMPARE(again.inspect().view().run()->folder, run);
    const OverlayStyle style = again.inspectPage().findChild<TileGrid*>()->overlayStyle();
    QCOMPARE(style.opacity, 0.8);
    QVERIFY(style.outline);
    QCOMPARE(style.content, OverlayContent::Prediction);  // never the expert's unasked
    QCOMPARE(again.inspectPage().findChild<TileGrid*>()->tileLayout(), TileLayout::Planes);
    QCOMPARE(again.inspectPage().tabs()->currentIndex(), 2);
    bool ticked = false;
    for (const QAction* action : again.inspectPage().findChild<VolumeMenu*>()->actions())
      ticked = ticked || (action->text().contains("neurological") && action->isChecked());
    QVERIFY(ticked);
    const auto sizes = again.findChild<QSplitter*>("experiment/columns")->sizes();
    QVERIFY(std::abs(sizes[0] - 450) < 60);
  }

  void helpShowsTheManualBesideTheWindow() {
    TestedWindow window(*settings_);
    window.show();
    const auto pressF1 = [&] {  // without a window manager no window gets the key itself
      int found = 0;
      for (auto* shortcut : window.findChildren<QShortcut*>())
        if (shortcut->key() == QKeySequence(Qt::Key_F1) && ++found > 0)
          Q_EMIT shortcut->activated();
      return found;
    };
    QCOMPARE(pressF1(), 1);
    auto* manual = window.findChild<ManualWindow*>();
    QVERIFY(manual != nullptr && manual->isVisible() && !manual->isModal());
    QCOMPARE(pressF1(), 1);
    QCOMPARE(window.findChildren<ManualWindow*>().size(), 1);
  }

  void theWindowComesBackWhereItWasAndOnAVisibleScreen() {
    {
      TestedWindow window(*settings_);
      window.show();
      window.resize(1111, 777);
      window.close();
    }
    TestedWindow again(*settings_);
    QCOMPARE(again.size(), QSize(1111, 777));
    QVERIFY(QGuiApplication::screenAt(again.frameGeometry().center()) != nullptr);
  }
};

WINDOW_TEST(MainWindowTest)
#include "main_window_test.moc"
