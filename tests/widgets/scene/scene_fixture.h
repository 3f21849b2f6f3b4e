#pragma once

#include <QtTest>
#include <cmath>

#include "core/problem/brats.h"
#include "widgets/scene/scene_view.h"

namespace modascope {

constexpr QSize kSize{300, 300};
/// 80 mm wide; the world's origin is its centre.
inline const VoxelGrid kGrid{{40, 40, 40}, {2, 2, 2}, {-39, -39, -39}};

/// `centre` and `radius` in voxels.
inline std::shared_ptr<const LabelVolume> ball(const Vec3& centre, double radius,
                                               std::uint8_t value) {
  auto labels = std::make_shared<LabelVolume>(LabelVolume{
      kGrid, std::vector<std::uint8_t>(static_cast<std::size_t>(kGrid.voxelCount()), 0)});
  for (std::int64_t z = 0; z < 40; ++z) {
    for (std::int64_t y = 0; y < 40; ++y) {
      for (std::int64_t x = 0; x < 40; ++x) {
        const double r =
            std::hypot(double(x) - centre[0], double(y) - centre[1], double(z) - centre[2]);
        if (r <= radius) labels->at(x, y, z) = value;
      }
    }
  }
  return labels;
}

inline QPalette groundOf(const QColor& colour) {
  QPalette palette;
  palette.setColor(QPalette::Window, colour);
  palette.setColor(QPalette::WindowText, colour.lightness() > 128 ? Qt::black : Qt::white);
  return palette;
}

inline void open(SceneView& view) {
  view.setRegions(bratsRegions());
  view.setPalette(groundOf(Qt::black));
  view.resize(kSize);
  view.show();
  QVERIFY(QTest::qWaitForWindowExposed(&view));
}

inline void showLabels(SceneView& view, std::shared_ptr<const LabelVolume> labels) {
  QSignalSpy shown(&view, &SceneView::surfacesShown);
  view.setLabels(std::move(labels));
  QVERIFY(shown.wait(20000));
}

}  // namespace modascope
