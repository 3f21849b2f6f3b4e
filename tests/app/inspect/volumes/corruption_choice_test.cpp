#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>

#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/volumes/volumes_view.h"
#include "tests/app/pages/pages_fixture.h"
#include "tests/test_program.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/sharing/sharing_diagram.h"
#include "widgets/slices/slice_view.h"
#include "widgets/slices/tile_grid.h"
#include "widgets/slices/tile_header.h"
#include "widgets/tables/dominance_panel.h"
#include "widgets/tables/subset_table_view.h"

using namespace modascope;
using namespace modascope::testing;

/// "Switched off means …" of volumes.
class CorruptionChoiceTest : public PagesFixture {
  Q_OBJECT
  static constexpr ModalityId kT1ce{1};

  static void choose(InspectPage& page, Corruption corruption) {
    const int row = static_cast<int>(corruption);
    page.switchedOff()->setCurrentIndex(row);
    Q_EMIT page.switchedOff()->activated(row);
  }
  /// T1ce's tile without its title, which always says what is switched off.
  static QImage pictureOf(const TileGrid& tiles) {
    const SliceView& tile = *tiles.tile(kT1ce);
    const int strip = tile.findChild<TileHeader*>()->sizeHint().height();
    return tile.render({200, 220}).copy(0, strip, 200, 220 - strip);
  }
  static bool says(const InspectPage& page, const QString& words) {
    const auto labels = page.subsets()->findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
                       [&](const QLabel* label) { return label->text().contains(words); });
  }

 private Q_SLOTS:
  void thereIsARowForEachCorruption() {
    const InspectPage page;
    QCOMPARE(page.switchedOff()->count(), static_cast<int>(kCorruptions.size()));
    QCOMPARE(page.switchedOff()->currentText(), "absent");
  }

  void whatIsSwitchedOffIsReplaced() {
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    controller.setCohort(cohort());
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(view.table(), 60000);
    const auto intact = view.segmentation();
    OverlayStyle bare = view.widgets().tiles->overlayStyle();
    bare.visible = false;
    view.widgets().tiles->setOverlayStyle(bare);
    const QImage own = pictureOf(*view.widgets().tiles);
    controller.toggle(kT1ce);
    QTRY_COMPARE_WITH_TIMEOUT(page.showing(), "Showing: T1, T2, FLAIR (T1ce left out)", 60000);
    const auto absent = view.segmentation()->labels->voxels;
    const QImage crossed = pictureOf(*view.widgets().tiles);
    QVERIFY(view.widgets().dominance->button()->isEnabled());

    QSignalSpy pointed(&page, &InspectPage::pointed);
    choose(page, Corruption::Noise);
    QTRY_COMPARE_WITH_TIMEOUT(page.showing(), "Showing: T1, T2, FLAIR (noise for T1ce)", 60000);
    QVERIFY(pointed.back().front().toString().contains("T1ce (noise) "));  // nobody moved
    QVERIFY(view.segmentation()->labels->voxels != absent);
    QVERIFY(page.sharing()->words().contains("Nothing is switched off"));
    QVERIFY(!view.widgets().dominance->button()->isEnabled());
    QVERIFY(view.widgets().dominance->button()->toolTip().contains("to absent to ask"));
    QVERIFY(view.widgets().tiles->tile(kT1ce)->accessibleName().contains("noise instead"));
    const QImage noise = pictureOf(*view.widgets().tiles);
    QVERIFY(noise != own);
    QVERIFY(noise != crossed);
    QTRY_VERIFY_WITH_TIMEOUT(view.table(), 60000);
    QVERIFY(says(page, "those outside the subset are noise"));

    choose(page, Corruption::Shuffled);
    QTRY_COMPARE_WITH_TIMEOUT(page.showing(), "Showing: T1, T2, FLAIR (another's T1ce)", 60000);
    controller.toggle(kT1ce);
    QTRY_COMPARE_WITH_TIMEOUT(page.showing(), "Showing: T1, T1ce, T2, FLAIR", 60000);
    QCOMPARE(view.segmentation()->labels->voxels, intact->labels->voxels);

    controller.toggle(kT1ce);
    choose(page, Corruption::Absent);
    QTRY_COMPARE_WITH_TIMEOUT(page.showing(), "Showing: T1, T2, FLAIR (T1ce left out)", 60000);
    QCOMPARE(view.segmentation()->labels->voxels, absent);
    QVERIFY(view.widgets().dominance->button()->isEnabled());
    QVERIFY(!view.widgets().dominance->button()->toolTip().contains("absent"));
    QVERIFY(view.widgets().tiles->tile(kT1ce)->accessibleName().contains("left out"));
    QTRY_VERIFY_WITH_TIMEOUT(view.table(), 60000);
    QVERIFY(!says(page, "those outside the subset"));
  }

  void theChoiceHoldsForTheNextCase() {
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    controller.setCohort(cohort());
    controller.openRun(run_);
    choose(page, Corruption::Shuffled);
    controller.toggle(kT1ce);
    QTRY_COMPARE_WITH_TIMEOUT(page.showing(), "Showing: T1, T2, FLAIR (another's T1ce)", 60000);
    const std::string before = controller.caseId();
    for (const CaseInfo& info : cohort()->cases)
      if (info.id != before && info.usable()) controller.openCase(info.id);
    QVERIFY(controller.caseId() != before);
    controller.toggle(kT1ce);
    controller.toggle(kT1ce);
    QTRY_COMPARE_WITH_TIMEOUT(page.showing(), "Showing: T1, T2, FLAIR (another's T1ce)", 60000);
    QCOMPARE(view.segmentation()->corruption, Corruption::Shuffled);
  }
};

WINDOW_TEST(CorruptionChoiceTest)
#include "corruption_choice_test.moc"
