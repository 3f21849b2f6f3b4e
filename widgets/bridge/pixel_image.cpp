#include "widgets/bridge/pixel_image.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "widgets/bridge/class_palette.h"

namespace modascope {
namespace {

constexpr std::uint8_t kUnknownClass = 255;

/// Where each value goes: 0…255.
class Greys {
 public:
  explicit Greys(const IntensityWindow& window)
      : low_(static_cast<float>(window.low)),
        gain_(255.0f / std::max(1e-12f, static_cast<float>(window.high - window.low))) {}

  int operator()(float value) const {
    if (!std::isfinite(value)) return 0;
    return static_cast<int>(std::clamp((value - low_) * gain_, 0.0f, 255.0f) + 0.5f);
  }

 private:
  float low_;
  float gain_;
};

bool leavesUnit(std::span<const float> values) {
  return std::any_of(values.begin(), values.end(), [](float v) { return v < 0 || v > 1; });
}

template <typename ColourOf>
QImage filledImage(int width, int height, const ColourOf& colourOf) {
  QImage image(width, height, QImage::Format_ARGB32_Premultiplied);
  std::size_t i = 0;
  for (int row = 0; row < height; ++row) {
    auto* line = reinterpret_cast<QRgb*>(image.scanLine(row));
    for (int column = 0; column < width; ++column) line[column] = colourOf(i++);
  }
  return image;
}

/// Joins neighbouring edges along one line.
template <typename IsEdge, typename Emit>
void forRuns(int count, const IsEdge& isEdge, const Emit& emit) {
  for (int from = 0; from < count; ++from) {
    if (!isEdge(from)) continue;
    int to = from + 1;
    while (to < count && isEdge(to)) ++to;
    emit(double(from), double(to));
    from = to;
  }
}

}  // namespace

IntensityWindow pixelWindow(std::span<const float> values) {
  const std::size_t step = values.size() > 4'000'000 ? 3 : 1;
  std::vector<float> finite;
  for (std::size_t i = 0; i < values.size(); i += step)
    if (std::isfinite(values[i])) finite.push_back(values[i]);
  if (finite.empty()) return {};
  const auto quantile = [&finite](double q) {
    const auto at =
        finite.begin() + static_cast<std::ptrdiff_t>(std::llround(q * double(finite.size() - 1)));
    std::nth_element(finite.begin(), at, finite.end());
    return static_cast<double>(*at);
  };
  IntensityWindow window{quantile(0.005), quantile(0.995)};
  if (window.high <= window.low) window = {quantile(0), quantile(1)};
  if (window.high <= window.low) window.high = window.low + 1;
  return window;
}

QImage pixelImage(const PixelChannels& channels) {
  const std::size_t pixels = channels.pixels();
  if (channels.count() == 0) return {};
  const float* first = channels.values.data();
  if (!isColour(channels.count())) {
    const Greys grey(pixelWindow(channels.values.first(pixels)));
    return filledImage(channels.width, channels.height,
                       [&](std::size_t i) {
                         const int g = grey(first[i]);
                         return qRgb(g, g, g);
                       })
        .convertToFormat(QImage::Format_RGB32);
  }
  const Greys part(leavesUnit(channels.values) ? pixelWindow(channels.values) : IntensityWindow());
  return filledImage(channels.width, channels.height,
                     [&](std::size_t i) {
                       return qRgb(part(first[i]), part(first[pixels + i]),
                                   part(first[2 * pixels + i]));
                     })
      .convertToFormat(QImage::Format_RGB32);
}

QImage classImage(const PixelClasses& classes, std::optional<std::uint8_t> clear) {
  std::array<QRgb, 256> colours{};
  for (std::size_t k = 0; k < kUnknownClass; ++k)
    if (k != clear) colours[k] = classColour(k).rgb();
  return filledImage(classes.width, classes.height,
                     [&](std::size_t i) { return colours[classes.values[i]]; });
}

QImage onlyInFirstImage(const PixelClasses& classes, const PixelClasses& others,
                        std::uint8_t which) {
  return filledImage(classes.width, classes.height, [&](std::size_t i) {
    const std::uint8_t other = others.values[i];
    const bool only = classes.values[i] == which && other != which && other != kUnknownClass;
    return only ? qRgb(255, 255, 255) : qRgba(0, 0, 0, 0);
  });
}

QList<QLineF> classOutline(const PixelClasses& classes, std::uint8_t which) {
  const int width = classes.width, height = classes.height;
  const auto inside = [&](int x, int y) {
    return x >= 0 && y >= 0 && x < width && y < height &&
           classes.values[static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                          static_cast<std::size_t>(x)] == which;
  };
  QList<QLineF> lines;
  for (int y = 0; y <= height; ++y)
    forRuns(
        width, [&](int x) { return inside(x, y - 1) != inside(x, y); },
        [&](double from, double to) {
          lines.append({from, double(y), to, double(y)});
        });
  for (int x = 0; x <= width; ++x)
    forRuns(
        height, [&](int y) { return inside(x - 1, y) != inside(x, y); },
        [&](double from, double to) {
          lines.append({double(x), from, double(x), to});
        });
  return lines;
}

}  // namespace modascope
