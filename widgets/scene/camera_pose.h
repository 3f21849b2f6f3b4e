#pragma once

#include "core/volume/volume.h"

class vtkCamera;

namespace modascope {

/// From where the patient is looked at.
enum class Viewpoint { Anterior, Posterior, Left, Right, Superior, Inferior };

/// From where the scene is seen, in LPS mm.
struct CameraPose {
  Vec3 position{0, -1, 0};
  Vec3 focalPoint{0, 0, 0};
  Vec3 up{0, 0, 1};
  double viewAngle = 30;  ///< of the view's height, degrees
};

CameraPose poseOf(vtkCamera* camera);
void place(vtkCamera* camera, const CameraPose& pose);
/// Turned about the axis to the patient's head.
CameraPose turnedPose(const CameraPose& pose, double degrees);
/// Whether no eye could tell them apart; rounding aside.
bool sameView(const CameraPose& a, const CameraPose& b);

}  // namespace modascope
