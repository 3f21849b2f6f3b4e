#include <QMouseEvent>
#include <QSignalSpy>
#include <QtTest>
#include <cmath>

#include "core/base/error.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "widgets/slices/slice_view.h"

using namespace modascope;

namespace {

// x to the patient's left, y to the back, z to the head; a slice is 400 × 400 pixels.
const VoxelGrid kGrid{{40, 40, 10}, {1, 1, 1}, {-20, -20, 100}};
constexpr QSize kSize{400, 400};

using Labels = std::shared_ptr<const LabelVolume>;

Labels labelsOf(std::uint8_t value) {
  return std::make_shared<LabelVolume>(LabelVolume{
      kGrid, std::vector<std::uint8_t>(static_cast<std::size_t>(kGrid.voxelCount()), value)});
}

/// `value` in a block of 5 × 5 voxels around each voxel.
Labels blocksAt(std::initializer_list<std::array<std::int64_t, 2>> places, std::uint8_t value) {
  auto labels = std::make_shared<LabelVolume>(*labelsOf(0));
  for (const auto& [x, y] : places) {
    for (std::int64_t dy = -2; dy <= 2; ++dy) {
      for (std::int64_t dx = -2; dx <= 2; ++dx) labels->at(x + dx, y + dy, 5) = value;
    }
  }
  return labels;
}

/// Black, all of it oedema in the live prediction and enhancing in the kept one.
struct Compared {
  SliceView view;
  Compared() {
    view.resize(kSize);
    view.setRegions(bratsRegions());
    view.setVolume(std::make_shared<Volume>(
        Volume{kGrid, std::vector<float>(static_cast<std::size_t>(kGrid.voxelCount()), 0.0f)}));
    view.setCrosshair(kGrid.toWorld({20, 20, 5}));
    view.setCrosshairVisible(false);
    show(labelsOf(2), labelsOf(4));
  }
  void show(Labels live, Labels kept, OverlayContent content = OverlayContent::Prediction) {
    SliceOverlays overlays = view.overlays();
    overlays.live = std::move(live);
    overlays.kept = KeptPrediction{std::move(kept), "all"};
    overlays.liveName = "T1, FLAIR";
    overlays.style.opacity = 1;
    overlays.style.content = content;
    view.setOverlays(overlays);
  }
  QColor at(int x, int y = 100) { return view.render(kSize).pixelColor(x, y); }
  /// The colours within the block around a voxel.
  QSet<QRgb> coloursAround(std::int64_t x, std::int64_t y) {
    const QPoint centre = view.positionOf(kGrid.toWorld({double(x), double(y), 5}))->toPoint();
    const QImage image = view.render(kSize);
    QSet<QRgb> found;
    for (int dy = -15; dy <= 15; ++dy) {
      for (int dx = -15; dx <= 15; ++dx) found << image.pixel(centre + QPoint(dx, dy));
    }
    return found;
  }
};

const QColor kKept = regionColour(bratsRegions()[2]);
const QColor kLive = regionColour(bratsRegions()[0]);
const QSet<QRgb> kBlack{QColor(Qt::black).rgb()};

}  // namespace

class SliceWipeTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void leftOfTheLineIsKeptRightOfItIsLive() {
    Compared compared;
    QCOMPARE(compared.at(50), kLive);  // no wipe yet
    compared.view.setWipe(0.25);
    QCOMPARE(compared.at(50), kKept);
    QCOMPARE(compared.at(96), kKept);
    QCOMPARE(compared.at(104), kLive);
    QCOMPARE(compared.at(350), kLive);
    QVERIFY(compared.at(100) != kLive && compared.at(100) != kKept);  // the line itself
    compared.view.setWipe(std::nullopt);
    QCOMPARE(compared.at(50), kLive);
  }

  void atItsEndsTheLineLeavesOneOfThem() {
    Compared compared;
    compared.view.setWipe(0);
    QCOMPARE(compared.at(20), kLive);
    QCOMPARE(compared.at(380), kLive);
    compared.view.setWipe(1.7);
    QCOMPARE(*compared.view.overlays().wipe, 1.0);
    QCOMPARE(compared.at(20), kKept);
    QCOMPARE(compared.at(380), kKept);
  }

  void aLineCannotBeWhereNothingIsToPart() {
    Compared compared;
    compared.view.setWipe(0.5);
    OverlayStyle style = compared.view.overlayStyle();
    style.content = OverlayContent::Truth;
    compared.view.setOverlayStyle(style);
    QCOMPARE(compared.at(200), QColor(Qt::black));
    compared.view.setTruth(labelsOf(1));
    QCOMPARE(compared.at(50), regionColour(bratsRegions()[1]));
    QCOMPARE(compared.at(200), regionColour(bratsRegions()[1]));
    compared.view.setOverlayStyle({.visible = false});
    QCOMPARE(compared.at(200), QColor(Qt::black));
  }

  void outlinesAndOpacityBelongToBothSides() {
    Compared compared;
    const auto blocks = {std::array<std::int64_t, 2>{10, 10}, {30, 10}};
    compared.show(blocksAt(blocks, 2), blocksAt(blocks, 4));
    compared.view.setWipe(0.5);
    compared.view.setOverlayStyle({.opacity = 0.5});
    QCOMPARE(compared.at(105, 105), QColor(kKept.red() / 2, kKept.green() / 2, kKept.blue() / 2));
    QCOMPARE(compared.at(305, 105), QColor(kLive.red() / 2, kLive.green() / 2, kLive.blue() / 2));
    QTest::keyClick(&compared.view, Qt::Key_O);
    QCOMPARE(compared.at(105, 105), QColor(Qt::black));
    QCOMPARE(compared.at(305, 105), QColor(Qt::black));
    QCOMPARE(compared.at(105, 80), kKept);
    QCOMPARE(compared.at(305, 80), kLive);
  }

  void eachSideDiffersFromTheTruthInItsOwnWay() {
    Compared compared;
    compared.view.setTruth(labelsOf(0));
    compared.show(labelsOf(0), labelsOf(2), OverlayContent::Difference);
    compared.view.setWipe(0.5);
    QCOMPARE(compared.at(50), wronglyFoundColour());
    QCOMPARE(compared.at(350), QColor(Qt::black));
  }

  void theLineIsDraggedFromWithinFivePixels() {
    Compared compared;
    compared.view.setWipe(0.5);
    QSignalSpy moved(&compared.view, &SliceView::wipeMoved);
    const Vec3 crosshair = compared.view.crosshair();
    QTest::mousePress(&compared.view, Qt::LeftButton, {}, {204, 120});
    QTest::mouseMove(&compared.view, {300, 120});
    QTest::mouseRelease(&compared.view, Qt::LeftButton, {}, {300, 120});
    QCOMPARE(*compared.view.overlays().wipe, 0.75);
    QCOMPARE(moved.last().first().toDouble(), 0.75);
    QCOMPARE(compared.view.crosshair(), crosshair);
    QCOMPARE(compared.at(290), kKept);
    QTest::mouseClick(&compared.view, Qt::LeftButton, {}, {312, 120});
    QCOMPARE(*compared.view.overlays().wipe, 0.75);
    QVERIFY(compared.view.crosshair() != crosshair);
  }

  void theCursorTellsWhereTheLineIsTaken() {
    Compared compared;
    compared.view.setWipe(0.5);
    const auto cursorAt = [&](const QPointF& place) {
      QMouseEvent event(QEvent::MouseMove, place, compared.view.mapToGlobal(place), Qt::NoButton,
                        Qt::NoButton, Qt::NoModifier);
      QApplication::sendEvent(&compared.view, &event);
      return compared.view.cursor().shape();
    };
    QCOMPARE(cursorAt({198, 90}), Qt::SplitHCursor);
    QCOMPARE(cursorAt({230, 90}), Qt::ArrowCursor);
  }

  void bracketsMoveTheLineByFivePercent() {
    Compared compared;
    QSignalSpy moved(&compared.view, &SliceView::wipeMoved);
    QTest::keyClick(&compared.view, Qt::Key_BracketLeft);
    QCOMPARE(moved.count(), 0);  // no line
    compared.view.setWipe(0.5);
    QTest::keyClick(&compared.view, Qt::Key_BracketLeft);
    QVERIFY(std::abs(*compared.view.overlays().wipe - 0.45) < 1e-9);
    QTest::keyClick(&compared.view, Qt::Key_BracketRight);
    QTest::keyClick(&compared.view, Qt::Key_BracketRight);
    QVERIFY(std::abs(*compared.view.overlays().wipe - 0.55) < 1e-9);
    QCOMPARE(moved.count(), 3);
  }

  void onlyKeptIsHatchedAndOnlyLiveIsSolid() {
    Compared compared;
    compared.show(blocksAt({{10, 12}, {20, 28}}, 2), blocksAt({{30, 12}, {20, 28}}, 2),
                  OverlayContent::Compared);
    const QSet<QRgb> onlyKept = compared.coloursAround(30, 12);
    QVERIFY(onlyKept.size() > 1);
    QVERIFY(onlyKept.contains(missedColour().rgb()));
    QCOMPARE(compared.coloursAround(10, 12), QSet<QRgb>{wronglyFoundColour().rgb()});
    QCOMPARE(compared.coloursAround(20, 28), kBlack);  // in both
    const SliceLegend legend = compared.view.legend();
    QCOMPARE(legend.keys[0].words, QString("only kept"));
    QVERIFY(legend.keys[0].patch == Patch::Hatched);
    QCOMPARE(legend.keys[1].words, QString("only now"));
    QVERIFY(legend.keys[1].patch == Patch::Solid);
    QCOMPARE(legend.lines, QStringList{"WT, line: now"});
    OverlayStyle style = compared.view.overlayStyle();
    style.differenceOf = 2;  // ET: none of it is
    compared.view.setOverlayStyle(style);
    QCOMPARE(compared.coloursAround(10, 12), kBlack);
  }

  void whatIsMissingForAComparisonIsSaid() {
    Compared compared;
    compared.show(nullptr, labelsOf(2), OverlayContent::Compared);
    QCOMPARE(compared.view.legend().lines, QStringList{"no prediction to compare"});
    SliceOverlays overlays = compared.view.overlays();
    overlays.live = labelsOf(2);
    overlays.kept.reset();
    compared.view.setOverlays(overlays);
    QCOMPARE(compared.view.legend().lines, QStringList{"nothing kept yet"});
  }

  void aKeyGoesThroughWhatThereIsToCompareWith() {
    Compared compared;
    const auto next = [&] {
      QTest::keyClick(&compared.view, Qt::Key_T);
      return compared.view.overlayStyle().content;
    };
    QCOMPARE(next(), OverlayContent::Compared);
    QCOMPARE(next(), OverlayContent::Prediction);
    compared.view.setTruth(labelsOf(1));
    QCOMPARE(next(), OverlayContent::Truth);
    QCOMPARE(next(), OverlayContent::Difference);
    QCOMPARE(next(), OverlayContent::Compared);
  }

  void aViewOfTheKeptPredictionShowsIt() {
    Compared compared;
    SliceOverlays overlays = compared.view.overlays();
    overlays.shown = ShownPrediction::Kept;
    overlays.wipe = 0.5;
    compared.view.setOverlays(overlays);
    QCOMPARE(compared.at(50), kKept);
    QCOMPARE(compared.at(350), kKept);
    overlays.style.content = OverlayContent::Compared;  // with itself
    compared.view.setOverlays(overlays);
    QCOMPARE(compared.at(350), kKept);
    overlays.kept.reset();
    compared.view.setOverlays(overlays);
    QCOMPARE(compared.at(350), QColor(Qt::black));
    QCOMPARE(compared.view.legend().lines, QStringList{"nothing kept yet"});
  }

  void theWordsAtTheLineNameBothSides() {
    Compared compared;
    const Wipe wipe = wipeOf(compared.view.overlays());
    QCOMPARE(wipe.left.full, QString("kept: all"));
    QCOMPARE(wipe.right.full, QString("now: T1, FLAIR"));
    QCOMPARE(wipe.right.little, QString("now"));
    const auto inked = [&compared](int from, int to) {  // beside the grip at 64 % of the height
      const QImage image = compared.view.render(kSize);
      int count = 0;
      for (int y = 248; y < 264; ++y) {
        for (int x = from; x < to; ++x) count += qGray(image.pixel(x, y)) < 80;  // rims
      }
      return count;
    };
    QCOMPARE(inked(20, 90), 0);
    compared.view.setWipe(0.25);
    QVERIFY(inked(20, 90) > 20);
    QVERIFY(inked(112, 250) > 20);
    compared.view.setWipe(0.1);  // 40 pixels: room for no word
    QCOMPARE(inked(0, 30), 0);
  }

  void aKeptPredictionOfAnotherGridIsRefused() {
    Compared compared;
    auto other = std::make_shared<LabelVolume>(*labelsOf(2));
    other->grid.spacing[0] = 2;
    SliceOverlays overlays = compared.view.overlays();
    overlays.kept->labels = other;
    QVERIFY_EXCEPTION_THROWN(compared.view.setOverlays(overlays), Error);
  }

  void theWidgetShowsWhatIsExportedWhileTheLineMoves() {
    Compared compared;
    QImage before;
    for (const double wipe : {0.2, 0.5, 0.8}) {
      compared.view.setWipe(wipe);
      const QImage shown = compared.view.grab().toImage().convertToFormat(QImage::Format_RGB32);
      QCOMPARE(shown, compared.view.render(kSize));
      QVERIFY(shown != before);
      before = shown;
    }
  }
};

WINDOW_TEST(SliceWipeTest)
#include "slice_wipe_test.moc"
