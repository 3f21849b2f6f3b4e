#pragma once

class QWidget;

namespace modascope {

class AppSettings;

/// How the parts of pages share their room: of every splitter in `window` that has a name.
void restoreSplitters(const QWidget& window, const AppSettings& settings);
void storeSplitters(const QWidget& window, AppSettings& settings);

}  // namespace modascope
