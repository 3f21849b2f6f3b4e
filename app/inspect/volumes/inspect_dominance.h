#pragma once

#include <QObject>
#include <memory>
#include <optional>

#include "app/jobs/inspection/volume_findings.h"

namespace modascope {

class InspectPage;
class InspectionJob;

/// Which modality decides, on the inspect page: asks the job, and lays the answer over the slices.
/// GUI thread.
class InspectDominance : public QObject {
  Q_OBJECT

 public:
  InspectDominance(InspectPage& page, InspectionJob& job, QObject* parent = nullptr);

  /// Of the set on show; nothing before it was asked for.
  std::shared_ptr<const Attribution> attribution() const;
  /// Whose voxels somebody picked; nothing: those predicted.
  std::optional<Ball> within() const;

  /// The network whose layers can be asked about.
  void setRun(const OpenedRun& run);
  /// A prediction is on show. What was asked of another step's weights is asked of these.
  void showPrediction(const Segmentation& result);
  /// What is on show was made with something in the place of what was left out.
  void refuse();
  /// Nothing is on show; what was asked stays so.
  void forgetAnswer();
  void forgetQuestion() { question_.reset(); }

 Q_SIGNALS:
  /// Maps lie over the slices, or not any more.
  void mapsChanged();

 private:
  void ask();
  void post();
  void stop();
  void show(const std::shared_ptr<const Explanation>& explanation);
  void noteShares();
  void showMaps();

  InspectPage& page_;
  InspectionJob& job_;
  std::shared_ptr<const AttributionQuestion> question_;
  std::shared_ptr<const Explanation> explanation_;
};

}  // namespace modascope
