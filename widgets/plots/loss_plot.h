#pragma once

#include <map>
#include <optional>

#include "core/problem/regions/region.h"
#include "core/problem/score_column.h"
#include "widgets/plots/time_plot.h"

namespace modascope {

/// The loss of a run, live or old alike: the mean over subsets raw (thin, behind) and smoothed (in
/// front), on request a thin smoothed line per subset; the validation's scores on the right axis,
/// the best one marked: Dice of each region, or a task's main score and, on request, its others.
/// `append` and `appendValidation` take steps in any order and know those that they already have;
/// `clear` before showing another run or one that was cut back.
class LossPlot : public TimePlot {
  Q_OBJECT

 public:
  explicit LossPlot(QWidget* parent = nullptr);

  /// Names the subsets, and empties the plot. None until told: no line of any subset.
  void setSchema(const ModalitySchema& schema) override;
  /// Whose colours the lines of their Dice have, and empties the plot.
  void setRegions(const RegionSchema& regions) override;
  void append(const std::vector<StepEvent>& steps) override;
  void appendValidation(const std::vector<ValidationEvent>& validations) override;
  void clear() override;

  /// How many steps back the smoothed line looks, about; 1 is no smoothing. It never looks ahead.
  void setSmoothing(double steps);
  double smoothing() const { return smoothing_; }
  void showSubsets(bool on);
  bool showsSubsets() const;
  /// Of adapters: each step is one subset's, the title says so, and curves end where the next
  /// subset begins: its values are of another network.
  void showOneByOne(bool on) override;
  /// Those besides the main one; Dice of all regions is always there.
  void showScores(bool on);
  /// The step of the best validation so far; nothing before the first.
  std::optional<std::int64_t> bestStep() const { return bestStep_; }

 private:
  void makeCurves();
  std::size_t columnOf(ModalitySet subset);
  /// Nothing for what has no place between 0 and 1 or is better when small.
  std::optional<std::size_t> scoreColumnOf(const std::string& key);
  /// Of a region by its own, of one that is not known by the order of arrival.
  QColor diceColour(const std::string& key) const;
  void beginScores(const ScoreColumn& main);
  bool scoresRegions() const;
  bool isNewSubset(std::int64_t step, std::int64_t before) const;
  Points rawPoints(std::size_t column) const;
  Points smoothPoints(std::size_t column) const;
  Points bestPoints() const;

  std::optional<ModalitySchema> schema_;
  RegionSchema regions_;
  std::map<ModalitySet, std::size_t> subsetColumns_;
  std::map<std::int64_t, ModalitySet> ownerOf_;  ///< of steps that are one subset's
  bool oneByOne_ = false;
  std::vector<CurveId> subsetCurves_;
  std::map<std::string, std::size_t> scoreColumns_;
  std::vector<CurveId> moreScores_;
  std::optional<ScoreColumn> mainScore_;  ///< the first, once there is one
  double leastScore_ = 0;
  std::size_t raw_ = 0;
  std::optional<std::int64_t> bestStep_;
  double smoothing_ = 10;
  QToolButton* subsets_ = nullptr;
  QToolButton* scores_ = nullptr;
};

}  // namespace modascope
