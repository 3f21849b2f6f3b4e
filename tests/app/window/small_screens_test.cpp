#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScreen>
#include <QSplitter>
#include <QStatusBar>
#include <QTabBar>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "app/experiment/adaptation_dialog.h"
#include "app/experiment/experiment_controller.h"
#include "app/inspect/comparison_bar.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/pages/progress_strip.h"
#include "app/settings/app_settings.h"
#include "app/work/training/training.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/app/window/tested_window.h"
#include "tests/test_program.h"
#include "widgets/controls/modality_switch.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/notice_card.h"
#include "widgets/tables/dominance_panel.h"
#include "widgets/tables/subset_table_view.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

constexpr QSize kLeastScreen(1024, 720);

/// Whether all of it lies in all that holds it.
bool isSeen(const QWidget* widget) {
  if (!widget->isVisible()) return false;
  QRect part = widget->rect();
  for (const QWidget* at = widget; !at->isWindow(); at = at->parentWidget()) {
    part.translate(at->pos());
    if (!at->parentWidget()->rect().contains(part)) return false;
  }
  return true;
}

int rowsSeen(const QTableView* table) {
  int rows = 0;
  for (int row = 0; row < table->model()->rowCount(); ++row) {
    const QRect rect = table->visualRect(table->model()->index(row, 0));
    rows += !rect.isEmpty() && table->viewport()->rect().contains(rect.topLeft()) &&
            table->viewport()->rect().contains(rect.bottomLeft());
  }
  return rows;
}

QString wordsOf(const QWidget* widget) {
  const auto* button = qobject_cast<const QAbstractButton*>(widget);
  const QRect at(widget->mapTo(widget->window(), QPoint()), widget->size());
  return QString("%1 %2 is not seen; it lies at %3, %4, %5 x %6")
      .arg(widget->metaObject()->className(), button ? button->text() : widget->accessibleName())
      .arg(at.x())
      .arg(at.y())
      .arg(at.width())
      .arg(at.height());
}

QString sizeWords(const QSize& size) {
  return QString("%1 x %2").arg(size.width()).arg(size.height());
}

}  // namespace

class SmallScreensTest : public QObject {
  Q_OBJECT
 private:
  QTemporaryDir folder_;
  std::filesystem::path root_;
  std::filesystem::path run_;
  std::unique_ptr<AppSettings> settings_;
  QFont usual_;

  static void verifyFits(const QWidget& window) {
    const QSize least = window.minimumSizeHint();
    QVERIFY2(least.width() <= kLeastScreen.width() && least.height() <= kLeastScreen.height(),
             qPrintable(sizeWords(least)));
  }

  /// What must be reached without a scroll bar, whatever is going on.
  static void verifyReached(TestedWindow& window, const QSize& screen) {
    QTest::qWait(50);  // for layouts that ask twice
    QCOMPARE(window.size(), screen);
    verifyFits(window);
    const InspectPage& page = window.inspectPage();
    QWidgetList wanted{page.cases(),
                       page.runs(),
                       page.compare(),
                       page.switchedOff(),
                       page.subsets()->meanView(),
                       page.tabs()->tabBar()};
    for (auto* one : page.switches()->findChildren<ModalitySwitch*>()) wanted << one;
    if (!page.comparison()->isHidden())
      for (auto* button : page.comparison()->findChildren<QToolButton*>()) wanted << button;
    for (const QWidget* widget : wanted)
      QTRY_VERIFY2_WITH_TIMEOUT(isSeen(widget), qPrintable(wordsOf(widget)), 5000);
  }

 private Q_SLOTS:
  void initTestCase() {
    root_ = folder_.path().toStdString();
    writeTinyCohort(root_ / "tiny");
    RunConfig config = tinyConfig(2);
    config.run.name = std::string(60, 'n');
    run_ = startTraining({root_ / "tiny", root_ / "runs", config}, {}).run;
    settings_ = std::make_unique<AppSettings>(root_ / "settings.ini");
    settings_->setRunsFolder(root_ / "runs");
    settings_->setCacheFolder(root_ / "cache");
    usual_ = QApplication::font();
  }

  void cleanup() { QApplication::setFont(usual_); }

  void everythingStaysWithinTheScreen_data() {
    QTest::addColumn<QSize>("screen");
    QTest::addColumn<double>("font");
    QTest::addColumn<int>("rows");
    QTest::newRow("1024 x 768") << QSize(1024, 736) << 1.0 << 7;
    QTest::newRow("1280 x 720") << QSize(1280, 688) << 1.0 << 7;
    QTest::newRow("1366 x 768") << QSize(1366, 736) << 1.0 << 8;
    QTest::newRow("1280 x 720, larger fonts") << QSize(1280, 688) << 1.5 << 1;
    QTest::newRow("1024 x 768, larger fonts") << QSize(1024, 736) << 1.5 << 1;
  }
  void everythingStaysWithinTheScreen() {
    QFETCH(QSize, screen);
    QFETCH(double, font);
    QFETCH(int, rows);
    QFont larger = usual_;
    larger.setPointSizeF(usual_.pointSizeF() * font);
    QApplication::setFont(larger);
    TestedWindow window(*settings_);
    window.resize(screen);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    verifyFits(window);
    window.begin(root_ / "tiny");
    QTRY_VERIFY_WITH_TIMEOUT(window.inspect().view().inspected(), 60000);
    QCOMPARE(window.size(), screen);
    window.showPage("inspect");
    QTRY_VERIFY_WITH_TIMEOUT(window.inspect().view().table(), 60000);
    verifyReached(window, screen);
    const int seen = rowsSeen(window.inspectPage().subsets()->view());
    QVERIFY2(seen >= rows, qPrintable(QString("%1 rows").arg(seen)));

    InspectPage& page = window.inspectPage();
    page.setProgress("Predicting 3 of 100 windows", 3, 100);
    verifyReached(window, screen);
    QVERIFY(isSeen(page.cancel()));
    QVERIFY(window.statusBar()->isAncestorOf(page.cancel()));
    page.setIdle();

    page.compare()->click();
    for (const auto view :
         {ComparisonView::SideBySide, ComparisonView::Wipe, ComparisonView::Difference}) {
      page.comparison()->setView(view);
      Q_EMIT page.comparison()->changed();
      verifyReached(window, screen);
    }
    page.notice()->present(
        {Severity::Failure, "The file /" + QString(300, 'x') + " is damaged.", {}});
    QTest::qWait(50);
    QCOMPARE(window.size(), screen);
    verifyFits(window);
    window.showPage("experiment");
    verifyFits(window);
    QCOMPARE(window.size(), screen);
  }

  void eightModalitiesAndLongNamesFit_data() {
    QTest::addColumn<double>("font");
    QTest::newRow("usual fonts") << 1.0;
    QTest::newRow("larger fonts") << 1.5;
  }
  void eightModalitiesAndLongNamesFit() {
    QFETCH(double, font);
    QFont larger = usual_;
    larger.setPointSizeF(usual_.pointSizeF() * font);
    QApplication::setFont(larger);
    std::vector<Modality> modalities;
    for (int i = 0; i < 8; ++i) {
      const std::string name = "modality" + std::to_string(i);
      modalities.push_back({name, "Modality " + std::to_string(i)});
    }
    const ModalitySchema schema(modalities);
    InspectPage page;
    CaseViews views(page, *settings_, makeInspection);
    page.resize(kLeastScreen);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    page.switches()->setSchema(schema);
    SubsetTable table{schema, {"wt", "tc", "et"}, {}};
    for (const ModalitySet set : allSubsets(schema))
      table.rows.push_back({set, {0.5, 0.5, 0.5}, 1});
    page.subsets()->setTable(table);
    page.subsets()->setSelected(schema.all());
    page.cases()->addItem(QString(200, 'c'));
    page.runs()->addItem(QString(200, 'r'));
    page.setShowing("Showing: " + QString(500, 's'));
    page.comparison()->setKept(QString(500, 'k'));
    page.showComparison(true);
    page.setProgress("Predicting 1 of 9 windows", 1, 9);
    for (const Task task : {Task::Segmentation3d, Task::Segmentation2d, Task::Classification}) {
      const CaseView& view = views.of(task);
      page.present(view.parts());
      page.comparison()->offer(view.comparisons());
      QTest::qWait(20);
      const QSize least = page.minimumSizeHint();
      QVERIFY2(least.width() <= 1024 && least.height() <= 640, qPrintable(sizeWords(least)));
      QCOMPARE(page.size(), kLeastScreen);
    }
  }

  void theDialogOfAdaptingFitsAsWell_data() { eightModalitiesAndLongNamesFit_data(); }
  void theDialogOfAdaptingFitsAsWell() {
    QFETCH(double, font);
    QFont larger = usual_;
    larger.setPointSizeF(usual_.pointSizeF() * font);
    QApplication::setFont(larger);
    AdaptationDialog dialog(openCohort(root_ / "tiny"), root_ / "runs", {}, nullptr);
    verifyFits(dialog);
  }

  void aWindowOfALargerScreenComesBackOnThisOne() {
    const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
    {
      TestedWindow window(*settings_);
      window.setGeometry(screen.right() - 300, 40, 1111, 777);
      window.show();
      window.close();
    }
    TestedWindow again(*settings_);
    again.show();
    QVERIFY(QTest::qWaitForWindowExposed(&again));
    QVERIFY(screen.contains(again.geometry()));
  }
};

WINDOW_TEST(SmallScreensTest)
#include "small_screens_test.moc"
