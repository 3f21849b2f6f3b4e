#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/jobs/inspection/opened_run.h"
#include "core/cohort/cohort.h"
#include "core/metrics/subset_table.h"
#include "core/modality/modality.h"
#include "core/problem/corruption.h"

namespace modascope {

/// A case that was read. Each kind of data adds its own.
struct InspectedCase {
  virtual ~InspectedCase() = default;
  std::optional<ModalitySet> available;  ///< the modalities that it has
  std::vector<std::string> notes;        ///< what reading its files has met
};

/// What a network sees in a case through some of its modalities. Each kind of data adds its own.
struct InspectionAnswer {
  virtual ~InspectionAnswer() = default;
  std::uint64_t number = 0;                    ///< of the request that it answers
  ModalitySet set = ModalitySet::firstOf(1);   ///< that it was made from
  Corruption corruption = Corruption::Absent;  ///< of the others
};

/// Something that only one kind of data can be asked.
struct InspectionQuestion {
  virtual ~InspectionQuestion() = default;
  /// Whether it holds for later cases, runs and sets, too; else it goes with the answer on show.
  virtual bool lasts() const { return false; }
};

/// What is replied to it.
struct InspectionReply {
  virtual ~InspectionReply() = default;
};

/// All that is wanted at one time, as the job's thread gets it.
struct InspectionRequest {
  std::uint64_t number = 0;
  std::uint64_t toShow = 0;  ///< the number of the newest request for an answer
  /// Of the newest by which the page was emptied: another case, run or corruption.
  std::uint64_t emptied = 0;
  std::stop_token superseded;  ///< there is a newer request
  std::shared_ptr<const Cohort> cohort;
  std::optional<CaseInfo> info;  ///< of the case
  std::uint64_t caseNumber = 0;
  std::optional<std::filesystem::path> run;
  std::optional<std::int64_t> snapshot;
  std::uint64_t runNumber = 0;
  std::optional<ModalitySet> set;
  Corruption corruption = Corruption::Absent;
  std::shared_ptr<const InspectionQuestion> question;

  /// What is wanted of a case that has these: where nothing of it remains, all.
  ModalitySet setOf(ModalitySet available) const {
    return set.value_or(available).intersected(available).value_or(available);
  }
};

/// Hears of what is found while an inspection is at work, on the inspection's thread.
class InspectionListener {
 public:
  virtual ~InspectionListener() = default;
  virtual void onProgress(int done, int total) = 0;
  virtual void onAnswer(const std::shared_ptr<const InspectionAnswer>& answer) = 0;
  virtual void onScores(const SubsetTable& table) = 0;
  virtual void onReply(const std::shared_ptr<const InspectionReply>& reply) = 0;
  virtual void onReplyProgress(int done, int total) = 0;
};

/// One kind of data: what its cases are, and what a run's network says of them. Keeps case, run and
/// predictions from one request to the next. One thread at a time.
class Inspection {
 public:
  virtual ~Inspection() = default;

  /// With its newest checkpoint, or the snapshot of a step; none is open yet. Throws `Error` when
  /// it cannot be opened or is for another kind of data: then no run is open.
  virtual OpenedRun openRun(const std::filesystem::path& folder,
                            std::optional<std::int64_t> snapshot) = 0;
  virtual void closeRun() = 0;
  /// Throws `Error` when it cannot be read, or was stopped: then there is no case.
  virtual std::shared_ptr<const InspectedCase> load(const std::shared_ptr<const Cohort>& cohort,
                                                    const CaseInfo& info, std::stop_token stop) = 0;
  virtual void closeCase() = 0;
  /// Whether the case must be loaded again, because the run that was opened since shows it
  /// otherwise.
  virtual bool isCaseOutdated() const { return false; }
  /// Tells what has not been told yet of the case and the run: the answer, the reply to a question,
  /// the scores of all subsets. Returns early when asked to `stop` or when the request is
  /// superseded; the next call goes on with what is left.
  virtual void answer(const InspectionRequest& request, std::stop_token stop,
                      InspectionListener& listener) = 0;
};

}  // namespace modascope
