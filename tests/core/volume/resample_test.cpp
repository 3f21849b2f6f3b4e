#include "core/volume/resample.h"

#include <QTest>
#include <cmath>
#include <map>
#include <numbers>

#include "core/volume/labels.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

/// x, y and z of a grid turned about all three axes.
std::array<Vec3, 3> turned() {
  const double c = 0.8, s = 0.6;
  return {Vec3{c, s * c, s * s}, Vec3{-s, c * c, c * s}, Vec3{0, -s, c}};
}

LabelVolume row(std::vector<std::uint8_t> labels) {
  return {{{static_cast<std::int64_t>(labels.size()), 1, 1}, {1, 1, 1}, {0, 0, 0}}, labels};
}

using Labels = std::vector<std::uint8_t>;

/// The mean place of all voxels in mm, each with its value as weight.
template <typename T>
Vec3 centreOf(const GridVolume<T>& volume) {
  Vec3 centre{};
  double weight = 0;
  for (std::int64_t z = 0; z < volume.grid.size[2]; ++z)
    for (std::int64_t y = 0; y < volume.grid.size[1]; ++y)
      for (std::int64_t x = 0; x < volume.grid.size[0]; ++x) {
        const double value = volume.at(x, y, z);
        if (value == 0) continue;
        const Vec3 place = volume.grid.toWorld({double(x), double(y), double(z)});
        for (std::size_t i = 0; i < 3; ++i) centre[i] += value * place[i];
        weight += value;
      }
  for (double& along : centre) along /= weight;
  return centre;
}

double farthest(const Vec3& a, const Vec3& b) {
  double most = 0;
  for (std::size_t i = 0; i < 3; ++i) most = std::max(most, std::abs(a[i] - b[i]));
  return most;
}

/// A grid of 1 mm.
VoxelGrid fineGrid(bool oblique, std::int64_t size = 64) {
  VoxelGrid grid{{size, size, size}, {1, 1, 1}, {-30, 12, 5}};
  if (oblique) grid.direction = turned();
  return grid;
}

/// A ball of 22 mm that falls on no voxel's centre or border.
Ball ballOf22(const VoxelGrid& grid) {
  return {grid.toWorld({31.5, 31.5 + 1.61 * std::sin(1), 31.5 + 1.83 * std::sin(2)}), 22};
}

/// Balls whose centres are spread evenly over a cube of 12 mm, in which grids of 1, 1.5, 2, 3 and
/// 4 mm all come round: the multiples of the powers of one number (Roberts' sequence), and each
/// mirrored at the cube's middle.
std::vector<Ball> spreadBalls(const VoxelGrid& grid, double radiusMm, int count) {
  constexpr double kRoot = 1.2207440846057596;  // of x^4 = x + 1
  std::vector<Ball> all;
  for (int i = 0; i < count; ++i) {
    Vec3 at{};
    for (std::size_t a = 0; a < 3; ++a) {
      const double part = std::fmod(0.5 + (i / 2 + 1) * std::pow(kRoot, -double(a + 1)), 1) - 0.5;
      at[a] = double(grid.size[a] - 1) / 2 + (i % 2 == 0 ? 12 : -12) * part;
    }
    all.push_back({grid.toWorld(at), radiusMm});
  }
  return all;
}

/// How far centres lie from where they belong: the mean, and the root of the mean square an axis.
class Misplacement {
 public:
  void add(const Vec3& there, const Vec3& right) {
    for (std::size_t i = 0; i < 3; ++i) {
      sum_[i] += there[i] - right[i];
      squares_ += (there[i] - right[i]) * (there[i] - right[i]);
    }
    ++count_;
  }
  double shift() const { return farthest(sum_, {}) / count_; }
  double rms() const { return std::sqrt(squares_ / (3 * count_)); }

 private:
  Vec3 sum_{};
  double squares_ = 0;
  double count_ = 0;
};

/// What whole voxels of `mm` cost the centre of a ball, as root mean square an axis. The border of
/// 4 pi r^2 crosses about 6 pi (r/h)^2 voxels, since a normal's |x| + |y| + |z| is 1.5 in the mean.
/// Each takes or leaves a share of h^3 that is wrong by up to a half, evenly (variance 1/12), at a
/// place of mean square r^2/3 an axis; divided by the ball's volume, 4/3 pi r^3.
double rmsOfHardBall(double mm, double radiusMm) {
  return std::sqrt(std::numbers::pi / 6) * 3 / (4 * std::numbers::pi) * mm * mm / radiusMm;
}

}  // namespace

class ResampleTest : public QObject {
  Q_OBJECT

  static void gridsOfBalls() {
    QTest::addColumn<double>("mm");
    QTest::addColumn<bool>("oblique");
    for (const double mm : {1.5, 2.0, 3.0, 4.0})
      for (const bool oblique : {false, true})
        QTest::addRow("%g mm%s", mm, oblique ? ", oblique" : "") << mm << oblique;
  }

 private Q_SLOTS:
  void aCoarserVoxelIsTheMeanOfAllThatItCovers_data() {
    QTest::addColumn<double>("mm");
    QTest::addColumn<std::vector<float>>("means");
    const auto means = [](const char* name, double mm, std::vector<float> values) {
      QTest::newRow(name) << mm << values;
    };
    // of 0, 12, 6, 0, 24, 6, each a mm wide
    means("1.5 mm", 1.5, {4, 8, 8, 12});  // (0 + 12/2) / 1.5, (12/2 + 6) / 1.5, …
    means("2 mm", 2, {6, 3, 15});
    means("3 mm", 3, {6, 10});
    means("6 mm", 6, {8});
    means("4 mm, half of the last outside", 4, {4.5f, 15});
  }
  void aCoarserVoxelIsTheMeanOfAllThatItCovers() {
    QFETCH(double, mm);
    QFETCH(std::vector<float>, means);
    const Volume line{{{6, 1, 1}, {1, 1, 1}, {0, 0, 0}}, {0, 12, 6, 0, 24, 6}};
    const Volume coarse = resampleImage(line, respacedGrid(line.grid, {mm, 1, 1}));
    QCOMPARE(coarse.voxels.size(), means.size());
    for (std::size_t i = 0; i < means.size(); ++i)
      QVERIFY2(std::abs(coarse.voxels[i] - means[i]) < 1e-5,
               std::to_string(coarse.voxels[i]).c_str());
  }

  void aCoarserLabelHasTheLargestShare_data() {
    QTest::addColumn<Labels>("labels");
    QTest::addColumn<double>("mm");
    QTest::addColumn<Labels>("expected");
    QTest::newRow("2 mm") << Labels{4, 4, 2, 2, 0, 0} << 2.0 << Labels{4, 2, 0};
    QTest::newRow("2 mm, equal shares: the larger")
        << Labels{0, 4, 4, 0, 1, 2} << 2.0 << Labels{4, 4, 2};
    QTest::newRow("1.5 mm") << Labels{4, 4, 1, 1, 1, 0} << 1.5 << Labels{4, 1, 1, 0};
    QTest::newRow("3 mm, not the middle one") << Labels{1, 2, 1, 4, 0, 4} << 3.0 << Labels{1, 4};
    QTest::newRow("4 mm, outside is background") << Labels{2, 2, 2, 1, 0, 1} << 4.0 << Labels{2, 0};
  }
  void aCoarserLabelHasTheLargestShare() {
    QFETCH(Labels, labels);
    QFETCH(double, mm);
    QFETCH(Labels, expected);
    const LabelVolume line = row(labels);
    QCOMPARE(resampleLabels(line, respacedGrid(line.grid, {mm, 1, 1})).voxels, expected);
    // From the other end it is the same, turned round: no side is preferred.
    const LabelVolume back = row(Labels(labels.rbegin(), labels.rend()));
    if (mm < 4)  // whose grid reaches beyond the last voxel
      QCOMPARE(resampleLabels(back, respacedGrid(back.grid, {mm, 1, 1})).voxels,
               Labels(expected.rbegin(), expected.rend()));
  }

  /// The reference counts 12³ points in each new voxel.
  void sharesAreThoseOfTheVolumeOnAnyParallelGrid() {
    LabelVolume labels{{{4, 3, 2}, {2, 1, 3}, {-3, 5, 1}}, Labels(24)};
    for (std::size_t i = 0; i < 24; ++i) labels.voxels[i] = static_cast<std::uint8_t>(i + 1);
    // Turned about, finer along one axis, coarser along another, reaching beyond at both ends.
    const VoxelGrid other{{9, 4, 20},
                          {0.7, 1.3, 0.45},
                          {-4.03, 6.07, 6.51},
                          {Vec3{0, -1, 0}, Vec3{0, 0, -1}, Vec3{1, 0, 0}}};
    const LabelVolume moved = resampleLabels(labels, other);
    int compared = 0;
    for (std::int64_t z = 0; z < other.size[2]; ++z)
      for (std::int64_t y = 0; y < other.size[1]; ++y)
        for (std::int64_t x = 0; x < other.size[0]; ++x) {
          std::map<int, int> points;
          for (int i = 0; i < 12 * 12 * 12; ++i) {
            const Vec3 at{double(x) + (i % 12 + 0.5) / 12 - 0.5,
                          double(y) + (i / 12 % 12 + 0.5) / 12 - 0.5,
                          double(z) + (i / 144 + 0.5) / 12 - 0.5};
            const Vec3 old = labels.grid.toIndex(other.toWorld(at));
            bool inside = true;
            std::array<std::int64_t, 3> voxel{};
            for (std::size_t a = 0; a < 3; ++a) {
              voxel[a] = std::llround(old[a]);
              inside = inside && voxel[a] >= 0 && voxel[a] < labels.grid.size[a];
            }
            ++points[inside ? labels.at(voxel[0], voxel[1], voxel[2]) : 0];
          }
          const Vec3 centre = labels.grid.toIndex(other.toWorld({double(x), double(y), double(z)}));
          bool centreInside = true;
          for (std::size_t a = 0; a < 3; ++a)
            centreInside =
                centreInside && centre[a] > -0.5 && centre[a] < double(labels.grid.size[a]) - 0.5;
          int best = 0, most = -1, second = -1;
          for (const auto& [label, count] : points) {
            if (count > most) {
              second = most;
              most = count;
              best = label;
            } else {
              second = std::max(second, count);
            }
          }
          if (most - second < 200) continue;  // too close to call by counting
          QCOMPARE(int(moved.at(x, y, z)), centreInside ? best : 0);
          ++compared;
        }
    QVERIFY(compared > 400);
  }

  void aBallInAnImageKeepsItsCentre_data() { gridsOfBalls(); }
  void aBallInAnImageKeepsItsCentre() {
    QFETCH(double, mm);
    QFETCH(bool, oblique);
    const VoxelGrid grid = fineGrid(oblique);
    const Ball ball = ballOf22(grid);
    const LabelVolume labels = insideOf(ball, grid);
    const Volume image{grid, {labels.voxels.begin(), labels.voxels.end()}};
    const Volume coarse = resampleImage(image, respacedGrid(grid, {mm, mm, mm}));
    QVERIFY(farthest(centreOf(coarse), ball.centreMm) < 0.05);
    QVERIFY(farthest(centreOf(resampleImage(coarse, grid)), ball.centreMm) < 0.05);
  }

  /// Whole voxels cannot say where a small ball is to a twentieth of a millimetre; many of them
  /// tell a shift from what that costs.
  void ballsOfLabelsKeepTheirCentre_data() {
    QTest::addColumn<double>("radius");
    QTest::addColumn<double>("mm");
    QTest::addColumn<bool>("oblique");
    for (const double radius : {6.0, 12.0, 22.0})
      for (const double mm : {1.5, 2.0, 3.0, 4.0})
        for (const bool oblique : {false, true})
          QTest::addRow("radius %g at %g mm%s", radius, mm, oblique ? ", oblique" : "")
              << radius << mm << oblique;
  }
  void ballsOfLabelsKeepTheirCentre() {
    QFETCH(double, radius);
    QFETCH(double, mm);
    QFETCH(bool, oblique);
    const auto size = static_cast<std::int64_t>(2 * radius) + 20;
    const VoxelGrid grid = fineGrid(oblique, size);
    Misplacement there, back;
    for (const Ball& ball : spreadBalls(grid, radius, 64)) {
      const LabelVolume coarse =
          resampleLabels(insideOf(ball, grid), respacedGrid(grid, {mm, mm, mm}));
      there.add(centreOf(coarse), ball.centreMm);
      back.add(centreOf(resampleLabels(coarse, grid)), ball.centreMm);
    }
    const double most = rmsOfHardBall(mm, radius) + rmsOfHardBall(1, radius);  // of both grids
    for (const Misplacement& one : {there, back}) {
      QVERIFY2(one.shift() < 0.05, std::to_string(one.shift()).c_str());
      QVERIFY2(one.rms() < most, std::to_string(one.rms()).c_str());
    }
  }

  /// Three times the root mean square is 0.05 mm at 23 mm for voxels of 1.5 mm, at 41 mm for 2 mm;
  /// at 4 mm no head would hold the ball.
  void eachLargeBallOfLabelsKeepsItsCentre_data() {
    QTest::addColumn<double>("radius");
    QTest::addColumn<double>("mm");
    QTest::newRow("1.5 mm") << 24.0 << 1.5;
    QTest::newRow("2 mm") << 42.0 << 2.0;
  }
  void eachLargeBallOfLabelsKeepsItsCentre() {
    QFETCH(double, radius);
    QFETCH(double, mm);
    QVERIFY(3 * rmsOfHardBall(mm, radius) < 0.05);
    for (const bool oblique : {false, true}) {
      const VoxelGrid grid = fineGrid(oblique, static_cast<std::int64_t>(2 * radius) + 20);
      for (const Ball& ball : spreadBalls(grid, radius, 8)) {
        const LabelVolume coarse =
            resampleLabels(insideOf(ball, grid), respacedGrid(grid, {mm, mm, mm}));
        QVERIFY(farthest(centreOf(coarse), ball.centreMm) < 0.05);
      }
    }
  }

  void aTurnedCoarserGridKeepsTheCentreToo() {
    const VoxelGrid grid = fineGrid(false);
    const Ball ball = ballOf22(grid);
    VoxelGrid other{{32, 32, 32}, {3, 3, 3}, {0, 0, 0}, turned()};
    for (std::size_t i = 0; i < 3; ++i)  // the middle of the one on the middle of the other
      other.origin[i] += grid.toWorld({31.5, 31.5, 31.5})[i] - other.toWorld({15.5, 15.5, 15.5})[i];
    const LabelVolume labels = insideOf(ball, grid);
    const Volume image{grid, {labels.voxels.begin(), labels.voxels.end()}};
    QVERIFY(farthest(centreOf(resampleImage(image, other)), ball.centreMm) < 0.05);
    QVERIFY(farthest(centreOf(resampleLabels(labels, other)), ball.centreMm) < 0.1);
    const Volume level{grid, std::vector<float>(labels.voxels.size(), 7)};
    QVERIFY(std::abs(resampleImage(level, other).at(16, 16, 16) - 7) < 1e-5);
  }
};

APPLESS_TEST(ResampleTest)
#include "resample_test.moc"
