#include "app/inspect/inspect_controller.h"

#include <QComboBox>
#include <QToolButton>
#include <algorithm>

#include "app/inspect/case_choice.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/inspect_view_menu.h"
#include "app/inspect/inspect_words.h"
#include "app/inspect/run_remark.h"
#include "app/inspect/volumes/region_readout.h"
#include "app/jobs/inspection/inspection_factory.h"
#include "app/jobs/sentence.h"
#include "app/pages/run_choice.h"
#include "app/pages/tab_order.h"
#include "app/settings/app_settings.h"
#include "app/settings/path_text.h"
#include "widgets/bridge/task_words.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/sharing_diagram.h"
#include "widgets/controls/step_slider.h"
#include "widgets/pictures/picture_grid.h"
#include "widgets/samples/sample_view.h"
#include "widgets/scene/scene_view.h"
#include "widgets/slices/tile_grid.h"
#include "widgets/tables/dominance_panel.h"
#include "widgets/tables/subset_table_view.h"

namespace modascope {
namespace {

/// The volumes live as long as someone looks at them, without a copy.
std::vector<std::shared_ptr<const Volume>> volumesOf(const std::shared_ptr<const Case>& patient) {
  std::vector<std::shared_ptr<const Volume>> volumes;
  for (const auto& volume : patient->modalities) {
    volumes.push_back(volume ? std::shared_ptr<const Volume>(patient, &*volume) : nullptr);
  }
  return volumes;
}

}  // namespace

InspectController::InspectController(InspectPage& page, const AppSettings& settings,
                                     QObject* parent)
    : QObject(parent),
      page_(page),
      settings_(settings),
      job_(makeInspection(Task::Segmentation3d)),
      dominance_(page, job_),
      comparison_(page),
      display_(page),
      saving_(page, *this),
      samples_(page),
      flatPictures_({*page.pictureGrid(), *page.subsets(), *page.sharing()}),
      pictureComparison_(page, flatPictures_),
      sampleComparison_(page, samples_),
      undo_({[this](ModalitySet set) {
               page_.switches()->setSet(set);
               ask(page_.switches()->set());
             },
             [this](ModalityId id, const IntensityWindow& window) {
               display_.setWindow(id, window);
             }}) {
  connectPage();
  connectJob();
  connectPictures();
  connect(&runList_, &RunListJob::listed, this, &InspectController::takeRuns);
  connect(&runWatch_, &RunWatch::changed, this, &InspectController::offerRuns);
  offerRuns();
  forgetPrediction();
}

void InspectController::connectPage() {
  connect(page_.cases(), &QComboBox::activated, this,
          [this](int row) { openCase(page_.cases()->itemData(row).toString().toStdString()); });
  connect(page_.runs(), &QComboBox::activated, this,
          [this](int row) { chooseRun(asPath(page_.runs()->itemData(row).toString())); });
  connect(page_.steps(), &StepSlider::chosen, this, &InspectController::chooseStep);
  connect(page_.newest(), &QToolButton::clicked, this, [this] { chooseRun(chosenRun_); });
  connect(page_.cancel(), &QToolButton::clicked, this, [this] {
    chooseRun({});
    page_.runs()->setCurrentIndex(0);
  });
  connect(&comparison_, &InspectComparison::keptChanged, this, &InspectController::showReadout);
  connect(page_.switches(), &ModalitySwitchboard::changed, this, &InspectController::askAndNote);
  connect(page_.switchedOff(), &QComboBox::activated, this, &InspectController::chooseCorruption);
  page_.viewing()->addUndo(undo_.undoAction(), undo_.redoAction());
  connect(&comparison_, &InspectComparison::sceneShown, &display_, &InspectDisplay::cut);
  connect(&dominance_, &InspectDominance::mapsChanged, &display_, &InspectDisplay::showOpacity);
  connect(&display_, &InspectDisplay::windowSettled, this,
          [this](ModalityId id, const IntensityWindow& before, const IntensityWindow& window) {
            undo_.noteWindow(id, before, window, tr("window of %1").arg(labelsOf(ModalitySet(id))));
          });
  connect(page_.tiles(), &TileGrid::crosshairMoved, this, [this] { placed_ = true; });
  connect(page_.tiles(), &TileGrid::toggled, this, &InspectController::toggle);
  connect(page_.sample(), &SampleView::toggled, this, &InspectController::toggle);
  connect(page_.sample(), &SampleView::chosen, this, &InspectController::choose);
  connect(page_.subsets(), &SubsetTableView::selected, this, &InspectController::choose);
}

void InspectController::connectJob() {
  connect(&job_, &InspectionJob::caseLoaded, this, [this](const auto& loaded) {
    showCase(std::static_pointer_cast<const InspectedVolumes>(loaded)->patient);
  });
  connect(&job_, &InspectionJob::runOpened, this, &InspectController::showRun);
  connect(&job_, &InspectionJob::progress, &page_, &InspectPage::setProgress);
  connect(&job_, &InspectionJob::answered, this, [this](const auto& answer) {
    showResult(*std::static_pointer_cast<const Segmentation>(answer));
  });
  connect(&job_, &InspectionJob::scored, this, &InspectController::showTable);
  connect(&job_, &InspectionJob::failed, this, &InspectController::showFailure);
  connect(&samples_, &InspectSamples::failed, this, &InspectController::showFailure);
  connect(&samples_, &InspectSamples::runOpened, this, &InspectController::showRun);
  connect(&samples_, &InspectSamples::sampleShown, this, &InspectController::showAvailable);
}

void InspectController::connectPictures() {
  connect(page_.pictureGrid(), &PictureGrid::toggled, this, &InspectController::toggle);
  connect(&flatPictures_, &InspectPictures::failed, this, &InspectController::showFailure);
  connect(&flatPictures_, &InspectPictures::runOpened, this, &InspectController::showRun);
  connect(&flatPictures_, &InspectPictures::pictureShown, this, &InspectController::showAvailable);
  connect(&flatPictures_, &InspectPictures::busy, &page_, &InspectPage::setBusy);
  connect(&flatPictures_, &InspectPictures::idle, &page_, &InspectPage::setIdle);
  connect(&flatPictures_, &InspectPictures::progress, &page_, &InspectPage::setProgress);
  connect(&flatPictures_, &InspectPictures::saying, &page_, &InspectPage::setShowing);
  connect(&flatPictures_, &InspectPictures::pointed, &page_, &InspectPage::pointed);
}

/// The modalities that the case has are known.
void InspectController::showAvailable(ModalitySet available) {
  page_.switches()->setAvailable(available);
  asked_ = page_.switches()->set();
  orderTabs(page_);
  Q_EMIT caseOpened(cohort_->folder, caseId_);
  if (!chosenRun_.empty() && !run_) page_.setBusy(tr("Opening the run"));
}

void InspectController::showFailure(const QString& sentence) {
  page_.setIdle();
  dominance_.forgetAnswer();
  page_.notice()->present({Severity::Failure, sentence, {}});
  Q_EMIT problem(sentence);
}

void InspectController::setCohort(const std::shared_ptr<const Cohort>& cohort) {
  closeCase();
  cohort_ = cohort;
  const bool samples = takesFeatures(cohort->task);
  const bool pictures = cohort->task == Task::Segmentation2d;
  const bool moved = samples != samples_.isActive() || pictures != flatPictures_.isActive();
  page_.showTask(cohort->task);
  samples_.setCohort(samples ? cohort : nullptr);
  flatPictures_.setCohort(pictures ? cohort : nullptr);
  leaveUnfitRun(moved);
  if (page_.switches()->schema() != cohort->schema) page_.switches()->setSchema(cohort->schema);
  page_.setRegions(cohort->regions);
  asked_ = page_.switches()->set();
  listCases(*page_.cases(), *cohort);
  const std::string first = caseToShow(*cohort, settings_.lastCase(cohort->folder).toStdString());
  if (!first.empty()) openCase(first);
}

/// What was said and done about it is over.
void InspectController::leaveCase() {
  page_.notice()->dismiss();
  forgetPrediction();
  dominance_.forgetQuestion();
  comparison_.end();
  pictureComparison_.end();
  sampleComparison_.end();
  undo_.forget();
  patient_.reset();
  caseId_.clear();
}

/// Nothing of it stays on the page.
void InspectController::closeCase() {
  leaveCase();
  comparison_.setHead(nullptr);
  display_.forgetCase();
  page_.tiles()->clear();
  page_.scene()->setHead(nullptr);
  page_.setIdle();
  if (cohort_) job_.setCase(cohort_, std::nullopt);
}

void InspectController::openCase(const std::string& id) {
  const CaseInfo* info = cohort_ ? cohort_->find(id) : nullptr;
  if (info == nullptr || !info->usable()) return;
  leaveCase();
  caseId_ = id;
  page_.cases()->setCurrentIndex(page_.cases()->findData(QString::fromStdString(id)));
  page_.setBusy(tr("Reading the %1").arg(nounOf(cohort_->task)));
  if (samples_.isActive())
    samples_.open(*info);
  else if (flatPictures_.isActive())
    flatPictures_.open(*info);
  else
    job_.setCase(cohort_, *info);
}

void InspectController::showCase(const std::shared_ptr<const Case>& patient) {
  patient_ = patient;
  page_.setIdle();
  page_.tiles()->setCase(cohort_->schema, volumesOf(patient), patient->grid);
  if (const auto available = patient->available()) {
    page_.switches()->setAvailable(*available);
    asked_ = page_.switches()->set();
    const auto volumes = volumesOf(patient);
    const auto& head = volumes[available->ids().front().index()];
    page_.scene()->setHead(head);
    comparison_.setHead(head);
    page_.tiles()->setShown(*available);
    page_.setModalities(cohort_->schema, *available);
  }
  display_.setCase(cohort_->schema, patient);
  page_.tiles()->setTruth(nullptr);
  placed_ = patient->labels.has_value();
  if (patient->labels) {  // where to look; the overlay itself is the network's
    const std::shared_ptr<const LabelVolume> truth(patient, &*patient->labels);
    page_.tiles()->setOverlay(truth);
    page_.tiles()->centreOnTumour();
    page_.tiles()->setOverlay(nullptr);
    page_.tiles()->setTruth(truth);
  }
  showNotes();
  orderTabs(page_);
  page_.announceCrosshair();
  Q_EMIT caseOpened(cohort_->folder, caseId_);
  if (!chosenRun_.empty()) page_.setBusy(tr("Predicting"));
}

/// What reading the case's files has met.
void InspectController::showNotes() {
  if (patient_->notes.empty()) return;
  QStringList sentences;
  for (const std::string& note : patient_->notes) sentences << QString::fromStdString(note);
  page_.notice()->present({Severity::Note, sentences.join(' '), {}});
}

bool InspectController::settled() const {
  return page_.scene()->settled();
}

void InspectController::showResult(const Segmentation& result) {
  shown_ = result;
  page_.setIdle();
  const auto available = patient_->available().value_or(result.set);
  if (result.set == available) reference_ = RegionReference{result.ml, result.dice};
  if (result.corruption == Corruption::Absent)
    dominance_.showPrediction(result);
  else
    dominance_.refuse();
  page_.tiles()->setOverlay(result.labels);
  page_.tiles()->setStandIns(result.standIns);
  page_.tiles()->setShown(result.set, insteadWords(result.corruption));
  if (!placed_) page_.tiles()->centreOnTumour();
  placed_ = true;
  page_.scene()->setLabels(result.labels);
  comparison_.showPrediction(
      {result, intactWords(cohort_->schema, result.set, available, result.corruption),
       nameOfRun(run_->folder), tr("step %1").arg(run_->step)});
  showReadout();
  page_.readout()->setRemark(remarkOn(*run_, *cohort_, caseId_));
  page_.sharing()->setShown(result.corruption == Corruption::Absent ? result.set : available);
  if (!table_) page_.subsets()->setPending();
  page_.subsets()->setSelected(result.set);
  page_.setShowing(showingWords(cohort_->schema, result.set, available, result.corruption));
  Q_EMIT shownChanged(result);
}

QString InspectController::labelsOf(ModalitySet set) const {
  return QString::fromStdString(labelOf(cohort_->schema, set));
}

/// The change is against what was kept for comparison, or else against all modalities.
void InspectController::showReadout() {
  if (!shown_) return;
  const auto& kept = comparison_.kept();
  page_.readout()->show(*shown_,
                        kept ? RegionReference{kept->result.ml, kept->result.dice} : reference_);
  page_.readout()->setReference(kept ? tr("against kept") : tr("change"));
}

void InspectController::showTable(const SubsetTable& table) {
  table_ = table;
  const auto all =
      std::find_if(table.rows.begin(), table.rows.end(),
                   [&](const SubsetTable::Row& row) { return row.set == patient_->available(); });
  if (!reference_ && all != table.rows.end() && !all->ml.empty()) {
    reference_ = RegionReference{all->ml, std::nullopt};
    if (patient_->labels) reference_->dice = all->scores;
    showReadout();
  }
  page_.subsets()->setTable(table);
  if (shown_) page_.subsets()->setSelected(shown_->set);
}

}  // namespace modascope
