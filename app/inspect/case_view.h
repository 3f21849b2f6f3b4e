#pragma once

#include <QObject>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/inspect/comparison_bar.h"
#include "app/inspect/prediction_name.h"
#include "app/inspect/saving/export.h"
#include "app/inspect/view_parts.h"
#include "app/jobs/inspection/inspection_job.h"

namespace modascope {

class AppSettings;
class InspectPage;

/// How one kind of data is inspected: its cases, what a network sees in them through any of their
/// modalities, and how right that is. What is on the screen always says the set that its prediction
/// was made from. Has its own widgets; on the page it writes into what belongs to all views. GUI
/// thread.
class CaseView : public QObject {
  Q_OBJECT

 public:
  CaseView(InspectPage& page, std::unique_ptr<Inspection> inspection);

  virtual ViewParts parts() const = 0;
  /// In the order of a menu.
  virtual std::vector<Export> exports() = 0;
  /// How a kept prediction can be laid before the eye.
  virtual std::vector<ComparisonView> comparisons() const = 0;

  /// Nothing of the cohort before stays; no case is open yet.
  void setCohort(const std::shared_ptr<const Cohort>& cohort);
  void open(const CaseInfo& info);
  /// With its newest checkpoint, or the snapshot of a step; nothing: no run.
  void setRun(const std::optional<std::filesystem::path>& run,
              std::optional<std::int64_t> snapshot = std::nullopt);
  /// Asks for this set; it is on the screen when the answer comes.
  virtual void show(ModalitySet set);
  virtual void setCorruption(Corruption corruption);
  /// What was asked beside the prediction is not asked of the next one.
  virtual void forgetQuestion() {}

  /// Sets what is on show aside, to be compared with what follows.
  void keep();
  /// As the bar says now.
  void compare();
  void endComparison();

  /// What of its looks outlives the session.
  virtual void restoreLooks(const AppSettings&) {}
  virtual void storeLooks(AppSettings&) const {}

  const std::shared_ptr<const Cohort>& cohort() const { return cohort_; }
  /// Empty: none is open.
  const std::string& caseId() const { return caseId_; }
  /// Null: not read yet.
  const std::shared_ptr<const InspectedCase>& inspected() const { return inspected_; }
  const std::optional<OpenedRun>& run() const { return run_; }
  /// Of this case.
  const std::optional<SubsetTable>& table() const { return table_; }
  /// The set on show.
  virtual std::optional<ModalitySet> shown() const;
  /// Whether all of the screen shows it.
  virtual bool settled() const { return true; }
  /// In three dimensions; null where there are none.
  virtual QImage sceneImage() const { return {}; }

 Q_SIGNALS:
  /// It was read; its modalities are known.
  void caseShown();
  void runOpened(const modascope::OpenedRun& run);
  /// Another set or answer is on show.
  void shownChanged();
  void failed(const QString& sentence);
  /// By a click on a modality's title.
  void toggled(modascope::ModalityId id);
  /// By a click on what is said from a subset.
  void chosen(modascope::ModalitySet set);

 protected:
  virtual void showCase() = 0;
  /// Nothing of a case stays in the widgets.
  virtual void clear() = 0;
  virtual void showRun() {}
  /// What was learnt from the run is over.
  virtual void leaveRun() {}
  virtual void showAnswer() = 0;
  virtual void hideAnswer() = 0;
  virtual void showTable();
  virtual void showReply(const std::shared_ptr<const InspectionReply>&) {}
  virtual void showFailure() {}
  /// "Predicting 3 of 20 windows"
  virtual QString progressWords(int done, int total) const;
  /// "Showing: T1, T2, FLAIR (T1ce left out)"
  virtual QString showingWords() const;
  /// The answer on show is set aside, or what was is given up.
  virtual void setKept(bool kept) = 0;
  virtual void layComparison(ComparisonView, std::size_t /*differenceOf*/) {}
  virtual void nameComparison(const ComparedNames& names) = 0;

  InspectPage& page() const { return page_; }
  InspectionJob& job() { return job_; }
  const std::shared_ptr<const InspectionAnswer>& answer() const { return answer_; }
  Corruption corruption() const { return corruption_; }
  /// All modalities that the case has.
  ModalitySet available() const;
  /// The set on show, wherever the page says it.
  void showSet();
  void showWords();

 private:
  void connectJob();
  void leaveCase();
  void forgetPrediction();
  void takeAnswer(const std::shared_ptr<const InspectionAnswer>& answer);
  PredictionName nameOfShown() const;
  void renewNames();

  InspectPage& page_;
  std::shared_ptr<const Cohort> cohort_;
  std::string caseId_;
  std::shared_ptr<const InspectedCase> inspected_;
  std::optional<OpenedRun> run_;
  Corruption corruption_ = Corruption::Absent;  ///< of what is switched off, from now on
  std::shared_ptr<const InspectionAnswer> answer_;
  std::optional<SubsetTable> table_;
  std::optional<PredictionName> kept_;
  InspectionJob job_;
};

}  // namespace modascope
