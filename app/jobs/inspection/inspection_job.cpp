#include "app/jobs/inspection/inspection_job.h"

#include "app/jobs/sentence.h"

namespace modascope {

/// What the thread holds between two requests.
class InspectionJob::Worker : private InspectionListener {
 public:
  Worker(InspectionJob& job, std::unique_ptr<Inspection> inspection)
      : job_(job), inspection_(std::move(inspection)) {}

  /// A case is shown even if its run cannot be opened, which is then said last.
  void fulfil(const InspectionRequest& request, std::stop_token stop) {
    if (runNumber_ != request.runNumber) unopened_ = outcomeOf([&] { openRun(request); });
    const auto loaded = outcomeOf([&] { loadCase(request, stop); });
    if (loaded && stop.stop_requested()) return;  // the next request does it again
    tellFailure({.caseNumber = request.caseNumber}, loaded);
    tellFailure({.runNumber = request.runNumber}, unopened_);
    if (loaded || unopened_ || !request.info || !request.run || stop.stop_requested()) return;
    stamp_ = {request.caseNumber, request.runNumber};
    number_ = request.number;
    tellFailure(stamp_, outcomeOf([&] { inspection_->answer(request, stop, *this); }));
  }

 private:
  /// What it threw; null if nothing.
  template <typename Work>
  static std::exception_ptr outcomeOf(const Work& work) {
    try {
      work();
      return nullptr;
    } catch (...) {
      return std::current_exception();
    }
  }

  void tellFailure(const Stamp& stamp, const std::exception_ptr& thrown) {
    if (thrown)
      job_.tell(stamp, &InspectionJob::failed, QString::fromStdString(sentenceOf(thrown)));
  }

  void openRun(const InspectionRequest& request) {
    runNumber_ = request.runNumber;
    inspection_->closeRun();
    if (request.run)
      job_.tell({.runNumber = request.runNumber}, &InspectionJob::runOpened,
                inspection_->openRun(*request.run, request.snapshot));
  }

  void loadCase(const InspectionRequest& request, std::stop_token stop) {
    if (caseNumber_ == request.caseNumber && !inspection_->isCaseOutdated()) return;
    inspection_->closeCase();
    caseNumber_ = 0;  // what cannot be loaded now is tried again
    if (request.info)
      job_.tell({.caseNumber = request.caseNumber}, &InspectionJob::caseLoaded,
                inspection_->load(request.cohort, *request.info, std::move(stop)));
    caseNumber_ = request.caseNumber;
  }

  void onProgress(int done, int total) override {
    job_.tell(stamp_, &InspectionJob::progress, done, total);
  }
  void onAnswer(const std::shared_ptr<const InspectionAnswer>& answer) override {
    job_.tell(stamp_, &InspectionJob::answered, answer);
  }
  void onScores(const SubsetTable& table) override {
    job_.tell(stamp_, &InspectionJob::scored, table);
  }
  void onReply(const std::shared_ptr<const InspectionReply>& reply) override {
    job_.tell(stampOfReply(), &InspectionJob::replied, reply);
  }
  void onReplyProgress(int done, int total) override {
    job_.tell(stampOfReply(), &InspectionJob::replying, done, total);
  }

  /// Whatever is asked for meanwhile comes first.
  Stamp stampOfReply() const { return {stamp_.caseNumber, stamp_.runNumber, number_}; }

  InspectionJob& job_;
  std::unique_ptr<Inspection> inspection_;
  std::uint64_t caseNumber_ = 0;  ///< of the case that is loaded
  std::uint64_t runNumber_ = 0;   ///< of the run that is open, or cannot be
  std::exception_ptr unopened_;   ///< why it cannot be; null where it is open
  Stamp stamp_;                   ///< of what is being answered
  std::uint64_t number_ = 0;      ///< likewise
};

InspectionJob::InspectionJob(std::unique_ptr<Inspection> inspection, QObject* parent)
    : QObject(parent), worker_(std::make_unique<Worker>(*this, std::move(inspection))) {}

InspectionJob::~InspectionJob() {
  newer_.request_stop();
}

/// From the worker's thread to the GUI's.
template <typename Signal, typename... Values>
void InspectionJob::tell(Stamp stamp, Signal signal, const Values&... values) {
  const auto deliver = [this, stamp, signal, values...] {
    if (isWanted(stamp)) Q_EMIT(this->*signal)(values...);
  };
  QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
}

bool InspectionJob::isWanted(const Stamp& stamp) const {
  return stamp.caseNumber.value_or(request_.caseNumber) == request_.caseNumber &&
         stamp.runNumber.value_or(request_.runNumber) == request_.runNumber &&
         stamp.number.value_or(request_.number) == request_.number;
}

void InspectionJob::setCase(const std::shared_ptr<const Cohort>& cohort,
                            const std::optional<CaseInfo>& info) {
  request_.cohort = cohort;
  request_.info = info;
  ++request_.caseNumber;
  interruptAndPost();
}

void InspectionJob::setRun(const std::optional<std::filesystem::path>& folder,
                           std::optional<std::int64_t> snapshot) {
  request_.run = folder;
  request_.snapshot = snapshot;
  ++request_.runNumber;
  interruptAndPost();
}

void InspectionJob::setCorruption(Corruption corruption) {
  request_.corruption = corruption;
  interruptAndPost();
}

std::uint64_t InspectionJob::request(ModalitySet set) {
  request_.set = set;
  dropQuestion();
  request_.toShow = nextNumber();
  post();
  return request_.number;
}

void InspectionJob::ask(const std::shared_ptr<const InspectionQuestion>& question) {
  request_.question = question;
  nextNumber();
  post();
}

void InspectionJob::dropQuestion() {
  if (request_.question && !request_.question->lasts()) request_.question.reset();
}

std::uint64_t InspectionJob::nextNumber() {
  newer_.request_stop();
  newer_ = {};
  request_.superseded = newer_.get_token();
  return ++request_.number;
}

void InspectionJob::post() {
  task_.post([this, request = request_](std::stop_token stop) { worker_->fulfil(request, stop); });
}

void InspectionJob::interruptAndPost() {
  dropQuestion();
  request_.toShow = request_.emptied = nextNumber();
  task_.interruptAndPost(
      [this, request = request_](std::stop_token stop) { worker_->fulfil(request, stop); });
}

}  // namespace modascope
