#include "app/pages/splitter_memory.h"

#include <QSplitter>

#include "app/settings/app_settings.h"

namespace modascope {
namespace {

QList<QSplitter*> namedSplitters(const QWidget& window) {
  QList<QSplitter*> all = window.findChildren<QSplitter*>();
  all.removeIf([](const QSplitter* splitter) { return splitter->objectName().isEmpty(); });
  return all;
}

}  // namespace

void restoreSplitters(const QWidget& window, const AppSettings& settings) {
  for (QSplitter* splitter : namedSplitters(window)) {
    const QByteArray state = settings.view("splitter/" + splitter->objectName()).toByteArray();
    if (state.isEmpty()) continue;
    splitter->restoreState(state);
    splitter->setProperty("moved", true);
  }
}

void storeSplitters(const QWidget& window, AppSettings& settings) {
  for (const QSplitter* splitter : namedSplitters(window)) {
    const QVariant moved = splitter->property("moved");  // those that share by themselves have it
    if (moved.isValid() && !moved.toBool()) continue;
    settings.setView("splitter/" + splitter->objectName(), splitter->saveState());
  }
}

}  // namespace modascope
