#pragma once

#include "app/experiment/experiment_tab.h"
#include "app/inspect/inspect_tab.h"
#include "app/window/main_window.h"

namespace modascope::testing {

/// The window, and what tests ask its two pages.
class TestedWindow : public MainWindow {
 public:
  using MainWindow::MainWindow;

  ExperimentController& experiment() const { return page<ExperimentTab>().controller(); }
  InspectController& inspect() const { return page<InspectTab>().controller(); }
  InspectPage& inspectPage() const { return page<InspectTab>().page(); }
};

}  // namespace modascope::testing
