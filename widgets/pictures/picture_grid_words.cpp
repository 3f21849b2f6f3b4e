#include <cmath>

#include "widgets/pictures/picture_grid.h"

namespace modascope {
namespace {

QString numberWords(double value) {
  return std::abs(value) < 10 ? QString::number(value, 'f', 2) : QString::number(value, 'g', 4);
}

}  // namespace

bool PictureGrid::has(ModalityId id) const {
  return sample_ && (sample_->available >> id.index() & 1) != 0;
}

QSize PictureGrid::pictureSize() const {
  if (!sample_) return {};
  return {static_cast<int>(sample_->width), static_cast<int>(sample_->height)};
}

PixelChannels PictureGrid::pixelsOf(ModalityId id) const {
  const auto& values = isReplaced(id) ? (*given_)[id.index()] : sample_->modalities[id.index()];
  return {values, pictureSize().height(), pictureSize().width()};
}

std::size_t PictureGrid::channelsOf(ModalityId id) const {
  return pixelsOf(id).count();
}

QString PictureGrid::labelOf(ModalityId id) const {
  return QString::fromStdString(problem_->schema.label(id));
}

std::size_t PictureGrid::at(QPoint pixel) const {
  return static_cast<std::size_t>(pixel.y()) * sample_->width + static_cast<std::size_t>(pixel.x());
}

TileState PictureGrid::stateOf(ModalityId id) const {
  if (!has(id)) return TileState::Absent;
  return shown_ && !shown_->contains(id) ? TileState::LeftOut : TileState::On;
}

bool PictureGrid::isReplaced(ModalityId id) const {
  return given_ && id.index() < given_->size() && stateOf(id) == TileState::LeftOut &&
         (*given_)[id.index()].size() == sample_->modalities[id.index()].size();
}

/// On which scale it is: "0.12 to 0.87", and of several channels which one.
QString PictureGrid::captionOf(ModalityId id) const {
  if (!has(id) || isColour(channelsOf(id))) return {};
  const PixelChannels all = pixelsOf(id);
  const IntensityWindow window = pixelWindow(all.values.first(all.pixels()));
  const QString scale = tr("%1 to %2").arg(numberWords(window.low), numberWords(window.high));
  return all.count() == 1 ? scale : tr("channel 1 of %1, %2").arg(all.count()).arg(scale);
}

/// "RGB 0.31 0.29 0.27"
QString PictureGrid::valuesAt(ModalityId id, QPoint pixel) const {
  const PixelChannels all = pixelsOf(id);
  QStringList words{isReplaced(id) ? tr("%1 (%2)").arg(labelOf(id), instead_) : labelOf(id)};
  for (std::size_t c = 0; c < all.count(); ++c)
    words << numberWords(static_cast<double>(all.values[c * all.pixels() + at(pixel)]));
  return words.join(QChar(' '));
}

QString PictureGrid::classAt(const std::vector<std::uint8_t>& classes, QPoint pixel) const {
  const std::uint8_t which = classes[at(pixel)];
  if (which < problem_->outputs.size()) return classWords(problem_->outputs, which);
  return tr("not labelled");
}

QString PictureGrid::describe(QPoint pixel) const {
  if (!QRect({0, 0}, pictureSize()).contains(pixel)) return {};
  QStringList parts{tr("x %1 y %2").arg(pixel.x()).arg(pixel.y())};
  for (const ModalityId id : visibleModalities())
    if (has(id)) parts << valuesAt(id, pixel);
  if (prediction_) parts << tr("predicted %1").arg(classAt(prediction_->values, pixel));
  if (kept_) parts << tr("kept %1").arg(classAt(kept_->values, pixel));
  if (classes_.truth) parts << tr("truth %1").arg(classAt(sample_->labels, pixel));
  return parts.join(QStringLiteral(" · "));
}

}  // namespace modascope
