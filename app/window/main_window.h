#pragma once

#include <QMainWindow>
#include <filesystem>
#include <optional>

class QButtonGroup;
class QStackedWidget;

namespace modascope {

class AppSettings;
class ElidedLabel;
class ExperimentController;
class ExperimentPage;
class InspectController;
class InspectPage;

/// The pages, the keys that lead to them, and a polite end.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  enum class Page { Experiment, Inspect };

  explicit MainWindow(AppSettings& settings);
  ~MainWindow() override;

  /// Opens `data`, or what was open last, or the embedded phantom; offers an interrupted run.
  void begin(const std::optional<std::filesystem::path>& data);
  void showPage(Page page);
  /// For the end of the session: a run is stopped, resumable, and nobody is asked.
  void closeWithoutAsking();

  ExperimentController& experiment() { return *experiment_; }
  InspectController& inspect() { return *inspect_; }
  InspectPage& inspectPage() { return *inspectPage_; }
  QImage pictureOfScene() const;

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  QWidget* makeHeader();
  void makeKeys();
  void makeStatusBar();
  void connectPages();
  void askBeforeClosing();
  void stopAndClose();
  void restorePlace();

  AppSettings& settings_;
  QStackedWidget* stack_;
  QButtonGroup* switch_;
  ElidedLabel* pointed_;
  ElidedLabel* training_;
  ExperimentPage* experimentPage_;
  InspectPage* inspectPage_;
  ExperimentController* experiment_;
  InspectController* inspect_;
  bool closing_ = false;  ///< as soon as the run has ended
  bool asking_ = false;
};

}  // namespace modascope
