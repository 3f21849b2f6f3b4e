#pragma once

#include <QObject>
#include <memory>
#include <optional>

#include "app/jobs/inspection/volume_findings.h"
#include "core/modality/modality.h"

namespace modascope {

class InspectionJob;
struct VolumeWidgets;

/// Which modality decides, in a volume: asks the job, and lays the answer over the slices.
/// GUI thread.
class VolumeDominance : public QObject {
  Q_OBJECT

 public:
  VolumeDominance(const VolumeWidgets& widgets, InspectionJob& job, QObject* parent = nullptr);

  /// Of the set on show; nothing before it was asked for.
  std::shared_ptr<const Attribution> attribution() const;
  /// Whose voxels somebody picked; nothing: those predicted.
  std::optional<Ball> within() const;

  void setSchema(const ModalitySchema& schema) { schema_ = schema; }
  /// The network whose layers can be asked about.
  void setRun(const OpenedRun& run);
  /// A prediction is on show. What was asked of another step's weights is asked of these.
  void showPrediction(const Segmentation& result);
  /// What is on show was made with something in the place of what was left out.
  void refuse();
  /// Nothing is on show, so nothing can be asked; what was asked stays so.
  void forgetPrediction();
  /// What was replied is not shown any more.
  void forgetAnswer();
  void forgetQuestion() { question_.reset(); }
  void showReply(const std::shared_ptr<const Explanation>& explanation);

 Q_SIGNALS:
  /// Maps lie over the slices, or not any more.
  void mapsChanged();

 private:
  void ask();
  void post();
  void stop();
  void noteShares();
  void showMaps();

  const VolumeWidgets& widgets_;
  std::optional<ModalitySchema> schema_;
  InspectionJob& job_;
  std::shared_ptr<const AttributionQuestion> question_;
  std::shared_ptr<const Explanation> explanation_;
};

}  // namespace modascope
