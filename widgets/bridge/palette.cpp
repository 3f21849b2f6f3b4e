#include "widgets/bridge/palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace modascope {
namespace {

constexpr std::array<QRgb, ModalitySchema::kMost> kModalityHues{
    0xff1f7ac0, 0xffd55e00, 0xff009e73, 0xffc2689a, 0xffa6761d, 0xff8a6be0, 0xff7d858d, 0xff7f8f10};
constexpr std::array kModalityLines{Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DotLine,
                                    Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DotLine};

// matplotlib's viridis and inferno at nine even places; ColorBrewer's RdBu, turned round.
constexpr std::array<QRgb, 9> kViridis{0xff440154, 0xff472d7b, 0xff3b528b, 0xff2c728e, 0xff21918c,
                                       0xff28ae80, 0xff5ec962, 0xffaddc30, 0xfffde725};
constexpr std::array<QRgb, 9> kInferno{0xff000004, 0xff210c4a, 0xff57106e, 0xff8a226a, 0xffbc3754,
                                       0xffe45a31, 0xfff98e09, 0xfff9cb35, 0xfffcffa4};
constexpr std::array<QRgb, 11> kBlueRed{0xff053061, 0xff2166ac, 0xff4393c3, 0xff92c5de,
                                        0xffd1e5f0, 0xfff7f7f7, 0xfffddbc7, 0xfff4a582,
                                        0xffd6604d, 0xffb2182b, 0xff67001f};

std::span<const QRgb> stopsOf(ColourMap map) {
  switch (map) {
    case ColourMap::Viridis:
      return kViridis;
    case ColourMap::Inferno:
      return kInferno;
    case ColourMap::Diverging:
      return kBlueRed;
  }
  return kViridis;
}

QColor between(const QColor& a, const QColor& b, double share) {
  const auto mix = [share](int from, int to) {
    return static_cast<int>(std::lround(from + share * (to - from)));
  };
  return QColor(mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue()));
}

double luminance(const QColor& colour) {
  const auto linear = [](double c) {
    return c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
         0.0722 * linear(colour.blueF());
}

/// The first letter with each later one in turn ("T1", "Tc", "Te"), then with digits.
QString freeMark(const QString& label, const QStringList& taken) {
  QStringList candidates;
  for (qsizetype i = 1; i < label.size(); ++i)
    if (!label[i].isSpace()) candidates << (label.left(1) + label[i]).toUpper();
  if (label.size() == 1) candidates << label.toUpper();
  for (int digit = 1; digit <= 9; ++digit)
    candidates << label.left(1).toUpper() + QString::number(digit);
  for (const auto& candidate : candidates)
    if (!taken.contains(candidate)) return candidate;
  return label;
}

/// "TC" is the tumour core, so contrast-enhanced T1 goes by "CE".
QString usualMark(const std::string& key) {
  return key == "t1ce" ? QStringLiteral("CE") : QString();
}

}  // namespace

QColor modalityColour(ModalityId id) {
  return QColor::fromRgb(kModalityHues[id.index() % 8]);
}

Qt::PenStyle modalityLine(ModalityId id) {
  return kModalityLines[id.index() % 8];
}

QString modalityLetter(const ModalitySchema& schema, ModalityId id) {
  QStringList taken;
  for (const auto& modality : schema.modalities()) taken << usualMark(modality.key);
  for (const auto other : schema.ids()) {
    const auto usual = usualMark(schema.key(other));
    const auto mark =
        usual.isEmpty() ? freeMark(QString::fromStdString(schema.label(other)), taken) : usual;
    if (other == id) return mark;
    taken << mark;
  }
  return {};
}

std::vector<RegionColours> regionPresets() {
  return {RegionColours::Own, RegionColours::ItkSnap, RegionColours::OkabeIto};
}

QString regionName(const Region& region) {
  return QString::fromStdString(region.label);
}

QString labelOf(RegionColours preset) {
  switch (preset) {
    case RegionColours::Own:
      return QStringLiteral("as in the data");
    case RegionColours::ItkSnap:
      return QStringLiteral("ITK-SNAP");
    case RegionColours::OkabeIto:
      return QStringLiteral("Okabe–Ito");
  }
  return {};
}

QColor regionColour(const Region& region, RegionColours preset) {
  if (preset == RegionColours::Own)
    return {region.colour.red, region.colour.green, region.colour.blue};
  // WT, TC, ET first. ITK-SNAP colours labels: oedema 2, necrosis 1, enhancing 4; then 3, 5, 6,
  // 7, 8.
  constexpr std::array<QRgb, RegionSchema::kMost> itkSnap{0xff00ff00, 0xffff0000, 0xffffff00,
                                                          0xff0000ff, 0xff00ffff, 0xffff00ff,
                                                          0xffffefd5, 0xff0000cd};
  // Places from the fourth on share the hues of modalities.
  constexpr std::array<QRgb, RegionSchema::kMost> okabeIto{0xfff0e442, 0xffe69f00, 0xff56b4e9,
                                                           0xff009e73, 0xffcc79a7, 0xff0072b2,
                                                           0xffd55e00, 0xff999999};
  return QColor::fromRgb((preset == RegionColours::ItkSnap ? itkSnap : okabeIto)[region.place]);
}

QColor mapped(ColourMap map, double position) {
  if (std::isnan(position)) return Qt::transparent;
  const auto stops = stopsOf(map);
  const double place = std::clamp(position, 0.0, 1.0) * static_cast<double>(stops.size() - 1);
  const auto below = std::min(static_cast<std::size_t>(place), stops.size() - 2);
  return between(QColor::fromRgb(stops[below]), QColor::fromRgb(stops[below + 1]),
                 place - static_cast<double>(below));
}

double contrast(const QColor& a, const QColor& b) {
  const auto [low, high] = std::minmax({luminance(a), luminance(b)});
  return (high + 0.05) / (low + 0.05);
}

QColor mixed(const QColor& a, const QColor& b, double share) {
  const auto mix = [share](int x, int y) { return static_cast<int>(x + share * (y - x)); };
  return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

QColor readableOn(const QColor& ground) {
  return contrast(ground, Qt::white) > contrast(ground, Qt::black) ? Qt::white : Qt::black;
}

QColor legibleOn(const QColor& ground, QColor colour) {
  const QColor end = readableOn(ground);
  for (int tenth = 1; contrast(ground, colour) < 3.0 && tenth <= 10; ++tenth)
    colour = between(colour, end, 0.1);
  return colour;
}

PlotTheme plotTheme(const QPalette& palette) {
  const auto ground = palette.color(QPalette::Base);
  const auto text = palette.color(QPalette::Text);
  return {ground,
          text,
          between(ground, text, 0.65),
          between(ground, text, 0.12),
          palette.color(QPalette::Highlight),
          luminance(ground) < 0.2};
}

PlotTheme paperTheme() {
  return {Qt::white, Qt::black, QColor(89, 89, 89), QColor(224, 224, 224), QColor(31, 111, 184),
          false};
}

}  // namespace modascope
