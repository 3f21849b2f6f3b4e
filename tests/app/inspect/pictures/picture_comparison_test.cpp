#include <QComboBox>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "app/inspect/comparison_bar.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/pictures/picture_saving.h"
#include "app/inspect/pictures/pictures_view.h"
#include "app/settings/app_settings.h"
#include "tests/app/jobs/picture_run.h"
#include "tests/test_program.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/pictures/picture_grid.h"
#include "widgets/slices/tile_header.h"

using namespace modascope;
using namespace modascope::testing;

class PictureComparisonTest : public QObject {
  Q_OBJECT

 private:
  static constexpr ModalityId kColour{0}, kDepth{1};
  QTemporaryDir folder_;
  const std::filesystem::path root_ = folder_.path().toStdString();
  const PictureRun made_ = trainOnPictures(root_);
  AppSettings settings_{root_ / "settings.ini"};

  /// With both modalities kept and colour alone on show.
  struct Compared {
    InspectPage page;
    InspectController controller;

    explicit Compared(const PictureComparisonTest& test) : controller(page, test.settings_) {
      page.resize(1000, 700);
      page.show();
      controller.setCohort(test.made_.cohort);
      controller.openRun(test.made_.run);
      controller.openCase("scene6");
    }
    PicturesView& view() const { return dynamic_cast<PicturesView&>(controller.view()); }
    std::shared_ptr<const PicturePrediction> shown() const { return view().prediction(); }
    PictureGrid& live() const { return view().grid(); }
    PictureGrid& kept() const { return view().comparison().keptGrid(); }
    void keepBothAndLeaveDepthOut() {
      page.compare()->click();
      controller.toggle(kDepth);
    }
    bool says(const QString& words) const {
      for (const auto* label : page.findChildren<QLabel*>())
        if (label->isVisible() && label->text().split("  ·  mIoU ").first() == words) return true;
      return false;
    }
  };

 private Q_SLOTS:
  void initTestCase() { settings_.setRunsFolder(root_ / "runs"); }

  void whatIsKeptStandsBesideWhatIsShown() {
    Compared compared(*this);
    QVERIFY(!compared.page.compare()->isEnabled());
    QVERIFY(!compared.kept().isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(compared.shown(), 60000);
    const int alone = compared.live().width();
    QVERIFY(alone > compared.page.width() / 2);
    const auto kept = compared.shown();
    compared.keepBothAndLeaveDepthOut();
    QTRY_COMPARE_WITH_TIMEOUT(compared.shown()->set, ModalitySet(kColour), 60000);
    const PictureGrid& grid = compared.kept();
    QVERIFY(grid.isVisible());
    QVERIFY(std::abs(grid.width() - compared.live().width()) < 2);
    QVERIFY(grid.width() <= alone / 2);
    QVERIFY(compared.page.comparison()->isVisible());
    QCOMPARE(grid.tile(kDepth)->state(), TileState::On);
    QCOMPARE(compared.live().tile(kDepth)->state(), TileState::LeftOut);
    QVERIFY(compared.says("Kept: RGB, Depth"));
    QVERIFY(compared.says("Now: RGB"));
    QCOMPARE(compared.view().comparison().keptName(),
             QString("Kept: RGB, Depth  ·  mIoU %1").arg(kept->scores->miou, 0, 'f', 3));
    auto* title = grid.tile(kDepth)->findChild<TileHeader*>();
    QVERIFY(!title->isEnabled());  // the switches are those of what is shown
    QVERIFY(compared.live().tile(kDepth)->findChild<TileHeader*>()->isEnabled());
    QVERIFY(!title->toolTip().contains("Click"));
    QVERIFY(compared.page.caption().contains("Kept: RGB, Depth  ·  "));
    compared.page.switchedOff()->setCurrentIndex(1);
    Q_EMIT compared.page.switchedOff()->activated(1);
    QTRY_VERIFY_WITH_TIMEOUT(compared.says("Now: RGB, noise for Depth"), 60000);
    for (std::size_t i = 0; i < kept->classes->values.size(); ++i) {
      const auto width = static_cast<int>(kept->classes->width);
      const QPoint pixel(static_cast<int>(i) % width, static_cast<int>(i) / width);
      const auto& name = made_.cohort->problem.outputs[kept->classes->values[i]];
      if (!grid.describe(pixel).contains("predicted " + QString::fromStdString(name)))
        QFAIL(qPrintable(grid.describe(pixel)));
    }
  }

  void theSwitchesStayWhereTheyAre() {
    Compared compared(*this);
    QTRY_VERIFY_WITH_TIMEOUT(compared.shown(), 60000);
    QVERIFY(QTest::qWaitForWindowExposed(&compared.page));
    const auto place = [&] {
      const QWidget* switches = compared.page.switches();
      return switches->mapTo(&compared.page, QPoint(0, 0));
    };
    const QPoint before = place();
    compared.page.compare()->click();
    QTRY_VERIFY(compared.live().mapTo(&compared.page, QPoint(0, 0)).y() > before.y());
    QCOMPARE(place(), before);
  }

  void bothAreLookedAtFromTheSamePlace() {
    Compared compared(*this);
    QTRY_VERIFY_WITH_TIMEOUT(compared.shown(), 60000);
    compared.keepBothAndLeaveDepthOut();
    PictureGrid& live = compared.live();
    PictureGrid& kept = compared.kept();
    Q_EMIT live.tile(kColour)->frameChanged({2, {3, 4}});
    QVERIFY(kept.frame() == live.frame());
    QTest::keyClick(&kept, Qt::Key_R);
    QVERIFY(live.frame() == PictureFrame());
    QTest::keyClick(&live, Qt::Key_Left);
    QCOMPARE(kept.crosshair(), live.crosshair());
    QTest::keyClick(&kept, Qt::Key_O);
    QVERIFY(live.style() == kept.style());
    QVERIFY(!live.style().truthLines);
  }

  void bothCanBePartedByALine() {
    Compared compared(*this);
    QTRY_VERIFY_WITH_TIMEOUT(compared.shown(), 60000);
    QVERIFY(!compared.live().describe({3, 3}).contains("kept"));
    compared.keepBothAndLeaveDepthOut();
    compared.page.comparison()->setView(ComparisonView::Wipe);
    Q_EMIT compared.page.comparison()->changed();
    QVERIFY(!compared.kept().isVisible());
    QVERIFY(compared.live().describe({3, 3}).contains("kept"));
    compared.page.comparison()->setView(ComparisonView::SideBySide);
    Q_EMIT compared.page.comparison()->changed();
    QVERIFY(compared.kept().isVisible());
    QVERIFY(!compared.live().describe({3, 3}).contains("kept"));
    compared.page.comparison()->setView(ComparisonView::Wipe);
    Q_EMIT compared.page.comparison()->closed();
    QVERIFY(!compared.live().describe({3, 3}).contains("kept"));
  }

  void bothAreSaved() {
    Compared compared(*this);
    QTRY_VERIFY_WITH_TIMEOUT(compared.shown(), 60000);
    compared.keepBothAndLeaveDepthOut();
    QTRY_COMPARE_WITH_TIMEOUT(compared.shown()->set, ModalitySet(kColour), 60000);
    QVERIFY(QTest::qWaitForWindowExposed(&compared.page));
    saveTiles(root_ / "both.png", compared.view(), compared.page, Caption::Without);
    const QImage both(QString::fromStdString((root_ / "both.png").string()));
    const QImage kept = compared.kept().picture(3);
    const QImage live = compared.live().picture(3);
    const int name = both.height() - live.height();
    QVERIFY(name > 0);
    QVERIFY(both.width() > kept.width() + live.width());
    const int y = live.height() / 3;
    QCOMPARE(both.pixelColor(40, name + y), kept.pixelColor(40, y));
    QCOMPARE(both.pixelColor(both.width() - live.width() + 40, name + y), live.pixelColor(40, y));
  }

  void anotherPictureEndsIt() {
    Compared compared(*this);
    QTRY_VERIFY_WITH_TIMEOUT(compared.shown(), 60000);
    compared.page.compare()->click();
    compared.controller.openCase("scene7");
    QVERIFY(!compared.kept().isVisible());
    QVERIFY(!compared.page.comparison()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(compared.shown(), 60000);
    compared.page.compare()->click();
    QVERIFY(compared.kept().isVisible());
    Q_EMIT compared.page.comparison()->closed();
    QVERIFY(!compared.kept().isVisible());
    QVERIFY(!compared.says("Now: RGB, Depth"));
  }

  void withoutARunWhatWasKeptStays() {
    Compared compared(*this);
    QTRY_VERIFY_WITH_TIMEOUT(compared.shown(), 60000);
    compared.page.compare()->click();
    Q_EMIT compared.page.cancel()->clicked();
    QVERIFY(compared.says("No prediction"));
    QVERIFY(!compared.page.compare()->isEnabled());
    QVERIFY(compared.kept().describe({3, 3}).contains("predicted"));
    QVERIFY(!compared.live().describe({3, 3}).contains("predicted"));
  }
};

WINDOW_TEST(PictureComparisonTest)
#include "picture_comparison_test.moc"
