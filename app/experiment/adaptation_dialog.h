#pragma once

#include <QDialog>
#include <filesystem>

#include "app/jobs/run_list_job.h"
#include "app/work/adapting/adaptation_report.h"
#include "app/work/adapting/adaptation_request.h"

class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace modascope {

struct AdapterFacts;
struct Cohort;

/// Which trained network is adapted to which missing modalities, and how. `accepted` is Start.
class AdaptationDialog : public QDialog {
  Q_OBJECT

 public:
  /// Offers the runs that fit to the cohort, as soon as they are looked at; `chosen` first if it is
  /// one of them.
  AdaptationDialog(const Cohort& cohort, const std::filesystem::path& runs,
                   const std::filesystem::path& chosen, QWidget* parent);

  AdaptationRequest request() const;
  /// Why it cannot start; empty if it can.
  QString problem() const;

 Q_SIGNALS:
  void copyRequested();

 private:
  void makeFields(const Cohort& cohort);
  void makeButtons();
  void offerBases(const std::vector<RunSummary>& runs);
  void offerSubsets(const ModalitySchema& schema);
  void offerSplits(const Cohort& cohort);
  void takeRun();
  void readRun();
  void refresh();
  std::string words() const;
  const AdapterFacts& chosenKind() const;
  std::int64_t standardSteps() const;
  void suggestSteps();

  const Problem problem_;  ///< of the data
  const ModalitySchema schema_;
  const std::filesystem::path data_;
  const std::filesystem::path runs_;
  const std::filesystem::path chosen_;
  bool listed_ = false;
  std::int64_t stepsOfRun_ = 0;
  int suggested_ = static_cast<int>(kAdapterSteps);
  bool unfinished_ = false;
  QString unreadable_;  ///< why the chosen run cannot be adapted
  QFormLayout* fields_;
  QComboBox* run_;
  QComboBox* checkpoint_;
  QComboBox* method_;
  QLabel* methodWords_;
  QSpinBox* rank_;
  QComboBox* subsets_;
  QLineEdit* own_;
  QSpinBox* steps_;
  QDoubleSpinBox* rate_;
  QComboBox* split_;
  QLabel* summary_;
  QPushButton* start_;
  QPushButton* copy_;
  RunListJob list_;
};

/// "ssf for 14 sets of modalities, at most 0.18 % of the parameters each. On the valid split, over
/// these sets: mean Dice 0.334 without, 0.415 with."
QString resultWords(const AdaptationReport& report);

}  // namespace modascope
