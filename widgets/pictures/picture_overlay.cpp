#include "widgets/pictures/picture_overlay.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/base/error.h"

namespace modascope {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("PictureOverlay", text);
}

PixelClasses viewOf(const std::vector<std::uint8_t>& values, std::size_t height,
                    std::size_t width) {
  return {values, static_cast<int>(height), static_cast<int>(width)};
}

PixelClasses viewOf(const LabelPicture& picture) {
  return viewOf(picture.values, picture.height, picture.width);
}

void addMissing(PictureLegend& legend, const PictureLegend& other) {
  using Entry = PictureLegend::Entry;
  for (const Entry& entry : other.entries) {
    const auto same = [&](const Entry& known) { return known.which == entry.which; };
    if (std::none_of(legend.entries.begin(), legend.entries.end(), same))
      legend.entries.push_back(entry);
  }
  std::sort(legend.entries.begin(), legend.entries.end(),
            [](const Entry& a, const Entry& b) { return a.which < b.which; });
}

}  // namespace

PictureOverlay::PictureOverlay(const Problem& problem, std::shared_ptr<const ImageSample> sample)
    : sample_(std::move(sample)), classes_{problem.outputs, std::nullopt, std::nullopt} {
  if (sample_->labels.empty()) return;
  classes_.truth = viewOf(sample_->labels, sample_->height, sample_->width);
  borders_ = bordersOf(*classes_.truth);
}

bool PictureOverlay::fits(const LabelPicture& picture) const {
  return sample_ && picture.width == sample_->width && picture.height == sample_->height;
}

void PictureOverlay::setPrediction(std::shared_ptr<const LabelPicture> prediction) {
  if (prediction && !fits(*prediction))
    throw Error(tr("The prediction is not of the picture's size, so it cannot be laid over it.")
                    .toStdString());
  prediction_ = std::move(prediction);
  classes_.predicted.reset();
  if (prediction_) classes_.predicted = viewOf(*prediction_);
}

void PictureOverlay::setKept(std::shared_ptr<const LabelPicture> kept) {
  if (kept && !fits(*kept))
    throw Error(tr("What was kept is not of the picture's size, so it cannot be laid over it.")
                    .toStdString());
  kept_ = std::move(kept);
}

/// As what is on show, but for the prediction.
PictureClasses PictureOverlay::keptClasses() const {
  PictureClasses classes = classes_;
  classes.predicted = viewOf(*kept_);
  return classes;
}

PictureLayers PictureOverlay::layers(const PictureStyle& style) const {
  return drawLayers(classes_, style, borders_);
}

PictureLayers PictureOverlay::keptLayers(const PictureStyle& style) const {
  return drawLayers(keptClasses(), style, borders_);
}

PictureLegend PictureOverlay::legend(const PictureStyle& style) const {
  PictureLegend legend = legendOf(classes_, style);
  if (kept_) addMissing(legend, legendOf(keptClasses(), style));
  return legend;
}

QString PictureOverlay::classAt(const PixelClasses& classes, QPoint pixel) const {
  const auto at =
      static_cast<std::size_t>(pixel.y()) * sample_->width + static_cast<std::size_t>(pixel.x());
  const std::uint8_t which = classes.values[at];
  return which < classes_.names.size() ? classWords(classes_.names, which) : tr("not labelled");
}

QStringList PictureOverlay::words(QPoint pixel) const {
  QStringList words;
  if (classes_.predicted) words << tr("predicted %1").arg(classAt(*classes_.predicted, pixel));
  if (kept_) words << tr("kept %1").arg(classAt(viewOf(*kept_), pixel));
  if (classes_.truth) words << tr("truth %1").arg(classAt(*classes_.truth, pixel));
  return words;
}

}  // namespace modascope
