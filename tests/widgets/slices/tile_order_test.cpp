#include <QtTest>
#include <functional>

#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "tests/widgets/slices/three_of_four.h"

using namespace modascope;
using namespace modascope::testing;

namespace {
constexpr std::array kLayouts{TileLayout::Modalities, TileLayout::Planes, TileLayout::SideBySide};
}  // namespace

/// What the tiles show follows from what they were told, not from when.
class TileOrderTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theOrderOfTheCallsDoesNotMatter_data() {
    QTest::addColumn<TileLayout>("layout");
    QTest::newRow("modalities") << TileLayout::Modalities;
    QTest::newRow("planes") << TileLayout::Planes;
    QTest::newRow("side by side") << TileLayout::SideBySide;
  }
  void theOrderOfTheCallsDoesNotMatter() {
    QFETCH(TileLayout, layout);
    auto truth = filled<std::uint8_t>(0);
    truth->at(20, 20, 18) = 1;
    auto map = filled(0.0f);
    map->at(22, 22, 18) = 0.5f;
    OverlayStyle style;
    style.opacity = 0.7;
    style.content = OverlayContent::Difference;
    const std::vector<std::function<void(TileGrid&)>> calls{
        [](TileGrid& t) { t.setOverlay(filled<std::uint8_t>(2)); },
        [&](TileGrid& t) { t.setTruth(truth); },
        [&](TileGrid& t) {
          t.setMaps({"attribution", {map, nullptr, nullptr, map}, 0.8});
        },
        [](TileGrid& t) { t.setShown(ModalitySet(kFlair)); },
        [](TileGrid& t) {
          t.setKept(KeptPrediction{filled<std::uint8_t>(4), "all"});
        },
        [](TileGrid& t) {
          t.setIntensityWindow(kT1, {0, 3});
        },
        [&](TileGrid& t) { t.setOverlayStyle(style); },
        [](TileGrid& t) { t.setWipe(0.4); },
        [](TileGrid& t) { t.setNote(kT1, "12 %"); },
        [](TileGrid& t) {
          t.setCrosshair(kGrid.toWorld({18, 22, 18}));
        },
    };
    QImage expected;
    for (std::size_t at = 0; at <= calls.size() + 1; ++at) {
      TileGrid tiles;
      tiles.setRegions(bratsRegions());
      if (at == 0) tiles.setTileLayout(layout);
      setCaseOf(tiles);
      for (std::size_t i = 0; i < calls.size(); ++i) {
        if (at == i + 1) tiles.setTileLayout(layout);
        calls[at % 2 == 0 ? i : calls.size() - 1 - i](tiles);
      }
      tiles.setTileLayout(layout);
      if (at == 0) tiles.render(kSize);  // Qt draws text a little differently the first time
      const QImage image = tiles.render(kSize);
      if (at == 0) expected = image;
      QCOMPARE(image, expected);
    }
  }

  void layoutsBackAndForthLoseNothing() {
    TileGrid tiles;
    tiles.setRegions(bratsRegions());
    setCaseOf(tiles);
    compare(tiles);
    tiles.setWipe(0.3);
    tiles.setCrosshair(kBlock);
    tiles.setIntensityWindow(kFlair, {0, 30});
    QTest::keyClick(tiles.tile(kT1), Qt::Key_X);
    for (const TileLayout layout : kLayouts) {  // Qt draws text a little differently at first
      tiles.setTileLayout(layout);
      tiles.render(kSize);
    }
    std::array<QImage, 3> before;
    for (std::size_t i = 0; i < 3; ++i) {
      tiles.setTileLayout(kLayouts[i]);
      before[i] = tiles.render(kSize);
      for (std::size_t j = 0; j < i; ++j) QVERIFY(before[i] != before[j]);
    }
    for (const std::size_t i : {1u, 0u, 2u, 1u, 0u}) {
      tiles.setTileLayout(kLayouts[i]);
      QCOMPARE(tiles.render(kSize), before[i]);
    }
  }
};

WINDOW_TEST(TileOrderTest)
#include "tile_order_test.moc"
