#pragma once

#include <QMainWindow>
#include <filesystem>
#include <optional>
#include <vector>

#include "app/pages/page.h"
#include "app/pages/session.h"
#include "app/window/all_pages.h"

class QButtonGroup;
class QStackedWidget;

namespace modascope {

/// The pages, the keys that lead to them, and a polite end. It knows of its pages what `Page` says.
class MainWindow : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(AppSettings& settings, const std::vector<PageMaker>& makers = allPages());
  ~MainWindow() override;

  /// Opens `named`, or what was open last, or the embedded phantom; offers an interrupted run.
  void begin(const std::optional<std::filesystem::path>& named);
  /// On the first page that can.
  void open(const std::filesystem::path& path);
  void showPage(const QString& key);
  /// Something went wrong where nothing was to go wrong: a card on the page that is shown.
  void tellFault(const QString& sentence);
  /// For the end of the session: a run is stopped, resumable, and nobody is asked.
  void closeWithoutAsking();
  /// The page in front alone: no tabs, no status bar.
  void setBare(bool bare);

  /// The page of this kind, which the window must have.
  template <typename Kind>
  Kind& page() const {
    for (const auto& page : pages_)
      if (auto* found = dynamic_cast<Kind*>(page.get())) return *found;
    qFatal("The window has no such page.");
  }

 Q_SIGNALS:
  void closed();

 protected:
  void closeEvent(QCloseEvent* event) override;
  void dragEnterEvent(QDragEnterEvent* event) override;
  void dropEvent(QDropEvent* event) override;

 private:
  QWidget* makeHeader();
  QWidget* makeTab(int index, QWidget* header);
  void makeKeys();
  void makeStatusBar();
  void connectPage(int index);
  Page& pageAt(int index) const;
  void showIndex(int index);
  Page* busyPage() const;
  void askBeforeClosing(const Page::ClosingQuestion& question);
  void stopAndClose();
  void restorePlace();

  AppSettings& settings_;
  Session session_;
  QWidget* header_ = nullptr;
  QStackedWidget* stack_;
  QButtonGroup* switch_;
  std::vector<std::unique_ptr<Page>> pages_;
  bool closing_ = false;  ///< as soon as what goes on has ended
  bool asking_ = false;
};

}  // namespace modascope
