#pragma once

#include <filesystem>

#include "app/inspect/saving/captioned_figure.h"

namespace modascope {

class InspectPage;
class PicturesView;

/// The tiles, beside them those that were kept: PNG, SVG or PDF, as the name ends.
void saveTiles(const std::filesystem::path& file, const PicturesView& view, const InspectPage& page,
               Caption caption);
/// The classes on show with the numbers of the data's labels.
Write writeOfClasses(const PicturesView& view);

}  // namespace modascope
