#include "widgets/pictures/picture_layers.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "widgets/bridge/class_palette.h"

namespace modascope {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("PictureLayers", text);
}

using Presence = std::array<bool, 256>;

void note(Presence& there, const std::optional<PixelClasses>& classes) {
  if (!classes) return;
  for (const std::uint8_t value : classes->values) there[value] = true;
}

/// What the content compares or shows.
std::optional<PixelClasses> shownOf(const PictureClasses& classes, PixelContent content) {
  return content == PixelContent::Truth ? classes.truth : classes.predicted;
}

QString contentWords(const PictureClasses& classes, const PictureStyle& style) {
  if (!style.visible) return tr("nothing laid over");
  switch (style.content) {
    case PixelContent::Truth:
      return classes.truth ? tr("truth") : tr("no truth to show");
    case PixelContent::Errors:
      if (!classes.truth) return tr("no truth to compare with");
      if (!classes.predicted) return tr("no prediction to compare");
      return tr("errors of %1").arg(classWords(classes.names, style.errorsOf));
    case PixelContent::Prediction:
      break;
  }
  return classes.predicted ? tr("prediction") : tr("no prediction");
}

}  // namespace

QString classWords(const std::vector<std::string>& names, std::size_t which) {
  const QString name =
      which < names.size() ? QString::fromStdString(names[which]) : QString::number(which);
  const bool isNumber = std::all_of(name.begin(), name.end(), [](QChar c) { return c.isDigit(); });
  return isNumber ? tr("class %1").arg(name) : name;
}

std::vector<ClassLines> bordersOf(const PixelClasses& classes) {
  Presence there{};
  note(there, classes);
  std::vector<ClassLines> all;
  for (std::size_t k = 0; k < 255; ++k)
    if (there[k]) all.push_back({k, classOutline(classes, static_cast<std::uint8_t>(k))});
  return all;
}

PictureLayers drawLayers(const PictureClasses& classes, const PictureStyle& style,
                         const std::vector<ClassLines>& borders) {
  PictureLayers layers;
  if (!style.visible) return layers;
  const bool errors = style.content == PixelContent::Errors;
  if (!errors) {
    if (const auto shown = shownOf(classes, style.content))
      layers.classes = classImage(*shown, style.ground ? std::nullopt : std::optional(0));
  } else if (classes.predicted && classes.truth) {
    const auto which = static_cast<std::uint8_t>(style.errorsOf);
    layers.missed = onlyInFirstImage(*classes.truth, *classes.predicted, which);
    layers.wrong = onlyInFirstImage(*classes.predicted, *classes.truth, which);
  }
  if (!style.truthLines) return layers;
  for (const ClassLines& border : borders)
    if (errors ? border.which == style.errorsOf : border.which != 0 || style.ground)
      layers.lines.push_back(border);
  return layers;
}

PictureLegend legendOf(const PictureClasses& classes, const PictureStyle& style) {
  PictureLegend legend;
  legend.content = contentWords(classes, style);
  if (!style.visible) return legend;
  Presence there{};
  note(there, shownOf(classes, style.content));
  const bool lines = style.truthLines && classes.truth;
  const bool errors = style.content == PixelContent::Errors;
  if (lines || errors) note(there, classes.truth);
  for (std::size_t k = 0; k < classes.names.size() && k < 255; ++k)
    if (there[k] && (k != 0 || style.ground || errors))
      legend.entries.push_back({k, classWords(classes.names, k), classColour(k)});
  if (errors) legend.chosen = style.errorsOf;
  if (lines) legend.remarks << tr("lines: truth");
  if (there[0] && !style.ground && !errors)
    legend.remarks << tr("%1: not coloured").arg(classWords(classes.names, 0));
  return legend;
}

PixelContent contentAfter(PixelContent content, const PictureClasses& classes) {
  if (!classes.truth) return PixelContent::Prediction;
  switch (content) {
    case PixelContent::Prediction:
      return PixelContent::Truth;
    case PixelContent::Truth:
      return classes.predicted ? PixelContent::Errors : PixelContent::Prediction;
    case PixelContent::Errors:
      break;
  }
  return PixelContent::Prediction;
}

}  // namespace modascope
