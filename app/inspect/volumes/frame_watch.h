#pragma once

#include <QObject>
#include <set>

namespace modascope {

class SceneView;
class TileGrid;

/// Says when the answer to a request is not only there but painted. GUI thread.
class FrameWatch : public QObject {
  Q_OBJECT

 public:
  FrameWatch(TileGrid& tiles, SceneView& scene, QObject* parent = nullptr);

  /// Waits for the next answer, slices and surfaces.
  void arm();
  /// The widgets have it: whatever they paint from now on shows it.
  void noteAnswer() { labelsCame_ = true; }
  /// Slices on the screen.
  std::size_t views() const;
  /// Of the surfaces shown last.
  std::int64_t triangles() const;

 Q_SIGNALS:
  /// All visible slices have been painted with the answer.
  void slicesPainted();
  void surfacesPainted();

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  void afterThisFrame(void (FrameWatch::*signal)());

  TileGrid& tiles_;
  SceneView& scene_;
  std::set<QObject*> unpainted_;
  bool awaitingSurfaces_ = false;
  bool labelsCame_ = false;
  bool surfacesCame_ = false;
};

}  // namespace modascope
