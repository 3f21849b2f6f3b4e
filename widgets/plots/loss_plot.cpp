#include "widgets/plots/loss_plot.h"

#include <QToolButton>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "widgets/plots/decimation.h"
#include "widgets/plots/smoothing.h"

namespace modascope {
namespace {

/// One modality: its own hue. Several: the mean of their hues, fainter as a line anyway.
QColor mixedHue(ModalitySet subset) {
  int red = 0, green = 0, blue = 0;
  for (const auto id : subset.ids()) {
    const auto colour = modalityColour(id);
    red += colour.red();
    green += colour.green();
    blue += colour.blue();
  }
  const auto n = static_cast<int>(subset.size());
  return QColor(red / n, green / n, blue / n);
}

constexpr Qt::PenStyle kFurtherLines[] = {Qt::DotLine, Qt::DashDotLine};

}  // namespace

LossPlot::LossPlot(QWidget* parent) : TimePlot(parent) {
  showOneByOne(false);
  setValueLabel(tr("loss"));
  setEmptyText(tr("No steps yet"));
  subsets_ = addTool(tr("subsets"), tr("A smoothed line for each subset of modalities"), true);
  connect(subsets_, &QToolButton::toggled, this, &LossPlot::showSubsets);
  scores_ = addTool(tr("scores"), tr("A line for each score of the validation"), true);
  connect(scores_, &QToolButton::toggled, this, &LossPlot::showScores);
  makeCurves();
  refresh();
}

void LossPlot::makeCurves() {
  removeCurves();
  subsetColumns_.clear();
  ownerOf_.clear();
  subsetCurves_.clear();
  scoreColumns_.clear();
  moreScores_.clear();
  mainScore_.reset();
  leastScore_ = 0;
  scores_->hide();
  bestStep_.reset();
  raw_ = addColumn(tr("mean loss"));
  addDerivedCurve(tr("each step"), {{}, Qt::SolidLine, 1.0, 85}, Scale::Left,
                  [this] { return rawPoints(raw_); });
  bringToFront(addDerivedCurve(tr("mean, smoothed"), {{}, Qt::SolidLine, 2.2}, Scale::Left,
                               [this] { return smoothPoints(raw_); }));
}

void LossPlot::setSchema(const ModalitySchema& schema) {
  schema_ = schema;
  clear();
}

void LossPlot::setRegions(const RegionSchema& regions) {
  regions_ = regions;
  clear();
}

void LossPlot::clear() {
  makeCurves();
  TimePlot::clear();
}

std::size_t LossPlot::columnOf(ModalitySet subset) {
  const auto known = subsetColumns_.find(subset);
  if (known != subsetColumns_.end()) return known->second;
  const auto label = QString::fromStdString(labelOf(*schema_, subset));
  const bool one = subset.size() == 1;
  const Pen pen{mixedHue(subset), one ? modalityLine(subset.ids().front()) : Qt::SolidLine, 1.2};
  const auto column = addColumn(tr("loss %1").arg(label));
  const auto curve =
      addDerivedCurve(label, pen, Scale::Left, [this, column] { return smoothPoints(column); });
  setCurveVisible(curve, showsSubsets());
  subsetCurves_.push_back(curve);
  return subsetColumns_[subset] = column;
}

bool LossPlot::scoresRegions() const {
  return mainScore_ && mainScore_->measure == "Dice";
}

QColor LossPlot::diceColour(const std::string& key) const {
  const Region* region = regions_.find(key);
  const Colour colour = region != nullptr ? region->colour : usualColour(scoreColumns_.size());
  return {colour.red, colour.green, colour.blue};
}

void LossPlot::beginScores(const ScoreColumn& main) {
  mainScore_ = main;
  const auto measure = QString::fromStdString(main.measure);
  showRightAxis(scoresRegions() ? tr("validation Dice") : tr("validation score"), 0, 1);
  addDerivedCurve(scoresRegions() ? tr("best mean Dice") : tr("best %1").arg(measure),
                  {{}, Qt::SolidLine, 1.6, 255, true}, Scale::Right,
                  [this] { return bestPoints(); });
}

std::optional<std::size_t> LossPlot::scoreColumnOf(const std::string& key) {
  const auto known = scoreColumns_.find(key);
  if (known != scoreColumns_.end()) return known->second;
  const ScoreColumn score = scoreColumn(key);
  if (!score.largerIsBetter) return std::nullopt;
  const bool main = !mainScore_;
  if (main) beginScores(score);
  const Region* region = regions_.find(key);
  const auto label = region != nullptr ? regionName(*region) : QString::fromStdString(score.label);
  const auto name = scoresRegions() ? tr("Dice %1").arg(label) : label;
  const auto column = addColumn(tr("validation %1").arg(name));
  const auto line = scoresRegions() || main ? Qt::DashLine : kFurtherLines[moreScores_.size() % 2];
  const auto colour = scoresRegions() ? diceColour(key) : QColor();
  const int opacity = scoresRegions() || main ? 255 : 150;
  const auto curve = addDerivedCurve(name, {colour, line, 1.6, opacity}, Scale::Right,
                                     [this, column] { return rawPoints(column); });
  if (!scoresRegions() && !main) {
    moreScores_.push_back(curve);
    setCurveVisible(curve, scores_->isChecked());
    scores_->show();
  }
  return scoreColumns_[key] = column;
}

void LossPlot::append(const std::vector<StepEvent>& steps) {
  for (const auto& event : steps) {
    const Moment moment{event.step, event.epoch, event.elapsedSeconds};
    put(moment, raw_, event.meanLoss);
    if (event.subsets.size() == 1) ownerOf_.insert_or_assign(event.step, event.subsets.front());
    const auto count = schema_ ? std::min(event.subsets.size(), event.losses.size()) : 0;
    for (std::size_t i = 0; i < count; ++i)
      put(moment, columnOf(event.subsets[i]), event.losses[i]);
  }
  refresh();
}

void LossPlot::appendValidation(const std::vector<ValidationEvent>& validations) {
  for (const auto& event : validations) {
    // Epoch and time are those of the step, where it is known already.
    const auto row = table().nearestRow(TimeAxis::Step, static_cast<double>(event.step));
    auto moment = row ? table().moments()[*row] : Moment{};
    moment.step = event.step;
    const auto count = std::min(event.columns.size(), event.scores.size());
    for (std::size_t i = 0; i < count; ++i) {
      const auto column = scoreColumnOf(event.columns[i]);
      if (!column) continue;
      put(moment, *column, event.scores[i]);
      leastScore_ = std::min(leastScore_, event.scores[i]);
    }
    if (event.best && event.step >= bestStep_.value_or(0)) bestStep_ = event.step;
  }
  if (leastScore_ < 0 && mainScore_) showRightAxis(tr("validation score"), -1, 1);
  refresh();
}

bool LossPlot::isNewSubset(std::int64_t step, std::int64_t before) const {
  if (!oneByOne_) return false;
  const auto owner = ownerOf_.find(step), last = ownerOf_.find(before);
  return owner != ownerOf_.end() && last != ownerOf_.end() && owner->second != last->second;
}

TimePlot::Points LossPlot::rawPoints(std::size_t column) const {
  Points points;
  std::optional<std::int64_t> before;
  for (const auto& point : table().points(column)) {
    const std::int64_t step = table().moments()[point.moment].step;
    const double place = table().place(point.moment, xAxis());
    if (before && isNewSubset(step, *before)) points.emplace_back(place, kCurveEnds);
    points.emplace_back(place, point.value);
    before = step;
  }
  return points;
}

TimePlot::Points LossPlot::smoothPoints(std::size_t column) const {
  auto points = rawPoints(column);
  ExponentialMean mean(smoothing_);
  for (auto& point : points) {
    if (std::isinf(point.y()))
      mean = ExponentialMean(smoothing_);
    else
      point.setY(mean.next(point.y()));
  }
  return points;
}

TimePlot::Points LossPlot::bestPoints() const {
  if (!bestStep_) return {};
  const auto row = table().nearestRow(TimeAxis::Step, static_cast<double>(*bestStep_));
  const double place = table().place(*row, xAxis());
  double sum = 0, count = 0;
  for (const auto& [key, column] : scoreColumns_) {
    if (!scoresRegions() && scoreColumn(key).name != mainScore_->name) continue;
    sum += table().value(*row, column).value_or(0);
    ++count;
  }
  return {{place, sum / count}};
}

void LossPlot::setSmoothing(double steps) {
  smoothing_ = steps;
  refresh();
}

void LossPlot::showSubsets(bool on) {
  const QSignalBlocker quiet(subsets_);
  subsets_->setChecked(on);
  for (const auto curve : subsetCurves_) setCurveVisible(curve, on);
  refresh();
}

void LossPlot::showOneByOne(bool on) {
  oneByOne_ = on;
  setTitle(tr("Loss"), on ? tr("one subset of modalities after the other")
                          : tr("mean over the subsets of modalities"));
  refresh();
}

void LossPlot::showScores(bool on) {
  const QSignalBlocker quiet(scores_);
  scores_->setChecked(on);
  for (const auto curve : moreScores_) setCurveVisible(curve, on);
  refresh();
}

bool LossPlot::showsSubsets() const {
  return subsets_->isChecked();
}

}  // namespace modascope
