#include "widgets/slices/slice_view.h"

#include <QSignalSpy>
#include <QWheelEvent>
#include <QtTest>
#include <cmath>

#include "core/base/error.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

// x to the patient's left, y to the back, z to the head; slices four times as thick as wide.
const VoxelGrid kGrid{{41, 51, 11}, {1, 1, 4}, {-20, -25, 100}};
constexpr QSize kSize{400, 400};

template <typename T>
GridVolume<T> filled(T value, const VoxelGrid& grid = kGrid) {
  return {grid, std::vector<T>(static_cast<std::size_t>(grid.voxelCount()), value)};
}

/// Dark with one bright block of 3 × 3 voxels around a voxel.
std::shared_ptr<const Volume> brightAround(std::int64_t x, std::int64_t y, std::int64_t z) {
  auto volume = filled(1.0f);
  for (std::int64_t dy = -1; dy <= 1; ++dy) {
    for (std::int64_t dx = -1; dx <= 1; ++dx) volume.at(x + dx, y + dy, z) = 1000;
  }
  return std::make_shared<Volume>(std::move(volume));
}

/// The mean position of everything bright and grey in the picture, letters left out by size.
QPointF brightPlace(SliceView& view) {
  view.setCrosshairVisible(false);
  view.setIntensityWindow({1, 1000});
  const QImage image = view.render(kSize);
  QPointF sum;
  int count = 0;
  for (int y = 40; y < 340; ++y) {
    for (int x = 40; x < 360; ++x) {
      if (qGray(image.pixel(x, y)) < 200) continue;
      sum += QPointF(x, y);
      ++count;
    }
  }
  return count == 0 ? QPointF(-1, -1) : sum / count;
}

void turnWheel(SliceView& view, int notches) {
  const QPointF at(view.rect().center());
  QWheelEvent event(at, view.mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, Qt::NoModifier,
                    Qt::NoScrollPhase, false);
  QApplication::sendEvent(&view, &event);
}

bool near(const Vec3& a, const Vec3& b, double tolerance = 1e-6) {
  return std::abs(a[0] - b[0]) < tolerance && std::abs(a[1] - b[1]) < tolerance &&
         std::abs(a[2] - b[2]) < tolerance;
}

int brightPixelsIn(const QImage& image, const QRect& area) {
  int count = 0;
  for (int y = area.top(); y <= area.bottom(); ++y) {
    for (int x = area.left(); x <= area.right(); ++x) count += qGray(image.pixel(x, y)) > 200;
  }
  return count;
}

}  // namespace

class SliceViewTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void thePatientsLeftIsOnTheRightUnlessNeurological() {
    SliceView view;
    view.setVolume(brightAround(34, 25, 5));
    QVERIFY(brightPlace(view).x() > 250);
    view.setConvention(Convention::Neurological);
    const QPointF place = brightPlace(view);
    QVERIFY(place.x() > 0 && place.x() < 150);
  }

  void theFaceIsUpInAxialSlices() {
    SliceView view;
    view.setVolume(brightAround(20, 8, 5));
    const QPointF place = brightPlace(view);
    QVERIFY(place.y() > 0 && place.y() < 150);
  }

  void theHeadIsUpInCoronalSlices() {
    SliceView view;
    view.setPlane(Plane::Coronal);
    view.setVolume(brightAround(20, 25, 8));
    const QPointF place = brightPlace(view);
    QVERIFY(place.y() > 0 && place.y() < 150);
  }

  void aThickVoxelIsDrawnAsThickAsItIs() {
    SliceView view;
    view.resize(kSize);
    view.setPlane(Plane::Coronal);
    view.setVolume(brightAround(20, 25, 5));
    const QPointF a = *view.positionOf(kGrid.toWorld({20, 25, 5}));
    const QPointF beside = *view.positionOf(kGrid.toWorld({21, 25, 5}));
    const QPointF above = *view.positionOf(kGrid.toWorld({20, 25, 6}));
    QVERIFY(std::abs((a.y() - above.y()) / (beside.x() - a.x()) - 4) < 1e-9);
    // 44 mm high in 400 pixels.
    QVERIFY(std::abs((a.y() - above.y()) - 4 * 400.0 / 44) < 1e-6);
  }

  void theRegionColourLiesOnItsVoxel() {
    SliceView view;
    view.setRegions(bratsRegions());
    view.resize(kSize);
    view.setVolume(std::make_shared<Volume>(filled(0.0f)));
    auto labels = filled<std::uint8_t>(0);
    labels.at(30, 20, 5) = 4;
    view.setOverlay(std::make_shared<LabelVolume>(labels));
    view.setCrosshairVisible(false);
    view.setOverlayStyle({.opacity = 0.5});
    const QColor colour = regionColour(bratsRegions()[2]);
    const QPoint at = view.positionOf(kGrid.toWorld({30, 20, 5}))->toPoint();
    const QColor half = view.render(kSize).pixelColor(at);
    QVERIFY(std::abs(half.red() - colour.red() / 2) <= 2);
    QVERIFY(std::abs(half.blue() - colour.blue() / 2) <= 2);
    const QPoint beside = view.positionOf(kGrid.toWorld({31, 20, 5}))->toPoint();
    QCOMPARE(view.render(kSize).pixelColor(beside), QColor(Qt::black));
    view.setOverlayStyle({.visible = false});
    QCOMPARE(view.render(kSize).pixelColor(at), QColor(Qt::black));
  }

  void anOutlineLeavesTheVoxelsInsideFree() {
    SliceView view;
    view.setRegions(bratsRegions());
    view.resize(kSize);
    view.setVolume(std::make_shared<Volume>(filled(0.0f)));
    auto labels = filled<std::uint8_t>(0);
    for (std::int64_t y = 10; y < 19; ++y) {
      for (std::int64_t x = 10; x < 19; ++x) labels.at(x, y, 5) = 2;
    }
    view.setOverlay(std::make_shared<LabelVolume>(labels));
    view.setCrosshairVisible(false);
    view.setOverlayStyle({true, 0.5, true});
    const QImage image = view.render(kSize);
    QCOMPARE(image.pixelColor(view.positionOf(kGrid.toWorld({14, 14, 5}))->toPoint()),
             QColor(Qt::black));
    const QPoint edge = view.positionOf(kGrid.toWorld({9.5, 14, 5}))->toPoint();
    int brightest = 0;
    for (int dx = -2; dx <= 2; ++dx) {
      brightest = std::max(brightest, image.pixelColor(edge + QPoint(dx, 0)).red());
    }
    QVERIFY(brightest > 180);
  }

  void labelsOfAnotherGridAreRefused() {
    SliceView view;
    view.setRegions(bratsRegions());
    view.setVolume(brightAround(20, 25, 5));
    VoxelGrid moved = kGrid;
    moved.origin[0] += 1;
    QVERIFY_EXCEPTION_THROWN(
        view.setOverlay(std::make_shared<LabelVolume>(filled<std::uint8_t>(0, moved))), Error);
    view.setOverlay(std::make_shared<LabelVolume>(filled<std::uint8_t>(0)));
  }

  void theWheelGoesToTheNextSlice() {
    SliceView view;
    view.resize(kSize);
    view.setVolume(brightAround(20, 25, 5));
    QSignalSpy moved(&view, &SliceView::crosshairMoved);
    QCOMPARE(*view.slice(), 5);
    turnWheel(view, 1);
    QCOMPARE(*view.slice(), 6);
    QVERIFY(near(view.crosshair(), {0, 0, 124}));
    turnWheel(view, -2);
    QCOMPARE(*view.slice(), 4);
    QCOMPARE(moved.count(), 2);
    turnWheel(view, -20);
    QCOMPARE(*view.slice(), 0);
  }

  void aClickPutsTheCrosshairOnTheVoxelUnderIt() {
    SliceView view;
    view.resize(kSize);
    view.setVolume(brightAround(20, 25, 5));
    QSignalSpy moved(&view, &SliceView::crosshairMoved);
    // 51 mm high in 400 pixels, so 10 mm to the patient's left are 78.43 pixels to the right.
    const double scale = 400.0 / 51;
    QTest::mouseClick(&view, Qt::LeftButton, {},
                      QPointF(200 + 10 * scale, 200 - 5 * scale).toPoint());
    QCOMPARE(moved.count(), 1);
    QVERIFY(near(moved[0][0].value<Vec3>(), {10, -5, 120}));
    QVERIFY(near(view.crosshair(), {10, -5, 120}));
  }

  void anArrowMovesByOneVoxelAsSeenOnTheScreen() {
    SliceView view;
    view.setVolume(brightAround(20, 25, 5));
    QTest::keyClick(&view, Qt::Key_Right);
    QVERIFY(near(view.crosshair(), {1, 0, 120}));
    QTest::keyClick(&view, Qt::Key_Up);
    QVERIFY(near(view.crosshair(), {1, -1, 120}));
    view.setConvention(Convention::Neurological);
    QTest::keyClick(&view, Qt::Key_Right);
    QVERIFY(near(view.crosshair(), {0, -1, 120}));
    QTest::keyClick(&view, Qt::Key_PageUp);
    QVERIFY(near(view.crosshair(), {0, -1, 124}));
  }

  void draggingWithTheRightButtonZoomsAboutTheStart() {
    SliceView view;
    view.resize(kSize);
    view.setVolume(brightAround(20, 25, 5));
    const QPoint start(260, 180);
    const Vec3 under = *view.worldAt(start);
    QTest::mousePress(&view, Qt::RightButton, {}, start);
    QTest::mouseMove(&view, start - QPoint(0, 83));
    QTest::mouseRelease(&view, Qt::RightButton, {}, start - QPoint(0, 83));
    QVERIFY(std::abs(view.frame().zoom - 2) < 0.01);
    QVERIFY(near(*view.worldAt(start), under));
    QTest::keyClick(&view, Qt::Key_R);
    QCOMPARE(view.frame(), ViewFrame{});
  }

  void draggingWithTheMiddleButtonTakesThePictureAlong() {
    SliceView view;
    view.resize(kSize);
    view.setVolume(brightAround(20, 25, 5));
    const Vec3 under = *view.worldAt({200, 200});
    QTest::mousePress(&view, Qt::MiddleButton, {}, {200, 200});
    QTest::mouseMove(&view, {230, 215});
    QVERIFY(near(*view.worldAt({230, 215}), under));
  }

  void keysChangeTheOverlay() {
    SliceView view;
    view.setVolume(brightAround(20, 25, 5));
    view.setOverlayStyle({.opacity = 0.5});
    QSignalSpy changed(&view, &SliceView::overlayStyleChanged);
    QTest::keyClick(&view, Qt::Key_D);
    QVERIFY(std::abs(view.overlayStyle().opacity - 0.6) < 1e-9);
    QTest::keyClick(&view, Qt::Key_A);
    QTest::keyClick(&view, Qt::Key_A);
    QVERIFY(std::abs(view.overlayStyle().opacity - 0.4) < 1e-9);
    QTest::keyClick(&view, Qt::Key_S);
    QVERIFY(!view.overlayStyle().visible);
    QCOMPARE(changed.count(), 4);
  }

  void controlJFindsTheWindowAgain() {
    SliceView view;
    view.setVolume(brightAround(20, 25, 5));
    const IntensityWindow found = view.intensityWindow();
    view.setIntensityWindow({-5, 12345});
    QTest::keyClick(&view, Qt::Key_J, Qt::ControlModifier);
    QCOMPARE(view.intensityWindow(), found);
  }

  void theLettersNameTheSidesInEveryExportedPicture() {
    const auto letters = [](Plane plane, Convention convention) {
      const SideLetters l = SliceGeometry(kGrid, plane, convention).letters();
      return l.left + l.right + l.top + l.bottom;
    };
    QCOMPARE(letters(Plane::Axial, Convention::Radiological), QStringLiteral("RLAP"));
    QCOMPARE(letters(Plane::Axial, Convention::Neurological), QStringLiteral("LRAP"));
    QCOMPARE(letters(Plane::Coronal, Convention::Radiological), QStringLiteral("RLSI"));
    QCOMPARE(letters(Plane::Sagittal, Convention::Radiological), QStringLiteral("APSI"));

    SliceView view;
    view.setVolume(std::make_shared<Volume>(filled(0.0f)));
    view.setCrosshairVisible(false);
    for (const double dpr : {1.0, 2.0}) {
      const QImage image = view.render(kSize, dpr);
      QCOMPARE(image.size(), kSize * dpr);
      const int far = static_cast<int>(400 * dpr);
      const int deep = static_cast<int>(24 * dpr);
      const int middle = far / 2 - deep / 2;
      for (const QRect& side :
           {QRect(0, middle, deep, deep), QRect(far - deep, middle, deep, deep),
            QRect(middle, 0, deep, deep), QRect(middle, far - deep, deep, deep)}) {
        QVERIFY(brightPixelsIn(image, side) > 5);
      }
    }
  }

  void whatIsLeftOutLooksUnlikeWhatIsUsedOrAbsent() {
    SliceView view;
    view.setVolume(std::make_shared<Volume>(filled(800.0f)));
    view.setIntensityWindow({0, 1000});
    view.setCrosshairVisible(false);
    view.setTitle({QStringLiteral("T1ce"), Qt::red, {}});
    const QRect inside(60, 200, 100, 60);
    const auto greys = [&] {
      const QImage image = view.render(kSize);
      QSet<int> found;
      for (int y = inside.top(); y <= inside.bottom(); ++y) {
        for (int x = inside.left(); x <= inside.right(); ++x) found << qGray(image.pixel(x, y));
      }
      return found;
    };
    const QSet<int> on = greys();
    QCOMPARE(on, QSet<int>{204});
    view.setState(TileState::LeftOut);
    const QSet<int> leftOut = greys();
    QVERIFY(leftOut.size() > 1);  // hatched
    QVERIFY(*std::max_element(leftOut.begin(), leftOut.end()) < 204);
    QCOMPARE(view.accessibleName(), QStringLiteral("T1ce, left out, axial slice 6 of 11"));
    view.setVolume(nullptr);
    view.setState(TileState::Absent);
    QCOMPARE(view.accessibleName(), QStringLiteral("T1ce, missing"));
  }

  void theWidgetShowsWhatIsExportedAfterEveryChange() {
    SliceView view;
    view.setRegions(bratsRegions());
    view.resize(kSize);
    view.setVolume(brightAround(12, 25, 5));
    auto labels = filled<std::uint8_t>(0);
    labels.at(30, 20, 5) = labels.at(30, 20, 6) = labels.at(31, 20, 6) = 2;
    const auto shown = [&view] {
      return view.grab().toImage().convertToFormat(QImage::Format_RGB32);
    };
    QImage before;
    const auto changed = [&] {
      const QImage now = shown();
      const bool same = now == view.render(kSize) && now != before;
      before = now;
      return same;
    };
    QVERIFY(changed());
    view.setOverlay(std::make_shared<LabelVolume>(labels));
    QVERIFY(changed());
    view.setCrosshair(kGrid.toWorld({12, 30, 5}));
    QVERIFY(changed());
    view.setCrosshair(kGrid.toWorld({12, 30, 6}));
    QVERIFY(changed());
    view.setFrame({2, {3, 4}});
    QVERIFY(changed());
    view.setState(TileState::LeftOut);
    QVERIFY(changed());
    view.setOverlayStyle({true, 0.5, true});
    QVERIFY(changed());
    view.setIntensityWindow({0, 5});
    QVERIFY(changed());
    view.setPlane(Plane::Sagittal);
    QVERIFY(changed());
  }

  void theScaleBarIsARoundLengthThatFits() {
    QCOMPARE(scaleBarMm(70), 50.0);
    QCOMPARE(scaleBarMm(49), 20.0);
    QCOMPARE(scaleBarMm(10), 10.0);
    QCOMPARE(scaleBarMm(1.5), 1.0);
  }
};

WINDOW_TEST(SliceViewTest)
#include "slice_view_test.moc"
