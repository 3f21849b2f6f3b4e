#pragma once

#include <filesystem>

#include "app/inspect/saving/captioned_figure.h"

namespace modascope {

class FeaturesView;
class InspectPage;

/// The sample as seen: PNG, SVG or PDF, as the name ends.
void saveSampleView(const std::filesystem::path& file, const FeaturesView& view,
                    const InspectPage& page, Caption caption);
/// What every subset says of the sample on show.
Write writeOfOutputs(const FeaturesView& view);
/// What each modality contributes to that.
Write writeOfContributions(const FeaturesView& view);

}  // namespace modascope
