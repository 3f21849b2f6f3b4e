#pragma once

#include <QWidget>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/metrics/attribution.h"
#include "core/problem/regions/region.h"

class QComboBox;
class QLabel;
class QPushButton;

namespace modascope {

class DominanceRows;

/// What lies over the slices: the segmentation, the attribution of each modality on one scale, or
/// the modality that is strongest.
enum class MapView { Segmentation, EachModality, Strongest };

/// Over which voxels the region's logits are summed.
enum class DominancePlace { AsPredicted, AroundCrosshair };

/// Asks which modality decides about a region at which layer, and shows the answer: shares, what
/// removal costs, and a warning where the two disagree.
class DominancePanel : public QWidget {
  Q_OBJECT

 public:
  static constexpr double kRadiusMm = 10;  ///< around the crosshair

  explicit DominancePanel(QWidget* parent = nullptr);

  /// Of the network on show, in the order of data flow; `chosen` is the one to start with, unless
  /// one of the same layers was chosen before. Without layers only removals can be measured.
  void setLayers(const std::vector<std::string>& layers, const std::string& chosen);
  /// That can be asked about. None until told: there is nothing to ask.
  void setRegions(const RegionSchema& regions);
  /// Whether there is a prediction to ask about; if not, perhaps a sentence about why.
  void setReady(bool ready, const QString& why = {});
  /// mL of each region in the prediction on show. One that was not predicted cannot be asked about
  /// but around the crosshair; until somebody chooses, the innermost that was predicted is chosen.
  void setPredicted(const std::vector<double>& ml);
  /// Explaining: the button stops it.
  void setBusy(const QString& words);
  /// What was being explained is not any more.
  void setIdle();
  void setAttribution(std::shared_ptr<const Attribution> attribution);
  /// No answer for what is on the screen.
  void clear();
  const std::shared_ptr<const Attribution>& attribution() const { return attribution_; }
  /// The segmentation while there is no answer with maps, then what was chosen last.
  MapView mapView() const;
  /// Of the regions, where there are any.
  const Region& region() const;
  DominancePlace place() const;
  std::string layer() const;
  QPushButton* button() const { return ask_; }
  QComboBox* regions() const { return region_; }
  QComboBox* places() const { return place_; }
  QComboBox* views() const { return view_; }

 Q_SIGNALS:
  void asked();
  void stopped();
  void mapViewChanged();

 private:
  QWidget* makeQuestion();
  void say();
  void showView();
  bool isPredicted(const Region& region) const;
  bool canBeAsked() const;
  void offerRegions();
  void showReadiness();
  QString whyNot() const;

  QComboBox* region_;
  QComboBox* place_;
  QComboBox* layer_;
  QPushButton* ask_;
  QComboBox* view_;
  DominanceRows* rows_;
  QLabel* shares_;  ///< in every region
  QLabel* words_;
  std::shared_ptr<const Attribution> attribution_;
  std::vector<std::string> layers_;
  MapView wanted_ = MapView::EachModality;  ///< of every answer with maps
  RegionSchema regions_;
  std::optional<std::vector<double>> predicted_;
  bool chosen_ = false;  ///< the region, by hand
  bool busy_ = false;
  bool ready_ = false;
  QString why_;  ///< nothing can be asked
};

}  // namespace modascope
