#include "widgets/plots/basis_plot.h"

#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

/// Rounding alone; a logarithmic axis has no room for zero.
constexpr double kLeast = 1e-7;

}  // namespace

BasisPlot::BasisPlot(QWidget* parent) : TimePlot(parent) {
  setTitle(tr("Shortened backward pass"), tr("energy left out by the tolerance"));
  setValueLabel(tr("part left out"));
  setEmptyText(tr("No step with a tolerance yet"));
  setLogScale(true);
  makeCurves();
  refresh();
}

void BasisPlot::setSchema(const ModalitySchema& schema) {
  schema_ = schema;
  makeCurves();
  fit();
}

void BasisPlot::makeCurves() {
  removeCurves();
  discarded_.clear();
  if (!schema_) return;
  for (const auto id : schema_->ids()) {
    const auto label = QString::fromStdString(schema_->label(id));
    discarded_.push_back(addColumn(tr("%1 energy left out").arg(label)));
    addColumnCurve(
        discarded_.back(), label,
        {modalityColour(id), modalityLine(id), 1.8, 255, false, modalityLetter(*schema_, id)},
        Scale::Left);
  }
  error_ = addColumn(tr("1 − cosine"));
  addColumnCurve(error_, tr("1 − cosine"), {{}, Qt::SolidLine, 2.4, 255, true}, Scale::Left);
  passes_ = addColumn(tr("passes"));
}

void BasisPlot::sayPasses(int passes) {
  const auto most = 1 << (schema_->size() - 1);
  setTitle(tr("Shortened backward pass"), tr("%1 of %2 passes a modality").arg(passes).arg(most));
}

void BasisPlot::append(const std::vector<StepEvent>& steps) {
  if (!schema_) return;
  for (const auto& event : steps) {
    if (!event.gradients || event.gradients->ranks.empty()) continue;
    const Moment moment{event.step, event.epoch, event.elapsedSeconds};
    const auto& facts = *event.gradients;
    for (std::size_t m = 0; m < std::min(discarded_.size(), facts.discarded.size()); ++m)
      put(moment, discarded_[m], std::max(facts.discarded[m], kLeast));
    const int passes = *std::max_element(facts.ranks.begin(), facts.ranks.end());
    put(moment, passes_, passes);
    sayPasses(passes);
    if (!std::isnan(facts.exactCosine))
      put(moment, error_, std::max(1 - facts.exactCosine, kLeast));
  }
  refresh();
}

}  // namespace modascope
