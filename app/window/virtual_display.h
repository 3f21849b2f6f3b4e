#pragma once

#include <memory>

#include "app/window/caught_application.h"

namespace modascope {

/// The application object (see `makeWindowApp`) of a command that opens widgets by itself. Where
/// there is no display, the program is started again with the same arguments on one that nobody
/// sees, and this does not come back. Throws `Error` when that cannot be.
std::unique_ptr<CaughtApplication> makeCommandApp();

}  // namespace modascope
