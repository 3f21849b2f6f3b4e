#include "widgets/scene/camera_pose.h"

#include <algorithm>
#include <cmath>

#include <vtkCamera.h>

namespace modascope {
namespace {

double distance(const Vec3& a, const Vec3& b) {
  return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);
}

}  // namespace

CameraPose poseOf(vtkCamera* camera) {
  CameraPose pose;
  camera->GetPosition(pose.position.data());
  camera->GetFocalPoint(pose.focalPoint.data());
  camera->GetViewUp(pose.up.data());
  pose.viewAngle = camera->GetViewAngle();
  return pose;
}

void place(vtkCamera* camera, const CameraPose& pose) {
  camera->SetPosition(pose.position.data());
  camera->SetFocalPoint(pose.focalPoint.data());
  camera->SetViewUp(pose.up.data());
  camera->SetViewAngle(pose.viewAngle);
}

bool sameView(const CameraPose& a, const CameraPose& b) {
  constexpr double kRounding = 1e-7;
  const double mm = kRounding * std::max(1.0, distance(a.position, a.focalPoint));
  return distance(a.position, b.position) <= mm && distance(a.focalPoint, b.focalPoint) <= mm &&
         distance(a.up, b.up) <= kRounding && std::abs(a.viewAngle - b.viewAngle) <= kRounding;
}

}  // namespace modascope
