#include "app/window/all_pages.h"

#include "app/demo/demo_tab.h"
#include "app/experiment/experiment_tab.h"
#include "app/inspect/inspect_tab.h"

namespace modascope {
namespace {

template <typename Kind>
std::unique_ptr<Page> make(const PagePlace& place) {
  return std::make_unique<Kind>(place);
}

}  // namespace

const std::vector<PageMaker>& allPages() {
  static const std::vector<PageMaker> pages{make<ExperimentTab>, make<InspectTab>, make<DemoTab>};
  return pages;
}

}  // namespace modascope
