#pragma once

#include <memory>

#include "app/jobs/inspection/inspection_job.h"

namespace modascope::testing {

/// Gives `use` what a signal of the job carries, as what it is: a `std::shared_ptr<const Finding>`.
template <typename Finding, typename Signal, typename Use>
void hear(InspectionJob& job, Signal signal, Use use) {
  QObject::connect(&job, signal, &job, [use](const auto& found) {
    use(std::static_pointer_cast<const Finding>(found));
  });
}

}  // namespace modascope::testing
