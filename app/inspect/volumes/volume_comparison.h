#pragma once

#include <QObject>
#include <memory>

#include "app/inspect/comparison_bar.h"
#include "app/inspect/prediction_name.h"
#include "app/jobs/inspection/volume_findings.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {

struct VolumeWidgets;

/// A kept prediction beside, over or against the one on show: other subsets, other steps, other
/// runs. GUI thread.
class VolumeComparison : public QObject {
  Q_OBJECT

 public:
  explicit VolumeComparison(const VolumeWidgets& widgets, QObject* parent = nullptr);

  /// The image around which both 3D views draw a head.
  void setHead(const std::shared_ptr<const Volume>& head) { head_ = head; }
  void keep(const std::shared_ptr<const Segmentation>& shown);
  /// `differenceOf`: the region's place.
  void lay(ComparisonView view, std::size_t differenceOf);
  void name(const ComparedNames& names);
  /// The slices look as before.
  void end();

  /// Null: nothing is compared.
  const std::shared_ptr<const Segmentation>& kept() const { return kept_; }

 Q_SIGNALS:
  /// The kept 3D view is to show what the other one does.
  void sceneShown();

 private:
  void arrange(bool sideBySide);
  void showKeptScene(bool on);

  const VolumeWidgets& widgets_;
  std::shared_ptr<const Volume> head_;
  std::shared_ptr<const Segmentation> kept_;
  TileLayout layoutBefore_ = TileLayout::Modalities;
  OverlayContent contentBefore_ = OverlayContent::Prediction;
  std::size_t regionBefore_ = 0;
};

}  // namespace modascope
