#include "core/metrics/hausdorff95.h"

#include <QTest>
#include <algorithm>
#include <cmath>

#include "core/base/seed.h"
#include "core/problem/brats.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

const Region& kRegion = bratsRegions()[0];

LabelVolume volume(std::array<std::int64_t, 3> size, Vec3 spacing = {1, 1, 1}) {
  VoxelGrid grid;
  grid.size = size;
  grid.spacing = spacing;
  return {grid, std::vector<std::uint8_t>(static_cast<std::size_t>(grid.voxelCount()))};
}

LabelVolume row(std::vector<std::uint8_t> voxels, double spacing) {
  LabelVolume line = volume({static_cast<std::int64_t>(voxels.size()), 1, 1}, {spacing, 1, 1});
  line.voxels = std::move(voxels);
  return line;
}

LabelVolume ball(Vec3 centre, double radiusMm, const LabelVolume& frame) {
  LabelVolume labels = frame;
  const auto& [size, spacing, origin, direction] = frame.grid;
  for (std::int64_t z = 0; z < size[2]; ++z)
    for (std::int64_t y = 0; y < size[1]; ++y)
      for (std::int64_t x = 0; x < size[0]; ++x) {
        const double dx = static_cast<double>(x) * spacing[0] - centre[0];
        const double dy = static_cast<double>(y) * spacing[1] - centre[1];
        const double dz = static_cast<double>(z) * spacing[2] - centre[2];
        if (dx * dx + dy * dy + dz * dz <= radiusMm * radiusMm) labels.at(x, y, z) = 2;
      }
  return labels;
}

bool isIn(const LabelVolume& labels, std::int64_t x, std::int64_t y, std::int64_t z) {
  const auto& size = labels.grid.size;
  return x >= 0 && y >= 0 && z >= 0 && x < size[0] && y < size[1] && z < size[2] &&
         labels.at(x, y, z) != 0;
}

/// The definition, voxel by voxel.
std::vector<Vec3> plainSurface(const LabelVolume& labels) {
  std::vector<Vec3> points;
  const auto& [size, spacing, origin, direction] = labels.grid;
  for (std::int64_t z = 0; z < size[2]; ++z)
    for (std::int64_t y = 0; y < size[1]; ++y)
      for (std::int64_t x = 0; x < size[0]; ++x)
        if (isIn(labels, x, y, z) &&
            !(isIn(labels, x - 1, y, z) && isIn(labels, x + 1, y, z) && isIn(labels, x, y - 1, z) &&
              isIn(labels, x, y + 1, z) && isIn(labels, x, y, z - 1) && isIn(labels, x, y, z + 1)))
          points.push_back({static_cast<double>(x) * spacing[0],
                            static_cast<double>(y) * spacing[1],
                            static_cast<double>(z) * spacing[2]});
  return points;
}

double plainDirected(const std::vector<Vec3>& from, const std::vector<Vec3>& to) {
  std::vector<double> distances;
  for (const Vec3& p : from) {
    double nearest = 1e30;
    for (const Vec3& q : to)
      nearest = std::min(nearest, std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]));
    distances.push_back(nearest);
  }
  std::sort(distances.begin(), distances.end());
  const double rank = 0.95 * static_cast<double>(distances.size() - 1);
  const auto low = static_cast<std::size_t>(rank);
  const auto high = std::min(low + 1, distances.size() - 1);
  return distances[low] + (rank - static_cast<double>(low)) * (distances[high] - distances[low]);
}

/// Random blobs: noise around a few centres, holes and stray voxels included.
LabelVolume randomVolume(std::mt19937_64& rng, const LabelVolume& frame) {
  LabelVolume labels = frame;
  const auto at = [&](std::size_t axis) {
    return uniform(rng) * static_cast<double>(frame.grid.size[axis]) * frame.grid.spacing[axis];
  };
  for (int blobs = 0; blobs < 2; ++blobs) {
    const LabelVolume one = ball({at(0), at(1), at(2)}, 1 + 5 * uniform(rng), frame);
    for (std::size_t i = 0; i < labels.voxels.size(); ++i)
      if (one.voxels[i] != 0 && uniform(rng) < 0.9) labels.voxels[i] = 1;
  }
  labels.voxels[below(rng, labels.voxels.size())] = 4;  // never empty
  return labels;
}

}  // namespace

class Hausdorff95Test : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theSameRegionIsAtDistanceZero() {
    const LabelVolume one = ball({10, 9, 8}, 5, volume({20, 20, 20}));
    QCOMPARE(hausdorff95(one, one, kRegion), 0.0);
  }

  void aMovedVoxelIsAsFarAsItWasMoved() {
    LabelVolume a = volume({9, 9, 9}, {0.5, 2, 3});
    LabelVolume b = a;
    a.at(1, 1, 1) = 2;
    b.at(7, 3, 5) = 2;
    QCOMPARE(hausdorff95(a, b, kRegion), std::sqrt(9.0 + 16.0 + 144.0));  // (3, 4, 12) mm
  }

  void onlyTheSurfaceCounts() {
    const LabelVolume full = ball({10, 10, 10}, 7, volume({21, 21, 21}));
    LabelVolume hollow = full;
    hollow.at(10, 10, 10) = 0;  // six voxels around it become surface, 6 mm inside the old one
    const auto surface = surfaceOf(full, kRegion).voxels.size();
    QCOMPARE(surfaceOf(hollow, kRegion).voxels.size(), surface + 6);
    QVERIFY(6 < 0.05 * static_cast<double>(surface));
    QCOMPARE(hausdorff95(hollow, full, kRegion), 0.0);
  }

  void theWorseDirectionCountsAndPercentilesAreLinear() {
    // From b, distances 0 and 4 · 2 mm; from a, 0.
    const LabelVolume a = row({1, 0, 0, 0, 0}, 2);
    const LabelVolume b = row({1, 0, 0, 0, 1}, 2);
    QCOMPARE(hausdorff95(a, b, kRegion), 0.95 * 8);
    QCOMPARE(hausdorff95(b, a, kRegion), 0.95 * 8);
  }

  void ballsOfOneCentreDifferByTheirRadii() {
    const LabelVolume frame = volume({70, 60, 30}, {1, 1, 2});
    const double distance =
        hausdorff95(ball({35, 30, 30}, 25, frame), ball({35, 30, 30}, 15, frame), kRegion);
    QVERIFY2(std::abs(distance - 10) < 1.5, qPrintable(QString::number(distance)));
  }

  void emptyInBothIsZeroAndInOneTheDiagonal() {
    const LabelVolume empty = volume({3, 4, 6}, {1, 1, 2});
    LabelVolume one = empty;
    one.at(0, 0, 0) = 2;
    QCOMPARE(hausdorff95(empty, empty, kRegion), 0.0);
    QCOMPARE(hausdorff95(one, empty, kRegion), 13.0);  // √(3² + 4² + 12²)
    QCOMPARE(hausdorff95(empty, one, kRegion), 13.0);
    QCOMPARE(hausdorff95(one, one, bratsRegions()[2]), 0.0);
  }

  void theImagesEdgeIsASurface() {
    LabelVolume full = volume({5, 5, 5});
    std::fill(full.voxels.begin(), full.voxels.end(), std::uint8_t{1});
    QCOMPARE(surfaceOf(full, kRegion).voxels.size(), std::size_t{125 - 27});
  }

  void randomVolumesAgreeWithTheDefinition() {
    std::mt19937_64 rng = Seed{11}.stream("volumes");
    for (int trial = 0; trial < 60; ++trial) {
      const LabelVolume frame =
          volume({5 + static_cast<std::int64_t>(below(rng, 12)), 12, 9},
                 {0.5 + uniform(rng), 0.5 + 2 * uniform(rng), 0.5 + 4 * uniform(rng)});
      const LabelVolume a = randomVolume(rng, frame);
      const LabelVolume b = randomVolume(rng, frame);
      const auto p = plainSurface(a);
      const auto t = plainSurface(b);
      const double plain = std::max(plainDirected(p, t), plainDirected(t, p));
      QVERIFY(std::abs(hausdorff95(a, b, kRegion) - plain) < 1e-9);
    }
  }

  void anotherGridIsRefused() {
    LabelVolume moved = volume({2, 1, 1});
    moved.grid.origin[0] = 5;
    QVERIFY(contains(sentenceOf([&] {
                       hausdorff95(moved, volume({2, 1, 1}), kRegion);
                     }),
                     "different grids"));
  }
};

APPLESS_TEST(Hausdorff95Test)
#include "hausdorff95_test.moc"
