#include "widgets/plots/gradient_plot.h"

#include <cmath>
#include <limits>

namespace modascope {

GradientPlot::GradientPlot(QWidget* parent) : TimePlot(parent) {
  setValueLabel(tr("norm"));
  setEmptyText(tr("No gradients measured yet"));
  setTitle(tr("Gradient per modality"), tr("all parameters, before clipping"));
  addShareRect(tr("share (%)"));
  makeCurves();
  refresh();
}

void GradientPlot::setSchema(const ModalitySchema& schema) {
  schema_ = schema;
  makeCurves();
  fit();
}

void GradientPlot::makeCurves() {
  removeCurves();
  norms_.clear();
  shares_.clear();
  if (!schema_) return;
  std::optional<CurveId> below;
  for (const auto id : schema_->ids()) {
    const auto label = QString::fromStdString(schema_->label(id));
    const auto mark = modalityLetter(*schema_, id);
    norms_.push_back(addColumn(tr("%1 norm").arg(label)));
    shares_.push_back(addColumn(tr("%1 share").arg(label)));
    addColumnCurve(norms_.back(), label,
                   {modalityColour(id), modalityLine(id), 1.8, 255, false, mark}, Scale::Left);
    const auto band = addDerivedCurve({}, {modalityColour(id), Qt::SolidLine, 1.0}, Scale::Lower,
                                      [this, id] { return bandAt(id, 1.0); });
    fillDown(band, below);
    below = band;
    addDerivedCurve({}, {modalityColour(id), Qt::NoPen, 0, 0, false, mark}, Scale::Lower,
                    [this, id] { return bandAt(id, 0.5); });
  }
}

void GradientPlot::append(const std::vector<StepEvent>& steps) {
  for (const auto& event : steps) {
    if (!event.gradients) continue;
    const Moment moment{event.step, event.epoch, event.elapsedSeconds};
    const auto& facts = *event.gradients;
    for (std::size_t m = 0; m < norms_.size(); ++m) {
      if (m < facts.modalityNorms.size()) put(moment, norms_[m], facts.modalityNorms[m]);
      if (m < facts.shares.size()) put(moment, shares_[m], facts.shares[m]);
    }
  }
  refresh();
}

TimePlot::Points GradientPlot::bandAt(ModalityId id, double part) const {
  Points points;
  for (std::size_t row = 0; row < table().moments().size(); ++row) {
    double sum = 0;
    bool measured = false;
    for (std::size_t m = 0; m < shares_.size(); ++m) {
      const auto share = table().value(row, shares_[m]);
      if (!share || std::isnan(*share)) continue;
      measured = true;
      if (m < id.index()) sum += *share;
      if (m == id.index()) sum += part * *share;
    }
    points.emplace_back(table().place(row, xAxis()),
                        measured ? 100.0 * sum : std::numeric_limits<double>::quiet_NaN());
  }
  return points;
}

}  // namespace modascope
