#pragma once

#include <optional>

#include "app/jobs/inspection/inspection.h"
#include "app/work/trained_run.h"

namespace modascope {

/// An inspection by the network of a trained run.
class TrainedInspection : public Inspection {
 public:
  OpenedRun openRun(const std::filesystem::path& folder,
                    std::optional<std::int64_t> snapshot) override;
  void closeRun() override;

 protected:
  /// Throws `Error` when the run is for another kind of data.
  virtual void requireFit(const TrainedRun& run) const = 0;
  /// Of another case or run.
  virtual void forgetPredictions() = 0;

  std::optional<TrainedRun> run_;
};

}  // namespace modascope
