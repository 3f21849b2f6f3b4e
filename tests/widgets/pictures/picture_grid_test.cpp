#include "widgets/pictures/picture_grid.h"

#include <QSignalSpy>
#include <QtTest>

#include "core/base/error.h"
#include "tests/test_program.h"
#include "tests/widgets/pictures/made_up_picture.h"
#include "widgets/bridge/palette.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

void showStreet(PictureGrid& grid) {
  grid.resize(800, 600);
  grid.setCase(streetProblem(), street());
  grid.show();
  QVERIFY(QTest::qWaitForWindowExposed(&grid));
}

QColor seenAt(const PictureView* tile, QPoint pixel) {
  const QImage image = tile->render(tile->size(), 1);
  return image.pixelColor(tile->positionOf(pixel).toPoint() + QPoint(4, 4));
}

QPoint placeOf(const PictureView* tile, QPoint pixel) {
  return tile->positionOf(pixel).toPoint();
}

TileHeader* headerOf(PictureGrid& grid, ModalityId id) {
  return grid.tile(id)->findChild<TileHeader*>();
}

}  // namespace

class PictureGridTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void coloursAreColourAndOtherNumbersGrey() {
    PictureGrid grid;
    showStreet(grid);
    const QColor orange = seenAt(grid.tile(kColour), {1, 2});
    QCOMPARE(orange, QColor(255, 153, 0));
    QCOMPARE(seenAt(grid.tile(kDepth), {1, 0}), QColor(Qt::black));
    const QColor deep = seenAt(grid.tile(kDepth), {1, 4});
    QVERIFY(deep.red() > 180 && deep.red() == deep.blue());
    const QColor first = seenAt(grid.tile(kAngle), {7, 1});
    QVERIFY(first.red() > 240 && seenAt(grid.tile(kAngle), {0, 1}).red() < 15);
  }

  void tilesTellLeftOutFromAbsent() {
    PictureGrid grid;
    showStreet(grid);
    const QColor before = seenAt(grid.tile(kColour), {1, 2});
    grid.setShown(ModalitySet(kDepth));
    QCOMPARE(grid.tile(kColour)->state(), TileState::LeftOut);
    QCOMPARE(grid.tile(kDepth)->state(), TileState::On);
    QCOMPARE(grid.tile(kHeat)->state(), TileState::Absent);
    QVERIFY(seenAt(grid.tile(kColour), {1, 2}).red() < before.red() - 60);
    QVERIFY(grid.tile(kHeat)->accessibleName().contains("missing"));
    QVERIFY(grid.tile(kColour)->accessibleName().contains("left out"));
  }

  void aTileShowsWhatTheNetworkGotInstead() {
    PictureGrid grid;
    showStreet(grid);
    auto blue = street()->modalities;
    const std::size_t pixels = blue[kColour.index()].size() / 3;
    for (std::size_t i = 0; i < 3 * pixels; ++i) blue[kColour.index()][i] = i < 2 * pixels ? 0 : 1;
    grid.setGiven(std::make_shared<const std::vector<std::vector<float>>>(blue));
    QCOMPARE(seenAt(grid.tile(kColour), {1, 2}), QColor(255, 153, 0));  // it is seen itself
    grid.setShown(ModalitySet(kDepth), "another's");
    QCOMPARE(seenAt(grid.tile(kColour), {1, 2}), QColor(0, 0, 255));  // neither dimmed nor hatched
    QVERIFY(grid.describe({1, 2}).contains("RGB (another's) 0.00 0.00 1.00"));
    grid.setGiven(nullptr);
    QVERIFY(seenAt(grid.tile(kColour), {1, 2}).red() > 0);
  }

  void aTitleOnlyAsksAndHasTheHueOfItsModality() {
    PictureGrid grid;
    showStreet(grid);
    std::vector<ModalityId> asked;
    connect(&grid, &PictureGrid::toggled, [&](ModalityId id) { asked.push_back(id); });
    QTest::mouseClick(headerOf(grid, kDepth), Qt::LeftButton);
    QTest::mouseClick(headerOf(grid, kHeat), Qt::LeftButton);  // there is nothing to switch
    QCOMPARE(asked, std::vector{kDepth});
    QCOMPARE(grid.tile(kDepth)->state(), TileState::On);
    QCOMPARE(headerOf(grid, kDepth)->title().colour, modalityColour(kDepth));
    const QImage strip = grid.tile(kDepth)->render(grid.tile(kDepth)->size(), 1);
    QCOMPARE(strip.pixelColor(1, 5), modalityColour(kDepth));
  }

  void aClickMovesTheCrosshairAndReadsWhatIsThere() {
    PictureGrid grid;
    showStreet(grid);
    grid.setPrediction(guessedPothole());
    QString text;
    connect(&grid, &PictureGrid::pointed, [&](QPoint, const QString& words) { text = words; });
    PictureView* tile = grid.tile(kAngle);
    QTest::mouseClick(tile, Qt::LeftButton, {}, placeOf(tile, {4, 1}));
    QCOMPARE(grid.crosshair(), std::optional(QPoint(4, 1)));
    QCOMPARE(text, QStringLiteral("x 4 y 1 · RGB 1.00 0.60 0.00 · AoLP 4.00 0.25 · Depth 100 · "
                                  "predicted road · truth pothole"));
    QVERIFY(grid.describe({0, 5}).endsWith("truth not labelled"));
    grid.setMaximised(kDepth);
    QCOMPARE(grid.describe({0, 2}),
             QStringLiteral("x 0 y 2 · Depth 200 · predicted road · truth road"));
    QVERIFY(grid.describe({8, 0}).isEmpty());
  }

  void arrowsMoveTheCrosshairByOnePixelAndStayInside() {
    PictureGrid grid;
    showStreet(grid);
    grid.setCrosshair({6, 5});
    QTest::keyClick(grid.tile(kColour), Qt::Key_Right);
    QTest::keyClick(grid.tile(kColour), Qt::Key_Right);
    QTest::keyClick(grid.tile(kColour), Qt::Key_Down);
    QTest::keyClick(grid.tile(kColour), Qt::Key_Up);
    QCOMPARE(grid.crosshair(), std::optional(QPoint(7, 4)));
  }

  void allTilesZoomAndPanTogether() {
    PictureGrid grid;
    showStreet(grid);
    PictureView* first = grid.tile(kColour);
    const QPoint middle = first->rect().center();
    QTest::mousePress(first, Qt::RightButton, {}, middle);
    QTest::mouseMove(first, middle - QPoint(0, 60));
    QTest::mouseRelease(first, Qt::RightButton, {}, middle - QPoint(0, 60));
    QVERIFY(first->frame().zoom > 1.5);
    QCOMPARE(grid.tile(kDepth)->frame(), first->frame());
    const QPointF before = grid.tile(kDepth)->positionOf({3, 3});
    QTest::mousePress(first, Qt::MiddleButton, {}, middle);
    QTest::mouseMove(first, middle + QPoint(30, 10));
    QTest::mouseRelease(first, Qt::MiddleButton, {}, middle + QPoint(30, 10));
    const QPointF moved = grid.tile(kDepth)->positionOf({3, 3}) - before;
    QVERIFY(QLineF({30, 10}, moved).length() < 0.5);
    QTest::keyClick(first, Qt::Key_R);
    QCOMPARE(grid.frame(), PictureFrame());
  }

  void theWheelZoomsAtTheMouse() {
    PictureGrid grid;
    showStreet(grid);
    PictureView* tile = grid.tile(kColour);
    const QPointF at = tile->positionOf({6, 1});
    QWheelEvent turn(at, tile->mapToGlobal(at), {}, {0, 240}, Qt::NoButton, Qt::NoModifier,
                     Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(tile, &turn);
    QVERIFY(grid.tile(kDepth)->frame().zoom > 1.4);
    QVERIFY(QLineF(tile->positionOf({6, 1}), at).length() < 0.01);
  }

  void aDigitOrDoubleClickMaximisesAndEscapeGoesBack() {
    PictureGrid grid;
    showStreet(grid);
    QTest::keyClick(grid.tile(kColour), Qt::Key_3);
    QCOMPARE(grid.maximised(), std::optional(kDepth));
    QVERIFY(!grid.tile(kColour)->isVisible());
    QCOMPARE(grid.tile(kDepth)->width(), grid.width());
    QTest::keyClick(grid.tile(kDepth), Qt::Key_Escape);
    QVERIFY(!grid.maximised());
    QTest::mouseDClick(grid.tile(kAngle), Qt::LeftButton, {}, placeOf(grid.tile(kAngle), {2, 2}));
    QCOMPARE(grid.maximised(), std::optional(kAngle));
  }

  void eightModalitiesAndOneAreShownAlike() {
    for (const std::size_t count : {1u, 8u}) {
      Problem problem = streetProblem();
      std::vector<Modality> modalities;
      ImageSample sample{"a", 2, 2, {}, 0, {}};
      for (std::size_t m = 0; m < count; ++m) {
        const std::string key(1, static_cast<char>('a' + m));
        modalities.push_back({key, key});
        sample.modalities.push_back({0, 0, 1, 1});
        sample.available = static_cast<std::uint8_t>(sample.available | 1u << m);
      }
      problem.schema = ModalitySchema(modalities);
      PictureGrid grid;
      grid.resize(900, 700);
      grid.setCase(problem, std::make_shared<const ImageSample>(sample));
      for (std::size_t m = 0; m < count; ++m) {
        const PictureView* tile = grid.tile(ModalityId(m));
        QVERIFY(grid.rect().contains(tile->geometry()));
        QCOMPARE(seenAt(tile, {0, 1}), QColor(Qt::white));
        QCOMPARE(seenAt(tile, {0, 0}), QColor(Qt::black));
      }
    }
  }

  void whatIsOfAnotherSizeIsRefused() {
    PictureGrid grid;
    showStreet(grid);
    const auto other = std::make_shared<const LabelPicture>(LabelPicture{2, 2, {0, 0, 0, 0}});
    QVERIFY_EXCEPTION_THROWN(grid.setPrediction(other), Error);
    Problem two = streetProblem();
    two.schema = ModalitySchema({{"rgb", "RGB"}, {"depth", "Depth"}});
    QVERIFY_EXCEPTION_THROWN(grid.setCase(two, street()), Error);
  }

  void theSavedPictureHasTilesAndLegendInAnySize() {
    PictureGrid grid;
    showStreet(grid);
    grid.setPrediction(guessedPothole());
    const QImage once = grid.picture(1), twice = grid.picture(2);
    QCOMPARE(once.size(), grid.size());
    QCOMPARE(twice.size(), 2 * grid.size());
    const PictureView* tile = grid.tile(kColour);
    const QPoint place = tile->pos() + placeOf(tile, {1, 2}) + QPoint(4, 4);
    QCOMPARE(once.pixelColor(place), QColor(255, 153, 0));
    QCOMPARE(twice.pixelColor(2 * place), QColor(255, 153, 0));
  }

  void withoutACaseNothingIsShownAndKeysDoNoHarm() {
    PictureGrid grid;
    showStreet(grid);
    grid.clear();
    QTest::keyClick(&grid, Qt::Key_T);
    QTest::keyClick(&grid, Qt::Key_Right);
    QVERIFY(!grid.legend()->isVisible());
    QVERIFY(grid.describe({0, 0}).isEmpty());
  }
};

WINDOW_TEST(PictureGridTest)
#include "picture_grid_test.moc"
