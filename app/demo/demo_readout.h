#pragma once

#include <QWidget>
#include <array>
#include <vector>

#include "core/problem/regions/region.h"

class QLabel;

namespace modascope {

/// Volumes of the regions in mL, with what they are from all scans and, where it is known, as an
/// expert drew them.
class DemoReadout : public QWidget {
  Q_OBJECT

 public:
  explicit DemoReadout(QWidget* parent = nullptr);

  void setRegions(const RegionSchema& regions);
  /// `before` is from all scans; `truth` may be empty.
  void show(const std::vector<double>& now, const std::vector<double>& before,
            const std::vector<double>& truth);

 private:
  struct Row {
    QLabel* swatch;
    QLabel* name;
    QLabel* now;
    QLabel* before;
    QLabel* truth;
  };
  std::array<Row, RegionSchema::kMost> rows_;
  std::array<QLabel*, 3> heads_{};
};

}  // namespace modascope
