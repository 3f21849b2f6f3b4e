#include "app/jobs/sample_job.h"

#include <map>

#include "app/jobs/sentence.h"

namespace modascope {

/// From the worker's thread to the GUI's. What belongs to a sample or a run that is no longer
/// wanted is not told.
template <typename Signal, typename Value>
void SampleJob::tell(const Wish& wish, Signal signal, Value value) {
  const auto deliver = [this, sample = wish.sampleNumber, run = wish.runNumber, signal, value] {
    if (sample == wish_.sampleNumber && run == wish_.runNumber) Q_EMIT(this->*signal)(value);
  };
  QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
}

/// What the thread holds between two wishes: the data, the run, and what was said of the sample.
class SampleJob::Worker {
 public:
  explicit Worker(SampleJob& job) : job_(job) {}

  void fulfil(const Wish& wish, std::stop_token stop) {
    try {
      openRun(wish);
    } catch (...) {
      tellFailed(wish);
    }
    try {
      openData(wish, stop);
      if (!wish.info) return;
      load(wish);
      if (!run_ || stop.stop_requested()) return;
      answer(wish, stop);
      score(wish, stop);
    } catch (...) {
      if (!stop.stop_requested()) tellFailed(wish);  // else the next wish does it again
    }
  }

 private:
  void tellFailed(const Wish& wish) {
    job_.tell(wish, &SampleJob::failed,
              QString::fromStdString(sentenceOf(std::current_exception())));
  }

  void openRun(const Wish& wish) {
    if (runNumber_ == wish.runNumber) return;
    runNumber_ = wish.runNumber;
    run_.reset();
    scores_.clear();
    forgetSample();
    if (!wish.run) return;
    run_ = openTrainedRun(*wish.run, wish.snapshot ? snapshotCheckpoint(*wish.snapshot) : "last");
    job_.tell(wish, &SampleJob::runOpened, openedRunOf(*run_));
  }

  /// The run's own splits and task hold, so another run reads the file again.
  void openData(const Wish& wish, const std::stop_token& stop) {
    if (wish.data.empty()) return;
    const std::filesystem::path byRun = run_ ? run_->folder : std::filesystem::path();
    if (data_ && data_->cohort.folder == wish.data && byRun_ == byRun) return;
    data_.reset();
    scores_.clear();
    forgetSample();
    try {
      data_ = run_ ? openCohortData(wish.data, run_->manifest, stop)
                   : openCohortData(wish.data, kSeed, stop);
    } catch (...) {
      if (!run_ || stop.stop_requested()) throw;
      run_.reset();  // it is for other data: the sample itself can be looked at
      data_ = openCohortData(wish.data, kSeed, stop);
      tellFailed(wish);
    }
    byRun_ = run_ ? run_->folder : std::filesystem::path();
    moments_ = run_ ? run_->manifest.moments : momentsOf(*data_);
    labels_ = labelFactsOf(*data_, moments_);
  }

  void forgetSample() {
    loaded_ = 0;
    answered_ = 0;
  }

  void load(const Wish& wish) {
    if (loaded_ == wish.sampleNumber) return;
    const auto sample = std::make_shared<LoadedSample>();
    sample->problem = data_->cohort.problem();
    sample->look = lookAt(*data_, *wish.info, moments_);
    sample->labels = labels_;
    loaded_ = wish.sampleNumber;
    job_.tell(wish, &SampleJob::sampleLoaded, std::shared_ptr<const LoadedSample>(sample));
  }

  void answer(const Wish& wish, std::stop_token stop) {
    if (answered_ == wish.sampleNumber && answeredWith_ == wish.corruption) return;
    auto outputs = outputsOf(*run_, *data_, *wish.info, stop, wish.corruption);
    if (!outputs) return;
    const auto all = std::make_shared<SampleAnswer>(
        SampleAnswer{wish.info->id, *outputs, contributionsTo(*outputs, labels_.mean),
                     wish.corruption, standInsOf(*run_, *data_, *wish.info, wish.corruption)});
    answered_ = wish.sampleNumber;
    answeredWith_ = wish.corruption;
    job_.tell(wish, &SampleJob::answered, std::shared_ptr<const SampleAnswer>(all));
  }

  void score(const Wish& wish, std::stop_token stop) {
    if (!wish.split) return;
    const std::pair which(*wish.split, wish.corruption);
    auto known = scores_.find(which);
    if (known == scores_.end()) {
      auto scores = scoresOf(*run_, *data_, which.first, which.second, stop);
      if (!scores) return;
      known = scores_.emplace(which, std::move(*scores)).first;
    }
    job_.tell(wish, &SampleJob::scored, known->second);
  }

  static constexpr std::uint64_t kSeed = 1;  ///< of a split that the file does not tell

  SampleJob& job_;
  std::uint64_t runNumber_ = 0;
  std::optional<TrainedRun> run_;
  std::optional<CohortData> data_;
  std::filesystem::path byRun_;  ///< the run by which the data were opened
  std::vector<Moments> moments_;
  LabelFacts labels_;
  std::uint64_t loaded_ = 0;  ///< the sample that was told last
  std::uint64_t answered_ = 0;
  Corruption answeredWith_ = Corruption::Absent;
  std::map<std::pair<std::string, Corruption>, SplitScores> scores_;  ///< of the run
};

SampleJob::SampleJob(QObject* parent) : QObject(parent), worker_(std::make_unique<Worker>(*this)) {}

SampleJob::~SampleJob() = default;

void SampleJob::setSample(const std::filesystem::path& data, const std::optional<CaseInfo>& info) {
  wish_.data = data;
  wish_.info = info;
  ++wish_.sampleNumber;
  post();
}

void SampleJob::setRun(const std::optional<std::filesystem::path>& folder,
                       std::optional<std::int64_t> snapshot) {
  wish_.run = folder;
  wish_.snapshot = snapshot;
  ++wish_.runNumber;
  post();
}

void SampleJob::setSplit(const std::optional<std::string>& split) {
  wish_.split = split;
  post();
}

void SampleJob::setCorruption(Corruption corruption) {
  wish_.corruption = corruption;
  post();
}

void SampleJob::post() {
  task_.interruptAndPost(
      [this, wish = wish_](std::stop_token stop) { worker_->fulfil(wish, stop); });
}

}  // namespace modascope
