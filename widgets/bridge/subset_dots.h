#pragma once

#include <QRectF>

#include "core/modality/modality.h"
#include "widgets/bridge/palette.h"

class QPainter;

namespace modascope {

/// A subset as dots in the schema's order, ●●○●: filled in the modality's colour where it is in,
/// an empty ring where it is not. Fills `place` from the left; a dot is as wide as `dot` and takes
/// 1.25 of it.
void paintSubset(QPainter& painter, const QRectF& place, double dot, const ModalitySchema& schema,
                 ModalitySet set, const PlotTheme& theme);
double subsetWidth(double dot, const ModalitySchema& schema);
/// The same from top to bottom.
void paintSubsetDown(QPainter& painter, const QRectF& place, double dot,
                     const ModalitySchema& schema, ModalitySet set, const PlotTheme& theme);

}  // namespace modascope
