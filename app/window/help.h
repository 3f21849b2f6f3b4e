#pragma once

class QMenu;
class QWidget;

namespace modascope {

/// First steps, keys, about.
QMenu* makeHelpMenu(QWidget* window);
void showHelp(QWidget* window);
void showShortcuts(QWidget* window);
void showAbout(QWidget* window);

}  // namespace modascope
