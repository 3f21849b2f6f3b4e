#include "app/inspect/page_memory.h"

#include <QTabWidget>

#include "app/inspect/inspect_page.h"
#include "app/settings/app_settings.h"

namespace modascope {

void restoreTab(const InspectPage& page, const AppSettings& settings) {
  const int tab = settings.view("tab").toInt();
  if (tab < page.tabs()->count() && page.tabs()->isTabVisible(tab))
    page.tabs()->setCurrentIndex(tab);
}

void storeTab(const InspectPage& page, AppSettings& settings) {
  settings.setView("tab", page.tabs()->currentIndex());
}

}  // namespace modascope
