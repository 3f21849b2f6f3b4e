#include "widgets/bridge/vtk_image.h"

#include <QtTest>
#include <cmath>

#include <vtkImageData.h>

#include "tests/test_program.h"

using namespace modascope;

namespace {

/// Turned by 30° about the head–foot axis, voxels of 1 × 2 × 3 mm.
VoxelGrid obliqueGrid() {
  const double c = std::cos(M_PI / 6);
  const double s = 0.5;
  return {{4, 3, 2}, {1, 2, 3}, {10, -20, 30}, {Vec3{c, s, 0}, Vec3{-s, c, 0}, Vec3{0, 0, 1}}};
}

}  // namespace

class VtkImageTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void obliqueVoxelsLieWhereTheGridSays() {
    Volume volume{obliqueGrid(), std::vector<float>(24, 0.0f)};
    const auto image = toVtkImage(volume);
    for (const Vec3& index : {Vec3{0, 0, 0}, Vec3{3, 0, 0}, Vec3{0, 2, 0}, Vec3{3, 2, 1}}) {
      Vec3 point;
      image->TransformContinuousIndexToPhysicalPoint(index.data(), point.data());
      const Vec3 world = volume.grid.toWorld(index);
      for (std::size_t a = 0; a < 3; ++a) QVERIFY(std::abs(point[a] - world[a]) < 1e-9);
    }
  }

  void obliqueDirectionsAreNotTransposed() {
    const auto image = emptyVtkImage(obliqueGrid());
    const Vec3 oneAlongX{1, 0, 0};
    Vec3 point;
    image->TransformContinuousIndexToPhysicalPoint(oneAlongX.data(), point.data());
    // By hand: 1 mm along (cos 30°, sin 30°, 0) from (10, −20, 30).
    QVERIFY(std::abs(point[0] - 10.8660254) < 1e-6);
    QVERIFY(std::abs(point[1] + 19.5) < 1e-9);
    QVERIFY(std::abs(point[2] - 30) < 1e-9);
  }

  void aVoxelOnThePatientsLeftHasTheLargerX() {
    Volume volume{{{8, 4, 4}, {1, 1, 1}, {-3.5, 0, 0}}, std::vector<float>(128, 0.0f)};
    volume.at(7, 1, 2) = 9;
    const auto image = toVtkImage(volume);
    QCOMPARE(image->GetScalarComponentAsFloat(7, 1, 2, 0), 9.0f);
    Vec3 point;
    image->GetPoint(image->ComputePointId(std::array{7, 1, 2}.data()), point.data());
    QCOMPARE(point[0], 3.5);
  }

  void labelsKeepTheirValues() {
    LabelVolume labels{{{2, 2, 2}}, {0, 1, 2, 4, 0, 0, 0, 2}};
    const auto image = toVtkImage(labels);
    QCOMPARE(image->GetScalarType(), VTK_UNSIGNED_CHAR);
    QCOMPARE(image->GetScalarComponentAsDouble(1, 1, 0, 0), 4.0);
    QCOMPARE(image->GetScalarComponentAsDouble(1, 1, 1, 0), 2.0);
  }

  void aPictureIsCutAwayAroundThePatientOnly() {
    // From above, the patient's front first: a ring of 50 around a 0, around it a border of 0.
    Volume volume{{{5, 5, 1}}, std::vector<float>(25, 0.0f)};
    for (std::int64_t y = 1; y <= 3; ++y)
      for (std::int64_t x = 1; x <= 3; ++x) volume.at(x, y, 0) = x == 2 && y == 2 ? 0 : 50;
    volume.at(2, 1, 0) = 100;
    const auto picture = toVtkPicture(volume, {}, {0, 100});
    const auto at = [&](int x, int y) {
      return std::pair(picture->GetScalarComponentAsDouble(x, y, 0, 0),
                       picture->GetScalarComponentAsDouble(x, y, 0, 1));
    };
    QCOMPARE(at(2, 1), (std::pair{255.0, 255.0}));
    QCOMPARE(at(2, 2), (std::pair{0.0, 255.0}));
    QCOMPARE(at(2, 0), (std::pair{0.0, 0.0}));
    QCOMPARE(at(0, 2), (std::pair{0.0, 0.0}));
    QCOMPARE(at(4, 4), (std::pair{0.0, 0.0}));
    QVERIFY(std::abs(at(2, 3).first - 127.5) <= 1);
    const auto none = toVtkPicture(volume, {Plane::Axial, Convention::Radiological, 1}, {0, 100});
    QCOMPARE(none->GetNumberOfPoints(), vtkIdType{0});
  }
};

APPLESS_TEST(VtkImageTest)
#include "vtk_image_test.moc"
