#pragma once

#include <QWidget>
#include <array>

#include "app/jobs/inspection/volume_findings.h"
#include "core/problem/regions/region.h"
#include "widgets/bridge/palette.h"

class QLabel;

namespace modascope {

/// What a prediction's numbers are compared with.
struct RegionReference {
  std::vector<double> ml = {};
  std::optional<std::vector<double>> dice = std::nullopt;
};

/// Volume of each region in mL and, where the truth is known, its Dice, both with the change
/// against all modalities.
class RegionReadout : public QWidget {
  Q_OBJECT

 public:
  explicit RegionReadout(QWidget* parent = nullptr);

  /// `reference` is with everything that the case has; nothing while it is not known.
  void show(const Segmentation& result, const std::optional<RegionReference>& reference);
  void clear();
  /// None until told.
  void setRegions(const RegionSchema& regions);
  void setRegionColours(RegionColours preset);
  /// What the changes are called that `show` makes with `reference`.
  void setReference(const QString& words);
  /// Said beneath the numbers, such as that the network was trained on this case.
  void setRemark(const QString& words);

 private:
  struct Row {
    QLabel* swatch;
    QLabel* name;
    QLabel* ml;
    QLabel* mlChange;
    QLabel* dice;
    QLabel* diceChange;
  };
  void showDice(bool known);
  void showRows();

  RegionSchema regions_;
  RegionColours colours_ = RegionColours::Own;
  std::array<Row, RegionSchema::kMost> rows_;  ///< hidden where there is no region
  bool showsDice_ = true;
  std::array<QLabel*, 4> heads_{};  ///< of the numbers
  QLabel* remark_;
};

}  // namespace modascope
