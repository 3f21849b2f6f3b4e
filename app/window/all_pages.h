#pragma once

#include <vector>

#include "app/pages/page.h"

namespace modascope {

/// The pages of the window, in the order of their tabs. A path that is to be opened is offered to
/// them in this order.
const std::vector<PageMaker>& allPages();

}  // namespace modascope
