#include "app/inspect/page_memory.h"

#include <QAction>
#include <QActionGroup>
#include <QTabWidget>
#include <algorithm>

#include "app/inspect/inspect_page.h"
#include "app/inspect/inspect_view_menu.h"
#include "app/settings/app_settings.h"
#include "widgets/controls/display_panel.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {
namespace {

/// Those that stay as they were ticked; what is laid over changes by itself.
QList<QAction*> lastingChoices(const InspectPage& page) {
  QList<QAction*> choices;
  for (QAction* action : page.viewing()->actions()) {
    const auto* group = action->actionGroup();
    const bool passing =
        group != nullptr && group->exclusionPolicy() != QActionGroup::ExclusionPolicy::Exclusive;
    if (action->isCheckable() && !passing) choices << action;
  }
  return choices;
}

QString nameOf(const QAction& action) {
  return "menu/" + QString(action.text()).remove('&').replace('/', '|');
}

void restoreOverlay(InspectPage& page, const AppSettings& settings) {
  OverlayStyle style = page.tiles()->overlayStyle();
  style.visible = settings.view("overlay/visible").toBool();
  style.outline = settings.view("overlay/outline").toBool();
  style.opacity = std::clamp(settings.view("overlay/opacity").toDouble(), 0.0, 1.0);
  page.tiles()->setOverlayStyle(style);
  page.display()->setOverlayOutline(style.outline);
  page.display()->setOverlayOpacity(page.tiles()->overlayOpacity());
}

}  // namespace

void restoreViews(InspectPage& page, const AppSettings& settings) {
  for (QAction* action : lastingChoices(page)) {
    const QVariant ticked = settings.view(nameOf(*action));
    const bool choose = ticked.toBool() && !action->isChecked();
    const bool drop =
        ticked.isValid() && !ticked.toBool() && action->isChecked() && !action->actionGroup();
    if (choose || drop) action->trigger();
  }
  if (settings.view("overlay/opacity").isValid()) restoreOverlay(page, settings);
  if (settings.view("layout").toString() == "planes")
    page.tiles()->setTileLayout(TileLayout::Planes);
  auto* tabs = page.findChild<QTabWidget*>();
  const int tab = settings.view("tab").toInt();
  if (tabs != nullptr && tab < tabs->count() && tabs->isTabVisible(tab)) tabs->setCurrentIndex(tab);
}

void storeViews(const InspectPage& page, AppSettings& settings) {
  for (const QAction* action : lastingChoices(page))
    settings.setView(nameOf(*action), action->isChecked());
  const OverlayStyle style = page.tiles()->overlayStyle();
  settings.setView("overlay/visible", style.visible);
  settings.setView("overlay/outline", style.outline);
  settings.setView("overlay/opacity", style.opacity);
  const bool planes = page.tiles()->tileLayout() == TileLayout::Planes;
  settings.setView("layout", planes ? "planes" : "modalities");
  if (const auto* tabs = page.findChild<QTabWidget*>())
    settings.setView("tab", tabs->currentIndex());
}

}  // namespace modascope
