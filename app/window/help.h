#pragma once

#include <QString>

class QMenu;
class QWidget;

namespace modascope {

/// The manual, keys, about.
QMenu* makeHelpMenu(QWidget* window);
/// Beside the window, which stays usable; one is enough.
void showManual(QWidget* window, const QString& page = {});
void showShortcuts(QWidget* window);
void showAbout(QWidget* window);

}  // namespace modascope
