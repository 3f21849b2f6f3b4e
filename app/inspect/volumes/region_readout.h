#pragma once

#include <QWidget>
#include <array>

#include "app/jobs/inspection/volume_findings.h"
#include "widgets/bridge/palette.h"

class QLabel;

namespace modascope {

/// What a prediction's numbers are compared with.
struct RegionReference {
  std::array<double, kRegions.size()> ml{};
  std::optional<std::array<double, kRegions.size()>> dice;
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
  void setRegionColours(RegionColours preset);
  /// What the changes are called that `show` makes with `reference`.
  void setReference(const QString& words);
  /// Said beneath the numbers, such as that the network was trained on this case.
  void setRemark(const QString& words);

 private:
  struct Row {
    QLabel* swatch;
    QLabel* ml;
    QLabel* mlChange;
    QLabel* dice;
    QLabel* diceChange;
  };
  void showDice(bool known);

  std::array<Row, kRegions.size()> rows_;
  std::array<QLabel*, 4> heads_{};  ///< of the numbers
  QLabel* remark_;
};

}  // namespace modascope
