#pragma once

#include <QPixmap>
#include <QWidget>
#include <memory>
#include <optional>

#include "core/volume/labels.h"
#include "core/volume/volume.h"
#include "widgets/bridge/slice_image.h"
#include "widgets/slices/painting/map_overlay.h"
#include "widgets/slices/painting/slice_geometry.h"
#include "widgets/slices/painting/slice_overlays.h"
#include "widgets/slices/painting/slice_painter.h"
#include "widgets/slices/tile_header.h"

namespace modascope {

/// ItkSnap: left = crosshair. Pacs: left drag = window.
enum class MouseScheme { ItkSnap, Pacs };

/// One plane of one volume with regions, crosshair, letters, scale and slice number.
///
/// Left = crosshair, right drag or Ctrl+wheel = zoom, middle or Alt+left = pan, wheel, PageUp and
/// PageDown = slice, arrows = 1 voxel, Shift+right drag = window, S overlay, O outlines, T truth
/// and differences, A/D opacity (of the map, where there is one), X crosshair, R whole slice,
/// Ctrl+J auto window, double click = `maximiseRequested`. Where there is a wipe: left drag on its
/// line, or [ and ] by 5 %. The PACS scheme: left drag = window, click or Shift+left = crosshair.
class SliceView : public QWidget {
  Q_OBJECT

 public:
  explicit SliceView(QWidget* parent = nullptr);
  ~SliceView() override;

  /// Nothing: an empty view. Takes the window, or else the volume's auto window, and drops an
  /// overlay of another grid.
  void setVolume(std::shared_ptr<const Volume> volume,
                 std::optional<IntensityWindow> window = std::nullopt);
  /// Everything that is laid over. Throws `Error` when labels do not lie on the volume's grid.
  void setOverlays(SliceOverlays overlays);
  const SliceOverlays& overlays() const { return overlays_; }
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
  const std::optional<MapOverlay>& map() const { return map_; }
  /// Where the kept prediction ends and the live one begins, 0…1; nothing: no wipe.
  void setWipe(std::optional<double> wipe);
  /// What the overlay's colours mean, as drawn at the top left.
  SliceLegend legend() const;
  void setTitle(const TileTitle& title);
  void setState(TileState state);
  TileState state() const { return state_; }

  void setPlane(Plane plane);
  Plane plane() const { return plane_; }
  void setConvention(Convention convention);
  void setCrosshair(const Vec3& worldMm);
  const Vec3& crosshair() const { return crosshair_; }
  void setCrosshairVisible(bool visible);
  /// What zoom 1 shows, in voxels; nothing: the whole volume.
  void setFitted(std::optional<VoxelBox> box);
  void setFrame(const ViewFrame& frame);
  const ViewFrame& frame() const { return frame_; }
  void setIntensityWindow(const IntensityWindow& window);
  const IntensityWindow& intensityWindow() const { return window_; }
  void autoAdjustWindow();
  void setMouseScheme(MouseScheme scheme) { scheme_ = scheme; }
  void setOverlayStyle(const OverlayStyle& style);
  const OverlayStyle& overlayStyle() const { return overlays_.style; }
  void setRegions(const RegionSchema& regions);
  void setRegionColours(RegionColours preset);
  /// Whether the title strip is a switch.
  void setSwitchable(bool switchable);

  /// Slice shown, from 0; nothing without a volume.
  std::optional<std::int64_t> slice() const;
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
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  enum class Drag { None, Crosshair, Zoom, Pan, Window, Wipe };

  QRectF pictureRect() const;
  int headerHeight() const;
  SliceGeometry geometryIn(const QRectF& viewport, const ViewFrame& frame) const;
  const SlicePicture& picture() const;
  SliceMarks marks(const SliceGeometry& geometry) const;
  void paintPicture(QPainter& painter, const QRectF& viewport) const;
  void paintFromGround(QPainter& painter);
  void groundChanged();
  void pictureChanged();
  void moveCrosshair(const Vec3& worldMm);
  void stepCrosshair(int right, int down, int through);
  QString nameForErrors() const;
  Drag dragFor(const QMouseEvent& event) const;
  void beginDrag(Drag drag, const QPointF& position);
  void dragTo(const QPointF& position);
  void changeFrame(const ViewFrame& frame);
  void changeWindow(const IntensityWindow& window);
  void changeWindowByHand(const IntensityWindow& window);
  void moveWipe(double to);
  bool isOnWipe(const QPointF& position) const;
  bool wipeKey(const QKeyEvent& event);
  void zoomAt(const QPointF& position, const ViewFrame& from, double factor);
  bool styleKey(const QKeyEvent& event);
  bool moveKey(const QKeyEvent& event);
  void describeForAccess();

  std::shared_ptr<const Volume> volume_;
  std::shared_ptr<const Volume> standIn_;
  IntensityWindow standInWindow_;
  SliceOverlays overlays_;
  std::optional<MapOverlay> map_;
  bool mapIsEmpty_ = false;
  TileHeader* header_;
  TileState state_ = TileState::On;
  Plane plane_ = Plane::Axial;
  Convention convention_ = Convention::Radiological;
  Vec3 crosshair_{0, 0, 0};
  bool crosshairVisible_ = true;
  ViewFrame frame_;
  std::optional<VoxelBox> fitted_;
  IntensityWindow window_;
  MouseScheme scheme_ = MouseScheme::ItkSnap;

  mutable std::optional<SlicePicture> picture_;  ///< of the slice shown; made when painted
  QPixmap ground_;  ///< the view without marks, so that the crosshair moves lightly

  Drag drag_ = Drag::None;
  QPointF dragStart_;
  ViewFrame dragFrame_;
  IntensityWindow dragWindow_;
  int wheelRest_ = 0;  ///< eighths of a degree that were not a whole slice yet
};

}  // namespace modascope
