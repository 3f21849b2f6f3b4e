#include <QLabel>
#include <QtTest>

#include "tests/test_program.h"
#include "widgets/controls/elided_label.h"
#include "widgets/controls/flow_layout.h"
#include "widgets/controls/notice_card.h"

using namespace modascope;

namespace {

/// Asks for `width` × 20, and takes more if it `grows`.
class Part : public QWidget {
 public:
  Part(int width, QWidget* parent, bool grows = false) : QWidget(parent), width_(width) {
    setSizePolicy(grows ? QSizePolicy::Expanding : QSizePolicy::Fixed, QSizePolicy::Fixed);
  }
  QSize sizeHint() const override { return {width_, 20}; }
  QSize minimumSizeHint() const override { return {width_ / 2, 20}; }

 private:
  int width_;
};

/// Parts with 10 pixels between.
struct Bar {
  QWidget widget;
  FlowLayout* flow = new FlowLayout(&widget);
  Bar() { flow->setSpacing(10); }
  Part* add(int width, bool grows = false) {
    auto* part = new Part(width, &widget, grows);
    flow->addWidget(part);
    return part;
  }
  void layOut(int width) { flow->setGeometry({0, 0, width, flow->heightForWidth(width)}); }
};

}  // namespace

class BarsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatFindsNoRoomGoesIntoTheNextRow() {
    Bar bar;
    const Part *a = bar.add(100), *b = bar.add(100), *c = bar.add(100);
    QCOMPARE(bar.flow->sizeHint(), QSize(320, 20));
    QCOMPARE(bar.flow->heightForWidth(320), 20);
    QCOMPARE(bar.flow->heightForWidth(319), 50);  // two rows and 10 between
    QCOMPARE(bar.flow->heightForWidth(100), 80);
    bar.layOut(250);
    QCOMPARE(a->geometry(), QRect(0, 0, 100, 20));
    QCOMPARE(b->geometry(), QRect(110, 0, 100, 20));
    QCOMPARE(c->geometry(), QRect(0, 30, 100, 20));
  }

  void itNeverAsksForMoreThanItsWidestPart() {
    Bar bar;
    for (int i = 0; i < 20; ++i) bar.add(100);
    bar.add(260, true);
    QCOMPARE(bar.flow->minimumSize(), QSize(260 / 2, 20));
  }

  void whatIsHiddenTakesNoRoom() {
    Bar bar;
    bar.add(100);
    bar.add(100)->hide();
    const Part* last = bar.add(100);
    QCOMPARE(bar.flow->heightForWidth(210), 20);
    bar.layOut(210);
    QCOMPARE(last->geometry(), QRect(110, 0, 100, 20));
  }

  void whatGrowsTakesTheRestUpToItsLargest() {
    Bar bar;
    Part *first = bar.add(100, true), *second = bar.add(100, true);
    const Part* third = bar.add(50);
    first->setMaximumWidth(120);
    bar.layOut(400);  // 400 − 250 − 20 = 130 left
    QCOMPARE(first->width(), 120);
    QCOMPARE(second->width(), 210);
    QCOMPARE(third->geometry().right(), 399);
  }

  void aLongLineIsElidedAndAsksForLittle() {
    ElidedLabel label;
    label.setText(QString(300, 'x'));
    QVERIFY(label.minimumSizeHint().width() < 100);
    label.resize(120, 20);
    QVERIFY(label.shownText().size() < 40);
    QVERIFY(label.shownText().endsWith(QChar(0x2026)));
    QCOMPARE(label.text().size(), 300);
    const int before = label.sizeHint().width();
    label.setRoom(10);
    QVERIFY(label.sizeHint().width() < before);
    const int room = label.sizeHint().width();
    label.setText("short");
    QCOMPARE(label.sizeHint().width(), room);  // what it says does not move its neighbours
    QCOMPARE(label.shownText(), QString("short"));
  }

  void aLongPathDoesNotWidenItsNotice() {
    NoticeCard card;
    const QString path = "/a" + QString(400, 'b') + "/" + QString(400, 'c') + "-d.nii.gz";
    card.present({Severity::Failure, "The file " + path + " is damaged.", {}});
    QVERIFY2(card.minimumSizeHint().width() < 600,
             qPrintable(QString::number(card.minimumSizeHint().width())));
    QCOMPARE(card.sentence(), "The file " + path + " is damaged.");
  }
};

WINDOW_TEST(BarsTest)
#include "bars_test.moc"
