#pragma once

#include "app/inspect/saving/captioned_figure.h"
#include "app/work/looking/prediction_files.h"

namespace modascope {

class CaseView;

/// Of what is on show, for the files that it is written to.
PredictionSource sourceOf(const CaseView& view, Corruption leftOut);
/// Refuses to write, as there is nothing.
Write nothingPredicted();

}  // namespace modascope
