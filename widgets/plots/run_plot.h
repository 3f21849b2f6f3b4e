#pragma once

#include <vector>

#include "core/events/events.h"
#include "core/modality/modality.h"
#include "core/problem/regions/region.h"

class QWidget;

namespace modascope {

/// What every plot of a run answers to. A run that goes on and one that is read from its folder are
/// told by the same calls, and steps may come late, twice and in any order.
class RunPlot {
 public:
  virtual ~RunPlot() = default;

  virtual QWidget* widget() = 0;
  /// The modalities of the run; takes what was drawn of others away.
  virtual void setSchema(const ModalitySchema& schema) = 0;
  /// What the run segments, before its validations come; none of data without regions.
  virtual void setRegions(const RegionSchema& /*regions*/) {}
  virtual void append(const std::vector<StepEvent>& steps) = 0;
  virtual void appendValidation(const std::vector<ValidationEvent>& /*validations*/) {}
  /// Before another run, or one that was cut back.
  virtual void clear() = 0;
  /// Of adapters: each step is one subset's.
  virtual void showOneByOne(bool /*on*/) {}
  /// Whether it has a place on the page: some plots are of runs of a kind only.
  virtual bool concernsRun() const { return true; }
};

}  // namespace modascope
