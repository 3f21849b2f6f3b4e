#include "core/problem/problem.h"

#include <QTest>

#include "core/problem/score_column.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

class ProblemTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void everyTaskReadsBackFromItsKey() {
    for (const Task task : kTasks) QVERIFY(taskFrom(keyOf(task)) == task);
  }

  void anUnknownTaskIsASentenceThatNamesThoseThatThereAre() {
    QCOMPARE(sentenceOf([] { taskFrom("poetry"); }),
             std::string("There is no task \"poetry\"; there are segmentation3d, segmentation2d, "
                         "classification, regression."));
  }

  void modalitiesLieOneAfterTheOther() {
    const InputLayout layout({{100, 20}, {7, 1}, {3, 2}});
    QCOMPARE(layout.offset(ModalityId(0)), 0);
    QCOMPARE(layout.offset(ModalityId(1)), 2000);
    QCOMPARE(layout.offset(ModalityId(2)), 2007);
    QCOMPARE(layout.total(), 2013);
  }

  void aColumnSaysHowItReads() {
    QCOMPARE(scoreColumn("wt").name, std::string("dice_wt"));
    QCOMPARE(scoreColumn("wt").label, std::string("WT"));
    QCOMPARE(scoreColumn("accuracy").name, std::string("accuracy"));
    QCOMPARE(scoreColumn("iou_car").label, std::string("IoU car"));
    QVERIFY(!scoreColumn("mae").largerIsBetter);
    QVERIFY(scoreColumn("corr").largerIsBetter);
  }

  void aVolumesModalitiesAreOneChannelEach() {
    const Problem problem = volumeProblem(ModalitySchema::brats(), {"wt"});
    QCOMPARE(problem.inputs.total(), 4);
    QVERIFY(!takesFeatures(problem.task));
  }
};

GUILESS_TEST(ProblemTest)
#include "problem_test.moc"
