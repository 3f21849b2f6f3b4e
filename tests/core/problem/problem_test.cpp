#include "core/problem/problem.h"

#include <QTest>

#include "core/problem/brats.h"
#include "core/problem/score_column.h"
#include "core/problem/task_facts.h"
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

  void everyTaskHasItsOwnRowOfFacts() {
    for (const Task task : kTasks) QVERIFY(factsOf(task).task == task);
    QCOMPARE(factsOf(Task::Segmentation3d).caseWord, "case");
    QCOMPARE(factsOf(Task::Segmentation3d).truthWord, "segmentation");
    QCOMPARE(factsOf(Task::Segmentation2d).casesWord, "pictures");
    QCOMPARE(factsOf(Task::Segmentation2d).patientWord, "scene");
    QCOMPARE(factsOf(Task::Segmentation2d).patientsWord, "scenes");
    QCOMPARE(factsOf(Task::Classification).caseColumn, "accuracy");
    QCOMPARE(factsOf(Task::Regression).caseColumn, "mae");
    QVERIFY(factsOf(Task::Classification).data == factsOf(Task::Regression).data);
  }

  void scoresOfRegionsAloneAreAveraged() {
    QVERIFY(factsOf(Task::Segmentation3d).scoresRegions());
    for (const Task task : {Task::Segmentation2d, Task::Classification, Task::Regression})
      QVERIFY(!factsOf(task).scoresRegions());
  }

  void classesCanBeLearntAsNumbersAndNothingElseAsAnother() {
    const Problem classes{
        Task::Classification, bratsModalities(), InputLayout::singleChannels(4), {"happy", "sad"}};
    const auto numbers = askedFor(classes, Task::Regression);
    QVERIFY(numbers.has_value());
    QVERIFY(numbers->task == Task::Regression);
    QCOMPARE(numbers->outputs, std::vector<std::string>{"value"});
    QVERIFY(askedFor(classes, Task::Classification) == classes);
    QVERIFY(!askedFor(*numbers, Task::Classification));
    QVERIFY(!askedFor(classes, Task::Segmentation2d));
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
    const Problem problem = volumeProblem(bratsModalities(), bratsRegions());
    QCOMPARE(problem.inputs.total(), 4);
    QCOMPARE(problem.outputs, (std::vector<std::string>{"wt", "tc", "et"}));
    QVERIFY(problem == bratsProblem());
    QCOMPARE(factsOf(problem.task).axes, 3);
  }
};

GUILESS_TEST(ProblemTest)
#include "problem_test.moc"
