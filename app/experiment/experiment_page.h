#pragma once

#include <QWidget>
#include <filesystem>
#include <vector>

#include "app/experiment/run_plots.h"

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QSplitter;

namespace modascope {

class AdaptationTable;
class ConfigForm;
class DataPanel;
class NoticeCard;
class PlanPanel;
class RunControls;

/// Data, settings and the run's buttons on the left, what the run does on the right. Arranges;
/// `ExperimentController` decides.
class ExperimentPage : public QWidget {
  Q_OBJECT

 public:
  explicit ExperimentPage(QWidget* parent = nullptr,
                          const std::vector<RunPlotPlace>& plots = allRunPlots());

  DataPanel* data() const { return data_; }
  ConfigForm* form() const { return form_; }
  RunControls* controls() const { return controls_; }
  /// In the place of the gradients while adapters are learnt.
  AdaptationTable* adapters() const { return adapters_; }
  PlanPanel* plan() const { return plan_; }
  NoticeCard* notice() const { return notice_; }

  /// The same for every plot.
  void setSchema(const ModalitySchema& schema);
  void setRegions(const RegionSchema& regions);
  void append(const std::vector<StepEvent>& steps);
  void appendValidation(const std::vector<ValidationEvent>& validations);
  void clearPlots();
  /// Adapters are learnt one subset after the other: there are no gradients to compare then.
  void showAdapting(bool adapting);
  /// Whether there is something to adapt; `why` is said where there is not.
  void setAdaptable(bool adaptable, const QString& why = {});
  void setRunsFolder(const std::filesystem::path& folder);
  /// A line of the log, with the time of day.
  void log(const QString& line);

 Q_SIGNALS:
  void adaptRequested();
  void copyRequested();
  void runsFolderChosen(const std::filesystem::path& folder);

 private:
  QWidget* makeSettings();
  QWidget* makeViews(const std::vector<RunPlotPlace>& places);
  QSplitter* makeLine(const QString& name, RunPlotLine line,
                      const std::vector<RunPlotPlace>& places);
  QWidget* makeRunsLine();
  void askForRunsFolder();

  DataPanel* data_;
  ConfigForm* form_;
  RunControls* controls_;
  std::vector<RunPlot*> plots_;
  AdaptationTable* adapters_;
  PlanPanel* plan_;
  NoticeCard* notice_;
  QPushButton* adapt_;
  QLabel* runs_;
  QPlainTextEdit* log_;
  QWidget* gradientLine_ = nullptr;
};

}  // namespace modascope
