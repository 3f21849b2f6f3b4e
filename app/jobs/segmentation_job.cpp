#include "app/jobs/segmentation_job.h"

#include <algorithm>

#include "app/jobs/sentence.h"
#include "app/work/looking/stand_ins.h"
#include "core/attribution/attribute.h"
#include "core/base/error.h"
#include "core/inference/subset_scores.h"
#include "core/metrics/dice.h"
#include "core/volume/resample.h"

namespace modascope {

/// From the worker's thread to the GUI's. What belongs to a case or a run that is no longer wanted
/// is not told.
template <typename Signal, typename... Values>
void SegmentationJob::tell(Stamp stamp, Signal signal, Values... values) {
  const auto deliver = [this, stamp, signal, values...] {
    if (stamp.caseNumber.value_or(wish_.caseNumber) != wish_.caseNumber) return;
    if (stamp.runNumber.value_or(wish_.runNumber) != wish_.runNumber) return;
    if (stamp.number.value_or(wish_.number) != wish_.number) return;
    Q_EMIT(this->*signal)(values...);
  };
  QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
}

/// What the thread holds between two wishes: the case, the run, and its prediction.
class SegmentationJob::Worker {
 public:
  explicit Worker(SegmentationJob& job) : job_(job) {}

  void fulfil(const Wish& wish, std::stop_token stop) {
    try {
      stamp_ = {wish.caseNumber, std::nullopt};
      loadCase(wish);
      stamp_ = {std::nullopt, wish.runNumber};
      openRun(wish);
      stamp_ = {wish.caseNumber, wish.runNumber};
      if (!patient_ || !run_ || stop.stop_requested()) return;
      run_->manifest.requireModalities(wish.schema);
      if (isOutdated(wish)) forgetPrediction();
      if (!prediction_ && !predict(wish, stop)) return;
      if (shown_ != wish.toShow && !show(wish)) return;
      explain(wish);
      score(wish);
    } catch (...) {
      const auto sentence = QString::fromStdString(sentenceOf(std::current_exception()));
      job_.tell(stamp_, &SegmentationJob::failed, sentence);
    }
  }

 private:
  void loadCase(const Wish& wish) {
    if (caseNumber_ == wish.caseNumber) return;
    forgetPrediction();
    patient_.reset();
    if (wish.info) patient_ = std::make_shared<const Case>(readCase(*wish.info));
    caseNumber_ = wish.caseNumber;
    if (patient_) job_.tell(stamp_, &SegmentationJob::caseLoaded, patient_);
  }

  void openRun(const Wish& wish) {
    if (runNumber_ == wish.runNumber) return;
    forgetPrediction();
    run_.reset();
    if (wish.run)
      run_ = openTrainedRun(*wish.run, wish.snapshot ? snapshotCheckpoint(*wish.snapshot) : "last");
    runNumber_ = wish.runNumber;
    if (!run_) return;
    requireVolumes();
    OpenedRun opened = openedRunOf(*run_);
    opened.layers = attributionLayers(run_->segmenter->model());
    opened.defaultLayer = defaultAttributionLayer(run_->segmenter->model()).value_or("");
    job_.tell(stamp_, &SegmentationJob::runOpened, opened);
  }

  void requireVolumes() {
    if (run_->segmenter) return;
    const Error error(
        "The run " + inQuotes(run_->folder) + " is for " + std::string(keyOf(run_->manifest.task)) +
        ", not for volumes; open its data, " + inQuotes(run_->manifest.data) + ", to look at it.");
    run_.reset();
    throw error;
  }

  void forgetPrediction() {
    prediction_.reset();
    standIns_.clear();
    scorer_.reset();
    nextScores_.reset();
    shown_ = 0;
  }

  bool isOutdated(const Wish& wish) const {
    if (corruption_ != wish.corruption) return true;
    return corruption_ == Corruption::Shuffled && otherId_ != otherOf(wish).id;
  }

  static const CaseInfo& otherOf(const Wish& wish) { return wish.other ? *wish.other : *wish.info; }

  bool predict(const Wish& wish, std::stop_token stop) {
    corruption_ = wish.corruption;
    otherId_ = otherOf(wish).id;
    standIns_.clear();
    StandIn standIn = standInFor(*run_->segmenter, corruption_, otherOf(wish), Seed{});
    if (standIn)
      standIn = [this, make = std::move(standIn)](const PreparedCase& intact) {
        PreparedCase given = make(intact);
        standIns_ = volumesOf(given);
        return given;
      };
    prediction_ = run_->segmenter->predict(*patient_, standIn, stop, predicting());
    nextScores_ = Scores::Dice;
    return prediction_.has_value();
  }

  /// As pictures beside the case's own.
  std::vector<std::shared_ptr<const Volume>> volumesOf(const PreparedCase& given) const {
    std::vector<std::shared_ptr<const Volume>> volumes;
    for (const auto& volume : given.modalities) {
      volumes.push_back(nullptr);
      if (!volume || volume->voxels.empty()) continue;
      Volume seen = *volume;
      const float lowest = *std::min_element(seen.voxels.begin(), seen.voxels.end());
      for (float& v : seen.voxels) v = v == 0 ? 0 : v - lowest;
      volumes.back() = std::make_shared<const Volume>(resampleImage(seen, patient_->grid));
    }
    return volumes;
  }

  ModalitySet setOf(const Wish& wish) const {
    const ModalitySet available = prediction_->available();
    return wish.set.value_or(available).intersected(available).value_or(available);
  }

  TileProgress predicting() {
    return
        [this](int done, int total) { job_.tell(stamp_, &SegmentationJob::progress, done, total); };
  }

  bool show(const Wish& wish) {
    const ModalitySet set = setOf(wish);
    auto segmented = prediction_->segment(set, wish.superseded, predicting());
    if (!segmented) return false;
    const auto labels = std::make_shared<const LabelVolume>(std::move(*segmented));
    shown_ = wish.toShow;
    Segmentation result{wish.toShow, set, corruption_, labels, {}, {}, standIns_};
    result.ml = regionsMl(*labels);
    if (patient_->labels) {
      const Overlap overlap(*labels, *patient_->labels);
      result.dice.emplace();
      std::transform(kRegions.begin(), kRegions.end(), result.dice->begin(),
                     [&](Region region) { return overlap.dice(region); });
    }
    job_.tell(stamp_, &SegmentationJob::segmented, result);
    return true;
  }

  /// Whatever is asked for meanwhile comes first, and this is then forgotten.
  void explain(const Wish& wish) {
    if (!wish.question || corruption_ != Corruption::Absent) return;
    Stamp stamp = stamp_;
    stamp.number = wish.number;
    const auto progress = [&](int done, int total) {
      job_.tell(stamp, &SegmentationJob::explaining, done, total);
    };
    auto answer = attribute(*run_->segmenter, *patient_, *prediction_, requestOf(wish),
                            wish.superseded, progress);
    if (!answer) return;
    auto all = std::make_shared<Explanation>();
    all->attribution = std::move(answer->front());
    if (!all->attribution.maps.empty()) all->dominance = dominance(all->attribution);
    all->within = wish.question->within;
    job_.tell(stamp, &SegmentationJob::explained, std::shared_ptr<const Explanation>(all));
  }

  AttributionRequest requestOf(const Wish& wish) const {
    AttributionTarget target{wish.question->region};
    if (const auto& ball = wish.question->within)
      target.picked = std::make_shared<const LabelVolume>(insideOf(*ball, patient_->grid));
    return {setOf(wish), {target}, wish.question->layer};
  }

  /// Dice of all subsets, then HD95 too; whoever waits comes first, and it goes on afterwards.
  void score(const Wish& wish) {
    for (; nextScores_; nextScores_ = followedBy(*nextScores_)) {
      if (!scorer_) scorer_.emplace(*prediction_, truth(), run_->manifest.schema, *nextScores_);
      while (!scorer_->done()) {
        if (wish.superseded.stop_requested()) return;
        scorer_->scoreNext(wish.superseded);
      }
      job_.tell(stamp_, &SegmentationJob::scored, scorer_->table());
      scorer_.reset();
    }
  }

  static std::optional<Scores> followedBy(Scores scores) {
    if (scores == Scores::Dice) return Scores::DiceAndHd95;
    return std::nullopt;
  }

  std::shared_ptr<const LabelVolume> truth() const {
    if (!patient_->labels) return nullptr;
    return {patient_, &*patient_->labels};
  }

  SegmentationJob& job_;
  Stamp stamp_;
  std::uint64_t caseNumber_ = 0;
  std::uint64_t runNumber_ = 0;
  std::shared_ptr<const Case> patient_;
  std::optional<TrainedRun> run_;
  std::optional<CasePrediction> prediction_;
  Corruption corruption_ = Corruption::Absent;           ///< of the prediction
  std::string otherId_;                                  ///< whose volumes may stand in
  std::vector<std::shared_ptr<const Volume>> standIns_;  ///< that the prediction was made with
  std::uint64_t shown_ = 0;  ///< the wish for a picture that was answered last
  std::optional<SubsetScorer> scorer_;
  std::optional<Scores> nextScores_;  ///< nothing when all is told
};

SegmentationJob::SegmentationJob(QObject* parent)
    : QObject(parent), worker_(std::make_unique<Worker>(*this)) {}

SegmentationJob::~SegmentationJob() {
  newer_.request_stop();
}

void SegmentationJob::setCase(const std::optional<CaseInfo>& info, const ModalitySchema& schema) {
  wish_.info = info;
  wish_.schema = schema;
  wish_.question.reset();
  ++wish_.caseNumber;
  wish_.toShow = nextNumber();
  post(true);
}

void SegmentationJob::setRun(const std::optional<std::filesystem::path>& folder,
                             std::optional<std::int64_t> snapshot) {
  wish_.run = folder;
  wish_.snapshot = snapshot;
  wish_.question.reset();
  ++wish_.runNumber;
  wish_.toShow = nextNumber();
  post(true);
}

std::uint64_t SegmentationJob::request(ModalitySet set) {
  wish_.set = set;
  wish_.question.reset();
  wish_.toShow = nextNumber();
  post(false);
  return wish_.number;
}

void SegmentationJob::setCorruption(Corruption corruption, const std::optional<CaseInfo>& other) {
  wish_.corruption = corruption;
  wish_.other = other;
  wish_.question.reset();
  wish_.toShow = nextNumber();
  post(true);
}

void SegmentationJob::explain(const AttributionQuestion& question) {
  wish_.question = question;
  nextNumber();
  post(false);
}

void SegmentationJob::stopExplaining() {
  wish_.question.reset();
  nextNumber();
  post(false);
}

std::uint64_t SegmentationJob::nextNumber() {
  newer_.request_stop();
  newer_ = {};
  wish_.superseded = newer_.get_token();
  return ++wish_.number;
}

void SegmentationJob::post(bool interrupt) {
  auto task = [this, wish = wish_](std::stop_token stop) { worker_->fulfil(wish, stop); };
  if (interrupt) {
    task_.interruptAndPost(task);
  } else {
    task_.post(task);
  }
}

}  // namespace modascope
