#pragma once

#include <QWidget>
#include <filesystem>

class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace modascope {

class AdaptationTable;
class BasisPlot;
class ConfigForm;
class ConflictMatrix;
class DataPanel;
class GradientPlot;
class LossPlot;
class NoticeCard;
class PlanPanel;
class RunControls;

/// Data, settings and the run's buttons on the left, what the run does on the right. Arranges;
/// `ExperimentController` decides.
class ExperimentPage : public QWidget {
  Q_OBJECT

 public:
  explicit ExperimentPage(QWidget* parent = nullptr);

  DataPanel* data() const { return data_; }
  ConfigForm* form() const { return form_; }
  RunControls* controls() const { return controls_; }
  LossPlot* losses() const { return losses_; }
  GradientPlot* gradients() const { return gradients_; }
  /// Hidden until a step had a tolerance.
  BasisPlot* basis() const { return basis_; }
  ConflictMatrix* conflicts() const { return conflicts_; }
  /// In the place of the gradients while adapters are learnt.
  AdaptationTable* adapters() const { return adapters_; }
  PlanPanel* plan() const { return plan_; }
  NoticeCard* notice() const { return notice_; }

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
  QWidget* makeViews();
  QWidget* makeRunsLine();
  void askForRunsFolder();

  DataPanel* data_;
  ConfigForm* form_;
  RunControls* controls_;
  LossPlot* losses_;
  GradientPlot* gradients_;
  BasisPlot* basis_;
  ConflictMatrix* conflicts_;
  AdaptationTable* adapters_;
  PlanPanel* plan_;
  NoticeCard* notice_;
  QPushButton* adapt_;
  QLabel* runs_;
  QPlainTextEdit* log_;
  QWidget* gradientLine_ = nullptr;
};

}  // namespace modascope
