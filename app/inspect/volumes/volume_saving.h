#pragma once

#include <filesystem>

#include "app/inspect/saving/captioned_figure.h"

namespace modascope {

class InspectPage;
class VolumesView;

/// The visible slices with legend, colour bar and letters, and beneath them on request the set that
/// they were made from: PNG, SVG or PDF as the name ends. The case's name is left out.
void saveSlices(const std::filesystem::path& file, const VolumesView& view, const InspectPage& page,
                Caption caption = Caption::With);
/// The 3D view likewise, with `scale` dots each way for each of the screen.
void saveScene(const std::filesystem::path& file, const VolumesView& view, const InspectPage& page,
               int scale, Caption caption = Caption::With);

/// What is on show now, as labels on the grid of the case's own files, in their numbering.
Write writeOfSegmentation(const VolumesView& view);
/// One file a region that is not empty: "Surfaces.stl" becomes "Surfaces_wt.stl" and so on, all of
/// them new.
Write writeOfSurfaces(const VolumesView& view);
/// The case with every subset's answer and map of the run, as one file that opens without them.
Write writeOfDemo(const VolumesView& view);
/// Maps, strongest modality and JSON of what is explained now, in a new folder.
Write writeOfAttribution(const VolumesView& view);

}  // namespace modascope
