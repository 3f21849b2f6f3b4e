#include "app/inspect/volumes/inspect_display.h"

#include "app/inspect/inspect_page.h"
#include "widgets/controls/display_panel.h"
#include "widgets/scene/scene_view.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {

InspectDisplay::InspectDisplay(InspectPage& page, QObject* parent) : QObject(parent), page_(page) {
  connectWindows();
  connectScenes();
  connectOverlay();
}

void InspectDisplay::setCase(const ModalitySchema& schema,
                             const std::shared_ptr<const Case>& patient) {
  patient_ = patient;
  DisplayPanel& panel = *page_.display();
  panel.setSchema(schema);
  if (const auto available = patient->available()) {
    panel.setAvailable(*available);
    for (const ModalityId id : available->ids())
      panel.setWindow(id, page_.tiles()->intensityWindow(id));
  }
  cut();
  showOpacity();
}

void InspectDisplay::forgetCase() {
  patient_.reset();
  cut();
}

void InspectDisplay::connectWindows() {
  DisplayPanel* panel = page_.display();
  TileGrid* tiles = page_.tiles();
  connect(panel, &DisplayPanel::windowChosen, this,
          [this, tiles](ModalityId id, const IntensityWindow& window) {
            const IntensityWindow before = tiles->intensityWindow(id);
            setWindow(id, window);
            Q_EMIT windowSettled(id, before, window);
          });
  connect(panel, &DisplayPanel::autoWindow, tiles, &TileGrid::autoWindow);
  connect(tiles, &TileGrid::windowSettled, this, &InspectDisplay::windowSettled);
  connect(tiles, &TileGrid::windowChanged, this,
          [this, panel](ModalityId id, const IntensityWindow& window) {
            panel->setWindow(id, window);
            cut();
          });
}

void InspectDisplay::setWindow(ModalityId id, const IntensityWindow& window) {
  page_.tiles()->setIntensityWindow(id, window);
  page_.display()->setWindow(id, window);
  cut();
}

void InspectDisplay::connectScenes() {
  DisplayPanel* panel = page_.display();
  for (SceneView* scene : {page_.scene(), page_.keptScene()}) {
    connect(panel, &DisplayPanel::regionVisibleChanged, scene, &SceneView::setRegionVisible);
    connect(panel, &DisplayPanel::regionOpacityChanged, scene, &SceneView::setRegionOpacity);
    connect(panel, &DisplayPanel::headChanged, scene, &SceneView::setHeadVisible);
    connect(scene, &SceneView::headVisibleChanged, this, [this, panel](bool visible) {
      panel->setHead(visible);
      page_.scene()->setHeadVisible(visible);
      page_.keptScene()->setHeadVisible(visible);
    });
  }
  for (const Region& region : page_.tiles()->regions())
    panel->setRegionOpacity(region, page_.scene()->regionOpacity(region));
  connect(panel, &DisplayPanel::slicePlaneChanged, this, &InspectDisplay::cut);
  connect(panel, &DisplayPanel::sliceOrientationChanged, this, &InspectDisplay::cut);
  connect(page_.tiles(), &TileGrid::crosshairMoved, this, &InspectDisplay::cut);
}

void InspectDisplay::connectOverlay() {
  DisplayPanel* panel = page_.display();
  TileGrid* tiles = page_.tiles();
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
  connect(tiles, &TileGrid::mainChanged, this, &InspectDisplay::showOpacity);
  connect(tiles, &TileGrid::tileLayoutChanged, this, &InspectDisplay::showOpacity);
  panel->setOverlayOutline(tiles->overlayStyle().outline);
  showOpacity();
}

void InspectDisplay::showOpacity() {
  page_.display()->setOverlayOpacity(page_.tiles()->overlayOpacity());
}

void InspectDisplay::cut() {
  const auto id = page_.display()->slicePlane();
  const bool there = patient_ && id && patient_->modalities[id->index()].has_value();
  std::optional<SlicePlane> slice;
  if (there)
    slice = SlicePlane{{patient_, &*patient_->modalities[id->index()]},
                       page_.display()->sliceOrientation(),
                       page_.tiles()->crosshair(),
                       page_.tiles()->intensityWindow(*id)};
  page_.scene()->setSlicePlane(slice);
  const bool seen = !page_.keptScene()->isHidden();
  page_.keptScene()->setSlicePlane(seen ? slice : std::nullopt);
}

}  // namespace modascope
