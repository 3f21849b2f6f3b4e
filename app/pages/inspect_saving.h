#pragma once

#include <QString>
#include <filesystem>

class QMenu;

namespace modascope {

class InspectController;
class InspectPage;

/// Puts what the page can write to files into `menu`; entries are there when there is something to
/// write. Page and controller must outlive the menu.
void addSaving(QMenu& menu, InspectPage& page, const InspectController& controller);

/// The visible slices with legend, colour bar and letters, and beneath them the set that they were
/// made from: PNG, SVG or PDF as the name ends. The case's name is left out.
void saveSlices(const std::filesystem::path& file, const InspectPage& page);
/// What is on show as labels on the grid of the case's own files, in their numbering.
void saveSegmentation(const std::filesystem::path& file, const InspectController& controller);
/// One file a region that is not empty: "tumour.stl" becomes "tumour_wt.stl" and so on.
void saveSurfaces(const std::filesystem::path& file, const InspectPage& page);
/// Maps, strongest modality and JSON in a new folder.
void saveAttribution(const std::filesystem::path& folder, const InspectController& controller);

}  // namespace modascope
