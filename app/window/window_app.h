#pragma once

#include <memory>

#include "app/window/caught_application.h"

namespace modascope {

/// The application object as the window needs it: OpenGL 3.2, numbers with points in every locale.
std::unique_ptr<CaughtApplication> makeWindowApp(int& argc, char** argv);

}  // namespace modascope
