#include <QtTest>
#include <cmath>

#include "core/base/error.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "widgets/slices/slice_view.h"
#include "widgets/slices/tile_grid.h"

using namespace modascope;

namespace {

// x to the patient's left, y to the back, z to the head.
const VoxelGrid kGrid{{40, 40, 10}, {1, 1, 1}, {-20, -20, 100}};
constexpr QSize kSize{400, 400};
constexpr ModalityId kT1{0};
constexpr ModalityId kFlair{3};

template <typename T>
GridVolume<T> filled(T value, const VoxelGrid& grid = kGrid) {
  return {grid, std::vector<T>(static_cast<std::size_t>(grid.voxelCount()), value)};
}
std::shared_ptr<const Volume> black(const VoxelGrid& grid = kGrid) {
  return std::make_shared<Volume>(filled(0.0f, grid));
}

/// `value` in a block of 5 × 5 voxels around a voxel, for pixels away from any edge.
template <typename T>
void put(GridVolume<T>& volume, std::int64_t x, std::int64_t y, T value) {
  for (std::int64_t dy = -2; dy <= 2; ++dy) {
    for (std::int64_t dx = -2; dx <= 2; ++dx) volume.at(x + dx, y + dy, 5) = value;
  }
}

std::shared_ptr<const Volume> mapWith(float left, float right) {
  auto map = filled(0.0f);
  put(map, 30, 25, left);
  put(map, 10, 25, right);
  return std::make_shared<Volume>(std::move(map));
}

struct Shown {
  SliceView view;
  Shown() {
    view.resize(kSize);
    view.setRegions(bratsRegions());
    view.setVolume(black());
    view.setCrosshair(kGrid.toWorld({20, 20, 5}));
    view.setCrosshairVisible(false);
  }
  QColor at(std::int64_t x, std::int64_t y) {
    const auto place = view.positionOf(kGrid.toWorld({double(x), double(y), 5}));
    return view.render(kSize).pixelColor(place->toPoint());
  }
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

MagnitudeMap magnitude(std::shared_ptr<const Volume> values, double most = 0.83) {
  return {std::move(values), most, QStringLiteral("attribution"), ColourMap::Inferno};
}

bool near(const QColor& a, const QColor& b, int tolerance = 3) {
  return std::abs(a.red() - b.red()) <= tolerance && std::abs(a.green() - b.green()) <= tolerance &&
         std::abs(a.blue() - b.blue()) <= tolerance;
}

}  // namespace

class SliceOverlaysTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aMapsColourLiesOnItsVoxelAndLeftIsLeft() {
    Shown shown;
    shown.view.setMap(magnitude(mapWith(0.83f, 0)));
    QVERIFY(near(shown.at(30, 25), mapped(ColourMap::Inferno, 1)));  // the patient's left
    QVERIFY(shown.view.positionOf(kGrid.toWorld({30, 25, 5}))->x() > 250);
    QCOMPARE(shown.at(10, 25), QColor(Qt::black));
    QCOMPARE(shown.at(20, 35), QColor(Qt::black));
    shown.view.setConvention(Convention::Neurological);
    QVERIFY(near(shown.at(30, 25), mapped(ColourMap::Inferno, 1)));
    QVERIFY(shown.view.positionOf(kGrid.toWorld({30, 25, 5}))->x() < 150);
  }

  void halfTheScaleHasTheColourOfHalfTheBar() {
    Shown shown;
    shown.view.setMap(magnitude(mapWith(0.415f, 0.83f)));
    QVERIFY(near(shown.at(30, 25), mapped(ColourMap::Inferno, 0.5)));
    const QImage image = shown.view.render(kSize);
    const QRectF bar = colourBarRect(QRectF(QPointF(0, 0), kSize));
    const auto on = [&](double share) {
      return image.pixelColor(
          QPointF(bar.left() + share * (bar.width() - 1), bar.center().y()).toPoint());
    };
    QVERIFY(near(on(0.5), mapped(ColourMap::Inferno, 0.5), 8));
    QVERIFY(near(on(0.98), mapped(ColourMap::Inferno, 0.98), 12));
    QVERIFY(near(on(0.02), mapped(ColourMap::Inferno, 0.02), 12));
  }

  void theBarStatesTheScaleAndThatItIsOneForAll() {
    Shown shown;
    shown.view.setMap(magnitude(mapWith(0.4f, 0)));
    QCOMPARE(shown.view.legend().lines,
             QStringList({"attribution, 0 to 0.83", "one scale for all"}));
    QVERIFY(shown.view.legend().remark.isEmpty());
    QCOMPARE(shown.view.accessibleDescription(),
             QString("attribution, 0 to 0.83, one scale for all"));
    shown.view.setOverlayStyle({.visible = false});
    QVERIFY(!shown.view.legend().ramp);
    QCOMPARE(shown.at(30, 25), QColor(Qt::black));
  }

  void noPositiveEvidenceIsSaid() {
    Shown shown;
    const QImage before = shown.view.render(kSize);
    shown.view.setMap(magnitude(mapWith(0, 0), 0.83));
    QCOMPARE(shown.view.legend().remark, QString("no positive evidence"));
    QVERIFY(shown.view.legend().ramp);  // the others have some
    QVERIFY(shown.view.render(kSize) != before);
    shown.view.setMap(magnitude(mapWith(0, 0), 0));
    QVERIFY(!shown.view.legend().ramp);
    QVERIFY(shown.view.accessibleDescription().contains("no positive evidence"));
  }

  void theStrongestHasItsColourAndItsMarginAsOpacity() {
    Shown shown;
    auto strongest = filled<std::uint8_t>(0);
    auto margin = filled(0.0f);
    put<std::uint8_t>(strongest, 30, 25, 2);
    put<std::uint8_t>(strongest, 10, 25, 1);
    put(margin, 30, 25, 1.0f);
    put(margin, 10, 25, 0.5f);
    const QColor t1 = modalityColour(kT1), flair = modalityColour(kFlair);
    shown.view.setMap(StrongestMap{std::make_shared<LabelVolume>(strongest),
                                   std::make_shared<Volume>(margin),
                                   "attribution",
                                   {{"T1", t1}, {"FL", flair}}});
    QVERIFY(near(shown.at(30, 25), flair));
    QVERIFY(near(shown.at(10, 25), QColor(t1.red() / 2, t1.green() / 2, t1.blue() / 2)));
    QCOMPARE(shown.at(20, 35), QColor(Qt::black));
    const SliceLegend legend = shown.view.legend();
    QCOMPARE(legend.keys.size(), std::size_t{2});
    QCOMPARE(legend.keys[1].words, QString("FL"));
    QCOMPARE(legend.lines, QStringList({"strongest attribution", "opacity: margin, 0 to 1"}));
  }

  void aMapOfAnotherGridIsRefused() {
    Shown shown;
    VoxelGrid other = kGrid;
    other.origin[2] += 3;
    QVERIFY_EXCEPTION_THROWN(shown.view.setMap(magnitude(black(other))), Error);
    QVERIFY(!shown.view.map());
  }

  void keysChangeTheMapsOpacityWhileThereIsOne() {
    Shown shown;
    shown.view.setMap(magnitude(mapWith(0.83f, 0)));
    const double regions = shown.view.overlayStyle().opacity;
    QTest::keyClick(&shown.view, Qt::Key_A);
    QVERIFY(std::abs(shown.view.overlayStyle().mapOpacity - 0.9) < 1e-9);
    QCOMPARE(shown.view.overlayStyle().opacity, regions);
    const QColor full = mapped(ColourMap::Inferno, 1);
    QVERIFY(near(shown.at(30, 25),
                 QColor(static_cast<int>(0.9 * full.red()), static_cast<int>(0.9 * full.green()),
                        static_cast<int>(0.9 * full.blue()))));
    shown.view.setMap(std::nullopt);
    QTest::keyClick(&shown.view, Qt::Key_A);
    QVERIFY(shown.view.overlayStyle().opacity < regions);
  }

  void missedIsHatchedAndWronglyFoundIsSolid() {
    Shown shown;
    auto truth = filled<std::uint8_t>(0);
    auto prediction = filled<std::uint8_t>(0);
    put<std::uint8_t>(truth, 30, 15, 4);
    put<std::uint8_t>(prediction, 10, 15, 2);
    put<std::uint8_t>(truth, 20, 28, 2);
    put<std::uint8_t>(prediction, 20, 28, 2);
    shown.view.setOverlay(std::make_shared<LabelVolume>(prediction));
    shown.view.setTruth(std::make_shared<LabelVolume>(truth));
    OverlayStyle style = shown.view.overlayStyle();
    style.content = OverlayContent::Difference;
    style.opacity = 1;
    shown.view.setOverlayStyle(style);
    const QSet<QRgb> missed = shown.coloursAround(30, 15);
    QVERIFY(missed.size() > 1);
    QVERIFY(missed.contains(missedColour().rgb()));
    QCOMPARE(shown.coloursAround(10, 15), QSet<QRgb>{wronglyFoundColour().rgb()});
    QCOMPARE(shown.coloursAround(20, 28), QSet<QRgb>{QColor(Qt::black).rgb()});  // agreed
    QCOMPARE(shown.view.legend().keys[0].words, QString("missed"));
    QCOMPARE(shown.view.legend().keys[1].words, QString("wrongly found"));
    QCOMPARE(shown.view.legend().lines, QStringList{"WT, line: prediction"});
    style.differenceOf = 2;  // the oedema found too much is no ET
    shown.view.setOverlayStyle(style);
    QCOMPARE(shown.coloursAround(10, 15), QSet<QRgb>{QColor(Qt::black).rgb()});
    QVERIFY(shown.coloursAround(30, 15).size() > 1);
  }

  void theTruthIsShownAsSuchAndItsLackIsSaid() {
    Shown shown;
    auto truth = filled<std::uint8_t>(0);
    put<std::uint8_t>(truth, 30, 15, 4);
    OverlayStyle style;
    style.opacity = 1;
    style.content = OverlayContent::Truth;
    shown.view.setOverlayStyle(style);
    QCOMPARE(shown.view.legend().lines, QStringList{"no truth to show"});
    shown.view.setTruth(std::make_shared<LabelVolume>(truth));
    QCOMPARE(shown.view.legend().lines, QStringList{"truth"});
    QCOMPARE(shown.at(30, 15), regionColour(bratsRegions()[2]));
    QTest::keyClick(&shown.view, Qt::Key_T);
    QCOMPARE(shown.view.overlayStyle().content, OverlayContent::Difference);
    QTest::keyClick(&shown.view, Qt::Key_T);
    QCOMPARE(shown.view.overlayStyle().content, OverlayContent::Prediction);
    VoxelGrid other = kGrid;
    other.spacing[0] = 2;
    QVERIFY_EXCEPTION_THROWN(
        shown.view.setTruth(std::make_shared<LabelVolume>(filled<std::uint8_t>(0, other))), Error);
  }

  void theWidgetShowsTheSameAsTheExportedPicture() {
    Shown shown;
    const auto shot = [&] {
      return shown.view.grab().toImage().convertToFormat(QImage::Format_RGB32);
    };
    const QImage plain = shot();
    shown.view.setMap(magnitude(mapWith(0.83f, 0.3f)));
    QVERIFY(shot() != plain);
    QCOMPARE(shot(), shown.view.render(kSize));
  }

  void everyTileHasItsOwnMapOnOneScale() {
    TileGrid tiles;
    tiles.resize(800, 800);
    tiles.setCase(bratsModalities(), {black(), black(), nullptr, black()}, kGrid);
    tiles.setCrosshair(kGrid.toWorld({20, 20, 5}));
    tiles.setMaps(
        {"attribution", {mapWith(0.2f, 0), nullptr, mapWith(1, 1), mapWith(0.8f, 0)}, 0.8});
    QCOMPARE(tiles.tile(kT1)->legend().lines.first(), QString("attribution, 0 to 0.8"));
    QCOMPARE(tiles.tile(kFlair)->legend().lines.first(), QString("attribution, 0 to 0.8"));
    QVERIFY(!tiles.tile(ModalityId(1))->map());
    QVERIFY(!tiles.tile(ModalityId(2))->map());  // the case does not have it
    const QString words = tiles.describe(kGrid.toWorld({30, 25, 5}));
    QVERIFY2(words.endsWith("attribution T1 0.20  FLAIR 0.80"), qPrintable(words));
    VoxelGrid other = kGrid;
    other.size[2] = 9;
    QVERIFY_EXCEPTION_THROWN(tiles.setMaps({"attribution", {black(other)}, 1}), Error);
    QVERIFY(tiles.tile(kT1)->map());  // as before
    tiles.clearMaps();
    QVERIFY(!tiles.tile(kT1)->map());
  }

  void theStrongestIsNamedInTheColoursOfTheModalities() {
    TileGrid tiles;
    tiles.setRegions(bratsRegions());
    tiles.setCase(bratsModalities(), {black(), black(), black(), black()}, kGrid);
    auto strongest = filled<std::uint8_t>(4);
    tiles.setStrongest({"attribution", std::make_shared<LabelVolume>(strongest),
                        std::make_shared<Volume>(filled(1.0f))});
    const SliceLegend legend = tiles.tile(kT1)->legend();
    QCOMPARE(legend.keys.size(), std::size_t{4});
    QCOMPARE(legend.keys[3].words, QString("FL"));
    QCOMPARE(legend.keys[3].colour, modalityColour(kFlair));
    tiles.setCase(bratsModalities(), {black(), black(), black(), black()}, kGrid);
    QVERIFY(!tiles.tile(kT1)->map());  // another case has other maps
  }

  void inThePacsSchemeTheLeftButtonChangesTheWindow() {
    Shown shown;
    shown.view.setMouseScheme(MouseScheme::Pacs);
    shown.view.setIntensityWindow({0, 100});
    const Vec3 before = shown.view.crosshair();
    QTest::mousePress(&shown.view, Qt::LeftButton, {}, {200, 200});
    QTest::mouseMove(&shown.view, {200, 230});  // level + width · 30 / 300
    QTest::mouseRelease(&shown.view, Qt::LeftButton, {}, {200, 230});
    QVERIFY(std::abs(shown.view.intensityWindow().low - 10) < 1e-9);
    QVERIFY(std::abs(shown.view.intensityWindow().high - 110) < 1e-9);
    QCOMPARE(shown.view.crosshair(), before);
    QTest::mouseClick(&shown.view, Qt::LeftButton, {}, {300, 200});
    QVERIFY(shown.view.crosshair()[0] > before[0] + 5);
    const ViewFrame frame = shown.view.frame();
    QTest::mousePress(&shown.view, Qt::RightButton, {}, {200, 200});
    QTest::mouseMove(&shown.view, {200, 150});
    QTest::mouseRelease(&shown.view, Qt::RightButton, {}, {200, 150});
    QVERIFY(shown.view.frame().zoom > frame.zoom);
    QTest::mousePress(&shown.view, Qt::MiddleButton, {}, {200, 200});
    QTest::mouseMove(&shown.view, {220, 200});
    QVERIFY(shown.view.frame().panMm.x() != frame.panMm.x());
  }

  void aDragOfTheWindowIsToldOnceItIsOver() {
    Shown shown;
    std::vector<std::pair<IntensityWindow, IntensityWindow>> told;
    connect(&shown.view, &SliceView::windowSettled,
            [&](const auto& before, const auto& after) { told.emplace_back(before, after); });
    shown.view.setIntensityWindow({0, 100});
    QVERIFY(told.empty());
    for (const int y : {230, 260}) {
      QTest::mousePress(&shown.view, Qt::RightButton, Qt::ShiftModifier, {200, 200});
      QTest::mouseMove(&shown.view, {200, y - 5});
      QTest::mouseMove(&shown.view, {200, y});
      QTest::mouseRelease(&shown.view, Qt::RightButton, Qt::ShiftModifier, {200, y});
    }
    QTest::keyClick(&shown.view, Qt::Key_J, Qt::ControlModifier);
    QCOMPARE(told.size(), std::size_t{3});
    QCOMPARE(told[0].first, (IntensityWindow{0, 100}));
    QVERIFY(std::abs(told[0].second.low - 10) < 1e-9);
    QCOMPARE(told[1].first, told[0].second);
    QVERIFY(std::abs(told[1].second.low - 30) < 1e-9);
    QCOMPARE(told[2].second, shown.view.intensityWindow());
  }
};

WINDOW_TEST(SliceOverlaysTest)
#include "slice_overlays_test.moc"
