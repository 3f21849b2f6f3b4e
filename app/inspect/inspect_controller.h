#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "app/inspect/case_views.h"
#include "app/inspect/choices/run_offer.h"
#include "app/inspect/saving/inspect_saving.h"
#include "core/modality/modality.h"

namespace modascope {

class AppSettings;
class InspectPage;

/// Decides what the inspect page shows: which case through which run, and which modalities. How it
/// is shown is the view's matter that suits the data. GUI thread.
class InspectController : public QObject {
  Q_OBJECT

 public:
  InspectController(InspectPage& page, const AppSettings& settings, QObject* parent = nullptr,
                    MakeInspection makeInspection = modascope::makeInspection);

  /// Shows the first case that no training has seen, or else the first usable one.
  void setCohort(const std::shared_ptr<const Cohort>& cohort);
  void openCase(const std::string& id);
  /// Predicts with this run's newest checkpoint.
  void openRun(const std::filesystem::path& run);
  /// A run has written a checkpoint: it can be chosen now; nothing is predicted by itself.
  void noticeCheckpoint(const std::filesystem::path& run);
  /// A run is over: if it is the one on show, its last checkpoint is taken.
  void noticeEnd(const std::filesystem::path& run);
  /// The page came to the front: with no run chosen yet, the newest that is finished is, or else
  /// the one that has come farthest.
  void activate();
  /// As a click on the switch does.
  void toggle(ModalityId id);
  /// How the views look, for the next session.
  void storeLooks(AppSettings& settings) const;

  /// Of the data that are open; of volumes before there are any.
  CaseView& view() const { return *view_; }
  /// Empty: none.
  const std::string& caseId() const { return caseId_; }

 Q_SIGNALS:
  /// What the notice says went wrong.
  void problem(const QString& sentence);
  /// It was read, and can be looked at.
  void caseOpened(const std::filesystem::path& data, const std::string& id);
  void runOpened(const std::filesystem::path& run);

 private:
  void connectChoices();
  void connectComparison();
  void setView(CaseView& view);
  void connectView();
  void leaveCase();
  void showCase();
  void showNotes();
  void showRun(const OpenedRun& run);
  void showAdapters(const OpenedRun& run);
  void showFailure(const QString& sentence);
  void leaveUnfitRun(bool moved);
  void chooseRun(const std::filesystem::path& run);
  void offerSteps(const OpenedRun& run);
  void chooseStep(std::int64_t step);
  void ask(ModalitySet set);
  void askAndNote(ModalitySet set);
  void choose(ModalitySet set);
  void chooseCorruption(int row);

  InspectPage& page_;
  const AppSettings& settings_;
  std::shared_ptr<const Cohort> cohort_;
  std::string caseId_;
  bool chosen_ = false;  ///< a run or none, by somebody
  std::filesystem::path chosenRun_;
  std::optional<std::int64_t> newestStep_;      ///< of the chosen run, once it was opened
  std::optional<ModalitySet> asked_;            ///< last
  Corruption corruption_ = Corruption::Absent;  ///< of what is switched off
  RunOffer runs_;
  InspectSaving saving_;
  CaseViews views_;
  CaseView* view_;
};

}  // namespace modascope
