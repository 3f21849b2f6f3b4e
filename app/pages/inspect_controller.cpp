#include "app/pages/inspect_controller.h"

#include <QComboBox>
#include <QDateTime>
#include <QLocale>
#include <QStandardItemModel>
#include <QToolButton>
#include <algorithm>

#include "app/jobs/sentence.h"
#include "app/pages/inspect_page.h"
#include "app/pages/inspect_saving.h"
#include "app/pages/region_readout.h"
#include "app/settings/app_settings.h"
#include "app/settings/paths.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/sharing_diagram.h"
#include "widgets/controls/step_slider.h"
#include "widgets/plots/dominance_panel.h"
#include "widgets/plots/subset_table_view.h"
#include "widgets/scene/scene_view.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

/// The volumes live as long as someone looks at them, without a copy.
std::vector<std::shared_ptr<const Volume>> volumesOf(const std::shared_ptr<const Case>& patient) {
  std::vector<std::shared_ptr<const Volume>> volumes;
  for (const auto& volume : patient->modalities) {
    volumes.push_back(volume ? std::shared_ptr<const Volume>(patient, &*volume) : nullptr);
  }
  return volumes;
}

/// The maps live as long as someone looks at them, without a copy.
ModalityMaps mapsOf(const std::shared_ptr<const Attribution>& attribution) {
  ModalityMaps maps;
  maps.quantity = InspectPage::tr("attribution of %1")
                      .arg(QString::fromStdString(std::string(labelOf(attribution->region))));
  maps.values.resize(attribution->schema.size());
  maps.most = static_cast<double>(attribution->scale);
  const auto ids = attribution->set.ids();
  for (std::size_t i = 0; i < ids.size(); ++i)
    maps.values[ids[i].index()] = {attribution, &attribution->maps[i]};
  return maps;
}

StrongestModality strongestOf(const std::shared_ptr<const Explanation>& explanation) {
  const Region region = explanation->attribution.region;
  return {
      InspectPage::tr("strongest for %1").arg(QString::fromStdString(std::string(labelOf(region)))),
      {explanation, &explanation->dominance->strongest},
      {explanation, &explanation->dominance->margin}};
}

std::string firstToShow(const Cohort& cohort) {
  const auto usable = [&](const std::string& id) {
    const CaseInfo* info = cohort.find(id);
    return info != nullptr && info->usable();
  };
  if (cohort.splits && cohort.splits->contains("valid")) {
    for (const auto& id : cohort.splits->at("valid")) {
      if (usable(id)) return id;
    }
  }
  const auto found = std::find_if(cohort.cases.begin(), cohort.cases.end(),
                                  [](const CaseInfo& info) { return info.usable(); });
  return found == cohort.cases.end() ? std::string() : found->id;
}

/// "20261122-160805-tour-7fb0" → "tour-7fb0 · step 60 of 60 · 22 Nov 16:08"; a folder that someone
/// has named otherwise keeps its name.
QString runWords(const RunFolder& run) {
  const RunStatus status = run.status();
  const QString folder = asText(run.path().filename());
  const auto made = QDateTime::fromString(folder.left(15), "yyyyMMdd-HHmmss");
  const QString steps = InspectPage::tr("step %1 of %2").arg(status.step).arg(status.steps);
  if (!made.isValid()) return QStringList{folder, steps}.join("  ·  ");
  const QString when = QLocale(QLocale::English).toString(made, "d MMM HH:mm");
  return QStringList{folder.mid(16), steps, when}.join("  ·  ");
}

}  // namespace

QString showingWords(const ModalitySchema& schema, ModalitySet shown, ModalitySet available) {
  QStringList leftOut;
  QStringList absent;
  for (const ModalityId id : schema.ids()) {
    const QString label = QString::fromStdString(schema.label(id));
    if (!available.contains(id)) {
      absent << label;
    } else if (!shown.contains(id)) {
      leftOut << label;
    }
  }
  QStringList remarks;
  if (!leftOut.isEmpty()) remarks << InspectPage::tr("%1 left out").arg(leftOut.join(", "));
  if (!absent.isEmpty()) remarks << InspectPage::tr("%1 missing").arg(absent.join(", "));
  const QString words =
      InspectPage::tr("Showing: %1").arg(QString::fromStdString(labelOf(schema, shown)));
  return remarks.isEmpty() ? words : QString("%1 (%2)").arg(words, remarks.join("; "));
}

InspectController::InspectController(InspectPage& page, const AppSettings& settings,
                                     QObject* parent)
    : QObject(parent), page_(page), settings_(settings) {
  connectPage();
  connectJob();
  listRunsOf(settings_.runsFolder());
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
  addSaving(*page_.saving(), page_, *this);
  connect(page_.switches(), &ModalitySwitchboard::changed, this, &InspectController::ask);
  connect(page_.tiles(), &TileGrid::toggled, this, &InspectController::toggle);
  connect(page_.dominance(), &DominancePanel::asked, this, [this] {
    question_ = {page_.dominance()->region(), page_.dominance()->layer()};
    page_.dominance()->setBusy(tr("Explaining"));
    job_.explain(*question_);
  });
  connect(page_.dominance(), &DominancePanel::mapViewChanged, this, &InspectController::showMaps);
  connect(page_.subsets(), &SubsetTableView::selected, this, [this](ModalitySet set) {
    page_.switches()->setSet(set);
    ask(page_.switches()->set());
  });
}

void InspectController::connectJob() {
  connect(&job_, &SegmentationJob::caseLoaded, this, &InspectController::showCase);
  connect(&job_, &SegmentationJob::runOpened, this, [this](const OpenedRun& run) {
    run_ = run;
    offerSteps(run);
    page_.switches()->setSchema(run.manifest.schema);
    page_.dominance()->setLayers(run.layers, run.defaultLayer);
    page_.sharing()->setModel(run.model);
    if (patient_ && patient_->available()) page_.switches()->setAvailable(*patient_->available());
    showRemark();
  });
  connect(&job_, &SegmentationJob::progress, &page_, &InspectPage::setProgress);
  connect(&job_, &SegmentationJob::segmented, this, &InspectController::showResult);
  connect(&job_, &SegmentationJob::scored, this, &InspectController::showTable);
  connect(&job_, &SegmentationJob::explained, this, &InspectController::showExplanation);
  connect(&job_, &SegmentationJob::explaining, this, [this](int done, int total) {
    page_.dominance()->setBusy(tr("Explaining: %1 of %2 windows").arg(done).arg(total));
  });
  connect(&job_, &SegmentationJob::failed, this, [this](const QString& sentence) {
    page_.setIdle();
    forgetExplanation();
    page_.notice()->present({Severity::Failure, sentence, {}});
    Q_EMIT problem(sentence);
  });
}

void InspectController::setCohort(const std::shared_ptr<const Cohort>& cohort) {
  cohort_ = cohort;
  listCases();
  const std::string first = firstToShow(*cohort);
  if (!first.empty()) openCase(first);
}

void InspectController::listCases() {
  page_.cases()->clear();
  auto* model = qobject_cast<QStandardItemModel*>(page_.cases()->model());
  for (const CaseInfo& info : cohort_->cases) {
    const QString id = QString::fromStdString(info.id);
    page_.cases()->addItem(id, id);
    if (info.usable()) continue;
    const int row = page_.cases()->count() - 1;
    model->item(row)->setEnabled(false);
    page_.cases()->setItemData(
        row, info.notes.empty() ? QString() : QString::fromStdString(info.notes.back()),
        Qt::ToolTipRole);
  }
}

void InspectController::openCase(const std::string& id) {
  const CaseInfo* info = cohort_ ? cohort_->find(id) : nullptr;
  if (info == nullptr || !info->usable()) return;
  caseId_ = id;
  page_.cases()->setCurrentIndex(page_.cases()->findData(QString::fromStdString(id)));
  page_.notice()->dismiss();
  forgetPrediction();
  patient_.reset();
  page_.setBusy(tr("Reading the case"));
  job_.setCase(*info);
}

void InspectController::showCase(const std::shared_ptr<const Case>& patient) {
  patient_ = patient;
  page_.setIdle();
  page_.tiles()->setCase(cohort_->schema, volumesOf(patient), patient->grid);
  if (const auto available = patient->available()) {
    page_.switches()->setAvailable(*available);
    const auto volumes = volumesOf(patient);
    page_.scene()->setHead(volumes[available->ids().front().index()]);
    page_.tiles()->setShown(*available);
  }
  page_.tiles()->setTruth(nullptr);
  if (patient->labels) {  // where to look; the overlay itself is the network's
    const std::shared_ptr<const LabelVolume> truth(patient, &*patient->labels);
    page_.tiles()->setOverlay(truth);
    page_.tiles()->centreOnTumour();
    page_.tiles()->setOverlay(nullptr);
    page_.tiles()->setTruth(truth);
  }
  page_.announceCrosshair();
  if (!chosenRun_.empty()) page_.setBusy(tr("Predicting"));
}

void InspectController::listRunsOf(const fs::path& folder) {
  page_.runs()->clear();
  page_.runs()->addItem(tr("No run"), QString());
  for (const RunFolder& run : listRuns(folder)) {
    try {
      if (!fs::exists(run.checkpoints() / "last.safetensors")) continue;
      page_.runs()->addItem(runWords(run), asText(run.path()));
      page_.runs()->setItemData(page_.runs()->count() - 1, asText(run.path()), Qt::ToolTipRole);
    } catch (const std::exception&) {
      continue;  // a folder that is no longer a run is not offered
    }
  }
  const int row = page_.runs()->findData(asText(chosenRun_));
  page_.runs()->setCurrentIndex(std::max(row, 0));
}

void InspectController::openRun(const fs::path& run) {
  chosenRun_ = run;
  listRunsOf(settings_.runsFolder());
  chooseRun(run);
}

void InspectController::chooseRun(const fs::path& run) {
  chosenRun_ = run;
  run_.reset();
  newestStep_.reset();
  question_.reset();
  page_.steps()->setSteps({});
  page_.newest()->setEnabled(false);
  page_.notice()->dismiss();
  page_.sharing()->clear();
  forgetPrediction();
  if (run.empty()) {
    page_.setIdle();
    job_.setRun(std::nullopt);
    return;
  }
  page_.setBusy(tr("Opening the run"));
  job_.setRun(run);
}

void InspectController::offerSteps(const OpenedRun& run) {
  if (newestStep_) return page_.steps()->setStep(run.step);
  newestStep_ = run.step;
  std::vector<std::int64_t> steps = run.snapshots;
  steps.push_back(run.step);
  std::sort(steps.begin(), steps.end());
  steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
  page_.steps()->setSteps(std::move(steps));
}

/// What was asked about dominance is asked again of the other weights.
void InspectController::chooseStep(std::int64_t step) {
  const auto question = question_;
  forgetPrediction();
  question_ = question;
  page_.setBusy(tr("Opening step %1").arg(step));
  if (step == newestStep_)
    job_.setRun(chosenRun_);
  else
    job_.setRun(chosenRun_, step);
}

void InspectController::noticeCheckpoint(const fs::path& run) {
  listRunsOf(settings_.runsFolder());
  page_.newest()->setEnabled(run == chosenRun_);
}

void InspectController::noticeEnd(const fs::path& run) {
  listRunsOf(settings_.runsFolder());
  if (run == chosenRun_) chooseRun(run);
}

void InspectController::activate() {
  if (!chosenRun_.empty() || page_.runs()->count() < 2) return;
  openRun(asPath(page_.runs()->itemData(1).toString()));
}

bool InspectController::settled() const {
  return page_.scene()->settled();
}

void InspectController::toggle(ModalityId id) {
  page_.switches()->toggle(id);
}

void InspectController::ask(ModalitySet set) {
  question_.reset();
  if (patient_ && !chosenRun_.empty()) job_.request(set);
}

void InspectController::showResult(const Segmentation& result) {
  shown_ = result;
  page_.setIdle();
  const auto available = patient_->available().value_or(result.set);
  if (result.set == available) reference_ = result.dice;
  if (!explanation_ || explanation_->attribution.set != result.set) forgetExplanation();
  page_.dominance()->setReady(true);
  if (question_ && !explanation_) job_.explain(*question_);
  page_.tiles()->setOverlay(result.labels);
  page_.tiles()->setShown(result.set);
  page_.scene()->setLabels(result.labels);
  page_.readout()->show(result, reference_);
  page_.sharing()->setShown(result.set);
  page_.subsets()->setSelected(result.set);
  page_.setShowing(showingWords(cohort_->schema, result.set, available));
  Q_EMIT shownChanged(result);
}

void InspectController::showTable(const SubsetTable& table) {
  table_ = table;
  page_.subsets()->setTable(table);
  if (shown_) page_.subsets()->setSelected(shown_->set);
}

void InspectController::showExplanation(const std::shared_ptr<const Explanation>& explanation) {
  explanation_ = explanation;
  page_.dominance()->setAttribution(attribution());
  showMaps();
}

std::shared_ptr<const Attribution> InspectController::attribution() const {
  if (!explanation_) return nullptr;
  return {explanation_, &explanation_->attribution};
}

void InspectController::showMaps() {
  page_.tiles()->clearMaps();
  if (!explanation_ || !explanation_->dominance) return;
  if (page_.dominance()->mapView() == MapView::EachModality)
    page_.tiles()->setMaps(mapsOf(attribution()));
  if (page_.dominance()->mapView() == MapView::Strongest)
    page_.tiles()->setStrongest(strongestOf(explanation_));
}

void InspectController::forgetExplanation() {
  explanation_.reset();
  page_.dominance()->clear();
  page_.tiles()->clearMaps();
}

void InspectController::showRemark() {
  const bool seen = run_->manifest.trainedOn(caseId_);
  const bool sameFolder =
      cohort_ && fs::weakly_canonical(run_->manifest.data) == fs::weakly_canonical(cohort_->folder);
  const QString words = tr("Checkpoint of step %1.").arg(run_->step);
  if (seen && sameFolder) {
    page_.readout()->setRemark(words + ' ' +
                               tr("The network was trained on this case: its scores flatter."));
  } else if (seen) {
    page_.readout()->setRemark(words + ' ' +
                               tr("The network was trained on a case of this name elsewhere."));
  } else {
    page_.readout()->setRemark(words + ' ' + tr("Training has not seen this case."));
  }
}

void InspectController::forgetPrediction() {
  shown_.reset();
  table_.reset();
  reference_.reset();
  page_.tiles()->setOverlay(nullptr);
  page_.scene()->setLabels(nullptr);
  question_.reset();
  page_.dominance()->setReady(false);
  forgetExplanation();
  page_.subsets()->clear();
  page_.readout()->clear();
  page_.setShowing(tr("No prediction"));
}

}  // namespace modascope
