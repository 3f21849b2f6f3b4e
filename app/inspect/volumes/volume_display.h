#pragma once

#include <QObject>
#include <memory>

#include "core/data/case.h"
#include "widgets/bridge/slice_image.h"

namespace modascope {

struct VolumeWidgets;

/// Carries what the display panel says to the slices and the 3D views, and back. GUI thread.
class VolumeDisplay : public QObject {
  Q_OBJECT

 public:
  explicit VolumeDisplay(const VolumeWidgets& widgets, QObject* parent = nullptr);

  /// To be called when the tiles show it.
  void setCase(const ModalitySchema& schema, const std::shared_ptr<const Case>& patient);
  void forgetCase();
  /// Wherever it is seen.
  void setWindow(ModalityId id, const IntensityWindow& window);

  /// What lies over the slices is another: its opacity is shown.
  void showOpacity();
  /// The 3D views hold the slice at the crosshair.
  void cut();

 Q_SIGNALS:
  /// By hand.
  void windowSettled(modascope::ModalityId id, const modascope::IntensityWindow& before,
                     const modascope::IntensityWindow& window);

 private:
  void connectWindows();
  void connectScenes();
  void connectOverlay();

  const VolumeWidgets& widgets_;
  std::shared_ptr<const Case> patient_;
};

}  // namespace modascope
