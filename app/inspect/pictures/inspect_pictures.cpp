#include "app/inspect/pictures/inspect_pictures.h"

#include <algorithm>
#include <cmath>

#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_words.h"
#include "app/jobs/inspection/inspection_factory.h"
#include "core/files/paths.h"
#include "widgets/controls/sharing_diagram.h"
#include "widgets/pictures/picture_grid.h"
#include "widgets/tables/subset_table_view.h"

namespace modascope {

InspectPictures::InspectPictures(const PictureParts& parts, QObject* parent)
    : QObject(parent), parts_(parts), job_(makeInspection(Task::Segmentation2d)) {
  connect(&parts_.grid, &PictureGrid::pointed, this,
          [this](QPoint, const QString& words) { Q_EMIT pointed(words); });
  connect(&job_, &InspectionJob::caseLoaded, this, [this](const auto& loaded) {
    showCase(std::static_pointer_cast<const InspectedPicture>(loaded)->sample);
  });
  connect(&job_, &InspectionJob::runOpened, this, &InspectPictures::showRun);
  connect(&job_, &InspectionJob::answered, this, [this](const auto& answer) {
    showPrediction(*std::static_pointer_cast<const PicturePrediction>(answer));
  });
  connect(&job_, &InspectionJob::progress, this, &InspectPictures::progress);
  connect(&job_, &InspectionJob::scored, this, &InspectPictures::showTable);
  connect(&job_, &InspectionJob::failed, this, [this](const QString& sentence) {
    Q_EMIT idle();
    Q_EMIT failed(sentence);
  });
}

void InspectPictures::setCohort(const std::shared_ptr<const Cohort>& cohort) {
  if (!cohort && !cohort_) return;
  forgetPrediction();
  cohort_ = cohort;
  caseId_.clear();
  sample_.reset();
  parts_.grid.clear();
  job_.setCase(cohort, std::nullopt);
}

void InspectPictures::open(const CaseInfo& info) {
  if (!cohort_) return;
  forgetPrediction();
  caseId_ = info.id;
  sample_.reset();
  Q_EMIT busy(tr("Reading the picture"));
  job_.setCase(cohort_, info);
}

void InspectPictures::setRun(const std::optional<std::filesystem::path>& run,
                             std::optional<std::int64_t> snapshot) {
  run_.reset();
  runWanted_ = run.has_value();
  if (cohort_) {
    forgetPrediction();
    parts_.sharing.clear();
    if (run) Q_EMIT busy(tr("Opening the run"));
  }
  job_.setRun(run, snapshot);
}

void InspectPictures::show(ModalitySet set) {
  job_.request(set);
}

void InspectPictures::setCorruption(Corruption corruption) {
  job_.setCorruption(corruption);
}

void InspectPictures::showCase(const std::shared_ptr<const ImageSample>& sample) {
  sample_ = sample;
  parts_.grid.setCase(cohort_->problem(), sample);
  Q_EMIT idle();
  if (const auto available = ModalitySet::fromBits(sample->available))
    Q_EMIT pictureShown(*available);
  if (runWanted_) Q_EMIT busy(tr("Predicting"));
}

void InspectPictures::showRun(const OpenedRun& run) {
  run_ = run;
  if (!cohort_) return;
  parts_.sharing.setModel(run.model);
  Q_EMIT runOpened(run);
  sample_ ? Q_EMIT busy(tr("Predicting")) : Q_EMIT idle();
}

void InspectPictures::showPrediction(const PicturePrediction& prediction) {
  shown_ = prediction;
  Q_EMIT idle();
  parts_.grid.setPrediction(prediction.classes);
  parts_.grid.setGiven(prediction.given);
  parts_.grid.setShown(prediction.set, insteadWords(prediction.corruption));
  parts_.sharing.setShown(prediction.corruption == Corruption::Absent
                              ? prediction.set
                              : ModalitySet::fromBits(sample_->available).value_or(prediction.set));
  if (!table_) parts_.subsets.setPending();
  parts_.subsets.setSelected(prediction.set);
  showWords();
  Q_EMIT shownChanged(prediction);
}

void InspectPictures::showTable(const SubsetTable& table) {
  table_ = table;
  Q_EMIT idle();
  parts_.subsets.setTable(table);
  if (!shown_) return;
  parts_.subsets.setSelected(shown_->set);
  showWords();
}

/// "mIoU 0.612 (−0.101 against all)"
QString InspectPictures::scoreWords() const {
  if (!shown_->scores || std::isnan(shown_->scores->miou)) return {};
  const double now = shown_->scores->miou;
  const QString words = tr("mIoU %1").arg(now, 0, 'f', 3);
  const auto available = ModalitySet::fromBits(sample_->available);
  if (!table_ || available == shown_->set) return words;
  const auto all = std::find_if(table_->rows.begin(), table_->rows.end(),
                                [&](const auto& row) { return row.set == available; });
  if (all == table_->rows.end()) return words;
  const double change = now - all->scores.front();
  const QString number = QString::number(std::abs(change), 'f', 3);
  const QString sign = number.toDouble() == 0 ? QString()
                       : change < 0           ? QString(QChar(0x2212))
                                              : QStringLiteral("+");
  return tr("%1 (%2%3 against all)").arg(words, sign, number);
}

/// Whether its scores flatter.
QString InspectPictures::seenWords() const {
  if (!run_->sawPatientOf(caseId_)) return {};
  if (!run_->manifest.trainedOn(caseId_))
    return tr("the network was trained on another picture of this scene: its scores flatter");
  const bool sameFolder = samePlace(run_->manifest.data, cohort_->folder);
  return sameFolder ? tr("the network was trained on this picture: its scores flatter")
                    : tr("the network was trained on a picture of this name elsewhere");
}

void InspectPictures::showWords() {
  const auto available = ModalitySet::fromBits(sample_->available).value_or(shown_->set);
  QStringList words{showingWords(cohort_->schema, shown_->set, available, shown_->corruption),
                    scoreWords()};
  words << seenWords();
  words.removeAll({});
  Q_EMIT saying(words.join(QStringLiteral(" · ")));
}

void InspectPictures::forgetPrediction() {
  shown_.reset();
  table_.reset();
  parts_.grid.setPrediction(nullptr);
  if (!cohort_) return;
  parts_.subsets.clear();
  Q_EMIT saying(tr("No prediction"));
}

}  // namespace modascope
