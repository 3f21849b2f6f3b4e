#include "app/inspect/inspect_view_menu.h"

#include <QActionGroup>

#include "app/inspect/inspect_page.h"
#include "app/inspect/volumes/region_readout.h"
#include "widgets/bridge/palette.h"
#include "widgets/controls/display_panel.h"
#include "widgets/scene/scene_view.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {

InspectViewMenu::InspectViewMenu(InspectPage& page) : QMenu(&page), page_(page) {
  addConventions();
  addSeparator();
  addParts();
  addSeparator();
  addOverlays();
  addColours();
  addSeparator();
  connect(addAction(tr("Go to the tumour")), &QAction::triggered, page_.tiles(),
          &TileGrid::centreOnTumour);
  connect(addAction(tr("Whole 3D view")), &QAction::triggered, page_.scene(),
          &SceneView::resetCamera);
  connect(this, &QMenu::aboutToShow, this, &InspectViewMenu::tickOverlay);
}

void InspectViewMenu::addUndo(QAction* undo, QAction* redo) {
  QAction* first = actions().constFirst();
  insertActions(first, {undo, redo});
  insertSeparator(first);
  page_.addActions({undo, redo});
}

QAction* InspectViewMenu::addChoice(QActionGroup* group, const QString& words, bool checked) {
  QAction* action = addAction(words);
  action->setCheckable(true);
  action->setChecked(checked);
  group->addAction(action);
  return action;
}

void InspectViewMenu::addConventions() {
  auto* neurological = addAction(tr("Patient's right on the right (neurological)"));
  neurological->setCheckable(true);
  connect(neurological, &QAction::toggled, this, [this](bool on) {
    page_.tiles()->setConvention(on ? Convention::Neurological : Convention::Radiological);
  });
  auto* pacs = addAction(tr("Mouse as in PACS (left drag: window)"));
  pacs->setCheckable(true);
  connect(pacs, &QAction::toggled, this, [this](bool on) {
    page_.tiles()->setMouseScheme(on ? MouseScheme::Pacs : MouseScheme::ItkSnap);
  });
}

void InspectViewMenu::addParts() {
  auto* parts = new QActionGroup(this);
  const auto add = [&](const QString& words, bool slices, bool scene) {
    connect(addChoice(parts, words, slices && scene), &QAction::triggered, this,
            [this, slices, scene] { page_.showParts(slices, scene); });
  };
  add(tr("Slices and 3D"), true, true);
  add(tr("Slices alone"), true, false);
  add(tr("3D alone"), false, true);
}

void InspectViewMenu::addOverlays() {
  overlayGroup_ = new QActionGroup(this);
  overlayGroup_->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
  endOfOverlays_ = addSeparator();
  setRegions(page_.tiles()->regions());
}

void InspectViewMenu::setRegions(const RegionSchema& regions) {
  for (const auto& overlay : overlays_) delete std::get<QAction*>(overlay);
  overlays_.clear();
  addOverlay(tr("Overlay: prediction"), OverlayContent::Prediction, regions[0]);
  addOverlay(tr("Overlay: expert's segmentation"), OverlayContent::Truth, regions[0]);
  for (const Region& region : regions)
    addOverlay(tr("Overlay: difference of %1 (missed, wrongly found)").arg(regionName(region)),
               OverlayContent::Difference, region);
}

void InspectViewMenu::addOverlay(const QString& words, OverlayContent content,
                                 const Region& region) {
  QAction* action = addChoice(overlayGroup_, words, false);
  insertAction(endOfOverlays_, action);
  overlays_.emplace_back(action, content, region);
  connect(action, &QAction::triggered, this, [this, content, region] {
    OverlayStyle style = page_.tiles()->overlayStyle();
    style.content = content;
    style.differenceOf = region;
    page_.tiles()->setOverlayStyle(style);
  });
}

void InspectViewMenu::tickOverlay() {
  const OverlayStyle style = page_.tiles()->overlayStyle();
  for (const auto& [action, content, region] : overlays_)
    action->setChecked(content == style.content &&
                       (content != OverlayContent::Difference || region == style.differenceOf));
}

void InspectViewMenu::addColours() {
  auto* presets = new QActionGroup(this);
  for (const RegionColours preset : regionPresets()) {
    auto* action = addChoice(presets, tr("Region colours: %1").arg(labelOf(preset)),
                             preset == RegionColours::Own);
    connect(action, &QAction::triggered, this, [this, preset] {
      page_.tiles()->setRegionColours(preset);
      page_.scene()->setRegionColours(preset);
      page_.keptScene()->setRegionColours(preset);
      page_.display()->setRegionColours(preset);
      page_.readout()->setRegionColours(preset);
    });
  }
}

}  // namespace modascope
