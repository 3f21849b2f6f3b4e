#include "widgets/scene/surfaces.h"

#include <QTemporaryDir>
#include <QtTest>
#include <cmath>
#include <cstring>

#include <vtkFeatureEdges.h>
#include <vtkMassProperties.h>

#include "core/base/error.h"
#include "core/files/atomic_file.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"
#include "widgets/scene/stl_file.h"

using namespace modascope;

namespace {

LabelVolume empty(const VoxelGrid& grid) {
  return {grid, std::vector<std::uint8_t>(static_cast<std::size_t>(grid.voxelCount()), 0)};
}

/// Shells around a voxel: enhancing up to 3 mm, necrosis up to 6, oedema up to 9 (in voxels of 1
/// mm).
LabelVolume shells(const VoxelGrid& grid, const Vec3& centre) {
  LabelVolume labels = empty(grid);
  for (std::int64_t z = 0; z < grid.size[2]; ++z) {
    for (std::int64_t y = 0; y < grid.size[1]; ++y) {
      for (std::int64_t x = 0; x < grid.size[0]; ++x) {
        const double r =
            std::hypot(double(x) - centre[0], double(y) - centre[1], double(z) - centre[2]);
        labels.at(x, y, z) = r <= 3 ? 4 : r <= 6 ? 1 : r <= 9 ? 2 : 0;
      }
    }
  }
  return labels;
}

std::array<double, 6> boundsOf(vtkPolyData* surface) {
  std::array<double, 6> bounds;
  surface->GetBounds(bounds.data());
  return bounds;
}

}  // namespace

class SurfacesTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void regionsAreNestedSpheresOfTheRightSize() {
    const VoxelGrid grid{{40, 40, 40}, {1, 1, 1}, {-20, -20, -20}};
    const SurfaceSet set = makeSurfaces(shells(grid, {28, 20, 20}), bratsRegions());
    const std::array<double, 3> radius{9, 6, 3};
    for (std::size_t r = 0; r < 3; ++r) {
      QVERIFY(set.regions[r] != nullptr);
      const auto b = boundsOf(set.regions[r]);
      // The centre lies at LPS (8, 0, 0): on the patient's left.
      QVERIFY(std::abs((b[0] + b[1]) / 2 - 8) < 0.3);
      QVERIFY(std::abs((b[4] + b[5]) / 2) < 0.3);
      QVERIFY(std::abs((b[1] - b[0]) / 2 - radius[r]) < 1);
    }
    QVERIFY(std::abs(set.ml[0] - 4.0 / 3 * M_PI * 729 / 1000) < 0.1);
    QVERIFY(set.ml[0] > set.ml[1] && set.ml[1] > set.ml[2] && set.ml[2] > 0);
  }

  void smoothingKeepsTheVolume() {
    const VoxelGrid grid{{40, 40, 40}};
    const SurfaceSet set = makeSurfaces(shells(grid, {20, 20, 20}), bratsRegions());
    vtkNew<vtkMassProperties> mass;
    mass->SetInputData(set.regions[0]);
    QVERIFY(std::abs(mass->GetVolume() / 1000 - set.ml[0]) < 0.05 * set.ml[0]);
  }

  void aSurfaceIsClosedWhereTheVolumeEnds() {
    const VoxelGrid grid{{20, 20, 20}};
    const SurfaceSet set = makeSurfaces(shells(grid, {0, 0, 10}), bratsRegions());
    vtkNew<vtkFeatureEdges> edges;
    edges->SetInputData(set.regions[0]);
    edges->FeatureEdgesOff();
    edges->ManifoldEdgesOff();
    edges->NonManifoldEdgesOff();
    edges->BoundaryEdgesOn();
    edges->Update();
    QCOMPARE(edges->GetOutput()->GetNumberOfCells(), vtkIdType{0});
  }

  void anObliqueGridTurnsTheSurfaceWithIt() {
    const double c = std::cos(0.5);
    const double s = std::sin(0.5);
    const VoxelGrid grid{
        {50, 40, 30}, {1, 1, 2}, {7, -3, 11}, {Vec3{c, s, 0}, Vec3{-s, c, 0}, Vec3{0, 0, 1}}};
    LabelVolume labels = empty(grid);
    for (std::int64_t z = 10; z <= 14; ++z) {
      for (std::int64_t y = 5; y <= 9; ++y) {
        for (std::int64_t x = 38; x <= 42; ++x) labels.at(x, y, z) = 2;
      }
    }
    const auto b = boundsOf(makeSurfaces(labels, bratsRegions()).regions[0]);
    const Vec3 centre = grid.toWorld({40, 7, 12});
    for (std::size_t a = 0; a < 3; ++a) {
      QVERIFY(std::abs((b[2 * a] + b[2 * a + 1]) / 2 - centre[a]) < 0.3);
    }
  }

  void anStlFileHoldsTheSurfaceInThePatient() {
    const VoxelGrid grid{{40, 40, 40}, {1, 1, 1}, {-20, -20, -20}};
    const SurfaceSet set = makeSurfaces(shells(grid, {28, 20, 20}), bratsRegions());
    const QTemporaryDir folder;
    const std::filesystem::path file = folder.filePath("tc.stl").toStdString();
    writeStl(file, set, bratsRegions()[1]);
    const std::string bytes = readText(file);
    std::uint32_t count = 0;
    std::memcpy(&count, bytes.data() + 80, 4);
    QCOMPARE(vtkIdType(count), set.regions[1]->GetNumberOfCells());
    QCOMPARE(bytes.size(), std::size_t{84} + 50 * count);
    double volume = 0, left = 0;  // by the divergence theorem, and the mean x of the corners
    for (std::uint32_t t = 0; t < count; ++t) {
      std::array<float, 12> v;
      std::memcpy(v.data(), bytes.data() + 84 + 50 * t, sizeof v);
      volume += (v[3] * (v[7] * v[11] - v[8] * v[10]) - v[4] * (v[6] * v[11] - v[8] * v[9]) +
                 v[5] * (v[6] * v[10] - v[7] * v[9])) /
                6;
      left += (v[3] + v[6] + v[9]) / 3 / count;
    }
    QVERIFY(std::abs(volume / 1000 - set.ml[1]) < 0.1 * set.ml[1]);
    QVERIFY(std::abs(left - 8) < 0.3);
    QVERIFY(bytes.starts_with("Modascope TC SPACE=LPS"));
    QVERIFY_EXCEPTION_THROWN(
        writeStl(file, makeSurfaces(empty(grid), bratsRegions()), bratsRegions()[1]), Error);
  }

  void noTumourMeansNoSurface() {
    const SurfaceSet set = makeSurfaces(empty({{10, 10, 10}}), bratsRegions());
    QVERIFY(set.empty());
    for (const auto& region : set.regions) QVERIFY(region == nullptr);
  }

  void oedemaAloneHasNoCore() {
    LabelVolume labels = empty({{12, 12, 12}});
    for (std::int64_t z = 3; z < 8; ++z) labels.at(5, 5, z) = labels.at(6, 5, z) = 2;
    const SurfaceSet set = makeSurfaces(labels, bratsRegions());
    QVERIFY(set.regions[0] != nullptr);
    QVERIFY(set.regions[1] == nullptr && set.regions[2] == nullptr);
    QVERIFY(std::abs(set.ml[0] - 0.010) < 1e-12);
  }

  void aLargeSurfaceIsThinnedOut() {
    const VoxelGrid grid{{40, 40, 40}};
    const SurfaceSet set = makeSurfaces(shells(grid, {20, 20, 20}), bratsRegions(), {10, 500});
    QVERIFY(set.regions[0]->GetNumberOfPolys() <= 510);
    QVERIFY(set.regions[0]->GetNumberOfPolys() > 300);
  }

  void theHeadIsTheLargestPieceThatIsNotZero() {
    Volume volume{{{60, 60, 60}, {2, 2, 2}, {-60, -60, 0}}, std::vector<float>(216000, 0.0f)};
    for (std::int64_t z = 10; z < 50; ++z) {
      for (std::int64_t y = 10; y < 50; ++y) {
        for (std::int64_t x = 10; x < 50; ++x) volume.at(x, y, z) = -1;  // as after z-scoring
      }
    }
    volume.at(2, 2, 2) = 5;
    const auto b = boundsOf(makeHeadSurface(volume));
    QVERIFY(std::abs(b[0] - (-60 + 2 * 9.5)) < 2);
    QVERIFY(std::abs(b[1] - (-60 + 2 * 49.5)) < 2);
    QVERIFY(std::abs(b[4] - 2 * 9.5) < 2);
    QVERIFY(makeHeadSurface(Volume{{{4, 4, 4}}, std::vector<float>(64, 0.0f)}) == nullptr);
  }
};

APPLESS_TEST(SurfacesTest)
#include "surfaces_test.moc"
