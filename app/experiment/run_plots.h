#pragma once

#include <vector>

#include "widgets/plots/run_plot.h"

namespace modascope {

/// Where a plot stands on the Experiment page: what is learnt above, how the gradients get on with
/// each other below, where adapters, which have none, show their table instead.
enum class RunPlotLine { Losses, Gradients };

struct RunPlotPlace {
  RunPlotLine line;
  int share;  ///< of the line's width, beside the shares of the others
  RunPlot* (*make)(QWidget* parent);
};

/// The plots of the page, from left to right.
const std::vector<RunPlotPlace>& allRunPlots();

}  // namespace modascope
