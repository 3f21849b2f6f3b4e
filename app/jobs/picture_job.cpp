#include "app/jobs/picture_job.h"

#include "app/jobs/sentence.h"
#include "app/work/looking/stand_ins.h"
#include "core/base/error.h"
#include "core/data/picture_source.h"
#include "core/inference/picture_predictions.h"

namespace modascope {
namespace {

void requirePictures(const RunManifest& run) {
  if (run.task == Task::Segmentation2d) return;
  throw Error("The run was trained for " + std::string(keyOf(run.task)) +
              "; pictures need one for " + std::string(keyOf(Task::Segmentation2d)) + ".");
}

}  // namespace

/// From the worker's thread to the GUI's. What belongs to a case or a run that is no longer wanted
/// is not told.
template <typename Signal, typename... Values>
void PictureJob::tell(Stamp stamp, Signal signal, Values... values) {
  const auto deliver = [this, stamp, signal, values...] {
    if (stamp.caseNumber.value_or(wish_.caseNumber) != wish_.caseNumber) return;
    if (stamp.runNumber.value_or(wish_.runNumber) != wish_.runNumber) return;
    Q_EMIT(this->*signal)(values...);
  };
  QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
}

/// What the thread holds between two wishes: the picture, the run, and its predictions.
class PictureJob::Worker {
 public:
  explicit Worker(PictureJob& job) : job_(job) {}

  void fulfil(const Wish& wish, std::stop_token stop) {
    try {
      stamp_ = {wish.caseNumber, std::nullopt};
      loadCase(wish);
      stamp_ = {std::nullopt, wish.runNumber};
      openRun(wish);
      stamp_ = {wish.caseNumber, wish.runNumber};
      if (!sample_ || !run_ || stop.stop_requested()) return;
      prepare(wish);
      if (shown_ != wish.number) show(wish);
      score(wish, stop);
    } catch (...) {
      const auto sentence = QString::fromStdString(sentenceOf(std::current_exception()));
      job_.tell(stamp_, &PictureJob::failed, sentence);
    }
  }

 private:
  void loadCase(const Wish& wish) {
    if (caseNumber_ == wish.caseNumber) return;
    forgetPredictions();
    sample_.reset();
    caseNumber_ = wish.caseNumber;
    if (!wish.cohort || !wish.id) return;
    if (cohort_ != wish.cohort) {
      source_.reset();
      source_ = std::make_unique<PictureSource>(inspectImages(wish.cohort->folder));
      cohort_ = wish.cohort;
    }
    sample_ = source_->picture(*wish.id);
    job_.tell(stamp_, &PictureJob::loaded, sample_);
  }

  void openRun(const Wish& wish) {
    if (runNumber_ == wish.runNumber) return;
    forgetPredictions();
    run_.reset();
    runNumber_ = wish.runNumber;
    if (!wish.run) return;
    auto run =
        openTrainedRun(*wish.run, wish.snapshot ? snapshotCheckpoint(*wish.snapshot) : "last");
    requirePictures(run.manifest);
    run_ = std::move(run);
    job_.tell(stamp_, &PictureJob::runOpened, openedRunOf(*run_));
  }

  void forgetPredictions() {
    predictions_.reset();
    scores_.reset();
    told_ = false;
    shown_ = 0;
  }

  ModalitySet available() const {
    const auto there = ModalitySet::fromBits(sample_->available);
    if (!there) throw Error("Case " + sample_->id + " has no picture.");
    return *there;
  }

  /// The network's input, and what its answers are compared with.
  void prepare(const Wish& wish) {
    if (predictions_ && corruption_ == wish.corruption) return;
    forgetPredictions();
    corruption_ = wish.corruption;
    run_->manifest.requireProblem(wish.cohort->problem());
    const CaseInfo* info = wish.cohort->find(*wish.id);
    if (info == nullptr) throw Error("There is no case " + *wish.id + ".");
    const Sample sample = source_->get(*info, run_->manifest.moments);
    const auto other = [&] {
      return source_->get(stranger(*wish.cohort, *info), run_->manifest.moments);
    };
    given_.reset();
    if (corruption_ != Corruption::Absent)
      given_ = std::make_shared<const std::vector<std::vector<float>>>(
          pictureGiven(*run_, sample, corruption_, other));
    predictions_.emplace(predictionsFor(*run_, sample, corruption_, other), sample_->height,
                         sample_->width);
    const bool known = !sample_->labels.empty();
    const auto all = known ? nullptr : predictions_->classes(available());
    const std::shared_ptr<const std::vector<std::uint8_t>> truth =
        known ? std::shared_ptr<const std::vector<std::uint8_t>>(sample_, &sample_->labels)
              : std::shared_ptr<const std::vector<std::uint8_t>>(all, &all->values);
    scores_.emplace(run_->manifest.problem(), truth,
                    known ? Reference::Truth : Reference::AllModalities);
  }

  void show(const Wish& wish) {
    const ModalitySet all = available();
    const ModalitySet set = wish.set.value_or(all).intersected(all).value_or(all);
    PicturePrediction answer{wish.number, set, corruption_, predictions_->classes(set), {}, given_};
    shown_ = wish.number;
    if (scores_->reference() == Reference::Truth) answer.scores = scores_->of(*answer.classes);
    scores_->add(set, *answer.classes);
    job_.tell(stamp_, &PictureJob::predicted, answer);
  }

  /// Whoever waits comes first, and it goes on afterwards.
  void score(const Wish& wish, std::stop_token stop) {
    if (told_) return;
    std::vector<ModalitySet> sets;
    for (const ModalitySet set : allSubsets(run_->manifest.schema))
      if (available().contains(set)) sets.push_back(set);
    for (std::size_t i = 0; i < sets.size(); ++i) {
      if (stop.stop_requested() || wish.superseded.stop_requested()) return;
      job_.tell(stamp_, &PictureJob::progress, static_cast<int>(i), static_cast<int>(sets.size()));
      if (!scores_->has(sets[i])) scores_->add(sets[i], *predictions_->classes(sets[i]));
    }
    told_ = true;
    job_.tell(stamp_, &PictureJob::scored, scores_->table());
  }

  PictureJob& job_;
  Stamp stamp_;
  std::uint64_t caseNumber_ = 0;
  std::uint64_t runNumber_ = 0;
  std::shared_ptr<const Cohort> cohort_;  ///< that the source reads
  std::unique_ptr<PictureSource> source_;
  std::shared_ptr<const ImageSample> sample_;
  std::optional<TrainedRun> run_;
  std::optional<PicturePredictions> predictions_;
  std::optional<PictureScores> scores_;
  Corruption corruption_ = Corruption::Absent;
  std::shared_ptr<const std::vector<std::vector<float>>> given_;  ///< in place of what is left out
  bool told_ = false;                                             ///< all scores
  std::uint64_t shown_ = 0;  ///< the wish that was answered last
};

PictureJob::PictureJob(QObject* parent)
    : QObject(parent), worker_(std::make_unique<Worker>(*this)) {}

PictureJob::~PictureJob() {
  newer_.request_stop();
}

void PictureJob::setCase(const std::shared_ptr<const Cohort>& cohort,
                         const std::optional<std::string>& id) {
  wish_.cohort = cohort;
  wish_.id = id;
  ++wish_.caseNumber;
  nextNumber();
  post(true);
}

void PictureJob::setRun(const std::optional<std::filesystem::path>& folder,
                        std::optional<std::int64_t> snapshot) {
  wish_.run = folder;
  wish_.snapshot = snapshot;
  ++wish_.runNumber;
  nextNumber();
  post(true);
}

std::uint64_t PictureJob::request(ModalitySet set) {
  wish_.set = set;
  nextNumber();
  post(false);
  return wish_.number;
}

void PictureJob::setCorruption(Corruption corruption) {
  wish_.corruption = corruption;
  nextNumber();
  post(true);
}

void PictureJob::nextNumber() {
  newer_.request_stop();
  newer_ = {};
  wish_.superseded = newer_.get_token();
  ++wish_.number;
}

void PictureJob::post(bool interrupt) {
  auto task = [this, wish = wish_](std::stop_token stop) { worker_->fulfil(wish, stop); };
  if (interrupt) {
    task_.interruptAndPost(task);
  } else {
    task_.post(task);
  }
}

}  // namespace modascope
