#include "widgets/controls/sharing/sharing_painter.h"

#include <QPainter>
#include <QtTest>

#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "widgets/controls/sharing/sharing_diagram_words.h"

using namespace modascope;

namespace {

constexpr QRectF kFirst(20, 40, 60, 60);
constexpr QRectF kSecond(120, 40, 60, 60);

QImage painted(const ModelDescription& model, ModalitySet shown, const PlotTheme& theme) {
  QImage image(600, 120, QImage::Format_RGB32);
  image.fill(theme.background);
  QPainter painter(&image);
  const SharingPainter network(painter, model, shown, theme);
  network.paintLegend({4, 2, 592, 20});
  network.paintNetwork({{{kFirst, {}, {}}, {kSecond, {}, {}}}, {}, {}});
  return image;
}

double shareOf(const QColor& colour, const QImage& image, const QRectF& area) {
  int count = 0;
  for (int y = int(area.top()); y < int(area.bottom()); ++y)
    for (int x = int(area.left()); x < int(area.right()); ++x)
      count += image.pixelColor(x, y) == colour;
  return count / (area.width() * area.height());
}

/// A block of T1 alone, and one of T2.
ModelDescription branches() {
  ModelDescription model{"ds-transformer", bratsModalities(), {}, {}};
  model.blocks = {{"project", "encoder", 0, 700, 0, {}, ModalityId(0)},
                  {"project", "encoder", 0, 300, 0, {}, ModalityId(2)}};
  return model;
}

}  // namespace

class SharingPainterTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void whatRunsIsFilledAndTheRestIsNot() {
    const auto image = painted(branches(), ModalitySet(ModalityId(2)), paperTheme());
    QCOMPARE(shareOf(modalityColour(ModalityId(0)), image, kFirst), 0.0);
    QVERIFY(shareOf(modalityColour(ModalityId(2)), image, kSecond) > 0.5);
    QVERIFY(shareOf(paperTheme().background, image, kFirst) > 0.3);
  }

  void theKeyShowsAColourThatIsOnShow() {
    const QRectF key(0, 0, 600, 24);
    const auto image = painted(branches(), ModalitySet(ModalityId(2)), paperTheme());
    QVERIFY(shareOf(modalityColour(ModalityId(2)), image, key) > 0);
    QCOMPARE(shareOf(modalityColour(ModalityId(0)), image, key), 0.0);
  }

  void aNameThatIsTooWideGivesWayToTheLetter() {
    const ModelDescription model = branches();
    const QFontMetricsF metrics{QFont()};
    QCOMPARE(ownName(model, model.blocks[0], metrics, 1000), QString("project"));
    QCOMPARE(ownName(model, model.blocks[0], metrics, 3),
             modalityLetter(bratsModalities(), ModalityId(0)));
  }
};

WINDOW_TEST(SharingPainterTest)
#include "sharing_painter_test.moc"
