#pragma once

#include <QWidget>

class QSplitter;

namespace modascope {

class DisplayPanel;
class DominancePanel;
class RegionReadout;
class SceneView;
class TileGrid;

/// What volumes are seen in and set by, arranged: slices beside 3D, and the numbers of both
/// beneath; the two panels stand elsewhere.
struct VolumeWidgets {
  explicit VolumeWidgets(QWidget* parent);

  TileGrid* tiles;
  SceneView* scene;
  SceneView* keptScene;  ///< what was kept for comparison, seen from the same place
  QSplitter* scenes;     ///< holds the two
  RegionReadout* readout;
  QWidget* centre;  ///< holds all of these
  DisplayPanel* display;
  DominancePanel* dominance;
};

}  // namespace modascope
