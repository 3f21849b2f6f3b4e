#pragma once

#include <optional>

#include "core/events/events.h"
#include "core/runs/recording/event_file.h"

namespace modascope {

/// Writes what a run reports as TensorBoard's scalars, on the training thread: loss/…,
/// gradient_norm/…, rank/…, discarded/…, dice/…, conflicts, exact_cosine, learning_rate and
/// seconds_per_step. Subsets are named as "t1+flair", once the model is known whose they are. The
/// file is made with the first scalar.
class TensorBoardWriter : public TrainObserver {
 public:
  /// `stepsBefore` are done already: another file may speak of later ones that are done again.
  TensorBoardWriter(std::filesystem::path folder, std::int64_t stepsBefore);

  void onModel(const ModelDescription& model) override;
  void onStep(const StepEvent& event) override;
  void onValidation(const ValidationEvent& event) override;

 private:
  EventFile& file();

  std::filesystem::path folder_;
  std::int64_t stepsBefore_;
  std::optional<EventFile> file_;
  std::optional<ModalitySchema> schema_;  ///< of the model, once it is known
};

}  // namespace modascope
