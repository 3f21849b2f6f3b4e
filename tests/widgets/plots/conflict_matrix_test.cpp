#include "widgets/plots/conflict_matrix.h"

#include <QHelpEvent>
#include <QTemporaryDir>
#include <QToolTip>
#include <QtTest>
#include <cmath>

#include "core/files/atomic_file.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

const ModalitySet kT1(ModalityId(0));
const ModalitySet kT1ce(ModalityId(1));
const ModalitySet kT2(ModalityId(2));

/// g0 = (1, 0), g1 = (0, 2), g2 = (−1, 1): 90° between 0 and 1, 135° between 0 and 2, 45° between
/// 1 and 2.
const Matrix kGram{{1, 0, -1}, {0, 4, 2}, {-1, 2, 2}};

QImage drawn(ConflictMatrix& matrix) {
  matrix.resize(420, 400);
  matrix.show();
  return matrix.grab().toImage();
}

/// Beside the number, inside the outline.
QColor groundOf(ConflictMatrix& matrix, std::size_t row, std::size_t column) {
  const auto image = drawn(matrix);
  const auto cell = matrix.cellRect(row, column);
  return image.pixelColor((cell.topLeft() + QPointF(5, 5)).toPoint());
}

}  // namespace

class ConflictMatrixTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void aCellHasTheColourOfItsAngle() {
    ConflictMatrix matrix;
    matrix.setSchema(bratsModalities());
    matrix.setGram({kT1, kT1ce, kT2}, kGram);
    QCOMPARE(groundOf(matrix, 0, 1), QColor(0xf7, 0xf7, 0xf7));  // 90°: RdBu's middle
    const auto against = groundOf(matrix, 0, 2);
    QVERIFY(against.red() > against.blue() + 50);
    const auto with = groundOf(matrix, 1, 2);
    QVERIFY(with.blue() > with.red() + 50);
    QCOMPARE(groundOf(matrix, 2, 0), against);
  }

  void onlyConflictingPairsAreOutlined() {
    ConflictMatrix matrix;
    matrix.setSchema(bratsModalities());
    matrix.setGram({kT1, kT1ce, kT2}, kGram);
    const auto image = drawn(matrix);
    const auto darkest = [&](std::size_t row, std::size_t column) {
      const auto cell = matrix.cellRect(row, column);
      int least = 255;
      for (int x = 0; x <= 3; ++x)
        least = std::min(
            least,
            image.pixelColor(static_cast<int>(cell.left()) + x, static_cast<int>(cell.top() + 12))
                .lightness());
      return least;
    };
    QVERIFY(darkest(0, 2) < 60);
    QVERIFY(darkest(0, 1) > 150);
    QVERIFY(darkest(1, 2) > 100);
  }

  void conflictsAreCountedOncePerPair() {
    ConflictMatrix matrix;
    matrix.setSchema(bratsModalities());
    matrix.setGram({kT1, kT1ce, kT2}, kGram);
    QCOMPARE(matrix.conflictingPairs(), 1);
  }

  void theLastMeasuredStepIsShownHoweverLateOthersCome() {
    const auto measured = [](std::int64_t step, double cosine) {
      StepEvent event;
      event.step = step;
      event.subsets = {kT1, kT1ce};
      event.gradients.emplace().gram = Matrix{{1, cosine}, {cosine, 1}};
      return event;
    };
    StepEvent unmeasured;
    unmeasured.step = 3;
    ConflictMatrix matrix;
    matrix.setSchema(bratsModalities());
    matrix.append({unmeasured, measured(2, 0), measured(1, 1)});
    QVERIFY(std::abs(matrix.angle(0, 1) - 90) < 1e-9);
    matrix.append({measured(1, 1)});
    QVERIFY(std::abs(matrix.angle(0, 1) - 90) < 1e-9);
    matrix.clear();
    QVERIFY(matrix.accessibleDescription().isEmpty());
    matrix.append({measured(1, -1)});
    QVERIFY(std::abs(matrix.angle(0, 1) - 180) < 1e-9);
  }

  void withoutModalitiesNothingIsShownOfSteps() {
    StepEvent event;
    event.subsets = {kT1, kT1ce, kT2};
    event.gradients.emplace().gram = kGram;
    ConflictMatrix matrix;
    matrix.append({event});
    QCOMPARE(matrix.conflictingPairs(), 0);
  }

  void aZeroGradientHasNoAngle() {
    ConflictMatrix matrix;
    matrix.setSchema(bratsModalities());
    matrix.setGram({kT1, kT1ce}, Matrix{{1, 0}, {0, 0}});
    QVERIFY(std::isnan(matrix.angle(0, 1)));
    QCOMPARE(matrix.conflictingPairs(), 0);
  }

  void theTooltipNamesBothSubsetsAngleAndCosine() {
    ConflictMatrix matrix;
    matrix.setSchema(bratsModalities());
    matrix.setGram({kT1, kT1ce, kT2}, kGram);
    drawn(matrix);
    const auto place = matrix.cellRect(0, 2).center().toPoint();
    QHelpEvent ask(QEvent::ToolTip, place, matrix.mapToGlobal(place));
    QApplication::sendEvent(&matrix, &ask);
    QTRY_VERIFY(QToolTip::text().contains("T1 against T2"));
    QVERIFY(QToolTip::text().contains("135.0°"));
    QVERIFY(QToolTip::text().contains("−0.707"));
  }

  void sixtyThreeSubsetsFitTheirWindow() {
    std::vector<Modality> views;
    for (const auto* name : {"fac", "fou", "kar", "mor", "pix", "zer"})
      views.push_back({name, name});
    const ModalitySchema six(views);
    Matrix gram(63, 63, 0.0);
    for (std::size_t i = 0; i < 63; ++i) gram(i, i) = 1;
    ConflictMatrix matrix;
    matrix.setSchema(six);
    matrix.setGram(allSubsets(six), gram);
    drawn(matrix);
    QVERIFY(QRectF(matrix.rect()).contains(matrix.cellRect(62, 62)));
    QVERIFY(matrix.cellRect(0, 0).left() > 0);
  }

  void ofTooManySubsetsTheSizesStandBesideTheRows() {
    std::vector<Modality> modalities;
    for (const char* key : {"a", "b", "c", "d", "e", "f", "g", "h"})
      modalities.push_back({key, key});
    const ModalitySchema schema(modalities);
    Matrix gram(255, 255, 0.0);
    for (std::size_t i = 0; i < 255; ++i) gram(i, i) = 1;
    ConflictMatrix matrix;
    matrix.setSchema(schema);
    matrix.setGram(allSubsets(schema), gram);
    const auto image = drawn(matrix);
    const auto first = matrix.cellRect(0, 0);
    QVERIFY(matrix.rect().contains(matrix.cellRect(254, 254).toAlignedRect()));
    int hues = 0;  // dots of modalities would run into each other there
    for (int y = static_cast<int>(first.top()); y < image.height(); ++y)
      for (int x = 0; x < static_cast<int>(first.left()) - 1; ++x)
        hues += image.pixelColor(x, y).hsvSaturation() > 100;
    QCOMPARE(hues, 0);
  }

  void theTableOnDiskHasEveryAngle() {
    const QTemporaryDir folder;
    const auto file = std::filesystem::path(folder.path().toStdString()) / "angles.csv";
    ConflictMatrix matrix;
    matrix.setSchema(bratsModalities());
    matrix.setGram({kT1, kT1.with(ModalityId(3))}, Matrix{{1, -2}, {-2, 4}});
    matrix.exportCsv(file);
    QCOMPARE(QString::fromStdString(readText(file)),
             QString("angle_degrees,t1,t1+flair\nt1,0,180\nt1+flair,180,0\n"));
  }
};

WINDOW_TEST(ConflictMatrixTest)
#include "conflict_matrix_test.moc"
