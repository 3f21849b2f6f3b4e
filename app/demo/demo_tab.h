#pragma once

#include <memory>
#include <optional>

#include "app/demo/demo_job.h"
#include "app/pages/page.h"

namespace modascope {

class DemoController;
class DemoPage;
class Kiosk;
class Turntable;

/// The Demo page as the window knows it: it opens the embedded demonstration when somebody comes,
/// and demonstrations that were made.
class DemoTab : public Page {
  Q_OBJECT

 public:
  explicit DemoTab(const PagePlace& place);
  ~DemoTab() override;

  DemoController& controller() const { return *controller_; }
  DemoPage& page() const { return *page_; }
  /// From now on: back to the beginning when nobody is there, the scene turns meanwhile.
  void startKiosk();

  QString key() const override { return "demo"; }
  QString title() const override { return tr("&Demo"); }
  QWidget* widget() const override;
  void activate() override;
  bool open(const NamedPath& named) override;
  /// Whatever it is called; what it is instead is said on the page.
  void openFile(const std::filesystem::path& file);
  void showFault(const QString& sentence) override;

 Q_SIGNALS:
  /// There is nothing to show.
  void failed(const QString& sentence);
  /// Somebody wants out of the kiosk.
  void left();

 private:
  void askForFile();
  void tellOfStory();

  DemoPage* page_;
  std::unique_ptr<DemoController> controller_;
  Kiosk* kiosk_ = nullptr;
  Turntable* turntable_ = nullptr;
  bool asked_ = false;  ///< for a demonstration
  DemoJob job_;
};

}  // namespace modascope
