#include "widgets/tables/contributions_panel.h"

#include <QtTest>

#include "tests/test_program.h"
#include "widgets/bridge/palette.h"

using namespace modascope;

namespace {

const ModalitySchema kSchema({{"text", "Text"}, {"audio", "Audio"}});

/// Text +0.6 and audio −0.2, from 0.1 to 0.5.
Contributions contributions() {
  return {ModalitySet::firstOf(2), {0.6, -0.2}, {0.75, 0.25}, {0.7, -0.1}, 0.5, 0.1};
}

}  // namespace

class ContributionsPanelTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void barsGoBothWaysFromZeroInTheModalitiesHues() {
    ContributionsPanel panel;
    panel.resize(420, 260);
    panel.set(kSchema, contributions(), "the predicted sentiment", "the mean label of training");
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    const QRectF text = panel.rows()->barOf(0), audio = panel.rows()->barOf(1);
    QVERIFY(std::abs(text.left() - audio.right()) < 1e-9);  // zero
    QVERIFY(std::abs(text.width() - 3 * audio.width()) < 1e-9);
    const QImage picture = panel.rows()->grab().toImage();
    QCOMPARE(picture.pixelColor(text.center().toPoint()), modalityColour(ModalityId(0)));
    QCOMPARE(picture.pixelColor(audio.center().toPoint()), modalityColour(ModalityId(1)));
  }

  void theWordsSayWhatItIs() {
    ContributionsPanel panel;
    panel.set(kSchema, contributions(), "the predicted sentiment", "the mean label of training");
    QVERIFY(panel.words().contains("Shapley"));
    QVERIFY(panel.words().contains(
        "moves the predicted sentiment from the mean label of training (0.10)"));
    QVERIFY(!panel.words().contains("gradient"));
    QCOMPARE(panel.rows()->inWords(),
             QString("Text +0.60, share 75 %, removal −0.70\nAudio −0.20, share 25 %, removal "
                     "+0.10"));
    QVERIFY(panel.words().contains("when that modality alone is left out"));
    panel.set(kSchema, contributions(), "the predicted sentiment", "the mean label of training",
              "noise");
    QVERIFY(panel.words().contains("when noise stands in for that modality alone"));
    panel.clear();
    QVERIFY(panel.rows()->inWords().isEmpty());
  }
};

WINDOW_TEST(ContributionsPanelTest)
#include "contributions_panel_test.moc"
