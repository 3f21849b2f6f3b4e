#include "app/experiment/run_plots.h"

#include "widgets/plots/basis_plot.h"
#include "widgets/plots/conflict_matrix.h"
#include "widgets/plots/gradient_plot.h"
#include "widgets/plots/loss_plot.h"

namespace modascope {
namespace {

template <typename Plot>
RunPlot* make(QWidget* parent) {
  return new Plot(parent);
}

}  // namespace

const std::vector<RunPlotPlace>& allRunPlots() {
  static const std::vector<RunPlotPlace> plots{
      {RunPlotLine::Losses, 3, make<LossPlot>},
      {RunPlotLine::Losses, 2, make<BasisPlot>},
      {RunPlotLine::Gradients, 3, make<GradientPlot>},
      {RunPlotLine::Gradients, 2, make<ConflictMatrix>},
  };
  return plots;
}

}  // namespace modascope
