#include "core/events/run_progress.h"

#include <QTest>

#include "tests/test_program.h"

using namespace modascope;

namespace {

StepEvent stepOf(std::int64_t step, std::int64_t steps, double seconds) {
  StepEvent event;
  event.step = step;
  event.steps = steps;
  event.seconds = seconds;
  return event;
}

PhaseEvent validating(std::int64_t done, std::int64_t of, std::optional<std::int64_t> left = {}) {
  return {RunPhase::Validating, done, of, left};
}

}  // namespace

class RunProgressTest : public QObject {
  Q_OBJECT

  double now_ = 0;
  RunProgress::Clock clock_ = [this] { return now_; };

 private Q_SLOTS:
  void init() { now_ = 1000; }

  void beforeTheFirstStepNothingIsKnown() {
    RunProgress run(clock_);
    run.begin(0, 60);
    QVERIFY(!run.pace());
    QVERIFY(!run.secondsLeft());
  }

  void stepsCountAtThePaceOfTheLastTwenty() {
    RunProgress run(clock_);
    for (std::int64_t i = 1; i <= 10; ++i) run.take(stepOf(i, 60, 100));  // forgotten
    for (std::int64_t i = 11; i <= 30; ++i) run.take(stepOf(i, 60, 2));
    QCOMPARE(*run.pace(), 2.0);
    QCOMPARE(*run.secondsLeft(), 60.0);  // 30 steps of 2 s
  }

  void aTimedValidationCountsForThoseToCome() {
    RunProgress run(clock_);
    run.take(PhaseEvent{RunPhase::Training, 0, 0, 3});
    for (std::int64_t i = 1; i <= 20; ++i) run.take(stepOf(i, 60, 1));
    QCOMPARE(*run.secondsLeft(), 40.0);
    QCOMPARE(run.validationsOfUnknownLength(), 3);
    run.take(validating(0, 0, 3));
    now_ += 10;
    run.take(validating(1, 4));
    QCOMPARE(*run.secondsLeft(), 40.0 + 30.0);  // 10 s a case, three are left
    QCOMPARE(run.validationsOfUnknownLength(), 2);
    now_ += 30;
    run.take(PhaseEvent{RunPhase::Training, 0, 0, 2});
    QCOMPARE(*run.secondsLeft(), 40.0 + 2 * 40.0);
    QCOMPARE(run.validationsOfUnknownLength(), 0);
  }

  void atTheLastStepTheValidationIsWhatIsLeft() {
    RunProgress run(clock_);
    run.take(stepOf(60, 60, 1));
    run.take(validating(0, 8, 1));
    QCOMPARE(run.validationsOfUnknownLength(), 1);
    now_ += 6;
    run.take(validating(2, 8));
    QCOMPARE(*run.secondsLeft(), 18.0);  // 3 s a case, six are left
    run.take(PhaseEvent{RunPhase::Training, 0, 0, 0});
    QCOMPARE(*run.secondsLeft(), 0.0);
  }

  void aResumedRunForgetsThePaceOfBefore() {
    RunProgress run(clock_);
    run.take(stepOf(1, 60, 5));
    run.begin(30, 90);
    QVERIFY(!run.pace());
    QCOMPARE(run.step(), 30);
    QCOMPARE(run.steps(), 90);
  }

  void phasesHaveWords() {
    QCOMPARE(wordsOf(PhaseEvent{}), std::string());
    QCOMPARE(wordsOf(validating(2, 8)), std::string("validating 3 of 8"));
    QCOMPARE(wordsOf(validating(8, 8)), std::string("validating 8 of 8"));
    QCOMPARE(wordsOf(validating(0, 0)), std::string("validating"));
    QCOMPARE(wordsOf(PhaseEvent{RunPhase::Scoring, 0, 3, {}}), std::string("scoring 1 of 3"));
    QCOMPARE(wordsOf(PhaseEvent{RunPhase::Writing, 0, 0, {}}), std::string("writing"));
    QCOMPARE(wordsOf(PhaseEvent{RunPhase::Looking, 11, 198, {}}),
             std::string("looking at case 12 of 198"));
    QCOMPARE(wordsOf(PhaseEvent{RunPhase::Looking, 0, 0, {}}), std::string("looking at the data"));
  }
};

APPLESS_TEST(RunProgressTest)
#include "run_progress_test.moc"
