#include "widgets/controls/step_slider.h"

#include <QLabel>
#include <QSlider>
#include <QtTest>

#include "tests/test_program.h"

using namespace modascope;

class StepSliderTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void itStartsAtTheLastAndHidesWhereThereIsNoChoice() {
    StepSlider slider;
    QVERIFY(slider.isHidden());
    slider.setSteps({600});
    QVERIFY(slider.isHidden());
    slider.setSteps({200, 400, 600});
    QVERIFY(!slider.isHidden());
    QCOMPARE(slider.step(), std::int64_t{600});
    QCOMPARE(slider.findChild<QLabel*>()->text(), QString("step 600"));
  }

  void keysChooseAtOnceAndTellEachStepOnce() {
    StepSlider slider;
    slider.setSteps({200, 400, 600});
    QSignalSpy chosen(&slider, &StepSlider::chosen);
    QTest::keyClick(slider.findChild<QSlider*>(), Qt::Key_Left);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.first().first().toLongLong(), 400);
    QTest::keyClick(slider.findChild<QSlider*>(), Qt::Key_Home);
    QTest::keyClick(slider.findChild<QSlider*>(), Qt::Key_Home);
    QCOMPARE(chosen.size(), 2);
  }

  void draggingTellsOnlyWhereItEnds() {
    StepSlider slider;
    slider.setSteps({200, 400, 600});
    QSignalSpy chosen(&slider, &StepSlider::chosen);
    auto* bar = slider.findChild<QSlider*>();
    bar->setSliderDown(true);
    bar->setValue(1);
    bar->setValue(0);
    QCOMPARE(chosen.size(), 0);
    QCOMPARE(slider.findChild<QLabel*>()->text(), QString("step 200"));
    bar->setSliderDown(false);
    QCOMPARE(chosen.size(), 1);
  }

  void whatIsSetFromOutsideIsNotTold() {
    StepSlider slider;
    slider.setSteps({200, 400, 600});
    QSignalSpy chosen(&slider, &StepSlider::chosen);
    slider.setStep(200);
    QCOMPARE(slider.step(), std::int64_t{200});
    QCOMPARE(chosen.size(), 0);
  }
};

WINDOW_TEST(StepSliderTest)
#include "step_slider_test.moc"
