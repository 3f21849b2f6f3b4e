#include "app/inspect/volumes/volume_menu.h"

#include <QActionGroup>
#include <QSplitter>

#include "app/inspect/volumes/region_readout.h"
#include "app/inspect/volumes/volume_widgets.h"
#include "app/settings/app_settings.h"
#include "widgets/bridge/palette.h"
#include "widgets/controls/display_panel.h"
#include "widgets/scene/scene_view.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {
namespace {

QString nameOf(const QAction& action) {
  return "menu/" + QString(action.text()).remove('&').replace('/', '|');
}

}  // namespace

VolumeMenu::VolumeMenu(const VolumeWidgets& widgets, QWidget* parent)
    : QMenu(parent), widgets_(widgets) {
  addConventions();
  addSeparator();
  addParts();
  addSeparator();
  addOverlays();
  addColours();
  addSeparator();
  connect(addAction(tr("Go to the largest slice of the regions")), &QAction::triggered,
          widgets_.tiles, &TileGrid::centreOnLargestSlice);
  connect(addAction(tr("Whole 3D view")), &QAction::triggered, widgets_.scene,
          &SceneView::resetCamera);
  connect(this, &QMenu::aboutToShow, this, &VolumeMenu::tickOverlay);
}

void VolumeMenu::addUndo(QAction* undo, QAction* redo) {
  QAction* first = actions().constFirst();
  insertActions(first, {undo, redo});
  insertSeparator(first);
}

QAction* VolumeMenu::addChoice(QActionGroup* group, const QString& words, bool checked) {
  QAction* action = addAction(words);
  action->setCheckable(true);
  action->setChecked(checked);
  group->addAction(action);
  return action;
}

void VolumeMenu::addConventions() {
  auto* neurological = addAction(tr("Patient's right on the right (neurological)"));
  neurological->setCheckable(true);
  connect(neurological, &QAction::toggled, this, [this](bool on) {
    widgets_.tiles->setConvention(on ? Convention::Neurological : Convention::Radiological);
  });
  auto* pacs = addAction(tr("Mouse as in PACS (left drag: window)"));
  pacs->setCheckable(true);
  connect(pacs, &QAction::toggled, this, [this](bool on) {
    widgets_.tiles->setMouseScheme(on ? MouseScheme::Pacs : MouseScheme::ItkSnap);
  });
}

void VolumeMenu::addParts() {
  auto* parts = new QActionGroup(this);
  const auto add = [&](const QString& words, bool slices, bool scene) {
    connect(addChoice(parts, words, slices && scene), &QAction::triggered, this,
            [this, slices, scene] {
              widgets_.tiles->setVisible(slices);
              widgets_.scenes->setVisible(scene);
            });
  };
  add(tr("Slices and 3D"), true, true);
  add(tr("Slices alone"), true, false);
  add(tr("3D alone"), false, true);
}

void VolumeMenu::addOverlays() {
  overlayGroup_ = new QActionGroup(this);
  overlayGroup_->setExclusionPolicy(QActionGroup::ExclusionPolicy::ExclusiveOptional);
  endOfOverlays_ = addSeparator();
  setRegions(widgets_.tiles->regions());
}

void VolumeMenu::setRegions(const RegionSchema& regions) {
  for (const auto& overlay : overlays_) delete std::get<QAction*>(overlay);
  overlays_.clear();
  addOverlay(tr("Overlay: prediction"), OverlayContent::Prediction);
  addOverlay(tr("Overlay: expert's segmentation"), OverlayContent::Truth);
  for (const Region& region : regions)
    addOverlay(tr("Overlay: difference of %1 (missed, wrongly found)").arg(regionName(region)),
               OverlayContent::Difference, region.place);
}

void VolumeMenu::addOverlay(const QString& words, OverlayContent content, std::size_t region) {
  QAction* action = addChoice(overlayGroup_, words, false);
  insertAction(endOfOverlays_, action);
  overlays_.emplace_back(action, content, region);
  connect(action, &QAction::triggered, this, [this, content, region] {
    OverlayStyle style = widgets_.tiles->overlayStyle();
    style.content = content;
    style.differenceOf = region;
    widgets_.tiles->setOverlayStyle(style);
  });
}

void VolumeMenu::tickOverlay() {
  const OverlayStyle style = widgets_.tiles->overlayStyle();
  for (const auto& [action, content, region] : overlays_)
    action->setChecked(content == style.content &&
                       (content != OverlayContent::Difference || region == style.differenceOf));
}

void VolumeMenu::addColours() {
  auto* presets = new QActionGroup(this);
  for (const RegionColours preset : regionPresets()) {
    auto* action = addChoice(presets, tr("Region colours: %1").arg(labelOf(preset)),
                             preset == RegionColours::Own);
    connect(action, &QAction::triggered, this, [this, preset] {
      widgets_.tiles->setRegionColours(preset);
      widgets_.scene->setRegionColours(preset);
      widgets_.keptScene->setRegionColours(preset);
      widgets_.display->setRegionColours(preset);
      widgets_.readout->setRegionColours(preset);
    });
  }
}

/// What is laid over changes by itself.
QList<QAction*> VolumeMenu::lastingChoices() const {
  QList<QAction*> choices;
  for (QAction* action : actions()) {
    const auto* group = action->actionGroup();
    const bool passing =
        group != nullptr && group->exclusionPolicy() != QActionGroup::ExclusionPolicy::Exclusive;
    if (action->isCheckable() && !passing) choices << action;
  }
  return choices;
}

void VolumeMenu::restore(const AppSettings& settings) {
  for (QAction* action : lastingChoices()) {
    const QVariant ticked = settings.view(nameOf(*action));
    const bool choose = ticked.toBool() && !action->isChecked();
    const bool drop =
        ticked.isValid() && !ticked.toBool() && action->isChecked() && !action->actionGroup();
    if (choose || drop) action->trigger();
  }
}

void VolumeMenu::store(AppSettings& settings) const {
  for (const QAction* action : lastingChoices())
    settings.setView(nameOf(*action), action->isChecked());
}

}  // namespace modascope
