#pragma once

#include <QObject>
#include <QStringList>
#include <memory>

#include "app/jobs/inspection/feature_findings.h"

namespace modascope {

class InspectPage;
class InspectSamples;

/// Keeps what a network says of a sample beside what follows: other subsets, other steps, other
/// runs. GUI thread.
class InspectSampleComparison : public QObject {
  Q_OBJECT

 public:
  InspectSampleComparison(InspectPage& page, InspectSamples& samples, QObject* parent = nullptr);

  /// Of another sample there is nothing to compare.
  void end();

  const std::shared_ptr<const SampleAnswer>& kept() const { return kept_; }

 private:
  /// Set, run and step of what is on show.
  QStringList partsNow() const;
  void keep();
  void nameBoth();

  InspectPage& page_;
  InspectSamples& samples_;
  std::shared_ptr<const SampleAnswer> kept_;
  QStringList keptParts_;
};

}  // namespace modascope
