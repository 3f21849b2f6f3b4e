#pragma once

#include <filesystem>

#include "app/inspect/captioned_figure.h"

namespace modascope {

class InspectController;

/// What the inspect page writes of pictures and of samples of features. Pictures of views are PNG,
/// SVG or PDF, as the name ends, with what is beneath them on the page.
void saveTiles(const std::filesystem::path& file, const InspectPage& page, Caption caption);
void saveSampleView(const std::filesystem::path& file, const InspectPage& page, Caption caption);

/// The classes on show with the numbers of the data's labels.
Write writeOfClasses(const InspectController& controller);
/// What every subset says of the sample on show.
Write writeOfOutputs(const InspectController& controller);
/// What each modality contributes to that.
Write writeOfContributions(const InspectController& controller);

}  // namespace modascope
