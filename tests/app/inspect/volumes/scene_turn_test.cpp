#include "app/inspect/volumes/scene_turn.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "core/base/error.h"
#include "core/cohort/cohort.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

class SceneTurnTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  /// How long it takes is not judged here.
  void everyMoveOfTheMouseEndsInAFrame() {
    const QTemporaryDir folder;
    const auto data = writeTinyCohort(folder.path().toStdString() + "/data");
    SceneTurn turn(openCohort(data).cases.front(), 7);
    QSignalSpy finished(&turn, &SceneTurn::finished);
    turn.begin();
    QTRY_COMPARE_WITH_TIMEOUT(finished.size(), 1, 60000);
    QCOMPARE(turn.framesMs().size(), std::size_t{7});
    QVERIFY(turn.triangles() > 100);
  }

  void aCaseWithoutSegmentationIsRefused() {
    const QTemporaryDir folder;
    const auto data = writeTinyCohort(folder.path().toStdString() + "/data");
    CaseInfo info = openCohort(data).cases.front();
    info.segmentationPresence = Presence::Absent;
    QVERIFY_EXCEPTION_THROWN(SceneTurn(info, 7), Error);
  }
};

WINDOW_TEST(SceneTurnTest)
#include "scene_turn_test.moc"
