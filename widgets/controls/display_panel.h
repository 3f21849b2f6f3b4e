#pragma once

#include <QWidget>
#include <array>
#include <optional>
#include <vector>

#include "core/modality/modality.h"
#include "core/problem/regions/region.h"
#include "widgets/bridge/palette.h"
#include "widgets/bridge/slice_image.h"

class QCheckBox;
class QComboBox;
class QGridLayout;
class QLabel;
class QSlider;

namespace modascope {

class DisplayWindowRow;

/// How things are shown: each modality's intensity window, what the 3D view holds, the overlay of
/// the slices. Scrolls where there is too little room. Signals are the user's; what is set from
/// outside emits nothing.
class DisplayPanel : public QWidget {
  Q_OBJECT

 public:
  explicit DisplayPanel(QWidget* parent = nullptr);

  /// All available, no slice plane. None until told: no row of a window.
  void setSchema(const ModalitySchema& schema);
  /// What the case has. A slice plane of another modality goes: read `slicePlane()`.
  void setAvailable(ModalitySet available);
  /// Does nothing unless low < high.
  void setWindow(ModalityId id, const IntensityWindow& window);
  IntensityWindow window(ModalityId id) const;

  /// Of the 3D view, all visible. None until told.
  void setRegions(const RegionSchema& regions);
  void setRegionColours(RegionColours preset);
  void setRegionVisible(const Region& region, bool visible);
  /// 0…1, 1 until told otherwise.
  void setRegionOpacity(const Region& region, double opacity);
  void setHead(bool visible);
  /// The modality whose slice is in the 3D view; nothing: none.
  void setSlicePlane(std::optional<ModalityId> id);
  std::optional<ModalityId> slicePlane() const;
  void setSliceOrientation(Plane plane);
  Plane sliceOrientation() const;

  void setOverlayOpacity(double opacity);
  void setOverlayOutline(bool outline);

  QSize sizeHint() const override;

 Q_SIGNALS:
  /// low < high.
  void windowChosen(modascope::ModalityId id, modascope::IntensityWindow window);
  void autoWindow(modascope::ModalityId id);
  void regionVisibleChanged(const modascope::Region& region, bool visible);
  /// 0…1, also while the slider is dragged.
  void regionOpacityChanged(const modascope::Region& region, double opacity);
  void headChanged(bool visible);
  void slicePlaneChanged(std::optional<modascope::ModalityId> id);
  void sliceOrientationChanged(modascope::Plane plane);
  void overlayOpacityChanged(double opacity);
  void overlayOutlineChanged(bool outline);

 protected:
  /// The wheel scrolls past controls that are not at work.
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  struct Opacity {
    QSlider* slider;
    QLabel* words;
  };

  void addHeading(const QString& words);
  void addWindows();
  void addScene();
  void addRegion(std::size_t place);
  void addSlicePlane();
  void addOverlay();
  /// In the columns of the numbers; the caller adds what stands before them.
  Opacity addOpacity(const QString& name);
  void sayOpacity(const Opacity& opacity);
  void offerSlicePlanes();

  QWidget* content_;
  QGridLayout* grid_;
  int row_ = 0;  ///< the next free one, while rows are added
  std::optional<ModalitySchema> schema_;
  std::optional<ModalitySet> available_;
  std::vector<DisplayWindowRow*> windows_;
  RegionSchema regions_;
  RegionColours colours_ = RegionColours::Own;
  std::array<QCheckBox*, RegionSchema::kMost> visible_{};  ///< hidden where there is no region
  std::array<Opacity, RegionSchema::kMost> opacities_{};
  QCheckBox* head_ = nullptr;
  QComboBox* slicePlane_ = nullptr;
  QComboBox* orientation_ = nullptr;
  Opacity overlay_{};
  QCheckBox* outline_ = nullptr;
};

}  // namespace modascope
