#pragma once

#include <QApplication>
#include <memory>

namespace modascope {

/// The application object as the window needs it: OpenGL 3.2, numbers with points in every locale.
std::unique_ptr<QApplication> makeWindowApp(int& argc, char** argv);

}  // namespace modascope
