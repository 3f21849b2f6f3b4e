#include "core/events/events.h"

#include <QTest>
#include <cmath>

#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

class EventsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyStateHasAWordThatReadsBack() {
    const std::vector<std::pair<RunState, std::string>> words{
        {RunState::Queued, "queued"},          {RunState::Preparing, "preparing"},
        {RunState::Running, "running"},        {RunState::Pausing, "pausing"},
        {RunState::Paused, "paused"},          {RunState::Stopping, "stopping"},
        {RunState::Finished, "finished"},      {RunState::Failed, "failed"},
        {RunState::Interrupted, "interrupted"}};
    for (const auto& [state, word] : words) {
      QCOMPARE(std::string(keyOf(state)), word);
      QCOMPARE(runStateFrom(word), state);
    }
    QVERIFY(contains(sentenceOf([] { runStateFrom("done"); }), "\"done\""));
  }

  void parametersAreSharedOnceAndPerModalityForEachThatRuns() {
    const ModelDescription model{"made up",
                                 ModalitySchema({{"a", "A"}, {"b", "B"}, {"c", "C"}, {"d", "D"}}),
                                 {"wt"},
                                 {{"a", "encoder", 0, 100, 8}, {"b", "head", 0, 30, 2}}};
    QCOMPARE(model.sharedParameters(), std::int64_t{130});
    QCOMPARE(model.perModalityParameters(), std::int64_t{10});
    QCOMPARE(model.totalParameters(), std::int64_t{170});
    QCOMPARE(model.activeParameters(ModalitySet::firstOf(2)), std::int64_t{150});
  }

  void anglesAreThoseOfTheGradients() {  // g0 = (2, 0), g1 = (0, 3), g2 = (-1, 0), g3 = (1, 1)
    const Matrix gram{{4, 0, -2, 2}, {0, 9, 0, 3}, {-2, 0, 1, -1}, {2, 3, -1, 2}};
    QCOMPARE(angleDegrees(gram, 0, 1), 90.0);
    QCOMPARE(angleDegrees(gram, 0, 2), 180.0);
    QCOMPARE(angleDegrees(gram, 0, 3), 45.0);
    QCOMPARE(angleDegrees(gram, 3, 2), 135.0);
    QCOMPARE(angleDegrees(gram, 0, 0), 0.0);
  }

  void roundingBeyondOneIsNoAngleBeyondZero() {
    QCOMPARE(angleDegrees(Matrix{{1, 1 + 1e-15}, {1 + 1e-15, 1}}, 0, 1), 0.0);
  }

  void aZeroGradientHasNoAngle() {
    QVERIFY(std::isnan(angleDegrees(Matrix{{0, 0}, {0, 1}}, 0, 1)));
  }
};

APPLESS_TEST(EventsTest)
#include "events_test.moc"
