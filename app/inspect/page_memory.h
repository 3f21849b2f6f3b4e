#pragma once

namespace modascope {

class AppSettings;
class InspectPage;

/// The tab in front beside the view.
void restoreTab(const InspectPage& page, const AppSettings& settings);
void storeTab(const InspectPage& page, AppSettings& settings);

}  // namespace modascope
