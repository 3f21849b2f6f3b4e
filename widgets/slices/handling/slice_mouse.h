#pragma once

#include <QPointF>
#include <QRectF>
#include <optional>

#include "widgets/slices/handling/slice_action.h"
#include "widgets/slices/painting/slice_place.h"

class QMouseEvent;
class QWheelEvent;

namespace modascope {

/// ItkSnap: left = crosshair. Pacs: left drag = window.
enum class MouseScheme { ItkSnap, Pacs };

/// What the mouse acts on, as it is when it acts.
struct MouseGround {
  const SlicePlace& place;  ///< with a grid
  QRectF viewport;          ///< of the slice in its widget
  IntensityWindow window;
  std::optional<double> wipe;  ///< where the line is, 0…1; nothing: there is none
};

/// Whether the wipe line would be taken here.
bool isOnWipe(const QPointF& position, const MouseGround& ground);

/// What mouse and wheel mean on a slice: left = crosshair, right drag or Ctrl+wheel = zoom, middle
/// or Alt+left = pan, Shift+right drag = window, wheel = slice, left drag on the wipe line = wipe.
/// The PACS scheme: left drag = window, click or Shift+left = crosshair.
class SliceMouse {
 public:
  void setScheme(MouseScheme scheme) { scheme_ = scheme; }
  /// Whether a button that means something is held.
  bool isDragging() const { return drag_ != Drag::None; }

  SliceActions press(const QMouseEvent& event, const MouseGround& ground);
  SliceActions move(const QPointF& position, const MouseGround& ground) const;
  SliceActions release(const QMouseEvent& event, const MouseGround& ground);
  /// The drag is over and means nothing more.
  void forget() { drag_ = Drag::None; }
  SliceActions wheel(const QWheelEvent& event, const MouseGround& ground);

 private:
  enum class Drag { None, Crosshair, Zoom, Pan, Window, Wipe };

  Drag dragFor(const QMouseEvent& event, const MouseGround& ground) const;
  IntensityWindow windowAfter(const QPointF& moved) const;

  MouseScheme scheme_ = MouseScheme::ItkSnap;
  Drag drag_ = Drag::None;
  QPointF start_;
  ViewFrame startFrame_;
  IntensityWindow startWindow_;
  int wheelRest_ = 0;  ///< eighths of a degree that were not a whole slice yet
};

}  // namespace modascope
