#pragma once

#include <filesystem>
#include <functional>

#include "app/inspect/saving/export.h"
#include "app/inspect/saving/viewers.h"

namespace modascope {

class InspectPage;
class VolumesView;

/// What is on show now, as a DICOM segmentation of the series in a folder that is yet to be named.
std::function<Write(const std::filesystem::path& series)> writeOfDicom(const VolumesView& view);
/// What is on show now over the first modality of its set. The path is not used.
Write openingIn(const VolumesView& view, const Viewer& viewer);

/// A DICOM segmentation, for which the series is asked for first, and an entry a viewer.
std::vector<Export> leavingExports(const VolumesView& view, InspectPage& page);

}  // namespace modascope
