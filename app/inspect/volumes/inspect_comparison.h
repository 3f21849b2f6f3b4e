#pragma once

#include <QObject>
#include <QStringList>
#include <optional>

#include "app/jobs/inspection/volume_findings.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {

class InspectPage;

/// A prediction and where it comes from.
struct NamedPrediction {
  Segmentation result;
  QString set;   ///< "T1, T2, FLAIR"
  QString run;   ///< "gmd-1"
  QString step;  ///< "step 600"

  QString name() const { return QStringList{set, run, step}.join("  ·  "); }
};

/// Keeps a prediction, to compare with those that follow: other subsets, other steps, other runs.
/// GUI thread.
class InspectComparison : public QObject {
  Q_OBJECT

 public:
  explicit InspectComparison(InspectPage& page, QObject* parent = nullptr);

  /// The image around which both 3D views draw a head.
  void setHead(const std::shared_ptr<const Volume>& head) { head_ = head; }
  void showPrediction(const NamedPrediction& shown);
  /// Nothing is on show; what was kept stays so.
  void forgetPrediction();
  /// Of another case there is nothing to compare.
  void end();

  const std::optional<NamedPrediction>& kept() const { return kept_; }

 Q_SIGNALS:
  void keptChanged();
  /// The kept 3D view is to show what the other one does.
  void sceneShown();

 private:
  void keep();
  void apply();
  void arrange(bool sideBySide);
  void showKeptScene(bool on);
  void nameBoth();

  InspectPage& page_;
  std::shared_ptr<const Volume> head_;
  std::optional<NamedPrediction> shown_;
  std::optional<NamedPrediction> kept_;
  TileLayout layoutBefore_ = TileLayout::Modalities;
  OverlayContent contentBefore_ = OverlayContent::Prediction;
  Region regionBefore_ = bratsRegions()[0];
};

}  // namespace modascope
