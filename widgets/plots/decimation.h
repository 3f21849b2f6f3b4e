#pragma once

#include <QPointF>
#include <limits>
#include <span>
#include <vector>

namespace modascope {

/// Not a value: the curve ends here and another begins, however many points a pixel has. NaN is a
/// value that was not measured, and many of them may go into one pixel.
inline constexpr double kCurveEnds = std::numeric_limits<double>::infinity();

/// The points of x in [from, to] and the neighbour on each side, thinned where there are more than
/// `columns` pixels can show: of each pixel column the first, lowest, highest and last point stay,
/// so no peak is lost. `points` are sorted by x; y NaN is a gap, which stays where a whole column
/// is one.
std::vector<QPointF> decimated(std::span<const QPointF> points, double from, double to,
                               int columns);

/// Those that a line cannot show because both neighbours are gaps or missing.
std::vector<QPointF> isolated(std::span<const QPointF> points);

}  // namespace modascope
