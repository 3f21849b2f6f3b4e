#pragma once

#include <optional>

#include "app/jobs/inspection/inspection.h"
#include "app/work/trained_run.h"
#include "core/problem/task_facts.h"

namespace modascope {

/// An inspection by the network of a trained run.
class TrainedInspection : public Inspection {
 public:
  /// Of runs for data of this kind only.
  explicit TrainedInspection(DataKind only) : only_(only) {}

  OpenedRun openRun(const std::filesystem::path& folder,
                    std::optional<std::int64_t> snapshot) override;
  void closeRun() override;

 protected:
  /// Of another case or run.
  virtual void forgetPredictions() = 0;

  std::optional<TrainedRun> run_;

 private:
  void requireFit(const TrainedRun& run) const;

  DataKind only_;
};

}  // namespace modascope
