#pragma once

#include <functional>
#include <memory>

#include "app/jobs/inspection/inspection.h"
#include "core/problem/task.h"

namespace modascope {

/// Makes what inspects the data of a task.
using MakeInspection = std::function<std::unique_ptr<Inspection>(Task)>;

/// By a trained run's network.
std::unique_ptr<Inspection> makeInspection(Task task);

}  // namespace modascope
