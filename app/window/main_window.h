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

  /// Opens `named`, or what was open last, or the embedded phantom; offers an interrupted run.
  void begin(const std::optional<std::filesystem::path>& named);
  /// A run on the page that inspects, settings in the form, else data.
  void open(const std::filesystem::path& path);
  void showPage(Page page);
  /// Something went wrong where nothing was to go wrong: a card on the page that is shown.
  void tellFault(const QString& sentence);
  /// For the end of the session: a run is stopped, resumable, and nobody is asked.
  void closeWithoutAsking();

  ExperimentController& experiment() { return *experiment_; }
  InspectController& inspect() { return *inspect_; }
  InspectPage& inspectPage() { return *inspectPage_; }
  QImage pictureOfScene() const;

 Q_SIGNALS:
  void closed();

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
  void openRun(const std::filesystem::path& run);
  void openUsual(const std::filesystem::path& run);

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
