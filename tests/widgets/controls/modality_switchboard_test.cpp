#include "widgets/controls/modality_switchboard.h"

#include <QtTest>

#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "widgets/bridge/palette.h"
#include "widgets/controls/modality_switch.h"

using namespace modascope;

namespace {

constexpr ModalityId kT1(0), kT1ce(1), kT2(2), kFlair(3);
const ModalitySet kAll = ModalitySet::firstOf(4);

/// What the board emitted.
std::vector<ModalitySet> heard;
void listen(ModalitySwitchboard& board) {
  heard.clear();
  QObject::connect(&board, &ModalitySwitchboard::changed,
                   [](ModalitySet set) { heard.push_back(set); });
}

void show(ModalitySwitchboard& board) {
  board.resize(260, 220);
  board.show();
  board.activateWindow();
  QVERIFY(QTest::qWaitForWindowActive(&board));
}

QImage pictureOf(const ModalitySwitchboard& board, int index) {
  return board.findChildren<ModalitySwitch*>()[index]->grab().toImage();
}

/// Pixels of the modality's own hue.
int coloured(const QImage& image, ModalityId id) {
  int count = 0;
  for (int y = 0; y < image.height(); ++y)
    for (int x = 0; x < image.width(); ++x) count += image.pixelColor(x, y) == modalityColour(id);
  return count;
}

}  // namespace

class ModalitySwitchboardTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theLastOneCannotGoOffAndSaysWhy() {
    ModalitySwitchboard board;
    board.setSchema(bratsModalities());
    board.setSet(ModalitySet(kFlair));
    listen(board);
    board.toggle(kFlair);
    QCOMPARE(board.set(), ModalitySet(kFlair));
    QVERIFY(heard.empty());
    QVERIFY(board.message().contains("FLAIR is the last one"));
    QCOMPARE(board.findChildren<ModalitySwitch*>()[3]->state(), ModalitySwitch::State::On);
    board.toggle(kT1);
    QCOMPARE(heard.back(), ModalitySet(kFlair).with(kT1));
    QVERIFY(board.message().isEmpty());
  }

  void withoutModalitiesThereIsNothingToSwitch() {
    ModalitySwitchboard board;
    show(board);
    listen(board);
    QVERIFY(!board.choice());
    QVERIFY(board.findChildren<ModalitySwitch*>().isEmpty());
    QTest::keyClick(&board, Qt::Key_1, Qt::AltModifier);
    QTest::keyClick(&board, Qt::Key_0, Qt::AltModifier);
    QVERIFY(heard.empty());
  }

  void altAndTheNumberSwitchTheModality() {
    ModalitySwitchboard board;
    board.setSchema(bratsModalities());
    show(board);
    listen(board);
    QTest::keyClick(&board, Qt::Key_2, Qt::AltModifier);
    QCOMPARE(heard.size(), std::size_t{1});
    QCOMPARE(heard.back(), *kAll.without(kT1ce));
    QTest::keyClick(&board, Qt::Key_4, Qt::AltModifier);
    QCOMPARE(heard.back(), *kAll.without(kT1ce)->without(kFlair));
    QTest::keyClick(&board, Qt::Key_0, Qt::AltModifier);
    QCOMPARE(heard.back(), kAll);
    QTest::keyClick(&board, Qt::Key_7, Qt::AltModifier);
    QCOMPARE(heard.size(), std::size_t{3});
  }

  void aClickAndTheSpaceKeySwitch() {
    ModalitySwitchboard board;
    board.setSchema(bratsModalities());
    show(board);
    listen(board);
    const auto switches = board.findChildren<ModalitySwitch*>();
    QTest::mouseClick(switches[2], Qt::LeftButton);
    QCOMPARE(heard.back(), *kAll.without(kT2));
    switches[2]->setFocus();
    QTest::keyClick(switches[2], Qt::Key_Space);
    QCOMPARE(heard.back(), kAll);
  }

  void whatTheCaseDoesNotHaveCannotBeSwitchedOn() {
    ModalitySwitchboard board;
    board.setSchema(bratsModalities());
    listen(board);
    board.setAvailable(*kAll.without(kT1ce));
    QCOMPARE(board.set(), *kAll.without(kT1ce));
    board.toggle(kT1ce);
    QCOMPARE(board.set(), *kAll.without(kT1ce));
    QVERIFY(board.message().contains("no T1ce"));
    board.switchAllOn();
    QCOMPARE(board.set(), *kAll.without(kT1ce));
    QVERIFY(heard.empty());
  }

  void anotherCaseKeepsWhatItCanOfTheSet() {
    ModalitySwitchboard board;
    board.setSchema(bratsModalities());
    board.setSet(ModalitySet(kT1).with(kT2));
    board.setAvailable(ModalitySet(kT2).with(kFlair));
    QCOMPARE(board.set(), ModalitySet(kT2));
    board.setAvailable(ModalitySet(kT1));
    QCOMPARE(board.set(), ModalitySet(kT1));
  }

  void onLeftOutAndAbsentLookAndReadDifferent() {
    ModalitySwitchboard board;
    board.setSchema(bratsModalities());
    board.setAvailable(*kAll.without(kT2));
    board.setSet(ModalitySet(kT1).with(kFlair));
    show(board);
    const auto switches = board.findChildren<ModalitySwitch*>();
    QCOMPARE(switches[1]->stateWords(), QString("left out"));
    QCOMPARE(switches[2]->stateWords(), QString("missing"));
    const int on = coloured(pictureOf(board, 0), kT1);
    const int leftOut = coloured(pictureOf(board, 1), kT1ce);
    const int absent = coloured(pictureOf(board, 2), kT2);
    QVERIFY(on > 2 * leftOut);
    QVERIFY(leftOut > 20);
    QCOMPARE(absent, 0);
  }

  void whatStandsInForWhatIsLeftOutIsSaid() {
    ModalitySwitchboard board;
    board.setSchema(bratsModalities());
    board.setInstead("noise");
    board.toggle(kT1ce);
    const auto state = [&board](int which) {
      return board.findChildren<ModalitySwitch*>()[which]->stateWords();
    };
    QCOMPARE(state(1), QString("noise instead"));
    QVERIFY(board.findChildren<ModalitySwitch*>()[1]->toolTip().contains("in place of T1ce"));
    board.setAvailable(*kAll.without(kT2));
    QCOMPARE(state(2), QString("missing"));
    board.setSchema(ModalitySchema({{"rgb", "RGB"}, {"depth", "Depth"}}));
    board.toggle(ModalityId(1));
    QCOMPARE(state(1), QString("noise instead"));
    board.setInstead({});
    QCOMPARE(state(1), QString("left out"));
  }

  void everySwitchSaysItsNameAndState() {
    ModalitySwitchboard board;
    board.setSchema(bratsModalities());
    board.toggle(kT1ce);
    const auto switches = board.findChildren<ModalitySwitch*>();
    QCOMPARE(switches.size(), 4);
    QCOMPARE(switches[1]->accessibleName(), QString("Modality T1ce"));
    QVERIFY(switches[1]->accessibleDescription().contains("left out on purpose"));
  }

  void itTakesTwoToEightModalities() {
    ModalitySwitchboard board;
    board.setSchema(bratsModalities());
    std::vector<Modality> eight;
    for (const auto* name : {"a", "b", "c", "d", "e", "f", "g", "h"}) eight.push_back({name, name});
    board.setSchema(ModalitySchema(eight));
    QCOMPARE(board.set().size(), std::size_t{8});
    board.setSchema(ModalitySchema({{"rgb", "RGB"}, {"depth", "Depth"}}));
    QCOMPARE(board.findChildren<ModalitySwitch*>().size(), 2);
    QCOMPARE(board.set(), ModalitySet::firstOf(2));
  }
};

WINDOW_TEST(ModalitySwitchboardTest)
#include "modality_switchboard_test.moc"
