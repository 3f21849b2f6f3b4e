#pragma once

#include <map>

#include "core/events/events.h"
#include "widgets/plots/time_plot.h"

namespace modascope {

/// The loss of a run, live or old alike: the mean over subsets raw (thin, behind) and smoothed (in
/// front), on request a thin smoothed line per subset; the validation's Dice on the right axis, the
/// best one marked. `append` and `appendValidation` take steps in any order and know those that
/// they already have; `clear` before showing another run or one that was cut back.
class LossPlot : public TimePlot {
  Q_OBJECT

 public:
  explicit LossPlot(QWidget* parent = nullptr);

  /// Names the subsets, and empties the plot. T1, T1ce, T2, FLAIR until told otherwise.
  void setSchema(const ModalitySchema& schema);
  void append(const std::vector<StepEvent>& steps);
  void appendValidation(const std::vector<ValidationEvent>& validations);
  void clear() override;

  /// How many steps back the smoothed line looks, about; 1 is no smoothing. It never looks ahead.
  void setSmoothing(double steps);
  double smoothing() const { return smoothing_; }
  void showSubsets(bool on);
  bool showsSubsets() const;
  /// The step of the best validation so far; nothing before the first.
  std::optional<std::int64_t> bestStep() const { return bestStep_; }

 private:
  void makeCurves();
  std::size_t columnOf(ModalitySet subset);
  std::size_t diceColumnOf(const std::string& region);
  Points smoothPoints(std::size_t column) const;
  Points bestPoints() const;

  ModalitySchema schema_ = ModalitySchema::brats();
  std::map<ModalitySet, std::size_t> subsetColumns_;
  std::vector<CurveId> subsetCurves_;
  std::map<std::string, std::size_t> diceColumns_;
  std::size_t raw_ = 0;
  std::optional<std::int64_t> bestStep_;
  double smoothing_ = 10;
  QToolButton* subsets_ = nullptr;
};

}  // namespace modascope
