#pragma once

#include <QObject>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace modascope {

class MainWindow;

/// Leads the real window through something, as a user would, and says when it is through. GUI
/// thread.
class WindowGuide : public QObject {
  Q_OBJECT

 public:
  virtual void begin() = 0;

 Q_SIGNALS:
  void finished();
  void failed(const QString& sentence);
};

struct GuidedWindow {
  std::filesystem::path folder;               ///< of settings, runs and data: never the user's own
  std::optional<std::filesystem::path> data;  ///< opened at the start; the embedded phantom without
  bool demo = false;  ///< nothing but the Demo page, with `data` or the embedded demonstration
};

/// Opens the window, on a display that nobody sees where there is none, and lets the guide lead.
/// Throws `Error` when the guide fails, or when it is stopped or the window closed before its end.
void runGuided(const GuidedWindow& place,
               const std::function<std::unique_ptr<WindowGuide>(MainWindow&)>& makeGuide);

}  // namespace modascope
