#pragma once

#include "app/pages/page.h"

namespace modascope {

class ElidedLabel;
class InspectController;
class InspectPage;

/// The Inspect page as the window knows it: it opens runs, and follows the data and the runs of the
/// session.
class InspectTab : public Page {
  Q_OBJECT

 public:
  explicit InspectTab(const PagePlace& place);
  ~InspectTab() override;

  InspectController& controller() const { return *controller_; }
  InspectPage& page() const { return *page_; }

  QString key() const override { return "inspect"; }
  QString title() const override { return tr("&Inspect"); }
  QWidget* widget() const override;
  void activate() override;
  bool open(const NamedPath& named) override;
  std::vector<StatusPart> statusParts() const override;
  void showFault(const QString& sentence) override;
  void restore(const AppSettings& settings) override;
  void store(AppSettings& settings) const override;

 private:
  void connectTo(Session& session);
  void remember(AppSettings& settings);
  void openRun(const std::filesystem::path& run);
  void lookAgain();

  InspectPage* page_;
  ElidedLabel* pointed_;
  std::unique_ptr<InspectController> controller_;
};

}  // namespace modascope
