#include "widgets/pictures/picture_case.h"

#include <QCoreApplication>
#include <QStringList>
#include <cmath>

#include "core/base/error.h"
#include "widgets/bridge/number_words.h"

namespace modascope {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("PictureCase", text);
}

QString numberWords(double value) {
  return std::abs(value) < 10 ? signedNumber(value, 2) : QString::number(value, 'g', 4);
}

}  // namespace

PictureCase::PictureCase(const Problem& problem, std::shared_ptr<const ImageSample> sample)
    : problem_(problem), sample_(std::move(sample)) {
  if (sample_->modalities.size() != problem.schema.size())
    throw Error(tr("The picture has %1 modalities, but the data has %2.")
                    .arg(sample_->modalities.size())
                    .arg(problem.schema.size())
                    .toStdString());
}

void PictureCase::setGiven(std::shared_ptr<const std::vector<std::vector<float>>> modalities) {
  given_ = std::move(modalities);
}

QSize PictureCase::size() const {
  return {static_cast<int>(sample_->width), static_cast<int>(sample_->height)};
}

QString PictureCase::label(ModalityId id) const {
  return QString::fromStdString(problem_.schema.label(id));
}

TileState PictureCase::state(ModalityId id) const {
  if ((sample_->available >> id.index() & 1) == 0) return TileState::Absent;
  return seen_ && !seen_->contains(id) ? TileState::LeftOut : TileState::On;
}

bool PictureCase::isReplaced(ModalityId id) const {
  return given_ && id.index() < given_->size() && state(id) == TileState::LeftOut &&
         (*given_)[id.index()].size() == sample_->modalities[id.index()].size();
}

PixelChannels PictureCase::pixelsOf(ModalityId id) const {
  const auto& values = isReplaced(id) ? (*given_)[id.index()] : sample_->modalities[id.index()];
  return {values, size().height(), size().width()};
}

QImage PictureCase::image(ModalityId id) const {
  return state(id) == TileState::Absent ? QImage() : pixelImage(pixelsOf(id));
}

QString PictureCase::caption(ModalityId id) const {
  const PixelChannels all = pixelsOf(id);
  if (state(id) == TileState::Absent || isColour(all.count())) return {};
  const IntensityWindow window = pixelWindow(all.values.first(all.pixels()));
  const QString scale = tr("%1 to %2").arg(numberWords(window.low), numberWords(window.high));
  return all.count() == 1 ? scale : tr("channel 1 of %1, %2").arg(all.count()).arg(scale);
}

QString PictureCase::values(ModalityId id, QPoint pixel, const QString& instead) const {
  const PixelChannels all = pixelsOf(id);
  const auto at =
      static_cast<std::size_t>(pixel.y()) * sample_->width + static_cast<std::size_t>(pixel.x());
  QStringList words{isReplaced(id) ? tr("%1 (%2)").arg(label(id), instead) : label(id)};
  for (std::size_t c = 0; c < all.count(); ++c)
    words << numberWords(static_cast<double>(all.values[c * all.pixels() + at]));
  return words.join(QChar(' '));
}

}  // namespace modascope
