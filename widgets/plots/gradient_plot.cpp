#include "widgets/plots/gradient_plot.h"

#include <cmath>
#include <limits>

#include "widgets/plots/custom_plot.h"

namespace modascope {

GradientPlot::GradientPlot(QWidget* parent) : TimePlot(parent) {
  setValueLabel(tr("gradient norm"));
  setEmptyText(tr("No gradients measured yet"));
  setCounted(tr("all parameters, before clipping"));
  addShareRect(tr("share (%)"));
  makeCurves();
  refresh();
}

void GradientPlot::setCounted(const QString& words) {
  setTitle(tr("Gradient per modality"), words);
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
  for (const auto id : schema_.ids()) {
    const auto label = QString::fromStdString(schema_.label(id));
    norms_.push_back(addColumn(
        tr("%1 norm").arg(label),
        modalityLetter(schema_, id) == label ? label : modalityLetter(schema_, id) + u' ' + label,
        {modalityColour(id), modalityLine(id), 1.8}, Scale::Left));
    shares_.push_back(addHiddenColumn(tr("%1 share").arg(label)));
  }
  QCPGraph* below = nullptr;
  for (const auto id : schema_.ids()) {
    const Pen edge{modalityColour(id), Qt::SolidLine, 1.0};
    auto* band = addDerived({}, edge, Scale::Lower, [this, id] { return bandTop(id); });
    auto fill = modalityColour(id);
    fill.setAlpha(170);
    band->setBrush(fill);
    if (below) band->setChannelFillGraph(below);
    below = band;
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

TimePlot::Points GradientPlot::bandTop(ModalityId id) const {
  Points points;
  for (std::size_t row = 0; row < table().moments().size(); ++row) {
    double sum = 0;
    bool measured = false;
    for (std::size_t m = 0; m < shares_.size(); ++m) {
      const auto share = table().value(row, shares_[m]);
      if (!share || std::isnan(*share)) continue;
      measured = true;
      if (m <= id.index()) sum += *share;
    }
    points.emplace_back(table().place(row, xAxis()),
                        measured ? 100.0 * sum : std::numeric_limits<double>::quiet_NaN());
  }
  return points;
}

}  // namespace modascope
