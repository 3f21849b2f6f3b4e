#include "core/volume/volume.h"

#include <QTest>
#include <cmath>

#include "core/problem/brats.h"
#include "core/volume/label_profile.h"
#include "core/volume/labels.h"
#include "core/volume/resample.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

void compare(const Vec3& found, const Vec3& expected, double tolerance = 1e-9) {
  for (std::size_t i = 0; i < 3; ++i) QVERIFY(std::abs(found[i] - expected[i]) <= tolerance);
}

/// Turned by 30 degrees about z, anisotropic, 4×3×2 voxels.
VoxelGrid obliqueGrid() {
  const double c = std::sqrt(3.0) / 2, s = 0.5;
  return {{4, 3, 2}, {1, 2, 5}, {10, 20, 30}, {Vec3{c, s, 0}, Vec3{-s, c, 0}, Vec3{0, 0, 1}}};
}

LabelVolume numberedLabels(const VoxelGrid& grid) {
  LabelVolume labels{grid, {}};
  for (std::int64_t i = 0; i < grid.voxelCount(); ++i) {
    labels.voxels.push_back(static_cast<std::uint8_t>(i + 1));
  }
  return labels;
}

}  // namespace

class VolumeTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void anIndexBecomesAPlaceInTheWorldAndBack() {
    const VoxelGrid grid = obliqueGrid();
    // One voxel along y is 2 mm along (−1/2, √3/2, 0).
    compare(grid.toWorld({0, 1, 0}), {9, 20 + std::sqrt(3.0), 30});
    compare(grid.toIndex(grid.toWorld({1.25, -2, 0.5})), {1.25, -2, 0.5});
  }

  void aBallIsMeasuredInTheWorld() {
    const VoxelGrid grid = obliqueGrid();
    const LabelVolume ball = insideOf({grid.toWorld({1, 1, 0}), 2.01}, grid);
    const auto voxel = [&](int x, int y, int z) { return int(ball.at(x, y, z)); };
    QCOMPARE(voxel(1, 1, 0), 1);
    QCOMPARE(voxel(3, 1, 0), 1);  // 2 mm along x
    QCOMPARE(voxel(1, 2, 0), 1);  // 2 mm along y
    QCOMPARE(voxel(2, 2, 0), 0);  // √5 mm
    QCOMPARE(voxel(1, 1, 1), 0);  // 5 mm along z
    QCOMPARE(std::count(ball.voxels.begin(), ball.voxels.end(), 1), 6);
  }

  void axesThatAreNotQuiteAtRightAnglesStillInvert() {
    VoxelGrid grid = obliqueGrid();
    grid.direction[0] = {1, 0.001, 0};
    compare(grid.toIndex(grid.toWorld({3, 2, 1})), {3, 2, 1});
  }

  void gridsMatchWhileTheirCornersDo() {
    const VoxelGrid grid = obliqueGrid();
    VoxelGrid moved = grid;
    moved.origin[0] += 0.009;
    QVERIFY(grid.matches(moved));
    moved.origin[0] += 0.009;
    QVERIFY(!grid.matches(moved));
    VoxelGrid wider = grid;
    wider.size[0] = 5;
    QVERIFY(!grid.matches(wider));
    VoxelGrid unknown = grid;
    unknown.origin[2] = std::nan("");
    QVERIFY(!grid.matches(unknown));
  }

  void theDiagonalCountsWholeVoxels() {
    const VoxelGrid grid{{3, 2, 6}, {1, 2, 2}, {0, 0, 0}};
    QCOMPARE(grid.diagonalMm(), 13.0);  // 3² + 4² + 12² = 13²
  }

  void reorientingMovesNoVoxelInTheWorld() {
    const VoxelGrid grid{
        {4, 3, 2}, {1, 2, 5}, {7, 8, 9}, {Vec3{0, -1, 0}, Vec3{0, 0, 1}, Vec3{-1, 0, 0}}};
    const VoxelGrid ours = reorientedGrid(grid);
    QCOMPARE(ours.size, (std::array<std::int64_t, 3>{2, 4, 3}));
    QCOMPARE(ours.spacing, (Vec3{5, 1, 2}));
    QCOMPARE(ours.direction[0], (Vec3{1, 0, 0}));
    QCOMPARE(ours.direction[2], (Vec3{0, 0, 1}));
    QCOMPARE(ours.origin, (Vec3{2, 5, 9}));  // the old voxel (3, 0, 1)
  }

  void reorientingCopiesLabelsToTheSamePlaces() {
    VoxelGrid grid = obliqueGrid();
    grid.direction = {Vec3{0, 0, -1}, grid.direction[0], grid.direction[1]};
    const LabelVolume labels = numberedLabels(grid);
    const LabelVolume ours = resampleLabels(labels, reorientedGrid(grid));
    for (std::int64_t z = 0; z < ours.grid.size[2]; ++z) {
      for (std::int64_t y = 0; y < ours.grid.size[1]; ++y) {
        for (std::int64_t x = 0; x < ours.grid.size[0]; ++x) {
          const Vec3 index{double(x), double(y), double(z)};
          const Vec3 old = grid.toIndex(ours.grid.toWorld(index));
          QCOMPARE(ours.at(x, y, z),
                   labels.at(std::llround(old[0]), std::llround(old[1]), std::llround(old[2])));
        }
      }
    }
    QCOMPARE(resampleLabels(ours, grid).voxels, labels.voxels);
  }

  void labelsReturnFromAFinerGridUnchanged() {
    const LabelVolume labels = numberedLabels(obliqueGrid());
    const VoxelGrid finer = respacedGrid(labels.grid, {0.5, 1, 2.5});
    QCOMPARE(finer.size, (std::array<std::int64_t, 3>{8, 6, 4}));
    QCOMPARE(resampleLabels(resampleLabels(labels, finer), labels.grid).voxels, labels.voxels);
  }

  void respacingKeepsTheOuterCorner() {
    const VoxelGrid grid{{4, 4, 4}, {1, 1, 1}, {0, 0, 0}};
    const VoxelGrid coarser = respacedGrid(grid, {2, 2, 2});
    QCOMPARE(coarser.size, (std::array<std::int64_t, 3>{2, 2, 2}));
    compare(coarser.origin, {0.5, 0.5, 0.5});  // −1/2 + 2/2
  }

  void linearValuesLieBetweenTheirNeighbours() {
    const Volume line{{{3, 1, 1}, {1, 1, 1}, {0, 0, 0}}, {0, 10, 30}};
    VoxelGrid shifted = line.grid;
    shifted.origin[0] = 0.25;
    const Volume moved = resampleImage(line, shifted);
    QCOMPARE(moved.voxels[0], 2.5f);
    QCOMPARE(moved.voxels[1], 15.0f);
    QCOMPARE(moved.voxels[2], 30.0f);  // inside the last voxel, beyond its centre
    shifted.origin[0] = 1.75;
    QCOMPARE(resampleImage(line, shifted).voxels[1], 0.0f);  // 2.75 is outside
  }

  void aShiftByWholeVoxelsIsExactAndZeroOutside() {
    const Volume line{{{3, 1, 1}, {1, 1, 1}, {0, 0, 0}}, {0.1f, 0.2f, 0.3f}};
    VoxelGrid shifted = line.grid;
    shifted.origin[0] = -1;
    shifted.size[0] = 5;
    QCOMPARE(resampleImage(line, shifted).voxels, (std::vector<float>{0, 0.1f, 0.2f, 0.3f, 0}));
  }

  void regionsAreNestedAndMeasuredInMl() {
    const LabelVolume labels{{{4, 1, 1}, {10, 10, 5}, {0, 0, 0}}, {0, 1, 2, 4}};
    QCOMPARE(regionMl(labels, bratsRegions()[0]), 1.5);  // voxels of 0.5 mL
    QCOMPARE(regionMl(labels, bratsRegions()[1]), 1.0);
    QCOMPARE(regionMl(labels, bratsRegions()[2]), 0.5);
  }

  void everyProfileTakesBackWhatItWrites_data() {
    QTest::addColumn<LabelProfile>("profile");
    QTest::addColumn<std::vector<int>>("values");  // of necrosis, oedema, enhancing
    QTest::newRow("2021") << LabelProfile::Brats2021 << std::vector<int>{1, 2, 4};
    QTest::newRow("2023") << LabelProfile::Brats2023 << std::vector<int>{1, 2, 3};
    QTest::newRow("MSD") << LabelProfile::Msd << std::vector<int>{2, 1, 3};
    QTest::newRow("2024") << LabelProfile::Brats2024 << std::vector<int>{1, 2, 3};
  }
  void everyProfileTakesBackWhatItWrites() {
    QFETCH(LabelProfile, profile);
    QFETCH(std::vector<int>, values);
    const std::vector<std::uint8_t> tissues{1, 2, 4};
    for (std::size_t i = 0; i < 3; ++i) {
      QCOMPARE(int(valueIn(profile, tissues[i])), values[i]);
      QCOMPARE(tissueOf(profile, values[i]).value(), tissues[i]);
    }
    QVERIFY(!tissueOf(profile, 9));
  }

  void aResectionCavityIsNoTumour() {
    QCOMPARE(tissueOf(LabelProfile::Brats2024, 4).value(), std::uint8_t{0});
    QVERIFY(!tissueOf(LabelProfile::Brats2021, 3));
    QVERIFY(!tissueOf(LabelProfile::Brats2023, 4));
  }

  void valuesOverruleANameThatTheyContradict() {
    const LabelCounts with3{{0, 5}, {1, 1}, {2, 1}, {3, 1}};
    const LabelCounts with4{{0, 5}, {1, 1}, {2, 1}, {4, 1}};
    const LabelCounts with34{{0, 5}, {3, 1}, {4, 1}};
    QCOMPARE(settleProfile(LabelProfile::Msd, with3).profile, LabelProfile::Msd);
    QVERIFY(settleProfile(LabelProfile::Msd, with3).reason.empty());
    QCOMPARE(settleProfile(LabelProfile::Brats2021, with3).profile, LabelProfile::Brats2023);
    QVERIFY(!settleProfile(LabelProfile::Brats2021, with3).reason.empty());
    QCOMPARE(settleProfile(LabelProfile::Brats2023, with4).profile, LabelProfile::Brats2021);
    QCOMPARE(settleProfile(LabelProfile::Brats2023, with34).profile, LabelProfile::Brats2024);
    QCOMPARE(settleProfile(LabelProfile::Brats2021, with34).profile, LabelProfile::Brats2021);
    QCOMPARE(settleProfile(std::nullopt, with3).profile, LabelProfile::Brats2023);
    QCOMPARE(settleProfile(std::nullopt, with4).profile, LabelProfile::Brats2021);
  }
};

APPLESS_TEST(VolumeTest)
#include "volume_test.moc"
