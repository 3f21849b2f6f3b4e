#pragma once

#include <QWidget>
#include <array>

#include "app/jobs/segmentation_job.h"
#include "widgets/bridge/palette.h"

class QLabel;

namespace modascope {

/// Volume in mL and, where the truth is known, Dice of each region, with the change against all
/// modalities.
class RegionReadout : public QWidget {
  Q_OBJECT

 public:
  explicit RegionReadout(QWidget* parent = nullptr);

  /// `reference` is the Dice with everything that the case has; nothing while it is not known.
  void show(const Segmentation& result,
            const std::optional<std::array<double, kRegions.size()>>& reference);
  void clear();
  void setRegionColours(RegionColours preset);
  /// What the changes are called that `show` makes with `reference`.
  void setReference(const QString& words);
  /// Said beneath the numbers, such as that the network was trained on this case.
  void setRemark(const QString& words);

 private:
  struct Row {
    QLabel* swatch;
    QLabel* ml;
    QLabel* dice;
    QLabel* change;
  };
  std::array<Row, kRegions.size()> rows_;
  QLabel* change_;
  QLabel* remark_;
};

}  // namespace modascope
