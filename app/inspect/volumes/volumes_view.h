#pragma once

#include "app/inspect/case_view.h"
#include "app/inspect/volumes/region_readout.h"
#include "app/inspect/volumes/volume_comparison.h"
#include "app/inspect/volumes/volume_display.h"
#include "app/inspect/volumes/volume_dominance.h"
#include "app/inspect/volumes/volume_widgets.h"

class QToolButton;

namespace modascope {

class TileChooser;
class VolumeMenu;

/// Volumes: slices and a 3D view with the regions that a network sees, their sizes, and which
/// modality decides about them.
class VolumesView : public CaseView {
  Q_OBJECT

 public:
  VolumesView(InspectPage& page, std::unique_ptr<Inspection> inspection);

  ViewParts parts() const override;
  std::vector<Export> exports() override;
  std::vector<ComparisonView> comparisons() const override;
  void forgetQuestion() override;
  void restoreLooks(const AppSettings& settings) override;
  void storeLooks(AppSettings& settings) const override;
  bool settled() const override;
  QImage sceneImage() const override;

  const VolumeWidgets& widgets() const { return widgets_; }
  /// Null: no case.
  std::shared_ptr<const Case> patient() const;
  /// Null: nothing is on show.
  std::shared_ptr<const Segmentation> segmentation() const;
  /// Of the set on show; nothing before it was asked for.
  const VolumeDominance& dominance() const { return dominance_; }

 protected:
  void showCase() override;
  void clear() override;
  void showRun() override;
  void showAnswer() override;
  void hideAnswer() override;
  void showTable() override;
  void showReply(const std::shared_ptr<const InspectionReply>& reply) override;
  void showFailure() override;
  void setKept(bool kept) override;
  void layComparison(ComparisonView view, std::size_t differenceOf) override;
  void nameComparison(const ComparedNames& names) override;

 private:
  void connectTiles();
  void makeMenu();
  void noteWindow(ModalityId id, const IntensityWindow& before, const IntensityWindow& after);
  void setRegions(const RegionSchema& regions);
  /// Says what lies under the place pointed at last: something else may lie there now.
  void announceAgain();
  void showTruth();
  void showReadout();
  void restoreOverlay(const AppSettings& settings);

  VolumeWidgets widgets_;
  TileChooser* chooser_;
  VolumeMenu* menu_;
  QToolButton* menuButton_;
  VolumeDominance dominance_;
  VolumeComparison comparison_;
  VolumeDisplay display_;
  std::optional<Vec3> pointedAt_;             ///< told of last
  bool placed_ = false;                       ///< the crosshair, in a region or by hand
  std::optional<RegionReference> reference_;  ///< with all modalities
};

}  // namespace modascope
