#pragma once

#include <QColor>
#include <QPalette>
#include <QString>
#include <vector>

#include "core/modality/modality.h"
#include "core/volume/labels.h"

namespace modascope {

/// A modality looks the same in every view: a hue, a line style and a mark. The hues are eight,
/// told apart with the common colour-vision deficiencies (after Okabe & Ito), legible on light and
/// dark ground, and none of them is a region's.
QColor modalityColour(ModalityId id);
Qt::PenStyle modalityLine(ModalityId id);
/// One or two characters, different for each modality of the schema: "T1", "CE", "T2", "FL".
QString modalityLetter(const ModalitySchema& schema, ModalityId id);

/// "WT"
QString regionName(const Region& region);

/// The regions' own colours, and presets by their places.
enum class RegionColours { Own, ItkSnap, OkabeIto };
std::vector<RegionColours> regionPresets();
QString labelOf(RegionColours preset);
QColor regionColour(const Region& region, RegionColours preset = RegionColours::Own);

/// Viridis and Inferno for magnitudes, Diverging (blue, white, red) for signed values.
enum class ColourMap { Viridis, Inferno, Diverging };
/// `position` 0…1 from the lowest to the highest colour; beyond them the end colours, NaN is
/// transparent.
QColor mapped(ColourMap map, double position);
/// From `a` at share 0 to `b` at 1.
QColor mixed(const QColor& a, const QColor& b, double share);
/// Black or white, whichever is easier to read on `ground`.
QColor readableOn(const QColor& ground);
/// `colour`, darker or lighter as far as it needs to be seen as a line on `ground` (contrast 3).
QColor legibleOn(const QColor& ground, QColor colour);
/// Of two opaque colours, 1…21 (WCAG 2).
double contrast(const QColor& a, const QColor& b);

/// What a plot is drawn in; dark or light as the palette is.
struct PlotTheme {
  QColor background;
  QColor text;
  QColor faintText;  ///< for what is secondary, still legible
  QColor grid;
  QColor accent;
  bool dark = false;
};
PlotTheme plotTheme(const QPalette& palette);
/// For figures that leave the program: black on white.
PlotTheme paperTheme();

}  // namespace modascope
