#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "tests/widgets/scene/scene_fixture.h"
#include "widgets/scene/vtk_widget.h"

using namespace modascope;

namespace {

/// Collects what `cameraChanged` tells.
void listenTo(SceneView& view, std::vector<CameraPose>& heard) {
  QObject::connect(&view, &SceneView::cameraChanged,
                   [&heard](const CameraPose& pose) { heard.push_back(pose); });
}

void drag(SceneView& view, const QPoint& by, Qt::MouseButton button = Qt::LeftButton) {
  auto* gl = view.findChild<VtkWidget*>();
  const QPoint from(150, 150);
  QTest::mousePress(gl, button, {}, from);
  for (int step = 1; step <= 4; ++step) {
    const QPointF at = from + by * step / 4.0;
    QMouseEvent move(QEvent::MouseMove, at, gl->mapToGlobal(at), Qt::NoButton, button, {});
    QApplication::sendEvent(gl, &move);
    QTest::qWait(1);
  }
  QTest::mouseRelease(gl, button, {}, from + by);
}

int differentPixels(const QImage& a, const QImage& b) {
  int count = 0;
  for (int y = 0; y < a.height(); ++y)
    for (int x = 0; x < a.width(); ++x) count += a.pixel(x, y) != b.pixel(x, y);
  return count;
}

/// Two views of the same tumour, which lies off the centre.
struct Pair {
  SceneView a, b;
  std::vector<CameraPose> heardA, heardB;

  void show() {
    for (SceneView* view : {&a, &b}) {
      open(*view);
      showLabels(*view, ball({28, 12, 24}, 6, 4));
      view->grabImage();
    }
    linkCameras(a, b);
    listenTo(a, heardA);
    listenTo(b, heardB);
  }
};

}  // namespace

class LinkedCamerasTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aDragInOneTurnsTheOther_data() {
    QTest::addColumn<bool>("first");
    QTest::addColumn<Qt::MouseButton>("button");
    QTest::newRow("turn the first") << true << Qt::LeftButton;
    QTest::newRow("turn the second") << false << Qt::LeftButton;
    QTest::newRow("pan the first") << true << Qt::MiddleButton;
    QTest::newRow("zoom the second") << false << Qt::RightButton;
  }
  void aDragInOneTurnsTheOther() {
    QFETCH(bool, first);
    QFETCH(Qt::MouseButton, button);
    Pair pair;
    pair.show();
    const CameraPose before = pair.a.camera();
    const QImage picture = pair.b.grabImage();
    drag(first ? pair.a : pair.b, {40, 30}, button);
    QTRY_VERIFY(!sameView(pair.a.camera(), before));
    QTRY_VERIFY(sameView(pair.a.camera(), pair.b.camera()));
    QVERIFY(differentPixels(pair.b.grabImage(), picture) > 200);
    QCOMPARE(differentPixels(pair.a.grabImage(), pair.b.grabImage()), 0);
  }

  void onlyTheViewThatIsMovedTells() {
    Pair pair;
    pair.show();
    drag(pair.a, {40, 30});
    QTRY_VERIFY(!pair.heardA.empty());
    QTest::qWait(50);
    const std::size_t told = pair.heardA.size();
    QVERIFY(pair.heardB.empty());
    QVERIFY(sameView(pair.heardA.back(), pair.a.camera()));
    for (int i = 0; i < 10; ++i) {
      pair.a.grabImage();
      pair.b.grabImage();
    }
    QCOMPARE(pair.heardA.size(), told);
    QVERIFY(pair.heardB.empty());
  }

  void aKeyMovesBothAndIsToldOnce() {
    Pair pair;
    pair.show();
    QTest::keyClick(&pair.b, Qt::Key_3);
    QCOMPARE(pair.heardB.size(), std::size_t{1});
    QVERIFY(pair.a.camera().position[0] > 50);  // from the patient's left
    QVERIFY(sameView(pair.a.camera(), pair.b.camera()));
    QTest::keyClick(&pair.b, Qt::Key_3);
    QCOMPARE(pair.heardB.size(), std::size_t{1});
    QVERIFY(pair.heardA.empty());
  }

  void resettingOneResetsBoth() {
    Pair pair;
    pair.show();
    const CameraPose before = pair.a.camera();
    drag(pair.b, {0, 60}, Qt::RightButton);
    QTRY_VERIFY(!sameView(pair.a.camera(), before));
    QTest::keyClick(&pair.a, Qt::Key_R);
    QVERIFY(sameView(pair.a.camera(), pair.b.camera()));
    QVERIFY(std::abs(pair.b.camera().position[1] - before.position[1]) < 1e-6);
  }

  void aPoseIsKeptAndNotTold() {
    SceneView view;
    open(view);
    std::vector<CameraPose> heard;
    listenTo(view, heard);
    CameraPose pose;
    pose.position = {100, -200, 50};
    pose.focalPoint = {10, 0, 5};
    pose.up = {0, 0.1, 1};  // not at right angles to the view: it is made so
    pose.viewAngle = 20;
    view.setCamera(pose);
    const CameraPose set = view.camera();
    QCOMPARE(set.position, pose.position);
    QCOMPARE(set.focalPoint, pose.focalPoint);
    QCOMPARE(set.viewAngle, 20.0);
    double along = 0;
    for (std::size_t i = 0; i < 3; ++i)
      along += set.up[i] * (pose.position[i] - pose.focalPoint[i]);
    QVERIFY(std::abs(along) < 1e-9);
    view.grabImage();
    QTest::qWait(20);
    QVERIFY(heard.empty());
    QVERIFY(sameView(view.camera(), set));
  }

  void aViewThatIsNotShownYetHasThePoseOnceItIs() {
    SceneView a, b;
    open(a);
    showLabels(a, ball({28, 12, 24}, 6, 4));
    drag(a, {40, 30});
    b.setRegions(bratsRegions());
    b.setLabels(ball({28, 12, 24}, 6, 4));
    QTRY_VERIFY_WITH_TIMEOUT(b.settled(), 20000);
    QTest::qWait(50);
    linkCameras(a, b);
    open(b);
    QCOMPARE(differentPixels(a.grabImage(), b.grabImage()), 0);
  }

  void whatIsNewInTheSecondMovesNeither() {
    Pair pair;
    pair.show();
    pair.b.resize(150, 600);
    const CameraPose before = pair.a.camera();
    VoxelGrid other{{90, 20, 20}, {3, 3, 3}, {0, 0, 0}};
    pair.b.setHead(std::make_shared<const Volume>(
        Volume{other, std::vector<float>(static_cast<std::size_t>(other.voxelCount()), 1.0F)}));
    QTRY_VERIFY_WITH_TIMEOUT(pair.b.settled(), 20000);
    QVERIFY(sameView(pair.a.camera(), before));
    QVERIFY(sameView(pair.b.camera(), before));
  }

  void whatIsNewInTheSecondIsWithinItsDepth() {
    SceneView a, b;
    for (SceneView* view : {&a, &b}) open(*view);
    showLabels(a, ball({28, 12, 24}, 6, 4));
    linkCameras(a, b);
    showLabels(b, ball({28, 12, 24}, 6, 4));
    QCOMPARE(differentPixels(a.grabImage(), b.grabImage()), 0);
  }

  void oneOfTwoMayGoFirst() {
    SceneView a;
    open(a);
    {
      SceneView b;
      linkCameras(a, b);
    }
    std::vector<CameraPose> heard;
    listenTo(a, heard);
    drag(a, {40, 30});
    QTRY_VERIFY(!heard.empty());
  }
};

WINDOW_TEST(LinkedCamerasTest)
#include "linked_cameras_test.moc"
