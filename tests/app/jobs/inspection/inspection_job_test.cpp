#include "app/jobs/inspection/inspection_job.h"

#include <QSignalSpy>
#include <QTest>

#include "tests/app/jobs/inspection/made_up_inspection.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

struct LastingQuestion : InspectionQuestion {
  bool lasts() const override { return true; }
};

/// Another run shows the case otherwise. Loading it through the run "slow" ends only when it is
/// stopped, with an exception; to answer without a case is told.
class OutdatedByRuns : public MadeUpInspection {
 public:
  OpenedRun openRun(const std::filesystem::path& folder,
                    std::optional<std::int64_t> snapshot) override {
    run_ = folder;
    return MadeUpInspection::openRun(folder, snapshot);
  }
  bool isCaseOutdated() const override { return loadedBy_ && loadedBy_ != run_; }
  std::shared_ptr<const InspectedCase> load(const std::shared_ptr<const Cohort>& cohort,
                                            const CaseInfo& info, std::stop_token stop) override {
    loadedBy_.reset();
    while (run_ == "slow" && !stop.stop_requested()) QTest::qSleep(1);
    if (stop.stop_requested()) throw Error("Reading was stopped.");
    loadedBy_ = run_;
    return MadeUpInspection::load(cohort, info, stop);
  }
  void answer(const InspectionRequest& request, std::stop_token stop,
              InspectionListener& listener) override {
    if (!loadedBy_) throw Error("There is no case.");
    MadeUpInspection::answer(request, stop, listener);
  }

 private:
  std::filesystem::path run_;
  std::optional<std::filesystem::path> loadedBy_;
};

/// Counts how often a run is read.
class CountedRuns : public MadeUpInspection {
 public:
  explicit CountedRuns(std::shared_ptr<int> count) : count_(std::move(count)) {}
  OpenedRun openRun(const std::filesystem::path& folder,
                    std::optional<std::int64_t> snapshot) override {
    ++*count_;
    return MadeUpInspection::openRun(folder, snapshot);
  }

 private:
  std::shared_ptr<int> count_;
};

/// A job, and what it says.
struct Heard {
  explicit Heard(std::unique_ptr<Inspection> inspection = std::make_unique<MadeUpInspection>())
      : job(std::move(inspection)) {
    QObject::connect(&job, &InspectionJob::answered, &job,
                     [this](const auto& answer) { answers.push_back(answer); });
  }

  InspectionJob job;
  QSignalSpy loaded{&job, &InspectionJob::caseLoaded};
  QSignalSpy opened{&job, &InspectionJob::runOpened};
  QSignalSpy replied{&job, &InspectionJob::replied};
  QSignalSpy failed{&job, &InspectionJob::failed};
  std::vector<std::shared_ptr<const InspectionAnswer>> answers;

  /// Until nothing is under way any more.
  static void settle() { QTest::qWait(30); }
};

}  // namespace

class InspectionJobTest : public QObject {
  Q_OBJECT

  const std::shared_ptr<const Cohort> cohort_ = madeUpCohort();
  const CaseInfo& a_ = cohort_->cases[0];
  const CaseInfo& b_ = cohort_->cases[1];
  const CaseInfo& broken_ = cohort_->cases[2];

 private Q_SLOTS:
  void aCaseAndARunAreAnsweredOnceWithEverythingThatTheCaseHas() {
    Heard heard;
    heard.job.setCase(cohort_, a_);
    heard.job.setRun("good", 50);
    QTRY_COMPARE(heard.answers.size(), std::size_t{1});
    heard.settle();
    QCOMPARE(heard.answers.size(), std::size_t{1});
    QCOMPARE(heard.answers[0]->set, cohort_->problem.schema.all());
    QCOMPARE(heard.loaded.size(), 1);
    QCOMPARE(heard.opened.size(), 1);
    QCOMPARE(static_cast<const OpenedRun*>(heard.opened[0][0].constData())->step, std::int64_t{50});
  }

  void theNewestRequestWinsAndHoldsForTheNextCase() {
    Heard heard;
    heard.job.setCase(cohort_, a_);
    heard.job.setRun("good");
    for (std::size_t i = 0; i < 100; ++i) heard.job.request(ModalitySet(ModalityId(i % 4)));
    const auto newest = heard.job.request(ModalitySet(ModalityId(2)));
    QTRY_VERIFY(!heard.answers.empty() && heard.answers.back()->number == newest);
    QVERIFY(heard.answers.size() < 100);
    heard.job.setCase(cohort_, b_);
    QTRY_VERIFY(heard.answers.back()->number > newest);
    QCOMPARE(heard.answers.back()->set, ModalitySet(ModalityId(2)));
  }

  void whatBelongsToAnotherCaseIsNotTold() {
    Heard heard;
    heard.job.setCase(cohort_, a_);
    heard.job.setRun("good");
    QTest::qSleep(50);  // the answer now waits for this thread
    heard.job.setCase(nullptr, std::nullopt);
    heard.settle();
    QCOMPARE(heard.loaded.size(), 0);
    QVERIFY(heard.answers.empty());
    QCOMPARE(heard.opened.size(), 1);  // the run is still the one that is wanted
  }

  void aBrokenRunIsSaidOfEveryCaseAfterTheCaseIsShown() {
    Heard heard;
    QStringList order;
    QObject::connect(&heard.job, &InspectionJob::caseLoaded, this, [&] { order << "case"; });
    QObject::connect(&heard.job, &InspectionJob::failed, this,
                     [&](const QString& sentence) { order << sentence; });
    heard.job.setRun("broken");
    QTRY_COMPARE(order, QStringList{"The run is broken."});
    heard.job.setCase(cohort_, a_);
    QTRY_COMPARE(order.size(), 3);
    QCOMPARE(order, (QStringList{"The run is broken.", "case", "The run is broken."}));
    heard.job.setRun("good");
    QTRY_COMPARE(heard.answers.size(), std::size_t{1});
  }

  /// Only when it is chosen again: it may have been put in order.
  void aBrokenRunIsNotReadAgainForEveryRequest() {
    const auto opened = std::make_shared<int>(0);
    Heard heard(std::make_unique<CountedRuns>(opened));
    heard.job.setCase(cohort_, a_);
    heard.job.setRun("broken");
    QTRY_COMPARE(heard.failed.size(), 1);
    heard.job.request(ModalitySet(ModalityId(2)));
    QTRY_COMPARE(heard.failed.size(), 2);
    QCOMPARE(*opened, 1);
    heard.job.setRun("broken");
    QTRY_COMPARE(heard.failed.size(), 3);
    QCOMPARE(*opened, 2);
  }

  void aBrokenCaseIsSaidAndTheRunStaysOpen() {
    Heard heard;
    heard.job.setRun("good");
    heard.job.setCase(cohort_, broken_);
    QTRY_COMPARE(heard.failed.size(), 1);
    QCOMPARE(heard.failed[0][0].toString(), QString("The case is broken."));
    heard.job.setCase(cohort_, a_);
    QTRY_COMPARE(heard.answers.size(), std::size_t{1});
    QCOMPARE(heard.opened.size(), 1);
  }

  void aCaseWhoseReloadWasStoppedIsLoadedForTheNextRun() {
    Heard heard(std::make_unique<OutdatedByRuns>());
    heard.job.setRun("first");
    heard.job.setCase(cohort_, a_);
    QTRY_COMPARE(heard.answers.size(), std::size_t{1});
    heard.job.setRun("slow");
    QTRY_COMPARE(heard.opened.size(), 2);  // the case is now read again
    heard.job.setRun("third");
    QTRY_COMPARE(heard.answers.size(), std::size_t{2});
    QCOMPARE(heard.loaded.size(), 2);
    QCOMPARE(heard.failed.size(), 0);
  }

  void aQuestionGoesWithTheAnswerUnlessItLasts() {
    for (const bool lasts : {false, true}) {
      Heard heard;
      heard.job.setCase(cohort_, a_);
      heard.job.setRun("good");
      heard.job.ask(lasts ? std::make_shared<LastingQuestion>()
                          : std::make_shared<InspectionQuestion>());
      QTRY_COMPARE(heard.replied.size(), 1);
      QCOMPARE(heard.answers.size(), std::size_t{1});
      heard.job.setCorruption(Corruption::Noise);
      QTRY_COMPARE(heard.answers.size(), std::size_t{2});
      QCOMPARE(heard.answers[1]->corruption, Corruption::Noise);
      QTRY_COMPARE(heard.replied.size(), lasts ? 2 : 1);
      heard.job.ask(nullptr);
      heard.job.setCase(cohort_, b_);
      QTRY_COMPARE(heard.answers.size(), std::size_t{3});
      heard.settle();
      QCOMPARE(heard.replied.size(), lasts ? 2 : 1);
    }
  }
};

GUILESS_TEST(InspectionJobTest)
#include "inspection_job_test.moc"
