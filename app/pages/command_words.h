#pragma once

#include <QString>

#include "app/work/training.h"

namespace modascope {

/// The same run on the command line, ready to paste into a shell.
QString commandFor(const TrainingRequest& request, Task task = Task::Segmentation3d);

}  // namespace modascope
