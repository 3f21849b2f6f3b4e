#include "widgets/scene/slice_plane.h"

#include <vtkImageData.h>
#include <vtkRenderer.h>
#include <vtkTexture.h>

#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "tests/widgets/scene/scene_fixture.h"
#include "widgets/scene/vtk_widget.h"

using namespace modascope;

namespace {

constexpr IntensityWindow kWindow{0, 1000};

VoxelGrid turned() {
  const double c = std::cos(0.5);
  const double s = std::sin(0.5);
  return {
      {40, 30, 20}, {2, 2.5, 3}, {-20, -45, -35}, {Vec3{c, s, 0}, Vec3{-s, c, 0}, Vec3{0, 0, 1}}};
}

/// 100 everywhere and 1000 in the 5 x 5 x 5 voxels around `centre`.
std::shared_ptr<Volume> brightAt(const VoxelGrid& grid, const std::array<std::int64_t, 3>& centre) {
  auto volume = std::make_shared<Volume>(
      Volume{grid, std::vector<float>(static_cast<std::size_t>(grid.voxelCount()), 100.0f)});
  for (std::int64_t z = -2; z <= 2; ++z) {
    for (std::int64_t y = -2; y <= 2; ++y) {
      for (std::int64_t x = -2; x <= 2; ++x) {
        volume->at(centre[0] + x, centre[1] + y, centre[2] + z) = 1000;
      }
    }
  }
  return volume;
}

/// Where a point of the patient is seen.
QPointF seenAt(SceneView& view, const Vec3& world) {
  vtkRenderer* renderer = view.findChild<VtkWidget*>()->renderer();
  Vec3 at = world;
  renderer->WorldToView(at[0], at[1], at[2]);
  return {(at[0] + 1) / 2 * kSize.width(), (1 - at[1]) / 2 * kSize.height()};
}

/// Of the pixels of at least that grey, in the picture without letters.
struct Spot {
  QPointF centre;
  int pixels = 0;
};
Spot spotOf(SceneView& view, int grey) {
  const QImage image = view.findChild<VtkWidget*>()->picture(1);
  Spot spot;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      if (qGray(image.pixel(x, y)) < grey) continue;
      spot.centre += QPointF(x + 0.5, y + 0.5);
      ++spot.pixels;
    }
  }
  if (spot.pixels > 0) spot.centre /= spot.pixels;
  return spot;
}

QColor at(SceneView& view, const Vec3& world) {
  return view.findChild<VtkWidget*>()->picture(1).pixelColor(seenAt(view, world).toPoint());
}

double distance(const QPointF& a, const QPointF& b) {
  return std::hypot(a.x() - b.x(), a.y() - b.y());
}

}  // namespace

class SlicePlaneTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aBrightPlaceOnThePatientsLeftIsSeenThere_data() {
    QTest::addColumn<int>("plane");
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("side");  // +1: right half, -1: left half
    QTest::newRow("coronal, from the front") << int(Plane::Coronal) << int(Qt::Key_1) << 1;
    QTest::newRow("coronal, from behind") << int(Plane::Coronal) << int(Qt::Key_2) << -1;
    QTest::newRow("axial, from above") << int(Plane::Axial) << int(Qt::Key_5) << -1;
    QTest::newRow("axial, from below") << int(Plane::Axial) << int(Qt::Key_6) << 1;
  }
  void aBrightPlaceOnThePatientsLeftIsSeenThere() {
    QFETCH(int, plane);
    QFETCH(int, key);
    QFETCH(int, side);
    SceneView view;
    open(view);
    const std::array<std::int64_t, 3> place{32, 12, 27};
    const Vec3 world = kGrid.toWorld({32, 12, 27});  // LPS 25, -15, 15 mm
    view.setSlicePlane(
        SlicePlane{brightAt(kGrid, place), static_cast<Plane>(plane), world, kWindow});
    QTest::keyClick(&view, static_cast<Qt::Key>(key));
    const Spot spot = spotOf(view, 180);
    QVERIFY((spot.centre.x() - 150) * side > 40);
    QVERIFY(distance(spot.centre, seenAt(view, world)) < 1.5);
  }

  void aTurnedGridTurnsTheSliceWithIt_data() {
    QTest::addColumn<int>("plane");
    QTest::addColumn<int>("key");
    QTest::newRow("axial") << int(Plane::Axial) << int(Qt::Key_5);
    QTest::newRow("coronal") << int(Plane::Coronal) << int(Qt::Key_1);
    QTest::newRow("sagittal") << int(Plane::Sagittal) << int(Qt::Key_3);
  }
  void aTurnedGridTurnsTheSliceWithIt() {
    QFETCH(int, plane);
    QFETCH(int, key);
    SceneView view;
    open(view);
    const VoxelGrid grid = turned();
    const Vec3 world = grid.toWorld({29, 8, 13});
    view.setSlicePlane(
        SlicePlane{brightAt(grid, {29, 8, 13}), static_cast<Plane>(plane), world, kWindow});
    QTest::keyClick(&view, static_cast<Qt::Key>(key));
    QVERIFY(distance(spotOf(view, 180).centre, seenAt(view, world)) < 1.5);
  }

  void theSliceEndsAtTheOuterBordersOfItsVoxels() {
    SceneView view;
    open(view);
    const VoxelGrid grid = turned();
    view.setSlicePlane(SlicePlane{brightAt(grid, {20, 15, 10}), Plane::Axial, {0, 0, 0}, {0, 100}});
    QTest::keyClick(&view, Qt::Key_5);
    const double index = 12;  // (0 mm + 35 mm) / 3 mm
    const auto whiteAt = [&](double x, double y) {
      return at(view, grid.toWorld({x, y, index})).value() > 200;
    };
    QVERIFY(whiteAt(0, 0) && whiteAt(39, 0) && whiteAt(0, 29) && whiteAt(39, 29));
    QVERIFY(!whiteAt(-1.5, 15) && !whiteAt(40.5, 15) && !whiteAt(20, -1.5) && !whiteAt(20, 30.5));
  }

  void theSliceFollowsTheCrosshair() {
    SceneView view;
    open(view);
    SlicePlane slice{brightAt(kGrid, {20, 20, 30}), Plane::Axial, kGrid.toWorld({20, 20, 30}),
                     kWindow};
    view.setSlicePlane(slice);
    QTest::keyClick(&view, Qt::Key_5);
    QVERIFY(spotOf(view, 180).pixels > 100);
    slice.worldMm = kGrid.toWorld({20, 20, 10});
    view.setSlicePlane(slice);
    QCOMPARE(spotOf(view, 180).pixels, 0);
    QVERIFY(spotOf(view, 20).pixels > 10000);
    view.setSlicePlane(std::nullopt);
    QCOMPARE(spotOf(view, 20).pixels, 0);
  }

  void outsideTheVolumeTheNearestSliceIsShown() {
    SceneView view;
    open(view);
    view.setSlicePlane(
        SlicePlane{brightAt(kGrid, {20, 20, 37}), Plane::Axial, {500, 0, 500}, kWindow});
    QTest::keyClick(&view, Qt::Key_5);
    QVERIFY(spotOf(view, 180).pixels > 100);
  }

  void aSurfaceIsSeenBeforeTheSliceAndHiddenBehindIt() {
    SceneView view;
    open(view);
    showLabels(view, ball({19.5, 10, 19.5}, 5, 4));  // 19 mm before the centre
    view.setRegionVisible(bratsRegions()[0], false);
    view.setRegionVisible(bratsRegions()[1], false);
    view.setSlicePlane(SlicePlane{brightAt(kGrid, {5, 5, 5}), Plane::Coronal, {0, 0, 0}, kWindow});
    const Vec3 tumour = kGrid.toWorld({19.5, 10, 19.5});
    QTest::keyClick(&view, Qt::Key_1);
    QVERIFY(at(view, tumour).hsvSaturation() > 80);
    QTest::keyClick(&view, Qt::Key_2);
    const QColor behind = at(view, tumour);
    QVERIFY(behind.hsvSaturation() < 5);
    QVERIFY(std::abs(behind.value() - 25) <= 2);  // 100 of 1000
  }

  void aTranslucentRegionTintsTheSliceBehindIt() {
    SceneView view;
    open(view);
    showLabels(view, ball({19.5, 10, 19.5}, 5, 2));
    view.setRegionOpacity(bratsRegions()[0], 0.9);
    view.setSlicePlane(
        SlicePlane{brightAt(kGrid, {19, 19, 19}), Plane::Coronal, {0, 0, 0}, kWindow});
    const Vec3 tumour = kGrid.toWorld({19.5, 10, 19.5});
    QTest::keyClick(&view, Qt::Key_1);
    const QColor tinted = at(view, tumour);
    QVERIFY(tinted.value() > 220 && tinted.hsvSaturation() > 30);
    QTest::keyClick(&view, Qt::Key_2);
    QVERIFY(at(view, tumour).hsvSaturation() < 5);
  }

  void whatIsZeroIsCutAwayAroundThePatientAndBlackInside() {
    auto volume = brightAt(kGrid, {20, 20, 20});
    for (std::int64_t z = 0; z < 40; ++z) {
      for (std::int64_t y = 0; y < 40; ++y) {
        for (std::int64_t x = 0; x < 40; ++x) {
          const double r = std::hypot(double(x) - 20, double(y) - 20);
          if (r > 15 || (r > 5 && r < 9)) volume->at(x, y, z) = 0;
        }
      }
    }
    SceneView view;
    open(view);
    view.setPalette(groundOf(Qt::white));
    view.setSlicePlane(SlicePlane{volume, Plane::Axial, {0, 0, 0}, kWindow});
    QTest::keyClick(&view, Qt::Key_5);
    const double index = 20;
    QVERIFY(at(view, kGrid.toWorld({2, 2, index})).value() > 250);
    QVERIFY(at(view, kGrid.toWorld({20, 1, index})).value() > 250);
    QVERIFY(at(view, kGrid.toWorld({20, 27, index})).value() < 5);
    QVERIFY(std::abs(at(view, kGrid.toWorld({20, 32, index})).value() - 25) <= 2);
  }

  void insideOneSliceTheCrosshairCostsNothing() {
    SlicePlaneActor actor;
    SlicePlane slice{brightAt(kGrid, {20, 20, 20}), Plane::Axial, {0, 0, 1}, kWindow};
    actor.show(slice);
    const auto stamp = [&actor] { return actor.actor()->GetTexture()->GetInput()->GetMTime(); };
    const auto before = stamp();
    slice.worldMm = {10, -12, 1.5};  // voxel 20 reaches from 0 to 2 mm
    actor.show(slice);
    QCOMPARE(stamp(), before);
    slice.worldMm = {10, -12, 2.5};
    actor.show(slice);
    QVERIFY(stamp() > before);
  }
};

WINDOW_TEST(SlicePlaneTest)
#include "slice_plane_test.moc"
