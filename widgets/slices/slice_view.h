#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "core/volume/labels.h"
#include "core/volume/volume.h"
#include "widgets/bridge/slice_image.h"
#include "widgets/slices/handling/slice_mouse.h"
#include "widgets/slices/painting/slice_canvas.h"
#include "widgets/slices/painting/slice_content.h"
#include "widgets/slices/painting/slice_place.h"
#include "widgets/slices/tile_header.h"

namespace modascope {

/// One plane of one volume with regions, crosshair, letters, scale and slice number.
///
/// Mouse and keys act on it as `SliceMouse` and `actionsOf` say; double click =
/// `maximiseRequested`.
class SliceView : public QWidget {
  Q_OBJECT

 public:
  explicit SliceView(QWidget* parent = nullptr);

  /// Nothing: an empty view. Takes the window, or else the volume's auto window, and drops an
  /// overlay of another grid.
  void setVolume(std::shared_ptr<const Volume> volume,
                 std::optional<IntensityWindow> window = std::nullopt);
  /// Everything that is laid over. Throws `Error` when labels do not lie on the volume's grid.
  void setOverlays(SliceOverlays overlays);
  const SliceOverlays& overlays() const { return content_.overlays(); }
  /// What is seen in place of the volume, on its grid, in a window of its own; nothing: itself.
  /// Until another volume comes.
  void setStandIn(std::shared_ptr<const Volume> volume);
  /// Nothing: no overlay. Throws `Error` when the labels do not lie on the volume's grid.
  void setOverlay(std::shared_ptr<const LabelVolume> labels);
  /// What the overlay is compared with; nothing: not known. Throws likewise.
  void setTruth(std::shared_ptr<const LabelVolume> labels);
  /// Nothing: no map. With a map the regions are outlines. Throws `Error` when the map does not lie
  /// on the volume's grid.
  void setMap(std::optional<MapOverlay> map);
  const std::optional<MapOverlay>& map() const { return content_.map(); }
  /// Where the kept prediction ends and the live one begins, 0…1; nothing: no wipe.
  void setWipe(std::optional<double> wipe);
  /// What the overlay's colours mean, as drawn at the top left.
  SliceLegend legend() const { return content_.legend(); }
  void setTitle(const TileTitle& title);
  void setState(TileState state);
  TileState state() const { return canvas_.state(); }

  void setPlane(Plane plane);
  Plane plane() const { return place_.plane(); }
  void setConvention(Convention convention);
  void setCrosshair(const Vec3& worldMm);
  const Vec3& crosshair() const { return place_.crosshair(); }
  void setCrosshairVisible(bool visible);
  /// What zoom 1 shows, in voxels; nothing: the whole volume.
  void setFitted(std::optional<VoxelBox> box);
  void setFrame(const ViewFrame& frame);
  const ViewFrame& frame() const { return place_.frame(); }
  void setIntensityWindow(const IntensityWindow& window);
  const IntensityWindow& intensityWindow() const { return content_.window(); }
  void autoAdjustWindow();
  void setMouseScheme(MouseScheme scheme) { mouse_.setScheme(scheme); }
  void setOverlayStyle(const OverlayStyle& style);
  const OverlayStyle& overlayStyle() const { return content_.overlays().style; }
  void setRegions(const RegionSchema& regions);
  void setRegionColours(RegionColours preset);
  /// Whether the title strip is a switch.
  void setSwitchable(bool switchable);

  /// Slice shown, from 0; nothing without a volume.
  std::optional<std::int64_t> slice() const { return place_.slice(); }
  /// World point under a position of this widget; nothing outside the picture or without a volume.
  std::optional<Vec3> worldAt(const QPointF& position) const;
  /// Where a world point is seen in this widget; nothing without a volume.
  std::optional<QPointF> positionOf(const Vec3& worldMm) const;
  /// The view as a picture of `size` device-independent pixels, letters and all.
  QImage render(QSize size, double dpr = 1.0) const;

  QSize sizeHint() const override { return {320, 320}; }
  QSize minimumSizeHint() const override { return {120, 120}; }

 Q_SIGNALS:
  void crosshairMoved(const modascope::Vec3& worldMm);
  /// The mouse is over this point, without a button.
  void pointed(const modascope::Vec3& worldMm);
  void frameChanged(const modascope::ViewFrame& frame);
  /// Also while it is dragged.
  void windowChanged(const modascope::IntensityWindow& window);
  /// By hand, once a drag or key is over.
  void windowSettled(const modascope::IntensityWindow& before,
                     const modascope::IntensityWindow& window);
  void overlayStyleChanged(const modascope::OverlayStyle& style);
  void crosshairVisibilityChanged(bool visible);
  void wipeMoved(double wipe);
  void headerClicked();
  void maximiseRequested();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QRectF pictureRect() const;
  int headerHeight() const;
  MouseGround mouseGround() const;
  void groundChanged();
  void contentChanged();
  QString imageName() const;
  void act(const SliceActions& asked);
  void carryOut(const CrosshairTo& to);
  void carryOut(const CrosshairSwitched&);
  void carryOut(const FrameTo& to);
  void carryOut(const WindowTo& to);
  void carryOut(const WindowDone& done);
  void carryOut(const WindowFound&) { autoAdjustWindow(); }
  void carryOut(const WipeTo& to);
  void carryOut(const StyleTo& to);

  SliceContent content_;
  SlicePlace place_;
  SliceCanvas canvas_;
  SliceMouse mouse_;
  TileHeader* header_;
};

}  // namespace modascope
