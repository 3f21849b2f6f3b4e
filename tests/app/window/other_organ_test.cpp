#include <QDragEnterEvent>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <set>

#include "app/experiment/experiment_controller.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/volumes/region_readout.h"
#include "app/inspect/volumes/volume_menu.h"
#include "app/inspect/volumes/volumes_view.h"
#include "app/settings/app_settings.h"
#include "core/files/atomic_file.h"
#include "core/phantom/phantom.h"
#include "core/phantom/phantom_prostate.h"
#include "core/volume/volume_io.h"
#include "tests/app/window/tested_window.h"
#include "tests/test_program.h"
#include "widgets/controls/form/config_field.h"
#include "widgets/controls/form/config_form.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/sharing/sharing_diagram.h"
#include "widgets/tables/dominance_panel.h"
#include "widgets/tables/subset_table_view.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

namespace fs = std::filesystem;

const ModalityId kT2{0};
const ModalityId kAdc{1};
constexpr std::uint8_t kLesion = 4;  // which BraTS 2023 would write as 3

/// T2 and ADC of prostates, with another label than the phantom's own.
Problem numberedProblem() {
  return volumeProblem(
      prostateProblem().schema,
      RegionSchema({{kLesion, "lesion"}}, {{"lesion", "LESION", "lesion", {kLesion}}}));
}

void writeNumberedCohort(const fs::path& folder) {
  const PhantomOptions options{
      .cases = 3, .size = 24, .spacing = 4, .seed = 5, .organ = PhantomOrgan::Prostate};
  writePhantomCohort(options, folder);
  for (int i = 0; i < options.cases; ++i) {
    LabelVolume labels = *makePhantom(options, i).labels;
    for (std::uint8_t& label : labels.voxels)
      if (label != 0) label = kLesion;
    writeLabels(folder / phantomId(i) / (phantomId(i) + "_seg.nii.gz"), labels,
                LabelProfile::Stated);
  }
  const QString toml = QString::fromStdString(prostateToml());
  writeAtomically(
      folder / "problem.toml",
      QString(toml).replace("value = 1", "value = 4").replace("[1]", "[4]").toStdString());
}

void drop(const fs::path& path, QWidget& window) {
  QMimeData mime;
  mime.setUrls({QUrl::fromLocalFile(QString::fromStdString(path.string()))});
  QDragEnterEvent enter({50, 50}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&window, &enter);
  QDropEvent dropped({50, 50}, Qt::CopyAction, &mime, Qt::LeftButton, Qt::NoModifier);
  QApplication::sendEvent(&window, &dropped);
}

void press(const QWidget& parent, const QString& words) {
  for (auto* button : parent.findChildren<QPushButton*>())
    if (QString(button->text()).remove('&').startsWith(words)) return button->click();
  QFAIL(qPrintable("There is no button " + words));
}

/// What can be read in a widget.
QStringList readIn(const QWidget& widget) {
  QStringList words;
  for (const auto* label : widget.findChildren<QLabel*>())
    if (label->isVisible() && !label->text().isEmpty()) words << label->text();
  return words;
}

/// Chooses in the Save menu and answers the question for a name.
void saveAs(const InspectPage& page, const QString& words, const fs::path& file) {
  QTimer answer;
  QObject::connect(&answer, &QTimer::timeout, &answer, [&] {
    auto* dialog = qobject_cast<QFileDialog*>(QApplication::activeModalWidget());
    if (dialog == nullptr) return;
    dialog->findChild<QLineEdit*>("fileNameEdit")->setText(QString::fromStdString(file.string()));
    QMetaObject::invokeMethod(dialog, "accept", Qt::QueuedConnection);
    answer.stop();
  });
  answer.start(20);
  Q_EMIT page.saving()->aboutToShow();
  for (QAction* action : page.saving()->actions())
    if (action->text() == words && action->isEnabled()) return action->trigger();
  QFAIL(qPrintable("Nothing is offered as " + words));
}

}  // namespace

/// Another organ on its whole way through the window: two modalities and one region that nobody
/// but the problem.toml beside the cases tells of, from a dropped folder to saved files.
class OtherOrganTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  const fs::path root_ = folder_.path().toStdString();
  const Problem problem_ = numberedProblem();
  std::unique_ptr<AppSettings> settings_;
  std::unique_ptr<TestedWindow> window_;

  InspectPage& page() const { return window_->inspectPage(); }
  VolumesView& view() const { return dynamic_cast<VolumesView&>(window_->inspect().view()); }
  bool shows(ModalitySet set) const { return view().shown() == set; }

  void train() const {
    const auto* form = window_->findChild<ConfigForm*>();
    for (const auto& [key, value] :
         {std::pair("train.steps", "30"), std::pair("train.crop", "16"),
          std::pair("train.lr", "0.01"), std::pair("model.width", "0.25"),
          std::pair("train.validate_every", "0"), std::pair("compute.threads", "1")})
      form->field(key)->type(value);
    QCOMPARE(form->problems(), QStringList());
    press(*window_, "Start");
    QVERIFY(window_->experiment().isTraining());
    QTRY_VERIFY_WITH_TIMEOUT(!window_->experiment().isTraining(), 120000);
    press(*window_, "Inspect");
  }

 private Q_SLOTS:
  void initTestCase() {
    QCoreApplication::setAttribute(Qt::AA_DontUseNativeDialogs);
    writeNumberedCohort(root_ / "data");
    settings_ = std::make_unique<AppSettings>(root_ / "settings.ini");
    settings_->setRunsFolder(root_ / "runs");
    settings_->setCacheFolder(root_ / "cache");
    window_ = std::make_unique<TestedWindow>(*settings_);
    window_->resize(1400, 900);
    window_->show();
    drop(root_ / "data", *window_);
    QTRY_VERIFY_WITH_TIMEOUT(window_->experiment().cohort(), 60000);
    train();
    QTRY_VERIFY_WITH_TIMEOUT(view().table() && view().shown(), 60000);
  }

  void cleanupTestCase() { window_.reset(); }

  void theCaseIsOpenWithTheRun() {
    QVERIFY(page().isVisible());
    QCOMPARE(view().run()->folder, window_->experiment().runFolder());
    QCOMPARE(window_->inspect().caseId(), std::string("Phantom_003"));  // the one kept back
    QCOMPARE(page().showing(), QString("Showing: T2, ADC"));
    QCOMPARE(page().switches()->schema(), problem_.schema);
  }

  void theReadoutHasTheOneRegion() {
    const QStringList words = readIn(*view().widgets().readout);
    QCOMPARE(words.filter("LESION"), QStringList{"LESION"});
    QCOMPARE(words.filter(" mL").size(), 1);
    QCOMPARE(words.filter(" mL").front(),
             QString("%1 mL").arg(view().segmentation()->ml.at(0), 0, 'f', 1));
  }

  void theTableHasThreeSubsetsAndTheColumnOfTheRegion() {
    const auto* model = page().subsets()->view()->model();
    QCOMPARE(model->rowCount(), 3 + 1);  // and their mean
    QCOMPARE(model->columnCount(), 1 + 1);
    QCOMPARE(model->headerData(1, Qt::Horizontal).toString(), QString("LESION"));
    std::set<unsigned> sets;
    for (const auto& row : view().table()->rows) sets.insert(row.set.bits());
    QCOMPARE(sets, (std::set<unsigned>{0b01, 0b10, 0b11}));
  }

  void withoutAdcT2AnswersAlone() {
    const auto both = view().segmentation()->labels->voxels;
    window_->inspect().toggle(kAdc);
    QTRY_COMPARE_WITH_TIMEOUT(page().showing(), QString("Showing: T2 (ADC left out)"), 60000);
    QVERIFY(shows(ModalitySet(kT2)));
    const auto& rows = view().table()->rows;
    const auto row = std::find_if(rows.begin(), rows.end(), [](const SubsetTable::Row& candidate) {
      return candidate.set == ModalitySet(kT2);
    });
    QVERIFY(row != rows.end());
    QCOMPARE(view().segmentation()->ml, row->ml);
    QVERIFY(view().segmentation()->labels->voxels != both);
    QVERIFY2(page().sharing()->words().endsWith("ADC's branch does not run."),
             qPrintable(page().sharing()->words()));
    window_->inspect().toggle(kAdc);
    QTRY_VERIFY_WITH_TIMEOUT(shows(problem_.schema.all()), 60000);
    QCOMPARE(view().segmentation()->labels->voxels, both);
  }

  void theOverlaysAndQuestionsAreOfThatRegionAlone() {
    QStringList overlays;
    for (const QAction* action : window_->findChild<VolumeMenu*>()->actions())
      if (action->text().startsWith("Overlay: difference")) overlays << action->text();
    QCOMPARE(overlays, QStringList{"Overlay: difference of LESION (missed, wrongly found)"});
    const auto* asked = view().widgets().dominance->regions();
    QCOMPARE(asked->count(), 1);
    QVERIFY2(asked->itemText(0).contains("LESION"), qPrintable(asked->itemText(0)));
  }

  void theSharingDiagramHasTwoBranches() {
    std::size_t most = 0;
    for (const BlockPlace& place : page().sharing()->places().blocks)
      most = std::max(most, place.cells.size());
    QCOMPARE(most, std::size_t{2});
    QVERIFY2(page().sharing()->words().contains("each of T2, ADC."),
             qPrintable(page().sharing()->words()));
  }

  void theSegmentationIsSavedInTheProblemsOwnLabels() {
    const fs::path file = root_ / "saved.nii.gz";
    saveAs(page(), "Segmentation on show…", file);
    QTRY_VERIFY_WITH_TIMEOUT(page().saving()->isEnabled() && fs::exists(file), 60000);
    const LabelVolume saved = readLabels(file, problem_.regions).volume;  // refuses other labels
    QCOMPARE(saved.voxels, view().segmentation()->labels->voxels);
    const std::set<int> values(saved.voxels.begin(), saved.voxels.end());
    QCOMPARE(values, (std::set<int>{0, kLesion}));
    const auto scan = readVolume(root_ / "data/Phantom_003/Phantom_003_t2.nii.gz");
    QVERIFY(saved.grid.matches(scan.volume.grid));
  }

  void theTableIsSavedWithTheRegionsColumns() {
    const fs::path file = root_ / "subsets.csv";
    saveAs(page(), "Table of subsets…", file);
    const QStringList lines = QString::fromStdString(readText(file)).trimmed().split('\n');
    QVERIFY2(lines[0].startsWith("modalities,cases,dice_lesion,"), qPrintable(lines[0]));
    QVERIFY2(lines[0].endsWith(",volume_ml_lesion"), qPrintable(lines[0]));
    QVERIFY2(!lines[0].contains("_wt"), qPrintable(lines[0]));
    QCOMPARE(lines.size(), 1 + 3);
    std::set<QString> sets;
    for (const QString& line : lines.mid(1)) sets.insert(line.section(',', 0, 0));
    QCOMPARE(sets, (std::set<QString>{"t2", "adc", "t2+adc"}));
  }
};

WINDOW_TEST(OtherOrganTest)
#include "other_organ_test.moc"
