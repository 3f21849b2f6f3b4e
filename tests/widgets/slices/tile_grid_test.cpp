#include "widgets/slices/tile_grid.h"

#include <QSignalSpy>
#include <QtTest>
#include <cmath>

#include "core/base/error.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "widgets/slices/tile_header.h"

using namespace modascope;

namespace {

const VoxelGrid kGrid{{40, 50, 20}, {1, 1, 1}, {-20, -25, 100}};
constexpr ModalityId kT1{0};
constexpr ModalityId kT1ce{1};
constexpr ModalityId kT2{2};
constexpr ModalityId kFlair{3};

std::shared_ptr<const Volume> volumeOf(float value, const VoxelGrid& grid = kGrid) {
  return std::make_shared<Volume>(
      Volume{grid, std::vector<float>(static_cast<std::size_t>(grid.voxelCount()), value)});
}

LabelVolume emptyLabels(const VoxelGrid& grid = kGrid) {
  return {grid, std::vector<std::uint8_t>(static_cast<std::size_t>(grid.voxelCount()), 0)};
}

/// T1 512, T1ce 700, no T2, FLAIR 0.25.
void showCase(TileGrid& tiles) {
  tiles.resize(800, 600);
  tiles.setCase(bratsModalities(), {volumeOf(512), volumeOf(700), nullptr, volumeOf(0.25f)}, kGrid);
  tiles.show();
  QVERIFY(QTest::qWaitForWindowExposed(&tiles));
}

TileHeader* headerOf(TileGrid& tiles, ModalityId id) {
  return tiles.tile(id)->findChild<TileHeader*>();
}

}  // namespace

class TileGridTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aClickOnATitleAsksToSwitchThatModality() {
    TileGrid tiles;
    showCase(tiles);
    std::vector<ModalityId> toggled;
    connect(&tiles, &TileGrid::toggled, [&](ModalityId id) { toggled.push_back(id); });
    QTest::mouseClick(headerOf(tiles, kFlair), Qt::LeftButton);
    QCOMPARE(toggled, std::vector{kFlair});
    QCOMPARE(tiles.tile(kFlair)->state(), TileState::On);  // it only asks
    QTest::mouseClick(headerOf(tiles, kT2), Qt::LeftButton);
    QCOMPARE(toggled.size(), std::size_t{1});  // nothing to switch where there is no image
  }

  void tilesTellLeftOutFromAbsent() {
    TileGrid tiles;
    showCase(tiles);
    tiles.setShown(ModalitySet(kT1).with(kFlair));
    QCOMPARE(tiles.tile(kT1)->state(), TileState::On);
    QCOMPARE(tiles.tile(kT1ce)->state(), TileState::LeftOut);
    QCOMPARE(tiles.tile(kT2)->state(), TileState::Absent);
    QCOMPARE(tiles.tile(kFlair)->state(), TileState::On);
  }

  void allTilesFollowOne() {
    TileGrid tiles;
    showCase(tiles);
    QSignalSpy moved(&tiles, &TileGrid::crosshairMoved);
    SliceView* first = tiles.tile(kT1);
    QTest::keyClick(first, Qt::Key_PageUp);
    QTest::keyClick(first, Qt::Key_Right);
    QCOMPARE(moved.count(), 2);
    QCOMPARE(tiles.tile(kFlair)->crosshair(), first->crosshair());
    QCOMPARE(*tiles.tile(kFlair)->slice(), 11);
    QTest::keyClick(first, Qt::Key_S);
    QVERIFY(!tiles.tile(kFlair)->overlayStyle().visible);
    QTest::mousePress(first, Qt::RightButton, {}, first->rect().center());
    QTest::mouseMove(first, first->rect().center() - QPoint(0, 50));
    QVERIFY(tiles.tile(kFlair)->frame().zoom > 1.2);
    QCOMPARE(tiles.tile(kFlair)->frame(), first->frame());
  }

  void aPointIsDescribedInRasWithItsSides() {
    TileGrid tiles;
    tiles.setRegions(bratsRegions());
    showCase(tiles);
    auto labels = emptyLabels();
    labels.at(32, 10, 8) = 2;  // LPS 12, −15, 108
    tiles.setOverlay(std::make_shared<LabelVolume>(labels));
    QCOMPARE(tiles.describe({12, -15, 108}),
             QStringLiteral("x \u221212.0 L  y 15.0 A  z 108.0 S   T1 512  T1ce 700  FLAIR 0.25   "
                            "label ED"));
    tiles.setMaximised(kFlair);
    QCOMPARE(tiles.describe({-12.04, 15, 108}),
             QStringLiteral("x 12.0 R  y \u221215.0 P  z 108.0 S   FLAIR 0.25   label background"));
    QCOMPARE(tiles.describe({0, 0, -500}), QStringLiteral("x 0.0 R  y 0.0 A  z \u2212500.0 I"));
  }

  void aRegionOfAnotherOrganHasItsColourAndItsNames() {
    const RegionSchema lesion({{1, "lesion"}}, {{"lesion", "LESION", "lesion", {1}, {1, 2, 3}}});
    TileGrid tiles;
    showCase(tiles);
    tiles.setRegions(lesion);
    auto labels = emptyLabels();
    labels.at(32, 10, 8) = 1;  // LPS 12, −15, 108
    tiles.setOverlay(std::make_shared<LabelVolume>(labels));
    tiles.setTruth(std::make_shared<LabelVolume>(emptyLabels()));
    QVERIFY(tiles.describe({12, -15, 108}).endsWith("label lesion"));
    tiles.setCrosshair({0, 0, 108});
    SliceView* tile = tiles.tile(kT1);
    OverlayStyle style;
    style.opacity = 1;
    tiles.setOverlayStyle(style);
    const QPoint place = tile->positionOf({12, -15, 108})->toPoint();
    QCOMPARE(tile->render(tile->size()).pixelColor(place), QColor(1, 2, 3));
    style.content = OverlayContent::Difference;
    tiles.setOverlayStyle(style);
    QCOMPARE(tile->legend().lines, QStringList{"LESION, line: prediction"});
  }

  void withoutRegionsThereIsNothingToDiffer() {
    TileGrid tiles;
    showCase(tiles);
    tiles.setOverlay(std::make_shared<LabelVolume>(emptyLabels()));
    tiles.setTruth(std::make_shared<LabelVolume>(emptyLabels()));
    OverlayStyle style;
    style.content = OverlayContent::Difference;
    tiles.setOverlayStyle(style);
    QVERIFY(tiles.tile(kT1)->legend().lines.isEmpty());
    QVERIFY(!tiles.tile(kT1)->render(tiles.size()).isNull());
  }

  void aDigitOrDoubleClickMaximisesAndEscapeGoesBack() {
    TileGrid tiles;
    showCase(tiles);
    QTest::keyClick(tiles.tile(kT1), Qt::Key_2);
    QCOMPARE(tiles.maximised(), std::optional(kT1ce));
    QVERIFY(!tiles.tile(kT1)->isVisible());
    QCOMPARE(tiles.tile(kT1ce)->size(), tiles.size());
    QTest::keyClick(tiles.tile(kT1ce), Qt::Key_Escape);
    QVERIFY(!tiles.maximised());
    QVERIFY(tiles.tile(kT1)->isVisible());
    SliceView* flair = tiles.tile(kFlair);
    QTest::mouseDClick(flair, Qt::LeftButton, {}, flair->rect().center());
    QCOMPARE(tiles.maximised(), std::optional(kFlair));
  }

  void whatLiesOnAnotherGridIsRefused() {
    TileGrid tiles;
    tiles.setRegions(bratsRegions());
    showCase(tiles);
    VoxelGrid other = kGrid;
    other.spacing[2] = 2;
    QVERIFY_EXCEPTION_THROWN(tiles.setOverlay(std::make_shared<LabelVolume>(emptyLabels(other))),
                             Error);
    QVERIFY_EXCEPTION_THROWN(
        tiles.setCase(bratsModalities(), {volumeOf(1), volumeOf(1, other)}, kGrid), Error);
  }

  void whatTheCaseDoesNotHaveHasNoWindow() {
    TileGrid tiles;
    QSignalSpy changed(&tiles, &TileGrid::windowChanged);
    const auto askAll = [&tiles](ModalityId id) {
      tiles.setIntensityWindow(id, {3, 33});
      tiles.autoWindow(id);
      tiles.setNote(id, "12 %");
      return tiles.intensityWindow(id);
    };
    QCOMPARE(askAll(kT1), IntensityWindow());
    showCase(tiles);
    QCOMPARE(askAll(kT2), IntensityWindow());
    QCOMPARE(askAll(ModalityId(7)), IntensityWindow());
    QCOMPARE(changed.count(), 0);
    tiles.clear();
    QCOMPARE(askAll(kT1), IntensityWindow());
    QVERIFY(tiles.cells().empty());
  }

  void oneOpacityIsThatOfTheMapsWhereThereAreAny() {
    TileGrid tiles;
    showCase(tiles);
    QSignalSpy changed(&tiles, &TileGrid::overlayStyleChanged);
    tiles.setOverlayOpacity(0.3);
    QCOMPARE(tiles.overlayOpacity(), 0.3);
    QCOMPARE(tiles.tile(kFlair)->overlayStyle().opacity, 0.3);
    tiles.setMaps({"attribution", {nullptr, nullptr, nullptr, volumeOf(0.5f)}, 1});
    QCOMPARE(tiles.overlayOpacity(), 1.0);
    tiles.setOverlayOpacity(0.7);
    QCOMPARE(changed.count(), 0);
    QTest::keyClick(tiles.tile(kFlair), Qt::Key_A);
    QVERIFY(std::abs(tiles.overlayOpacity() - 0.6) < 1e-9);
    QCOMPARE(tiles.overlayStyle().opacity, 0.3);
    tiles.setOverlayOpacity(1.4);
    QCOMPARE(tiles.overlayOpacity(), 1.0);
    tiles.setTileLayout(TileLayout::Planes);  // of T1, which has no map
    QCOMPARE(tiles.overlayOpacity(), 0.3);
    tiles.setMain(kFlair);
    QCOMPARE(tiles.overlayOpacity(), 1.0);
    tiles.clearMaps();
    QCOMPARE(tiles.overlayOpacity(), 0.3);
  }

  void theHeadFillsItsTilesAtFirst() {
    auto volume = std::make_shared<Volume>(*volumeOf(0));
    for (std::int64_t y = 24; y <= 47; ++y) {
      for (std::int64_t x = 8; x <= 19; ++x) volume->at(x, y, 10) = 100;  // 24 mm high
    }
    TileGrid tiles;
    tiles.resize(800, 600);
    tiles.setCase(bratsModalities(), {volume, volume, nullptr, volume}, kGrid);
    SliceView* tile = tiles.tile(kT1);
    const double picture = tile->height() - headerOf(tiles, kT1)->height();
    const QPointF top = *tile->positionOf(kGrid.toWorld({13.5, 23.5, 10}));
    const QPointF bottom = *tile->positionOf(kGrid.toWorld({13.5, 47.5, 10}));
    QVERIFY(std::abs(top.x() - tile->width() / 2.0) < 1);
    QVERIFY((bottom.y() - top.y()) / picture > 0.8 && (bottom.y() - top.y()) / picture < 0.95);
    QVERIFY(std::abs(tile->height() - bottom.y() - (picture - tile->height() + top.y())) < 1);
  }

  void theCrosshairFindsTheLargestSliceOfTheTumour() {
    TileGrid tiles;
    tiles.setRegions(bratsRegions());
    showCase(tiles);
    auto labels = emptyLabels();
    labels.at(3, 3, 3) = 2;
    for (std::int64_t y = 30; y <= 34; ++y) {
      for (std::int64_t x = 10; x <= 12; ++x) labels.at(x, y, 15) = 1;
    }
    tiles.setOverlay(std::make_shared<LabelVolume>(labels));
    tiles.centreOnLargestSlice();
    const Vec3 expected = kGrid.toWorld({11, 32, 15});
    for (std::size_t a = 0; a < 3; ++a) {
      QVERIFY(std::abs(tiles.crosshair()[a] - expected[a]) < 1e-9);
    }
  }

  void tilesFillTheGridWithoutOverlap_data() {
    QTest::addColumn<int>("count");
    for (int count = 1; count <= 8; ++count) QTest::addRow("%d", count) << count;
  }
  void tilesFillTheGridWithoutOverlap() {
    QFETCH(int, count);
    std::vector<Modality> modalities;
    for (int i = 0; i < count; ++i) {
      const std::string name(1, static_cast<char>('a' + i));
      modalities.push_back({name, name});
    }
    TileGrid tiles;
    tiles.setRegions(bratsRegions());
    tiles.resize(900, 600);
    tiles.setCase(ModalitySchema(modalities), {}, kGrid);
    QRegion covered;
    for (int i = 0; i < count; ++i) {
      const QRect place = tiles.tile(ModalityId(static_cast<std::size_t>(i)))->geometry();
      QVERIFY(tiles.rect().contains(place));
      QVERIFY(!covered.intersects(place));
      QVERIFY(std::min(place.width(), place.height()) >= 190);
      covered += place;
    }
  }
};

WINDOW_TEST(TileGridTest)
#include "tile_grid_test.moc"
