#pragma once

#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"

namespace modascope {

/// A run's folder, held for this program.
struct HeldRun {
  RunFolder folder;
  RunLock lock;
};

}  // namespace modascope
