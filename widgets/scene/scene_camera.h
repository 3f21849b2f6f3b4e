#pragma once

#include <QObject>
#include <array>
#include <optional>

#include "core/volume/volume.h"
#include "widgets/scene/camera_pose.h"
#include "widgets/scene/scene_notes.h"

namespace modascope {

class VtkWidget;

/// From where a scene is seen: knows what is to be in view, moves there, and tells of every move
/// but those that `setPose` makes.
class SceneCamera : public QObject {
  Q_OBJECT

 public:
  /// `gl` outlives it.
  explicit SceneCamera(VtkWidget* gl);

  /// Shows all of a grid that it was not set up for yet.
  void frame(const VoxelGrid& grid);
  bool isFramed() const { return framed_.has_value(); }
  /// Smallest and largest x, y, z in mm of what is in view instead of the grid, which is shown.
  /// Nothing: the grid.
  void setExtent(const std::optional<std::array<double, 6>>& bounds);
  /// Another scene's camera says what to show from now on: nothing new moves this one.
  void follow() { follows_ = true; }

  void lookFrom(Viewpoint viewpoint);
  /// Everything in view, direction kept.
  void reset();
  CameraPose pose() const;
  void setPose(const CameraPose& pose);

 Q_SIGNALS:
  /// Not by `setPose`.
  void moved(const modascope::CameraPose& pose);
  /// It may have turned, by whatever.
  void turned(const modascope::CameraAxes& axes);

 private:
  std::optional<std::array<double, 6>> extent() const;
  void showAll();
  void tell();

  VtkWidget* gl_;
  std::optional<VoxelGrid> framed_;  ///< that the camera was set up for
  std::optional<std::array<double, 6>> bounds_;
  CameraPose told_;       ///< what the world knows of
  bool follows_ = false;  ///< another view says from where to look
};

}  // namespace modascope
