#include "widgets/scene/scene_camera.h"

#include <algorithm>

#include <vtkCamera.h>
#include <vtkImageData.h>
#include <vtkRenderer.h>

#include "widgets/bridge/vtk_image.h"
#include "widgets/scene/vtk_widget.h"

namespace modascope {
namespace {

constexpr double kViewAngle = 30;  // degrees

struct Placement {
  Vec3 from;  ///< from the patient's centre to the viewer
  Vec3 up;
};

Placement placementOf(Viewpoint viewpoint) {
  switch (viewpoint) {
    case Viewpoint::Posterior:
      return {{0, 1, 0}, {0, 0, 1}};
    case Viewpoint::Left:
      return {{1, 0, 0}, {0, 0, 1}};
    case Viewpoint::Right:
      return {{-1, 0, 0}, {0, 0, 1}};
    case Viewpoint::Superior:
      return {{0, 0, 1}, {0, -1, 0}};
    case Viewpoint::Inferior:
      return {{0, 0, -1}, {0, -1, 0}};
    case Viewpoint::Anterior:
      break;
  }
  return {{0, -1, 0}, {0, 0, 1}};
}

Vec3 cross(const Vec3& a, const Vec3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

}  // namespace

SceneCamera::SceneCamera(VtkWidget* gl) : gl_(gl) {
  connect(gl_, &VtkWidget::rendered, this, &SceneCamera::tell);
}

void SceneCamera::frame(const VoxelGrid& grid) {
  if (framed_ && framed_->matches(grid)) return;
  framed_ = grid;
  showAll();
}

void SceneCamera::setExtent(const std::optional<std::array<double, 6>>& bounds) {
  bounds_ = bounds;
  if (bounds_) showAll();
}

std::optional<std::array<double, 6>> SceneCamera::extent() const {
  if (bounds_ || !framed_) return bounds_;
  std::array<double, 6> bounds;
  emptyVtkImage(*framed_)->GetBounds(bounds.data());
  return bounds;
}

void SceneCamera::showAll() {
  if (!follows_) reset();
}

void SceneCamera::lookFrom(Viewpoint viewpoint) {
  const Placement placement = placementOf(viewpoint);
  vtkCamera* camera = gl_->renderer()->GetActiveCamera();
  Vec3 centre;
  camera->GetFocalPoint(centre.data());
  camera->SetPosition(centre[0] + placement.from[0], centre[1] + placement.from[1],
                      centre[2] + placement.from[2]);
  camera->SetViewUp(placement.up.data());
  reset();
}

void SceneCamera::reset() {
  if (const auto bounds = extent()) {
    gl_->renderer()->GetActiveCamera()->SetViewAngle(kViewAngle);
    gl_->renderer()->ResetCamera(bounds->data());
    gl_->renderer()->GetActiveCamera()->Zoom(1.35);
    gl_->renderer()->ResetCameraClippingRange();
  }
  gl_->sceneChanged();
  tell();
}

CameraPose SceneCamera::pose() const {
  return poseOf(gl_->renderer()->GetActiveCamera());
}

void SceneCamera::setPose(const CameraPose& pose) {
  vtkCamera* camera = gl_->renderer()->GetActiveCamera();
  place(camera, pose);
  camera->OrthogonalizeViewUp();
  gl_->renderer()->ResetCameraClippingRange();
  told_ = poseOf(camera);
  gl_->sceneChanged();
}

void SceneCamera::tell() {
  vtkCamera* camera = gl_->renderer()->GetActiveCamera();
  CameraAxes axes;
  camera->OrthogonalizeViewUp();
  std::copy_n(camera->GetViewUp(), 3, axes.up.begin());
  std::copy_n(camera->GetViewPlaneNormal(), 3, axes.towardsViewer.begin());
  axes.right = cross(axes.up, axes.towardsViewer);
  Q_EMIT turned(axes);
  const CameraPose pose = poseOf(camera);
  if (sameView(pose, told_)) return;
  told_ = pose;
  Q_EMIT moved(pose);
}

}  // namespace modascope
