#include "app/inspect/volumes/volume_display.h"

#include "app/inspect/volumes/volume_widgets.h"
#include "widgets/controls/display_panel.h"
#include "widgets/scene/scene_view.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {

VolumeDisplay::VolumeDisplay(const VolumeWidgets& widgets, QObject* parent)
    : QObject(parent), widgets_(widgets) {
  connectWindows();
  connectScenes();
  connectOverlay();
}

void VolumeDisplay::setCase(const ModalitySchema& schema,
                            const std::shared_ptr<const Case>& patient) {
  patient_ = patient;
  DisplayPanel& panel = *widgets_.display;
  panel.setSchema(schema);
  if (const auto available = patient->available()) {
    panel.setAvailable(*available);
    for (const ModalityId id : available->ids())
      panel.setWindow(id, widgets_.tiles->intensityWindow(id));
  }
  cut();
  showOpacity();
}

void VolumeDisplay::forgetCase() {
  patient_.reset();
  cut();
}

void VolumeDisplay::connectWindows() {
  DisplayPanel* panel = widgets_.display;
  TileGrid* tiles = widgets_.tiles;
  connect(panel, &DisplayPanel::windowChosen, this,
          [this, tiles](ModalityId id, const IntensityWindow& window) {
            const IntensityWindow before = tiles->intensityWindow(id);
            setWindow(id, window);
            Q_EMIT windowSettled(id, before, window);
          });
  connect(panel, &DisplayPanel::autoWindow, tiles, &TileGrid::autoWindow);
  connect(tiles, &TileGrid::windowSettled, this, &VolumeDisplay::windowSettled);
  connect(tiles, &TileGrid::windowChanged, this,
          [this, panel](ModalityId id, const IntensityWindow& window) {
            panel->setWindow(id, window);
            cut();
          });
}

void VolumeDisplay::setWindow(ModalityId id, const IntensityWindow& window) {
  widgets_.tiles->setIntensityWindow(id, window);
  widgets_.display->setWindow(id, window);
  cut();
}

void VolumeDisplay::connectScenes() {
  DisplayPanel* panel = widgets_.display;
  for (SceneView* scene : {widgets_.scene, widgets_.keptScene}) {
    connect(panel, &DisplayPanel::regionVisibleChanged, scene, &SceneView::setRegionVisible);
    connect(panel, &DisplayPanel::regionOpacityChanged, scene, &SceneView::setRegionOpacity);
    connect(panel, &DisplayPanel::headChanged, scene, &SceneView::setHeadVisible);
    connect(scene, &SceneView::headVisibleChanged, this, [this, panel](bool visible) {
      panel->setHead(visible);
      widgets_.scene->setHeadVisible(visible);
      widgets_.keptScene->setHeadVisible(visible);
    });
  }
  connect(panel, &DisplayPanel::slicePlaneChanged, this, &VolumeDisplay::cut);
  connect(panel, &DisplayPanel::sliceOrientationChanged, this, &VolumeDisplay::cut);
  connect(widgets_.tiles, &TileGrid::crosshairMoved, this, &VolumeDisplay::cut);
}

void VolumeDisplay::connectOverlay() {
  DisplayPanel* panel = widgets_.display;
  TileGrid* tiles = widgets_.tiles;
  connect(panel, &DisplayPanel::overlayOpacityChanged, tiles, &TileGrid::setOverlayOpacity);
  connect(panel, &DisplayPanel::overlayOutlineChanged, tiles, [tiles](bool outline) {
    OverlayStyle style = tiles->overlayStyle();
    style.outline = outline;
    tiles->setOverlayStyle(style);
  });
  connect(tiles, &TileGrid::overlayStyleChanged, panel, [this, panel](const OverlayStyle& style) {
    panel->setOverlayOutline(style.outline);
    showOpacity();
  });
  connect(tiles, &TileGrid::mainChanged, this, &VolumeDisplay::showOpacity);
  connect(tiles, &TileGrid::tileLayoutChanged, this, &VolumeDisplay::showOpacity);
  panel->setOverlayOutline(tiles->overlayStyle().outline);
  showOpacity();
}

void VolumeDisplay::showOpacity() {
  widgets_.display->setOverlayOpacity(widgets_.tiles->overlayOpacity());
}

void VolumeDisplay::cut() {
  const auto id = widgets_.display->slicePlane();
  const bool there = patient_ && id && patient_->modalities[id->index()].has_value();
  std::optional<SlicePlane> slice;
  if (there)
    slice = SlicePlane{{patient_, &*patient_->modalities[id->index()]},
                       widgets_.display->sliceOrientation(),
                       widgets_.tiles->crosshair(),
                       widgets_.tiles->intensityWindow(*id)};
  widgets_.scene->setSlicePlane(slice);
  const bool seen = !widgets_.keptScene->isHidden();
  widgets_.keptScene->setSlicePlane(seen ? slice : std::nullopt);
}

}  // namespace modascope
