#include <QSignalSpy>
#include <QtTest>
#include <cmath>

#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "tests/widgets/slices/three_of_four.h"
#include "widgets/slices/tile_header.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

/// The mean place of what is bright in a tile's picture, from its centre, in shares of its size.
QPointF brightPlace(const SliceView& tile) {
  const QImage image = tile.render(tile.size());
  const int strip = tile.findChild<TileHeader*>()->height();
  QPointF sum;
  int count = 0;
  for (int y = strip + 24; y < image.height() - 24; ++y) {  // without letters and words
    for (int x = 24; x < image.width() - 24; ++x) {
      if (qGray(image.pixel(x, y)) < 250) continue;
      sum += QPointF(x, y - strip);
      ++count;
    }
  }
  if (count < 200) return {0, 0};
  const QPointF mean = sum / count;
  return {mean.x() / image.width() - 0.5, mean.y() / (image.height() - strip) - 0.5};
}

QString titleOf(SliceView* tile) {
  const TileTitle& title = tile->findChild<TileHeader*>()->title();
  return title.detail.isEmpty() ? title.name : title.name + " · " + title.detail;
}

}  // namespace

class TileLayoutsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void threePlanesCutTheSamePlaceAndLeftIsLeft() {
    TileGrid tiles;
    setCaseOf(tiles);
    tiles.setTileLayout(TileLayout::Planes);
    tiles.setCrosshair(kBlock);
    for (std::size_t i = 0; i < 3; ++i) tiles.tileAt(i)->setCrosshairVisible(false);
    const QPointF axial = brightPlace(*tiles.tileAt(0));
    QVERIFY(axial.x() > 0.1 && axial.y() < -0.1);  // the patient's left, in front
    const QPointF coronal = brightPlace(*tiles.tileAt(1));
    QVERIFY(coronal.x() > 0.1 && coronal.y() < -0.1);  // the patient's left, above
    const QPointF sagittal = brightPlace(*tiles.tileAt(2));
    QVERIFY(sagittal.x() < -0.1 && sagittal.y() < -0.1);  // in front, above
    QCOMPARE(*tiles.tileAt(0)->slice(), 28);
    QCOMPARE(*tiles.tileAt(1)->slice(), 8);
    QCOMPARE(*tiles.tileAt(2)->slice(), 32);
    tiles.setCrosshair(kGrid.toWorld({10, 30, 10}));  // all three planes miss the block
    for (std::size_t i = 0; i < 3; ++i) QCOMPARE(brightPlace(*tiles.tileAt(i)), QPointF(0, 0));
  }

  void aClickInOnePlaneMovesTheCutsOfTheOthers() {
    TileGrid tiles;
    setCaseOf(tiles);
    tiles.setTileLayout(TileLayout::Planes);
    SliceView* axial = tiles.tileAt(0);
    QTest::mouseClick(axial, Qt::LeftButton, {}, axial->positionOf(kBlock)->toPoint());
    QCOMPARE(*tiles.tileAt(1)->slice(), 8);
    QCOMPARE(*tiles.tileAt(2)->slice(), 32);
  }

  void digitsChooseTheModalityOfThePlanes() {
    TileGrid tiles;
    QSignalSpy chosen(&tiles, &TileGrid::mainChanged);
    setCaseOf(tiles);
    QCOMPARE(chosen.count(), 1);
    tiles.setTileLayout(TileLayout::Planes);
    QCOMPARE(tiles.mainModality(), kT1);
    QCOMPARE(titleOf(tiles.tileAt(1)), QString("T1 · coronal"));
    QTest::keyClick(tiles.tileAt(1), Qt::Key_4);
    QCOMPARE(tiles.mainModality(), kFlair);
    QCOMPARE(titleOf(tiles.tileAt(2)), QString("FLAIR · sagittal"));
    QVERIFY(!tiles.maximised());
    QCOMPARE(chosen.count(), 2);
    QTest::keyClick(tiles.tileAt(1), Qt::Key_3);  // the case has no T2
    QCOMPARE(tiles.mainModality(), kFlair);
    QVERIFY(tiles.tile(kT1) == tiles.tileAt(0));
  }

  void theModalityThatFilledTheGridIsTheOneOfTheNextLayout() {
    TileGrid tiles;
    setCaseOf(tiles);
    std::vector<ModalityId> chosen;
    connect(&tiles, &TileGrid::mainChanged, [&](ModalityId id) { chosen.push_back(id); });
    tiles.setMaximised(kFlair);
    tiles.setTileLayout(TileLayout::Planes);
    QVERIFY(!tiles.maximised());
    QCOMPARE(titleOf(tiles.tileAt(0)), QString("FLAIR · axial"));
    QCOMPARE(chosen, std::vector{kFlair});
    tiles.setTileLayout(TileLayout::Modalities);
    tiles.setMaximised(kT2);  // the case has none
    tiles.setTileLayout(TileLayout::SideBySide);
    QCOMPARE(tiles.mainModality(), kFlair);
    tiles.setTileLayout(TileLayout::Modalities);
    tiles.setTileLayout(TileLayout::Planes);
    QCOMPARE(tiles.mainModality(), kFlair);
    QCOMPARE(chosen.size(), std::size_t{1});
  }

  void theFirstThatIsThereIsShownUntilTheChosenOneIs() {
    TileGrid tiles;
    tiles.setMain(kFlair);
    tiles.setCase(bratsModalities(), {nullptr, head(5)}, kGrid);
    QCOMPARE(tiles.mainModality(), ModalityId(1));
    setCaseOf(tiles);
    QCOMPARE(tiles.mainModality(), kFlair);
  }

  void oneOfThePlanesCanFillTheGrid() {
    TileGrid tiles;
    setCaseOf(tiles);
    tiles.setTileLayout(TileLayout::Planes);
    tiles.show();
    QVERIFY(QTest::qWaitForWindowExposed(&tiles));
    SliceView* coronal = tiles.tileAt(1);
    QTest::mouseDClick(coronal, Qt::LeftButton, {}, coronal->rect().center());
    QCOMPARE(coronal->size(), tiles.size());
    QVERIFY(!tiles.tileAt(0)->isVisible() && !tiles.tileAt(2)->isVisible());
    QTest::keyClick(coronal, Qt::Key_4);
    QVERIFY(coronal->isVisible());
    QCOMPARE(titleOf(coronal), QString("FLAIR · coronal"));
    QTest::keyClick(coronal, Qt::Key_Escape);
    QVERIFY(tiles.tileAt(0)->isVisible());
  }

  void aTitleInAnyLayoutIsTheSwitchOfItsModality() {
    TileGrid tiles;
    tiles.setRegions(bratsRegions());
    setCaseOf(tiles);
    compare(tiles);
    tiles.setMain(kFlair);
    std::vector<ModalityId> toggled;
    connect(&tiles, &TileGrid::toggled, [&](ModalityId id) { toggled.push_back(id); });
    const auto click = [&](std::size_t cell) {
      QTest::mouseClick(tiles.tileAt(cell)->findChild<TileHeader*>(), Qt::LeftButton);
    };
    tiles.setTileLayout(TileLayout::Planes);
    QVERIFY(tiles.tileAt(2)->state() == TileState::LeftOut);
    click(2);
    QCOMPARE(toggled, std::vector{kFlair});
    tiles.setTileLayout(TileLayout::SideBySide);
    click(1);
    QCOMPARE(toggled.size(), std::size_t{2});
    click(0);  // what was kept stays as it was
    QCOMPARE(toggled.size(), std::size_t{2});
  }

  void aLayoutMayChangeWhileATileSpeaks() {
    TileGrid tiles;
    setCaseOf(tiles);
    connect(&tiles, &TileGrid::toggled, [&] { tiles.setTileLayout(TileLayout::SideBySide); });
    QTest::mouseClick(tiles.tile(kFlair)->findChild<TileHeader*>(), Qt::LeftButton);
    QCOMPARE(tiles.cells().size(), std::size_t{2});
    QVERIFY(tiles.tileAt(1)->slice());
  }

  void keptIsAtTheLeftAndLiveAtTheRight() {
    TileGrid tiles;
    tiles.setRegions(bratsRegions());
    setCaseOf(tiles);
    compare(tiles);
    tiles.setTileLayout(TileLayout::SideBySide);
    QCOMPARE(titleOf(tiles.tileAt(0)), QString("T1 · kept: all"));
    QCOMPARE(titleOf(tiles.tileAt(1)), QString("T1 · now: T1"));
    QVERIFY(tiles.tileAt(0)->geometry().right() < tiles.tileAt(1)->geometry().left());
    const QImage image = tiles.render(kSize);
    const auto at = [&](std::size_t cell) {
      return image.pixelColor(tiles.tileAt(cell)->geometry().center() + QPoint(40, 40));
    };
    QCOMPARE(at(0), regionColour(bratsRegions()[2]));
    QCOMPARE(at(1), regionColour(bratsRegions()[0]));
    tiles.setKept(KeptPrediction{filled<std::uint8_t>(4), "FLAIR", ModalitySet(kFlair)});
    QCOMPARE(tiles.tileAt(0)->state(), TileState::LeftOut);  // it did not see T1
    QCOMPARE(tiles.tileAt(1)->state(), TileState::On);
    tiles.setKept(std::nullopt);
    QCOMPARE(titleOf(tiles.tileAt(0)), QString("T1 · kept"));
    QCOMPARE(tiles.tileAt(0)->legend().lines, QStringList{"nothing kept yet"});
  }

  void theWipeOfOneTileIsThatOfAll() {
    TileGrid tiles;
    tiles.setRegions(bratsRegions());
    setCaseOf(tiles);
    compare(tiles);
    tiles.setWipe(0.5);
    QSignalSpy moved(&tiles, &TileGrid::wipeMoved);
    QTest::keyClick(tiles.tile(kT1), Qt::Key_BracketRight);
    QCOMPARE(moved.count(), 1);
    QVERIFY(std::abs(*tiles.wipe() - 0.55) < 1e-9);
    const SliceView* flair = tiles.tile(kFlair);
    QVERIFY(std::abs(*flair->overlays().wipe - 0.55) < 1e-9);
    const QImage image = flair->render({400, 400});
    QCOMPARE(image.pixelColor(212, 150), regionColour(bratsRegions()[2]));
    QCOMPARE(image.pixelColor(228, 150), regionColour(bratsRegions()[0]));
  }

  void anotherCaseDropsWhatWasKeptAndTheSameCaseDoesNot() {
    TileGrid tiles;
    tiles.setRegions(bratsRegions());
    setCaseOf(tiles);
    compare(tiles);
    tiles.setIntensityWindow(kT1, {3, 33});
    setCaseOf(tiles);  // the same voxels, read again
    QVERIFY(tiles.kept());
    QCOMPARE(tiles.intensityWindow(kT1), (IntensityWindow{3, 33}));
    setCaseOf(tiles, 800);
    QVERIFY(!tiles.kept());
    QVERIFY(tiles.intensityWindow(kT1) != (IntensityWindow{3, 33}));
  }

  void aWindowBelongsToItsModalityNotToItsTile() {
    TileGrid tiles;
    setCaseOf(tiles);
    tiles.setTileLayout(TileLayout::Planes);
    tiles.setIntensityWindow(kT1, {0, 100});
    QSignalSpy changed(&tiles, &TileGrid::windowChanged);
    std::vector<ModalityId> whose;
    connect(&tiles, &TileGrid::windowChanged, [&](ModalityId id) { whose.push_back(id); });
    std::vector<std::pair<IntensityWindow, IntensityWindow>> settled;
    connect(&tiles, &TileGrid::windowSettled,
            [&](ModalityId, const auto& before, const auto& after) {
              settled.emplace_back(before, after);
            });
    SliceView* coronal = tiles.tileAt(1);
    const QPoint start = coronal->rect().center();
    QTest::mousePress(coronal, Qt::RightButton, Qt::ShiftModifier, start);
    QTest::mouseMove(coronal, start + QPoint(0, 30));  // level + width · 30 / 300
    QTest::mouseRelease(coronal, Qt::RightButton, Qt::ShiftModifier, start + QPoint(0, 30));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(whose, std::vector{kT1});
    QVERIFY(std::abs(tiles.intensityWindow(kT1).low - 10) < 1e-9);
    QCOMPARE(tiles.tileAt(2)->intensityWindow(), tiles.intensityWindow(kT1));
    tiles.setTileLayout(TileLayout::Modalities);
    QCOMPARE(tiles.tile(kT1)->intensityWindow(), tiles.intensityWindow(kT1));
    QVERIFY(tiles.tile(kFlair)->intensityWindow() != tiles.intensityWindow(kT1));
    tiles.setIntensityWindow(kFlair, {0, 7});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(settled.size(), std::size_t{1});
    QCOMPARE(settled[0].first, (IntensityWindow{0, 100}));
    QCOMPARE(settled[0].second, tiles.intensityWindow(kT1));
    tiles.setIntensityWindow(kT1, {0, 9});
    tiles.autoWindow(kT1);
    QCOMPARE(tiles.intensityWindow(kT1), autoWindow(*head(1000)));
    QCOMPARE(changed.count(), 2);
    QCOMPARE(settled[1].first, (IntensityWindow{0, 9}));
  }

  void eachPlaneKeepsItsZoom() {
    TileGrid tiles;
    setCaseOf(tiles);
    const ViewFrame axial{2, {3, 4}};
    tiles.setFrame(axial);
    tiles.setPlane(Plane::Coronal);
    QCOMPARE(tiles.tile(kT1)->frame(), ViewFrame{});
    tiles.setTileLayout(TileLayout::Planes);
    QCOMPARE(tiles.tileAt(0)->frame(), axial);
    QCOMPARE(tiles.tileAt(1)->frame(), ViewFrame{});
    QTest::keyClick(tiles.tileAt(0), Qt::Key_R);
    tiles.setTileLayout(TileLayout::Modalities);
    tiles.setPlane(Plane::Axial);
    QCOMPARE(tiles.tile(kFlair)->frame(), ViewFrame{});
  }

  void aPointIsDescribedOnceInEveryLayout() {
    TileGrid tiles;
    tiles.setRegions(bratsRegions());
    setCaseOf(tiles);
    compare(tiles);
    tiles.setTileLayout(TileLayout::Planes);
    QVERIFY(tiles.describe(kBlock).endsWith("T1 1000   label ED   kept ET"));
    tiles.setTileLayout(TileLayout::SideBySide);
    QVERIFY(tiles.describe(kBlock).endsWith("S   T1 1000   label ED   kept ET"));
  }

  void tilesOfEveryLayoutFillTheirPlaceWithoutOverlap() {
    for (const QSize& size :
         {QSize(900, 700), QSize(630, 500), QSize(500, 900), QSize(1500, 400)}) {
      for (const auto& [layout, count] : {std::pair(TileLayout::Planes, 3u),
                                          {TileLayout::SideBySide, 2u},
                                          {TileLayout::Planes, 1u}}) {
        QRegion covered;
        for (const QRect& place : placesOf(layout, count, size)) {
          QVERIFY(QRect({0, 0}, size).contains(place));
          QVERIFY(!covered.intersects(place));
          QVERIFY(std::min(place.width(), place.height()) >= 240);
          covered += place;
        }
      }
    }
  }
};

WINDOW_TEST(TileLayoutsTest)
#include "tile_layouts_test.moc"
