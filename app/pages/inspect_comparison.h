#pragma once

#include <QObject>
#include <optional>

#include "app/jobs/segmentation_job.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {

class InspectPage;

/// Keeps a prediction, to compare with those that follow: other subsets, other steps, other runs.
/// GUI thread.
class InspectComparison : public QObject {
  Q_OBJECT

 public:
  explicit InspectComparison(InspectPage& page, QObject* parent = nullptr);

  /// What is on show now and what it is called: in a line, and beside another.
  void showPrediction(const Segmentation& result, const QString& name, const QString& shortName);
  /// Nothing is on show; what was kept stays so.
  void forgetPrediction();
  /// Of another case there is nothing to compare.
  void end();

  /// What `change` is measured against, if not against all modalities.
  const std::optional<Segmentation>& kept() const { return kept_; }

 Q_SIGNALS:
  void keptChanged();

 private:
  void keep();
  void apply();

  InspectPage& page_;
  std::optional<Segmentation> shown_;
  QString name_;
  QString shortName_;
  std::optional<Segmentation> kept_;
  TileLayout layoutBefore_ = TileLayout::Modalities;
  OverlayContent contentBefore_ = OverlayContent::Prediction;
};

}  // namespace modascope
