#include <algorithm>

#include "core/base/error.h"
#include "widgets/pictures/picture_grid.h"

namespace modascope {
namespace {

constexpr double kKeyStep = 0.02;  ///< of the width

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

void PictureGrid::setKept(std::shared_ptr<const LabelPicture> kept, const WipeWords& words,
                          const WipeWords& live) {
  if (kept && (kept->width != sample_->width || kept->height != sample_->height))
    throw Error(tr("What was kept is not of the picture's size, so it cannot be laid over it.")
                    .toStdString());
  kept_ = std::move(kept);
  wipe_.left = words;
  wipe_.right = live;
  showLayers();
}

/// As what is on show, but for the prediction.
PictureClasses PictureGrid::keptClasses() const {
  PictureClasses classes = classes_;
  classes.predicted = PixelClasses{kept_->values, pictureSize().height(), pictureSize().width()};
  return classes;
}

void PictureGrid::showWipe() {
  std::optional<PictureWipe> wipe;
  if (kept_)
    wipe = {std::make_shared<const PictureLayers>(drawLayers(keptClasses(), style_, borders_)),
            wipe_};
  for (PictureView* tile : tiles_) tile->setWipe(wipe);
}

PictureLegend PictureGrid::legendOfBoth() const {
  PictureLegend legend = legendOf(classes_, style_);
  if (kept_) addMissing(legend, legendOf(keptClasses(), style_));
  return legend;
}

void PictureGrid::moveWipe(double to) {
  wipe_.at = std::clamp(to, 0.0, 1.0);
  for (PictureView* tile : tiles_) tile->moveWipe(wipe_.at);
}

bool PictureGrid::wipeKey(int key) {
  if (!kept_ || (key != Qt::Key_Comma && key != Qt::Key_Period)) return false;
  moveWipe(wipe_.at + (key == Qt::Key_Comma ? -kKeyStep : kKeyStep));
  return true;
}

}  // namespace modascope
