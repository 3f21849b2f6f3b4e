#pragma once

#include <QPoint>
#include <optional>

#include "widgets/pictures/picture_layers.h"

namespace modascope {

/// What a key over pictures changes in how classes are laid over them: S, O, B, T, A and D. Nothing
/// for other keys.
std::optional<PictureStyle> styleAfter(int key, PictureStyle style, const PictureClasses& classes);

/// Where an arrow key takes the crosshair, in pixels. Nothing for other keys.
std::optional<QPoint> stepOf(int key);

}  // namespace modascope
