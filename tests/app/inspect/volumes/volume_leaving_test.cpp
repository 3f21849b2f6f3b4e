#include "app/inspect/volumes/volume_leaving.h"

#include <QAction>
#include <QFileDialog>
#include <QLineEdit>
#include <QMenu>
#include <QTest>
#include <QTimer>

#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/volumes/volumes_view.h"
#include "core/demo/demo_file.h"
#include "core/dicom/seg_labels.h"
#include "core/volume/resample.h"
#include "tests/app/inspect/saving/stand_in_program.h"
#include "tests/app/pages/pages_fixture.h"
#include "tests/core/dicom/made_up_series.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"
#include "widgets/controls/notice_card.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

namespace fs = std::filesystem;

QAction* entry(const InspectPage& page, const QString& words) {
  Q_EMIT page.saving()->aboutToShow();
  for (QAction* action : page.saving()->actions())
    if (action->text() == words) return action;
  return nullptr;
}

/// Answers one question for a folder or a file after the other.
class Answers : public QObject {
 public:
  explicit Answers(std::vector<fs::path> paths) : paths_(std::move(paths)) {
    connect(&timer_, &QTimer::timeout, this, &Answers::answer);
    timer_.start(20);
  }
  bool allGiven() const { return given_ == paths_.size(); }

 private:
  void answer() {
    auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
    if (dialog == nullptr || dialog == answered_ || allGiven()) return;
    answered_ = dialog;
    const auto path = QString::fromStdString(paths_[given_++].string());
    dialog->findChild<QLineEdit*>("fileNameEdit")->setText(path);
    QMetaObject::invokeMethod(dialog, "accept", Qt::QueuedConnection);
  }

  std::vector<fs::path> paths_;
  std::size_t given_ = 0;
  QObject* answered_ = nullptr;
  QTimer timer_;
};

}  // namespace

/// What is on show on its way to an archive and to other programs.
class VolumeLeavingTest : public PagesFixture {
  Q_OBJECT

 private:
  /// The page with the tiny cohort's case and what its run sees in it.
  struct Predicted {
    explicit Predicted(const VolumeLeavingTest& test)
        : controller(page, *test.settings_),
          view(dynamic_cast<const VolumesView&>(controller.view())) {
      controller.setCohort(test.cohort());
      controller.openRun(test.run_);
      [this] { QTRY_VERIFY_WITH_TIMEOUT(view.shown(), 60000); }();
    }
    InspectPage page;
    InspectController controller;
    const VolumesView& view;
  };
  /// Of the case on show.
  fs::path seriesOf(const VolumesView& view) const {
    MadeUpSeries series;
    series.grid = view.patient()->sourceGrid;
    writeSeries(root_ / "series", series);
    return root_ / "series";
  }

 private Q_SLOTS:
  void nothingIsOfferedBeforeThereIsASegmentation() {
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    QVERIFY(!entry(page, "Segmentation as DICOM SEG…")->isEnabled());
    QVERIFY(contains(sentenceOf([&] { writeOfDicom(view)(root_)(root_ / "never.dcm"); }),
                     "Nothing is predicted yet"));
  }

  void theSeriesIsAskedForAndThenTheFile() {
    const Predicted on(*this);
    const VolumesView& view = on.view;
    const fs::path file = root_ / "seg.dcm";
    const Answers answers({seriesOf(view), file});
    entry(on.page, "Segmentation as DICOM SEG…")->trigger();
    QVERIFY(answers.allGiven());
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(file), 20000);
    const LabelVolume& seen = *view.segmentation()->labels;
    const DicomSeg seg = readDicomSeg(file);
    const auto& regions = view.run()->manifest.problem.regions;
    QVERIFY(resampleLabels(labelsBy(regions, seg), seen.grid).voxels == seen.voxels);
    QVERIFY(contains(seg.algorithm, "step 2"));
  }

  void aSeriesElsewhereIsASentence() {
    const Predicted on(*this);
    const VolumesView& view = on.view;
    MadeUpSeries elsewhere{view.patient()->sourceGrid};
    elsewhere.grid.origin[2] -= 2000;
    writeSeries(root_ / "elsewhere", elsewhere);
    const auto write = writeOfDicom(view)(root_ / "elsewhere");
    QVERIFY(contains(sentenceOf([&] { write(root_ / "no.dcm"); }), "lies elsewhere"));
  }

  void aDemonstrationHoldsWhatIsOnShow() {
    const Predicted on(*this);
    const fs::path file = root_ / "case.demo";
    const Answers answers({file});
    entry(on.page, "Make a demonstration…")->trigger();
    QVERIFY(answers.allGiven());
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(file), 60000);
    const Demo demo = readDemoFile(file);
    const auto& seen = *on.view.segmentation();
    const auto ml = regionsMl(*demo.networks.at(0).answer(seen.set)->labels, demo.regions);
    QCOMPARE(ml, seen.ml);
    QCOMPARE(demo.networks[0].step, on.view.run()->step);
  }

  void aViewerThatIsInstalledIsOfferedAndStarted() {
    const fs::path programs = root_ / "programs";
    makeProgram(programs, "itksnap");
    const ProgramsIn found(programs);
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto& view = dynamic_cast<VolumesView&>(controller.view());
    QVERIFY(!entry(page, "Open in ITK-SNAP")->isEnabled());
    controller.setCohort(cohort());
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(view.shown(), 60000);
    entry(page, "Open in ITK-SNAP")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(fs::exists(programs / "itksnap.arguments"), 20000);
    QVERIFY(page.notice()->isHidden());
  }

  void aViewerThatDoesNotStartIsSaidOnThePage() {
    const fs::path programs = root_ / "broken";
    makeProgram(programs, "itksnap", "/nowhere/sh");
    const ProgramsIn found(programs);
    const Predicted on(*this);
    entry(on.page, "Open in ITK-SNAP")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!on.page.notice()->isHidden(), 20000);
    QVERIFY(on.page.notice()->sentence().contains("did not start"));
  }
};

WINDOW_TEST(VolumeLeavingTest)
#include "volume_leaving_test.moc"
