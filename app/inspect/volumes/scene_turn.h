#pragma once

#include <QObject>
#include <QPointF>
#include <QSize>
#include <memory>
#include <vector>

#include "core/base/stopwatch.h"

namespace modascope {

struct CaseInfo;
class SceneView;

/// Turns a case's regions round with the mouse, in a 3D view of its own, and looks at the clock.
/// GUI thread.
class SceneTurn : public QObject {
  Q_OBJECT

 public:
  static constexpr QSize kSize{1200, 800};

  /// Reads the case and its segmentation; throws `Error` when it has none.
  SceneTurn(const CaseInfo& info, int frames);
  ~SceneTurn() override;

  void begin();
  /// From the mouse's move to the painted picture.
  const std::vector<double>& framesMs() const { return framesMs_; }
  std::int64_t triangles() const;

 Q_SIGNALS:
  void finished();

 private:
  void drawn();
  void step();

  std::unique_ptr<SceneView> view_;
  std::size_t frames_;
  std::vector<double> framesMs_;
  Stopwatch sinceMove_;
  QPointF mouse_;
  bool turning_ = false;
};

}  // namespace modascope
