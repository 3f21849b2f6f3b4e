#pragma once

class QWidget;

namespace modascope {

class AppSettings;
class InspectPage;

/// How the parts of a page share their room: of every splitter in it that has a name.
void restoreSplitters(const QWidget& page, const AppSettings& settings);
void storeSplitters(const QWidget& page, AppSettings& settings);

/// How pictures are looked at: what the View menu ticks, the arrangement of the tiles, the overlay,
/// the tab in front. Not what is laid over: the expert's segmentation is never found there unasked.
void restoreViews(InspectPage& page, const AppSettings& settings);
void storeViews(const InspectPage& page, AppSettings& settings);

}  // namespace modascope
