#include "widgets/scene/camera_pose.h"

#include <algorithm>
#include <cmath>
#include <numbers>

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

CameraPose turnedPose(const CameraPose& pose, double degrees) {
  const double angle = degrees * std::numbers::pi / 180, c = std::cos(angle), s = std::sin(angle);
  const auto turned = [c, s](const Vec3& v) -> Vec3 {
    return {c * v[0] - s * v[1], s * v[0] + c * v[1], v[2]};
  };
  CameraPose other = pose;
  Vec3 arm{};
  for (std::size_t axis = 0; axis < 3; ++axis)
    arm[axis] = pose.position[axis] - pose.focalPoint[axis];
  arm = turned(arm);
  for (std::size_t axis = 0; axis < 3; ++axis)
    other.position[axis] = pose.focalPoint[axis] + arm[axis];
  other.up = turned(pose.up);
  return other;
}

}  // namespace modascope
