#include <QSignalSpy>
#include <QtTest>

#include "core/base/error.h"
#include "tests/test_program.h"
#include "tests/widgets/pictures/made_up_picture.h"
#include "widgets/bridge/class_palette.h"
#include "widgets/pictures/picture_grid.h"
#include "widgets/slices/painting/slice_legend.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

constexpr QPoint kFound{7, 2}, kWrong{1, 0}, kMissed{4, 3}, kRoad{1, 3}, kUnknown{1, 5};

void showGuess(PictureGrid& grid, PixelContent content, double opacity = 1) {
  grid.resize(800, 600);
  grid.setCase(streetProblem(), street());
  grid.setPrediction(guessedPothole());
  PictureStyle style;
  style.content = content;
  style.opacity = opacity;
  style.truthLines = false;
  style.errorsOf = 2;
  grid.setStyle(style);
}

/// Beside the middle, which the crosshair may cross.
QColor seenAt(const PictureGrid& grid, QPoint pixel) {
  const PictureView* tile = grid.tile(kDepth);
  const QImage image = tile->render(tile->size(), 1);
  return image.pixelColor(tile->positionOf(pixel).toPoint() + QPoint(5, 5));
}

bool isGrey(const QColor& colour) {
  return colour.red() == colour.green() && colour.green() == colour.blue();
}

QStringList namesIn(const PictureLegend& legend) {
  QStringList names;
  for (const auto& entry : legend.entries) names << entry.name;
  return names;
}

}  // namespace

class PictureOverlayTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void thePredictionHasItsClassesColourAndTheGroundNone() {
    PictureGrid grid;
    showGuess(grid, PixelContent::Prediction);
    QCOMPARE(seenAt(grid, kFound), classColour(2));
    QCOMPARE(seenAt(grid, kWrong), classColour(2));
    QVERIFY(isGrey(seenAt(grid, kMissed)));
    QTest::keyClick(&grid, Qt::Key_B);
    QCOMPARE(seenAt(grid, kMissed), classColour(0));
  }

  void theTruthIsShownButNotWhereNobodyKnows() {
    PictureGrid grid;
    showGuess(grid, PixelContent::Truth);
    QCOMPARE(seenAt(grid, kMissed), classColour(2));
    QVERIFY(isGrey(seenAt(grid, {6, 5})));
  }

  void errorsAreTheMissedAndTheWronglyFound() {
    PictureGrid grid;
    showGuess(grid, PixelContent::Errors);
    QCOMPARE(seenAt(grid, kWrong), wronglyFoundColour());
    QVERIFY(isGrey(seenAt(grid, kFound)));
    QVERIFY(isGrey(seenAt(grid, kRoad)));
    QVERIFY(isGrey(seenAt(grid, {7, 5})));  // found, and nobody knows better
    const QColor missed = seenAt(grid, kMissed);
    QVERIFY(missed.red() > missed.green() + 15);  // hatched, so between the grey and its colour
  }

  void opacityGoesInStepsAndTheOverlayGoesAway() {
    PictureGrid grid;
    showGuess(grid, PixelContent::Prediction, 0.5);
    QSignalSpy changed(&grid, &PictureGrid::styleChanged);
    const QColor half = seenAt(grid, kFound);
    QTest::keyClick(&grid, Qt::Key_D);
    QVERIFY(std::abs(grid.style().opacity - 0.55) < 1e-9);
    QVERIFY(seenAt(grid, kFound) != half);
    QTest::keyClick(&grid, Qt::Key_A);
    QCOMPARE(seenAt(grid, kFound), half);
    QTest::keyClick(&grid, Qt::Key_S);
    QVERIFY(isGrey(seenAt(grid, kFound)));
    QCOMPARE(changed.count(), 3);
  }

  void aKeptPredictionStandsAtTheLeftOfALine() {
    PictureGrid grid;
    showGuess(grid, PixelContent::Prediction);
    const LabelPicture cracks{kHigh, kWide, classesEverywhere(1)};
    QVERIFY_EXCEPTION_THROWN(
        grid.setKept(std::make_shared<const LabelPicture>(LabelPicture{1, 1, {0}})), Error);
    grid.setKept(std::make_shared<const LabelPicture>(cracks), {"kept", "kept"}, {"now", "now"});
    QCOMPARE(seenAt(grid, kRoad), classColour(1));
    QCOMPARE(seenAt(grid, kWrong), classColour(1));
    QCOMPARE(seenAt(grid, kFound), classColour(2));
    QVERIFY(grid.describe(kFound).contains("predicted pothole · kept crack"));
    QCOMPARE(namesIn(grid.legend()->legend()), (QStringList{"crack", "pothole"}));
    PictureView* tile = grid.tile(kDepth);
    const double header = tile->stripHeight();
    const QPoint line(tile->width() / 2, static_cast<int>(header) + 20);
    QTest::mousePress(tile, Qt::LeftButton, {}, line);
    QTest::mouseMove(tile, {tile->width() - 1, line.y()});
    QTest::mouseRelease(tile, Qt::LeftButton, {}, {tile->width() - 1, line.y()});
    QCOMPARE(seenAt(grid, kFound), classColour(1));
    for (int i = 0; i < 60; ++i) QTest::keyClick(&grid, Qt::Key_Comma);
    QVERIFY(isGrey(seenAt(grid, kRoad)));
    QCOMPARE(seenAt(grid, kFound), classColour(2));
    grid.setKept(nullptr);
    QVERIFY(!grid.describe(kFound).contains("kept"));
    QCOMPARE(namesIn(grid.legend()->legend()), QStringList{"pothole"});
  }

  void theTruthsBordersAreALineAroundIt() {
    PictureGrid grid;
    showGuess(grid, PixelContent::Prediction, 0);
    const PictureView* tile = grid.tile(kDepth);
    const QPoint border = ((tile->positionOf({3, 1}) + tile->positionOf({4, 1})) / 2).toPoint();
    const auto coloured = [&] {
      const QImage image = tile->render(tile->size(), 1);
      int count = 0;
      for (int dx = -3; dx <= 3; ++dx) count += !isGrey(image.pixelColor(border + QPoint(dx, 4)));
      return count;
    };
    QCOMPARE(coloured(), 0);
    QTest::keyClick(&grid, Qt::Key_O);
    QVERIFY(coloured() >= 1);
  }

  void tGoesRoundWhatThereIs() {
    PictureGrid grid;
    showGuess(grid, PixelContent::Prediction);
    QList<int> seen;
    for (int i = 0; i < 3; ++i) {
      QTest::keyClick(&grid, Qt::Key_T);
      seen << static_cast<int>(grid.style().content);
    }
    QCOMPARE(seen, (QList<int>{1, 2, 0}));
    ImageSample unlabelled = streetSample();
    unlabelled.labels.clear();
    grid.setCase(streetProblem(), std::make_shared<const ImageSample>(unlabelled));
    QTest::keyClick(&grid, Qt::Key_T);
    QCOMPARE(grid.style().content, PixelContent::Prediction);
  }

  void theLegendsFirstWordsGoRound() {
    PictureGrid grid;
    showGuess(grid, PixelContent::Prediction);
    grid.show();
    QVERIFY(QTest::qWaitForWindowExposed(&grid));
    QTest::mouseClick(grid.legend(), Qt::LeftButton, {}, {12, 10});
    QCOMPARE(grid.style().content, PixelContent::Truth);
    QVERIFY(grid.legend()->accessibleName().startsWith("Legend: truth"));
  }

  void theLegendNamesTheClassesThatThereAre() {
    PictureGrid grid;
    showGuess(grid, PixelContent::Prediction);
    QCOMPARE(namesIn(grid.legend()->legend()), QStringList{"pothole"});
    QCOMPARE(grid.legend()->legend().remarks, QStringList{"road: not coloured"});
    QVERIFY(grid.legend()->accessibleName().contains("pothole"));
    const QImage saved = grid.picture(1);
    const QRect key = grid.legend()->placeOf(2).translated(grid.legend()->pos());
    QCOMPARE(saved.pixelColor(key.left() + 5, key.center().y()), classColour(2));
  }

  void whatLiesOverAPixelIsReadOfEachThatThereIs() {
    PictureOverlay overlay(streetProblem(), street());
    overlay.setKept(guessedPothole());
    QCOMPARE(overlay.words({0, 0}), QStringList({"kept pothole", "truth road"}));
    overlay.setPrediction(guessedPothole());
    QCOMPARE(overlay.words({7, 5}),
             QStringList({"predicted pothole", "kept pothole", "truth not labelled"}));
    const auto small = std::make_shared<const LabelPicture>(LabelPicture{2, 2, {0, 0, 0, 0}});
    QVERIFY_EXCEPTION_THROWN(overlay.setKept(small), Error);
    QVERIFY_EXCEPTION_THROWN(PictureOverlay().setPrediction(guessedPothole()), Error);
  }

  void aClassWithoutANameIsCalledByItsNumber() {
    QCOMPARE(classWords({"0", "pothole"}, 0), QString("class 0"));
    QCOMPARE(classWords({"0", "pothole"}, 1), QString("pothole"));
    QCOMPARE(classWords({}, 7), QString("class 7"));
  }

  void ofErrorsOnlyTheChosenClassHasAColour() {
    PictureGrid grid;
    showGuess(grid, PixelContent::Errors);
    const QImage saved = grid.picture(1);
    const QRect strip = grid.legend()->geometry();
    const auto isThere = [&](const QColor& colour) {
      for (int y = strip.top(); y <= strip.bottom(); ++y)
        for (int x = strip.left(); x <= strip.right(); ++x)
          if (saved.pixelColor(x, y) == colour) return true;
      return false;
    };
    QVERIFY(isThere(classColour(2)));
    QVERIFY(!isThere(classColour(0)));
    QVERIFY(isThere(missedColour()) && isThere(wronglyFoundColour()));
  }

  void aClassInTheLegendShowsItsErrors() {
    PictureGrid grid;
    showGuess(grid, PixelContent::Errors);
    grid.show();
    QVERIFY(QTest::qWaitForWindowExposed(&grid));
    QCOMPARE(grid.legend()->legend().content, QString("errors of pothole"));
    QTest::mouseClick(grid.legend(), Qt::LeftButton, {}, grid.legend()->placeOf(0).center());
    QCOMPARE(grid.style().errorsOf, std::size_t{0});
    QCOMPARE(seenAt(grid, kMissed), wronglyFoundColour());  // road where a pothole is
    QTest::keyClick(&grid, Qt::Key_BracketRight);
    QCOMPARE(grid.style().errorsOf, std::size_t{2});
    QTest::keyClick(&grid, Qt::Key_BracketRight);
    QCOMPARE(grid.style().errorsOf, std::size_t{0});
  }

  void anotherCaseTakesThePredictionAwayAndKeepsTheStyle() {
    PictureGrid grid;
    showGuess(grid, PixelContent::Prediction);
    grid.setCase(streetProblem(), street());
    QVERIFY(isGrey(seenAt(grid, kFound)));
    QCOMPARE(grid.style().opacity, 1.0);
    QCOMPARE(grid.legend()->legend().content, QString("no prediction"));
  }
};

WINDOW_TEST(PictureOverlayTest)
#include "picture_overlay_test.moc"
