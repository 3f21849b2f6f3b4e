#pragma once

#include <QTimer>
#include <array>
#include <filesystem>
#include <vector>

#include "app/inspect/volumes/frame_watch.h"
#include "app/window/guided_window.h"
#include "core/base/stopwatch.h"

namespace modascope {

class ExperimentController;
class InspectController;
class MainWindow;
class VolumesView;

struct ToggleRequest {
  std::filesystem::path run;
  std::filesystem::path data;  ///< the case's folder
  int toggles = 24;
  bool training = false;  ///< a run is under way meanwhile
};

struct ToggleTimes {
  std::vector<double> slicesMs;        ///< from the click to the painted slices
  std::vector<double> surfacesMs;      ///< to the painted surfaces
  std::int64_t triangles = 0;          ///< of the last
  std::array<std::int64_t, 3> size{};  ///< of the case, in voxels
  std::size_t views = 0;               ///< slices that were painted
};

/// Switches modalities off and on in the real window and looks at the clock: from the click to the
/// frame that shows its answer. GUI thread.
class ToggleBench : public WindowGuide {
  Q_OBJECT

 public:
  ToggleBench(MainWindow& window, ToggleRequest request);

  void begin() override;
  const ToggleTimes& times() const { return times_; }

 private:
  bool ready() const;
  void look();
  void click();
  void note(std::vector<double>& times);

  MainWindow& window_;
  ExperimentController& experiment_;
  InspectController& inspect_;
  VolumesView& view_;
  FrameWatch watch_;
  ToggleRequest request_;
  ToggleTimes times_;
  QTimer timer_;
  int looks_ = 0;
  int clicks_ = 0;
  bool opened_ = false;
  Stopwatch sinceClick_;
};

}  // namespace modascope
