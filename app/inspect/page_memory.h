#pragma once

namespace modascope {

class AppSettings;
class InspectPage;

/// How pictures are looked at: what the View menu ticks, the arrangement of the tiles, the overlay,
/// the tab in front. Not what is laid over: the expert's segmentation is never found there unasked.
void restoreViews(InspectPage& page, const AppSettings& settings);
void storeViews(const InspectPage& page, AppSettings& settings);

}  // namespace modascope
