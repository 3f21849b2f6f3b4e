#pragma once

#include <QWidget>
#include <memory>
#include <optional>

#include "core/volume/labels.h"
#include "core/volume/volume.h"
#include "widgets/bridge/palette.h"
#include "widgets/scene/camera_pose.h"
#include "widgets/scene/slice_plane.h"
#include "widgets/scene/surfaces.h"

namespace modascope {

class RegionActors;
class SceneCamera;
class SceneNotes;
class SurfaceWorker;
class VtkWidget;

/// Regions as surfaces in the patient, those that are nested within each other, with the sides of
/// the patient as letters and the volumes in mL.
///
/// Left drag = turn, middle or Shift+left drag = pan, right drag or wheel = zoom; keys 1 anterior,
/// 2 posterior, 3 left, 4 right, 5 superior, 6 inferior, R fits everything, H outline of the body
/// on or off.
class SceneView : public QWidget {
  Q_OBJECT

 public:
  explicit SceneView(QWidget* parent = nullptr);
  ~SceneView() override;

  /// Makes the surfaces on a thread of its own and shows them when done; the newest labels win.
  /// Nothing: an empty view.
  void setLabels(std::shared_ptr<const LabelVolume> labels);
  /// A faint outline of everything that is not zero, made on that thread too. Nothing: none.
  void setHead(std::shared_ptr<const Volume> volume);
  void setHeadVisible(bool visible);
  bool headVisible() const { return headVisible_; }
  /// One slice as an opaque plane: what lies behind it is hidden. Moving only the crosshair costs a
  /// picture of one slice, inside that slice nothing. Nothing: none.
  void setSlicePlane(const std::optional<SlicePlane>& slice);
  /// Of the labels. None until told. All are visible then, and all solid but nested ones, of which
  /// the last is.
  void setRegions(const RegionSchema& regions);
  void setRegionColours(RegionColours preset);
  void setRegionVisible(const Region& region, bool visible);
  bool regionVisible(const Region& region) const;
  /// 0…1. Below 1 a region is glass: what it holds is seen through it, its own outline stays clear.
  /// At 1 it is solid and hides what it holds, whatever their opacity; hide it to see them.
  void setRegionOpacity(const Region& region, double opacity);
  double regionOpacity(const Region& region) const;
  /// A line at the top, such as which modalities were kept; nothing: none.
  void setCaption(const QString& caption);

  void lookFrom(Viewpoint viewpoint);
  /// Everything in view, direction kept.
  void resetCamera();
  CameraPose camera() const;
  void setCamera(const CameraPose& pose);
  /// Whether nothing is being made: what was set last is what is shown.
  bool settled() const;
  const std::optional<SurfaceSet>& surfaces() const;
  /// The view as seen, letters and all, with `scale` dots each way for each of the screen.
  QImage grabImage(double scale = 1);

  QSize sizeHint() const override { return {420, 420}; }
  QSize minimumSizeHint() const override { return {160, 160}; }

 Q_SIGNALS:
  /// New surfaces are in the scene.
  void surfacesShown();
  /// By mouse or key, or to frame something new; not by `setCamera`.
  void cameraChanged(const modascope::CameraPose& pose);
  /// By key.
  void headVisibleChanged(bool visible);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void setSurfaces(const SurfaceSet& surfaces);
  void showHead(const vtkSmartPointer<vtkPolyData>& head);
  friend void linkCameras(SceneView& a, SceneView& b);
  void placeActors();
  void applyPalette();
  void describeSurfaces();

  VtkWidget* gl_;
  SceneNotes* notes_;
  std::unique_ptr<SceneCamera> camera_;
  std::unique_ptr<RegionActors> regions_;
  vtkSmartPointer<vtkActor> head_;
  SlicePlaneActor slice_;
  std::unique_ptr<SurfaceWorker> worker_;
  bool headVisible_ = true;
};

/// From now on both are seen from the same place: at first from `a`'s, and it is `a` that moves to
/// show all of what is new.
void linkCameras(SceneView& a, SceneView& b);

}  // namespace modascope
