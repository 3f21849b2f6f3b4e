#pragma once

#include <QObject>
#include <QTimer>

namespace modascope {

class SceneView;

/// Turns a scene slowly about the patient's long axis while it is on. GUI thread.
class Turntable : public QObject {
  Q_OBJECT

 public:
  explicit Turntable(SceneView& scene, QObject* parent = nullptr);

  void setTurning(bool on);
  bool isTurning() const { return timer_.isActive(); }

 private:
  void turn();

  SceneView& scene_;
  QTimer timer_;
};

}  // namespace modascope
