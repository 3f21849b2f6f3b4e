#include "widgets/slices/handling/slice_mouse.h"

#include <QMouseEvent>
#include <QWheelEvent>
#include <QtTest>
#include <cmath>

#include "tests/test_program.h"

using namespace modascope;

namespace {

// A slice is 400 × 400 pixels, ten a voxel.
const VoxelGrid kGrid{{40, 40, 10}, {1, 1, 1}, {0, 0, 0}};
const QRectF kViewport(0, 0, 400, 400);
const QPointF kStart(200, 200);

QMouseEvent mouse(QEvent::Type type, const QPointF& at, Qt::MouseButton button,
                  Qt::KeyboardModifiers keys = {}) {
  return {type, at, at, button, button, keys};
}

QWheelEvent wheel(int eighths) {
  return {kStart, kStart, {}, {0, eighths}, Qt::NoButton, {}, Qt::NoScrollPhase, false};
}

/// A slice in the window 0…100 and the mouse over it, without a widget.
struct Handled {
  SlicePlace place;
  SliceMouse mouse;
  IntensityWindow window{0, 100};
  std::optional<double> wipe = {};
  Handled() {
    place.setGrid(kGrid);
    place.setCrosshair({20, 20, 5});
  }
  MouseGround ground() const { return {place, kViewport, window, wipe}; }
  SliceActions press(Qt::MouseButton button, Qt::KeyboardModifiers keys = {}) {
    return mouse.press(::mouse(QEvent::MouseButtonPress, kStart, button, keys), ground());
  }
  SliceActions release(const QPointF& at, Qt::MouseButton button) {
    return mouse.release(::mouse(QEvent::MouseButtonRelease, at, button), ground());
  }
  SliceActions turn(int eighths) { return mouse.wheel(wheel(eighths), ground()); }
};

template <typename Action>
Action only(const SliceActions& asked) {
  return asked.size() == 1 ? std::get<Action>(asked.front())
                           : throw std::runtime_error("not one action");
}

bool near(const IntensityWindow& a, const IntensityWindow& b) {
  return std::abs(a.low - b.low) < 1e-9 && std::abs(a.high - b.high) < 1e-9;
}

}  // namespace

class SliceMouseTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void smallTurnsOfTheWheelAddUpToASlice() {
    Handled handled;
    QVERIFY(handled.turn(50).empty());
    QVERIFY(handled.turn(50).empty());
    QCOMPARE(only<CrosshairTo>(handled.turn(50)).worldMm, (Vec3{20, 20, 6}));
    QVERIFY(handled.turn(80).empty());  // 110 of 120
    QCOMPARE(only<CrosshairTo>(handled.turn(-230)).worldMm, (Vec3{20, 20, 4}));
  }

  void aWindowGrowsToTheRightAndRisesDownwards() {
    Handled handled;
    QVERIFY(handled.press(Qt::RightButton, Qt::ShiftModifier).empty());
    const auto to = [&handled](double x, double y) {
      return only<WindowTo>(handled.mouse.move(kStart + QPointF(x, y), handled.ground())).window;
    };
    QVERIFY(near(to(200 * std::log(2), 0), {-50, 150}));  // twice as wide
    QVERIFY(near(to(0, 150), {50, 150}));                 // half its width higher
    handled.window = {50, 150};
    const SliceActions done = handled.release(kStart + QPointF(0, 150), Qt::RightButton);
    QCOMPARE(only<WindowDone>(done).before, (IntensityWindow{0, 100}));
    QVERIFY(!handled.mouse.isDragging());
  }

  void aClickOfPacsIsForTheCrosshairAndADragIsNot() {
    Handled handled;
    handled.mouse.setScheme(MouseScheme::Pacs);
    QVERIFY(handled.press(Qt::LeftButton).empty());
    const Vec3 clicked = only<CrosshairTo>(handled.release(kStart, Qt::LeftButton)).worldMm;
    QCOMPARE(clicked, handled.place.voxelUnder(kViewport, kStart));
    handled.press(Qt::LeftButton);
    QVERIFY(handled.release(kStart + QPointF(9, 0), Qt::LeftButton).empty());
  }

  void theLineIsTakenWhereThereIsOne() {
    Handled handled;
    QVERIFY(!isOnWipe(kStart, handled.ground()));
    handled.wipe = 0.51;  // 4 pixels to the right of the start
    QVERIFY(isOnWipe(kStart, handled.ground()));
    QVERIFY(handled.press(Qt::LeftButton).empty());
    QCOMPARE(only<WipeTo>(handled.mouse.move({100, 7}, handled.ground())).at, 0.25);
    only<CrosshairTo>(handled.press(Qt::LeftButton, Qt::ShiftModifier));
  }

  void aZoomEndsAtFortyTimes() {
    Handled handled;
    handled.press(Qt::RightButton);
    const SliceActions asked = handled.mouse.move({200, -5000}, handled.ground());
    QCOMPARE(only<FrameTo>(asked).frame.zoom, 40.0);
  }

  void whatIsPressedBesideThePictureIsNoDrag() {
    Handled handled;
    QVERIFY(handled.mouse
                .press(mouse(QEvent::MouseButtonPress, {-3, 20}, Qt::LeftButton), handled.ground())
                .empty());
    QVERIFY(!handled.mouse.isDragging());
  }
};

APPLESS_TEST(SliceMouseTest)
#include "slice_mouse_test.moc"
