#pragma once

#include "app/pages/page.h"

namespace modascope {

class ElidedLabel;
class ExperimentController;
class ExperimentPage;

/// The Experiment page as the window knows it: it opens data and settings, and its run is why the
/// window may not close at once.
class ExperimentTab : public Page {
  Q_OBJECT

 public:
  explicit ExperimentTab(const PagePlace& place);
  ~ExperimentTab() override;

  ExperimentController& controller() const { return *controller_; }

  QString key() const override { return "experiment"; }
  QString title() const override { return tr("&Experiment"); }
  QWidget* widget() const override;
  void begin(const std::optional<NamedPath>& named) override;
  bool open(const NamedPath& named) override;
  std::vector<Key> keys() override;
  std::vector<StatusPart> statusParts() const override;
  void showFault(const QString& sentence) override;
  void log(const QString& sentence) override;
  std::optional<ClosingQuestion> closingQuestion() const override;
  void stop() override;

 private:
  void connectTo(Session& session);
  void openUsual(const std::optional<NamedPath>& named);
  void openOwnData(const std::filesystem::path& run);

  AppSettings& settings_;
  ExperimentPage* page_;
  ElidedLabel* state_;
  std::unique_ptr<ExperimentController> controller_;
};

}  // namespace modascope
