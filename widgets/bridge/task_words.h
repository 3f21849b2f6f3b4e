#pragma once

#include <QString>

#include "core/problem/task.h"

namespace modascope {

/// What one of the things is called that a task's data consist of: "case", "picture", "sample".
QString nounOf(Task task);
/// "cases", "pictures", "samples"
QString nounsOf(Task task);
/// "segmentation", "label"
QString truthNounOf(Task task);
/// "scans", "modalities"
QString modalitiesNounOf(Task task);
/// "voxels", "pixels", "numbers"
QString elementsNounOf(Task task);
/// "1 case", "24 pictures"
QString counted(Task task, qint64 count);

}  // namespace modascope
