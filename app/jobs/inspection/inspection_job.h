#pragma once

#include <QObject>
#include <memory>
#include <optional>
#include <stop_token>

#include "app/jobs/inspection/inspection.h"
#include "app/jobs/newest_task.h"

namespace modascope {

/// Loads a case and a run on a thread of its own, predicts, and answers requests for subsets; the
/// newest wins. What belongs to a case or a run that is no longer wanted is not told. All methods
/// and signals belong to the GUI thread.
class InspectionJob : public QObject {
  Q_OBJECT

 public:
  explicit InspectionJob(std::unique_ptr<Inspection> inspection, QObject* parent = nullptr);
  ~InspectionJob() override;

  /// The case to look at, or none; it arrives by `caseLoaded`, and again when a run shows it
  /// otherwise.
  void setCase(const std::shared_ptr<const Cohort>& cohort, const std::optional<CaseInfo>& info);
  /// The run that predicts, or none, with its newest checkpoint or the snapshot of a step; answered
  /// by `runOpened`. The same again: reads the file again.
  void setRun(const std::optional<std::filesystem::path>& folder,
              std::optional<std::int64_t> snapshot = std::nullopt);
  /// Answered by `answered` with this number, unless a newer request comes first. It holds for
  /// later cases and runs, too. Modalities that a case does not have are left out of what is shown;
  /// where nothing remains, all that it has are taken.
  std::uint64_t request(ModalitySet set);
  /// What stands in for modalities that a set leaves out. It holds for later cases and runs, too.
  void setCorruption(Corruption corruption);
  /// Answered by `replied`. Null: what was asked is not wanted any more; all else goes on.
  void ask(const std::shared_ptr<const InspectionQuestion>& question);

 Q_SIGNALS:
  void caseLoaded(const std::shared_ptr<const modascope::InspectedCase>& loaded);
  void runOpened(const modascope::OpenedRun& run);
  /// Parts of a prediction done and to do.
  void progress(int done, int total);
  void answered(const std::shared_ptr<const modascope::InspectionAnswer>& answer);
  /// Every subset of this case, against the truth or, without it, all modalities.
  void scored(const modascope::SubsetTable& table);
  void replied(const std::shared_ptr<const modascope::InspectionReply>& reply);
  /// Parts of a reply done and to do.
  void replying(int done, int total);
  void failed(const QString& sentence);

 private:
  class Worker;

  /// What a message belongs to; nothing where it does not matter.
  struct Stamp {
    std::optional<std::uint64_t> caseNumber = std::nullopt;
    std::optional<std::uint64_t> runNumber = std::nullopt;
    std::optional<std::uint64_t> number = std::nullopt;  ///< of the request
  };
  template <typename Signal, typename... Values>
  void tell(Stamp stamp, Signal signal, const Values&... values);
  bool isWanted(const Stamp& stamp) const;
  void dropQuestion();
  std::uint64_t nextNumber();
  void post();
  void interruptAndPost();

  InspectionRequest request_;
  std::stop_source newer_;          ///< than the request that was posted last
  std::unique_ptr<Worker> worker_;  // used on the task's thread only
  NewestTask task_;                 // last: joined before the rest goes
};

}  // namespace modascope
