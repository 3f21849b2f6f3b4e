#pragma once

#include <QElapsedTimer>
#include <QTimer>
#include <random>
#include <vector>

#include "app/inspect/volumes/frame_watch.h"
#include "app/window/guided_window.h"
#include "core/base/stopwatch.h"

namespace modascope {

class DemoController;
class DemoTab;
class MainWindow;

struct DemoBenchRequest {
  std::filesystem::path file;  ///< empty: the embedded one
  int switches = 30;           ///< whose frames are measured
  int turns = 60;              ///< frames of the scene that is turned
  double seconds = 20;         ///< of random switching
};

struct DemoTimes {
  double firstPictureS = 0;  ///< from the start of the process, slices and surfaces
  std::vector<double> slicesMs, surfacesMs, framesMs;
  double longestFrameMs = 0;  ///< for so long the window answered nothing, once in the session
  std::uint64_t memoryBefore = 0, memoryAfter = 0;  ///< bytes, of the session
};

/// Looks at a demonstration as somebody would who is in a hurry, and at the clock. GUI thread.
class DemoBench : public WindowGuide {
  Q_OBJECT

 public:
  DemoBench(MainWindow& window, DemoBenchRequest request);

  void begin() override;
  const DemoTimes& times() const { return times_; }

 private:
  void noteFrame();
  void switchOne();
  void noteSwitch(std::vector<double>& times);
  void turn();
  void startSession();
  void beat();
  void chooseAtRandom();

  DemoTab& tab_;
  DemoController& controller_;
  FrameWatch watch_;
  DemoBenchRequest request_;
  DemoTimes times_;
  Stopwatch since_;
  QTimer beats_;
  QTimer choices_;
  QElapsedTimer session_;
  QElapsedTimer sinceBeat_;
  std::mt19937 random_{1};
  bool first_ = true;
  bool turning_ = false;
};

}  // namespace modascope
