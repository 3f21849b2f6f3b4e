#include "widgets/scene/scene_view.h"

#include <QSignalSpy>
#include <QtTest>
#include <cmath>

#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "tests/widgets/scene/scene_fixture.h"
#include "widgets/scene/vtk_widget.h"

using namespace modascope;

namespace {

/// Mean position of strongly coloured pixels: the tumour, not letters.
QPointF colouredPlace(SceneView& view) {
  const QImage image = view.grabImage();
  QPointF sum;
  int count = 0;
  for (int y = 0; y < image.height(); ++y) {
    for (int x = 0; x < image.width(); ++x) {
      // The legend with its swatches stands at the top left.
      if (x < 120 && y < 90) continue;
      const QColor c = image.pixelColor(x, y);
      if (c.hsvSaturation() < 80 || c.value() < 50) continue;
      sum += QPointF(x, y);
      ++count;
    }
  }
  return count == 0 ? QPointF(-1, -1) : sum / count;
}

int hueDistance(const QColor& a, const QColor& b) {
  const int d = std::abs(a.hsvHue() - b.hsvHue());
  return std::min(d, 360 - d);
}

}  // namespace

class SceneViewTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theCentreShowsTheColourOfTheRegion_data() {
    QTest::addColumn<int>("tissue");
    QTest::addColumn<int>("region");
    QTest::newRow("oedema") << 2 << 0;
    QTest::newRow("necrosis") << 1 << 1;
    QTest::newRow("enhancing") << 4 << 2;
  }
  void theCentreShowsTheColourOfTheRegion() {
    QFETCH(int, tissue);
    QFETCH(int, region);
    SceneView view;
    open(view);
    showLabels(view, ball({19.5, 19.5, 19.5}, 9, static_cast<std::uint8_t>(tissue)));
    for (const Region& outer : bratsRegions()) {
      if (static_cast<int>(outer.place) < region) view.setRegionVisible(outer, false);
    }
    view.setRegionOpacity(bratsRegions()[static_cast<std::size_t>(region)], 1.0);
    const QColor centre = view.grabImage().pixelColor(150, 150);
    const QColor expected = regionColour(bratsRegions()[static_cast<std::size_t>(region)]);
    QVERIFY2(hueDistance(centre, expected) < 12, qPrintable(centre.name() + expected.name()));
    QVERIFY(centre.value() > 150);
  }

  void innerRegionsShineThroughOuterOnes() {
    SceneView view;
    open(view);
    auto labels = std::make_shared<LabelVolume>(*ball({19.5, 19.5, 19.5}, 12, 2));
    const auto core = ball({19.5, 19.5, 19.5}, 6, 4);
    for (std::size_t i = 0; i < core->voxels.size(); ++i) {
      if (core->voxels[i] != 0) labels->voxels[i] = 4;
    }
    showLabels(view, labels);
    const QColor centre = view.grabImage().pixelColor(150, 150);
    QVERIFY2(hueDistance(centre, regionColour(bratsRegions()[2])) < 40, qPrintable(centre.name()));
  }

  void aSolidRegionHidesWhatItHolds_data() {
    QTest::addColumn<int>("outer");
    QTest::addColumn<double>("innerOpacity");
    QTest::newRow("WT, ET solid") << 0 << 1.0;
    QTest::newRow("WT, ET glass") << 0 << 0.5;
    QTest::newRow("TC, ET solid") << 1 << 1.0;
    QTest::newRow("TC, ET glass") << 1 << 0.5;
  }
  void aSolidRegionHidesWhatItHolds() {
    QFETCH(int, outer);
    QFETCH(double, innerOpacity);
    SceneView view;
    open(view);
    auto labels = std::make_shared<LabelVolume>(*ball({19.5, 19.5, 19.5}, 12, outer == 0 ? 2 : 1));
    const auto core = ball({19.5, 19.5, 19.5}, 6, 4);
    for (std::size_t i = 0; i < core->voxels.size(); ++i) {
      if (core->voxels[i] != 0) labels->voxels[i] = 4;
    }
    showLabels(view, labels);
    const Region& solid = bratsRegions()[static_cast<std::size_t>(outer)];
    if (outer == 1) view.setRegionVisible(bratsRegions()[0], false);
    view.setRegionOpacity(bratsRegions()[2], innerOpacity);
    view.setRegionOpacity(solid, 1.0);
    QCOMPARE(view.regionOpacity(solid), 1.0);
    QCOMPARE(view.regionVisible(bratsRegions()[0]), outer == 0);
    const QColor centre = view.grabImage().pixelColor(150, 150);
    QVERIFY2(hueDistance(centre, regionColour(solid)) < 12, qPrintable(centre.name()));
    QVERIFY(centre.value() > 150);
    view.setRegionVisible(solid, false);
    view.setRegionOpacity(bratsRegions()[2], 1.0);
    QVERIFY(hueDistance(view.grabImage().pixelColor(150, 150), regionColour(solid)) > 60);
  }

  void theOnlyRegionOfAnotherOrganIsSolid() {
    const RegionSchema lesion({{1, "lesion"}},
                              {{"lesion", "LESION", "lesion", {1}, {200, 40, 220}}});
    SceneView view;
    open(view);
    view.setRegions(lesion);
    showLabels(view, ball({19.5, 19.5, 19.5}, 9, 1));
    QCOMPARE(view.surfaces()->ml.size(), std::size_t{1});
    QCOMPARE(view.regionOpacity(lesion[0]), 1.0);
    QVERIFY(hueDistance(view.grabImage().pixelColor(150, 150), QColor(200, 40, 220)) < 12);
    view.setRegions(bratsRegions());
    QVERIFY(!view.surfaces());
    QVERIFY(view.regionOpacity(bratsRegions()[0]) < 1);
    showLabels(view, ball({19.5, 19.5, 19.5}, 9, 2));
    QCOMPARE(view.surfaces()->ml.size(), std::size_t{3});
  }

  void theCaptionStandsAboveTheVolumes() {
    SceneView view;
    open(view);
    showLabels(view, ball({19.5, 19.5, 19.5}, 6, 4));
    const auto ink = [&view](const QRect& area) {
      const QImage image = view.grabImage().copy(area);
      int count = 0;
      for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) count += qGray(image.pixel(x, y)) > 128;
      }
      return count;
    };
    const QRect top(100, 0, 100, 12);
    const int before = ink(top);
    view.setCaption("Kept: T1, T2, FLAIR");
    QVERIFY(ink(top) > before + 30);
    view.setCaption(QString(200, 'M'));  // cut, not wrapped
    QVERIFY(ink({0, 0, 8, 40}) == 0 && ink({292, 0, 8, 40}) == 0);
    view.setCaption({});
    QCOMPARE(ink(top), before);
  }

  void theKeyThatHidesTheHeadIsTold() {
    SceneView view;
    QSignalSpy told(&view, &SceneView::headVisibleChanged);
    QTest::keyClick(&view, Qt::Key_H);
    QCOMPARE(told.size(), 1);
    QVERIFY(!view.headVisible());
    view.setHeadVisible(true);
    QCOMPARE(told.size(), 1);
  }

  void theBackgroundIsThePalettesAndOpaque() {
    SceneView view;
    open(view);
    for (const QColor ground : {QColor(32, 33, 36), QColor(244, 244, 246)}) {
      view.setPalette(groundOf(ground));
      const QImage image = view.findChild<VtkWidget*>()->picture(1);
      const QColor corner = image.pixelColor(290, 10);
      QVERIFY(std::abs(corner.red() - ground.red()) <= 1);
      QVERIFY(std::abs(corner.blue() - ground.blue()) <= 1);
      QCOMPARE(corner.alpha(), 255);
    }
  }

  void aTumourOnThePatientsLeftIsSeenOnTheRightSide_data() {
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("side");  // +1: right half, -1: left half, 0: middle
    QTest::newRow("from the front") << int(Qt::Key_1) << 1;
    QTest::newRow("from behind") << int(Qt::Key_2) << -1;
    QTest::newRow("from the left") << int(Qt::Key_3) << 0;
    QTest::newRow("from the right") << int(Qt::Key_4) << 0;
    QTest::newRow("from above, nose up") << int(Qt::Key_5) << -1;
    QTest::newRow("from below, nose up") << int(Qt::Key_6) << 1;
  }
  void aTumourOnThePatientsLeftIsSeenOnTheRightSide() {
    QFETCH(int, key);
    QFETCH(int, side);
    SceneView view;
    open(view);
    showLabels(view, ball({32, 19.5, 19.5}, 5, 4));
    QTest::keyClick(&view, static_cast<Qt::Key>(key));
    const double x = colouredPlace(view).x() - 150;
    QVERIFY2(side == 0 ? std::abs(x) < 12 : x * side > 40, qPrintable(QString::number(x)));
  }

  void aTumourNearTheTopIsSeenAtTheTopAndInFrontIsOnTheLeftFromTheLeft() {
    SceneView view;
    open(view);
    showLabels(view, ball({19.5, 8, 32}, 5, 4));  // in front and high
    QTest::keyClick(&view, Qt::Key_3);
    const QPointF place = colouredPlace(view);
    QVERIFY(place.x() > 0 && place.x() < 110);
    QVERIFY(place.y() > 0 && place.y() < 110);
  }

  void aPatientWithoutTumourGetsACalmSentence() {
    SceneView view;
    open(view);
    const auto inkInTheMiddle = [&view] {
      const QImage image = view.grabImage();
      int count = 0;
      for (int y = 120; y < 180; ++y) {
        for (int x = 30; x < 270; ++x) count += qGray(image.pixel(x, y)) > 128;
      }
      return count;
    };
    QCOMPARE(inkInTheMiddle(), 0);
    showLabels(view, ball({20, 20, 20}, -1, 0));
    QVERIFY(view.surfaces()->empty());
    QVERIFY(inkInTheMiddle() > 50);
  }

  void theNewestLabelsWin() {
    SceneView view;
    open(view);
    QSignalSpy shown(&view, &SceneView::surfacesShown);
    for (int i = 0; i < 5; ++i) view.setLabels(ball({20, 20, 20}, 4 + i, 4));
    QTRY_VERIFY_WITH_TIMEOUT(view.settled(), 20000);
    QVERIFY(shown.count() < 5);
    const double ml = regionMl(*ball({20, 20, 20}, 8, 4), bratsRegions()[0]);
    QCOMPARE(view.surfaces()->ml[0], ml);
  }

  void closingDoesNotWaitForSurfaces() {
    auto view = std::make_unique<SceneView>();
    open(*view);
    for (int i = 0; i < 3; ++i) view->setLabels(ball({20, 20, 20}, 15, 4));
    view.reset();
  }

  void aViewKeepsItsPictureInAnotherWindow() {
    SceneView view;
    open(view);
    showLabels(view, ball({19.5, 19.5, 19.5}, 9, 4));
    view.lookFrom(Viewpoint::Anterior);
    const QColor before = view.grabImage().pixelColor(150, 150);
    QWidget other;
    other.resize(kSize);
    view.setParent(&other);
    view.move(0, 0);
    view.show();
    other.show();
    QVERIFY(QTest::qWaitForWindowExposed(&other));
    QTRY_COMPARE(view.grabImage().pixelColor(150, 150), before);
    QVERIFY(before.hsvSaturation() > 80);
    view.hide();
    view.show();
    QTRY_COMPARE(view.grabImage().pixelColor(150, 150), before);
    view.setParent(nullptr);
  }

  void theWheelBringsThePatientNearer() {
    SceneView view;
    open(view);
    showLabels(view, ball({19.5, 19.5, 19.5}, 6, 4));
    const auto extent = [&view] {
      const QImage image = view.grabImage();
      int count = 0;
      for (int x = 0; x < 300; ++x) count += image.pixelColor(x, 150).hsvSaturation() > 80;
      return count;
    };
    const int before = extent();
    auto* gl = view.findChild<VtkWidget*>();
    const QPointF at(150, 150);
    QWheelEvent wheel(at, gl->mapToGlobal(at), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(gl, &wheel);
    QVERIFY(extent() > before);
    QTest::keyClick(&view, Qt::Key_R);
    QVERIFY(std::abs(extent() - before) <= 2);
  }
};

WINDOW_TEST(SceneViewTest)
#include "scene_view_test.moc"
