#pragma once

#include <QObject>
#include <optional>

#include "app/jobs/training_job.h"
#include "core/modality/modality.h"
#include "core/runs/run_store.h"

namespace modascope {

class ExperimentPage;

/// Shows on the page what a run says of itself, live, from its folder and at its end: plots,
/// adapters, log and the words beside the buttons. GUI thread.
class RunViews : public QObject {
  Q_OBJECT

 public:
  RunViews(ExperimentPage& page, const TrainingJob& training, QObject* parent = nullptr);

  /// A run begins that has said nothing yet.
  void begin(bool adapting);
  /// A run goes on: what it has said so far. Throws `Error`, with nothing changed, when that cannot
  /// be read.
  void replay(const RunFolder& run);
  /// What a run that is over came to, in a sentence.
  QString conclude(const TrainingOutcome& outcome);

  /// Of the run that is or was last running.
  const std::optional<StepEvent>& lastStep() const { return lastStep_; }

 Q_SIGNALS:
  /// One line for the status bar.
  void statusChanged(const QString& words);

 private:
  void connectFacts();
  void connectNotes();
  void setSchema(const ModalitySchema& schema);
  void showModel(const ModelDescription& model);
  void showSteps(const std::vector<StepEvent>& events);
  void showState(RunState state, const QString& words);
  void showStatus();
  QString adaptersWords(const std::filesystem::path& run);

  ExperimentPage& page_;
  const TrainingJob& training_;
  std::optional<ModalitySchema> schema_;  ///< of the run
  std::optional<StepEvent> lastStep_;
};

}  // namespace modascope
