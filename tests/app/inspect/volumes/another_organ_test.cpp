#include <QLabel>
#include <QMenu>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>
#include <algorithm>

#include "app/inspect/comparison_bar.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/volumes/region_readout.h"
#include "app/inspect/volumes/volume_menu.h"
#include "app/inspect/volumes/volume_saving.h"
#include "app/inspect/volumes/volumes_view.h"
#include "app/settings/app_settings.h"
#include "app/work/training/training.h"
#include "core/cohort/cohort.h"
#include "core/volume/volume_io.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/test_program.h"
#include "widgets/tables/dominance_panel.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

namespace fs = std::filesystem;

fs::path writeProstates(const fs::path& folder) {
  PhantomOptions options = tinyPhantom();
  options.organ = PhantomOrgan::Prostate;
  writePhantomCohort(options, folder);
  return folder;
}

/// Of the rows, by what they are called.
QStringList visibleNames(const RegionReadout& readout) {
  QStringList names;
  for (const auto* label : readout.findChildren<QLabel*>())
    if (!label->isHidden() && label->text().contains(QRegularExpression("^(LESION|WT|TC|ET)")))
      names << label->text();
  return names;
}

QStringList overlaysIn(const VolumeMenu& menu) {
  QStringList words;
  for (const QAction* action : menu.actions())
    if (action->text().startsWith("Overlay: ")) words << action->text().mid(9);
  return words;
}

}  // namespace

/// Two modalities and one region that its problem.toml describes: nothing is left of BraTS.
class AnotherOrganTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  const fs::path root_ = folder_.path().toStdString();
  const fs::path data_ = writeProstates(root_ / "prostates");
  const fs::path run_ = startTraining({data_, root_ / "runs", tinyConfig(4)}, {}).run;
  AppSettings settings_{root_ / "settings.ini"};

 private Q_SLOTS:
  void itsOnlyRegionIsAllThatIsShownAndSaved() {
    settings_.setRunsFolder(root_ / "runs");
    InspectPage page;
    InspectController controller(page, settings_);
    page.resize(1300, 800);
    page.show();
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    auto* menu = page.findChild<VolumeMenu*>();
    QCOMPARE(overlaysIn(*menu), (QStringList{"prediction", "expert's segmentation"}));
    const auto cohort = std::make_shared<const Cohort>(openCohort(data_));
    controller.setCohort(cohort);
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(view.table(), 60000);
    QCOMPARE(page.showing(), "Showing: T2, ADC");
    QCOMPARE(visibleNames(*view.widgets().readout), QStringList{"LESION"});
    QCOMPARE(view.table()->rows.size(), std::size_t{3});
    QCOMPARE(view.table()->columns, std::vector<std::string>{"lesion"});
    QCOMPARE(overlaysIn(*menu), (QStringList{"prediction", "expert's segmentation",
                                             "difference of LESION (missed, wrongly found)"}));
    QCOMPARE(view.widgets().dominance->regions()->count(), 1);
    page.compare()->click();
    QCOMPARE(page.comparison()->region(), std::size_t{0});

    writeOfSegmentation(view)(root_ / "lesion.nii.gz");
    const auto written = readLabels(root_ / "lesion.nii.gz", cohort->problem.regions).volume.voxels;
    QCOMPARE(*std::max_element(written.begin(), written.end()), std::uint8_t{1});
  }
};

WINDOW_TEST(AnotherOrganTest)
#include "another_organ_test.moc"
