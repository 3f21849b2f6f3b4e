#pragma once

#include <QString>

#include "app/work/adaptation.h"

namespace modascope {

/// The same run on the command line, ready to paste into a shell.
QString commandFor(const TrainingRequest& request, Task task = Task::Segmentation3d);
/// The same adaptation; the command wants a folder named, which is made beside the other runs.
QString commandFor(const AdaptationRequest& request);

}  // namespace modascope
