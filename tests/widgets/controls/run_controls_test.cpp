#include "widgets/controls/run_controls.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QToolButton>
#include <QtTest>

#include "tests/test_program.h"
#include "widgets/controls/notice_card.h"

using namespace modascope;

namespace {

/// Of the buttons that can be pressed, the words.
QStringList pressable(const QWidget& widget) {
  QStringList words;
  for (const auto* button : widget.findChildren<QPushButton*>())
    if (button->isEnabled()) words << button->text();
  return words;
}

QPushButton* buttonOf(const QWidget& widget, const QString& words) {
  for (auto* button : widget.findChildren<QPushButton*>())
    if (button->text() == words) return button;
  return nullptr;
}

bool says(const QWidget& widget, const QString& words) {
  for (const auto* label : widget.findChildren<QLabel*>())
    if (label->text().contains(words)) return true;
  return false;
}

std::vector<StepEvent> stepsUpTo(std::int64_t last, double seconds) {
  std::vector<StepEvent> steps;
  for (std::int64_t i = 1; i <= last; ++i) {
    StepEvent event;
    event.step = i;
    event.steps = 600;
    event.seconds = seconds;
    steps.push_back(event);
  }
  return steps;
}

}  // namespace

class RunControlsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void eachStateOffersWhatCanBeDone() {
    RunControls controls;
    QCOMPARE(pressable(controls), QStringList{"Start"});
    const std::vector<std::pair<RunState, QStringList>> offers{
        {RunState::Queued, {"Stop"}},
        {RunState::Preparing, {"Stop"}},
        {RunState::Running, {"Pause", "Stop"}},
        {RunState::Pausing, {"Stop"}},
        {RunState::Paused, {"Resume", "Stop"}},
        {RunState::Stopping, {}},
        {RunState::Finished, {"Start"}},
        {RunState::Failed, {"Start"}},
        {RunState::Interrupted, {"Start", "Resume"}}};
    for (const auto& [state, buttons] : offers) {
      controls.setState(state);
      QCOMPARE(pressable(controls), buttons);
    }
  }

  void buttonsAskAndDoNotActThemselves() {
    RunControls controls;
    QSignalSpy start(&controls, &RunControls::startRequested);
    QSignalSpy pause(&controls, &RunControls::pauseRequested);
    QSignalSpy resume(&controls, &RunControls::resumeRequested);
    QSignalSpy stop(&controls, &RunControls::stopRequested);
    buttonOf(controls, "Start")->click();
    controls.setState(RunState::Running);
    buttonOf(controls, "Pause")->click();
    QCOMPARE(pressable(controls), (QStringList{"Pause", "Stop"}));
    controls.setState(RunState::Paused);
    buttonOf(controls, "Resume")->click();
    buttonOf(controls, "Stop")->click();
    QCOMPARE(start.size(), 1);
    QCOMPARE(pause.size(), 1);
    QCOMPARE(resume.size(), 1);
    QCOMPARE(stop.size(), 1);
  }

  void itSaysWhenAButtonTakesEffect() {
    RunControls controls;
    controls.setState(RunState::Running);
    QVERIFY(says(controls, "after this step"));
    QVERIFY(buttonOf(controls, "Pause")->toolTip().contains("after this step"));
    QVERIFY(buttonOf(controls, "Stop")->toolTip().contains("with a checkpoint"));
  }

  void progressTellsPaceAndTimeLeft() {
    RunControls controls;
    controls.setState(RunState::Running);
    controls.append(stepsUpTo(412, 1.1));
    QVERIFY(says(controls, "412 / 600"));
    QVERIFY(says(controls, "1.10 s/step"));
    QVERIFY(says(controls, "3 min 27 s left"));  // 188 × 1.1 s = 206.8 s
    controls.setState(RunState::Finished);
    QVERIFY(!says(controls, "left"));
  }

  void aValidationIsSeenAndBelongsToTheTimeLeft() {
    RunControls controls;
    controls.setState(RunState::Running);
    controls.append(stepsUpTo(600, 0.5));
    controls.setPhase({RunPhase::Validating, 2, 8, 1});
    QVERIFY2(controls.words().contains("validating 3 of 8"), qPrintable(controls.words()));
    QVERIFY(says(controls, controls.words()));
    controls.setPhase({RunPhase::Writing, 0, 0, 0});
    QVERIFY2(controls.words().contains("writing"), qPrintable(controls.words()));
    QVERIFY(!says(controls, "left"));
  }

  void validationsThatNobodyTimedAreCountedAndNotGuessed() {
    RunControls controls;
    controls.setState(RunState::Running);
    controls.append(stepsUpTo(500, 1.0));
    controls.setPhase({RunPhase::Training, 0, 0, 2});
    QVERIFY2(says(controls, "1 min 40 s left, and 2 validations"), qPrintable(controls.words()));
    controls.append(stepsUpTo(600, 1.0));
    controls.setPhase({RunPhase::Validating, 0, 0, 1});
    QVERIFY2(says(controls, "one validation left, of unknown length"),
             qPrintable(controls.words()));
    QVERIFY(!says(controls, "0 s left"));
  }

  void whyARunCannotStartIsSaid() {
    RunControls controls;
    controls.setStartable(false, "Choose a folder with cases first.");
    QVERIFY(pressable(controls).isEmpty());
    QVERIFY(says(controls, "Choose a folder"));
  }

  void durationsReadLikeSpeech() {
    QCOMPARE(durationWords(44.6), QString("45 s"));
    QCOMPARE(durationWords(125), QString("2 min 5 s"));
    QCOMPARE(durationWords(1234), QString("21 min"));
    QCOMPARE(durationWords(4800), QString("1 h 20 min"));
  }

  void aNoticeShowsItsSentenceAndOffersItsActions() {
    NoticeCard card;
    QVERIFY(card.isHidden());
    card.present({Severity::Warning, "This run was interrupted at step 412.", {"Resume", "Leave"}});
    QVERIFY(card.isVisible());
    QVERIFY(says(card, "Warning"));
    QVERIFY(says(card, "interrupted at step 412"));
    QSignalSpy chosen(&card, &NoticeCard::chosen);
    buttonOf(card, "Resume")->click();
    QCOMPARE(chosen[0][0].toString(), QString("Resume"));
    card.present({Severity::Note, "Another.", {}});
    QVERIFY(pressable(card).isEmpty());
  }

  void aNoticeCanBeClosed() {
    NoticeCard card;
    card.present({Severity::Failure, "The disk is full.", {}});
    QSignalSpy dismissed(&card, &NoticeCard::dismissed);
    card.findChild<QToolButton*>()->click();
    QVERIFY(card.isHidden());
    QCOMPARE(dismissed.size(), 1);
  }
};

WINDOW_TEST(RunControlsTest)
#include "run_controls_test.moc"
