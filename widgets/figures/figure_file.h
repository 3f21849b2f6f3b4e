#pragma once

#include <QSize>
#include <filesystem>
#include <functional>

class QPaintDevice;
class QString;
class QWidget;

namespace modascope {

/// Writes what `paint` draws on a device of `size` (in 1/96 inch) as PNG (`fine` dots each way a
/// pixel), SVG or PDF, as the name ends. Throws `Error` on another ending and when the file cannot
/// be written.
void writeFigure(const std::filesystem::path& file, QSize size,
                 const std::function<void(QPaintDevice&)>& paint, int fine = 3);

/// Asks where to save and calls `write`; says in a message why it did not work.
void askAndWrite(QWidget* parent, const QString& name, const QString& filter,
                 const std::function<void(const std::filesystem::path&)>& write);

}  // namespace modascope
