#include "widgets/pictures/picture_tiles.h"

#include <QPainter>

namespace modascope {

void PictureTiles::resize(std::size_t count, const std::function<void(ModalityId)>& made) {
  while (tiles_.size() < count) {
    tiles_.push_back(new PictureView(&parent_));
    tiles_.back()->setSwitchable(switchable_);
    made(ModalityId(tiles_.size() - 1));
  }
  for (; tiles_.size() > count; tiles_.pop_back()) {
    tiles_.back()->disconnect(&parent_);
    tiles_.back()->hide();
    tiles_.back()->deleteLater();
  }
  setFrame(frame_);
  setCrosshair(crosshair_);
  setMaximised(maximised_);
}

void PictureTiles::setSwitchable(bool switchable) {
  switchable_ = switchable;
  for (PictureView* tile : tiles_) tile->setSwitchable(switchable);
}

void PictureTiles::setFrame(const PictureFrame& frame) {
  frame_ = frame;
  for (PictureView* tile : tiles_) tile->setFrame(frame);
}

void PictureTiles::setCrosshair(const std::optional<QPoint>& pixel) {
  crosshair_ = pixel;
  for (PictureView* tile : tiles_)
    tile->setCrosshair(crosshairVisible_ ? crosshair_ : std::nullopt);
}

void PictureTiles::toggleCrosshair() {
  crosshairVisible_ = !crosshairVisible_;
  setCrosshair(crosshair_);
}

void PictureTiles::setMaximised(const std::optional<ModalityId>& id) {
  maximised_ = id && id->index() < tiles_.size() ? id : std::nullopt;
}

std::vector<ModalityId> PictureTiles::visible() const {
  if (maximised_) return {*maximised_};
  std::vector<ModalityId> ids;
  for (std::size_t i = 0; i < tiles_.size(); ++i) ids.emplace_back(i);
  return ids;
}

std::vector<QRect> PictureTiles::placesIn(const QRect& area, const QSize& picture) const {
  const int strip = tiles_.empty() ? 0 : tiles_.front()->stripHeight();
  return picturePlaces(static_cast<int>(visible().size()), area, picture, strip);
}

void PictureTiles::place(const QRect& area, const QSize& picture) const {
  const auto ids = visible();
  const auto places = placesIn(area, picture);
  for (std::size_t i = 0; i < tiles_.size(); ++i)
    tiles_[i]->setVisible(!maximised_ || *maximised_ == ModalityId(i));
  for (std::size_t i = 0; i < places.size(); ++i) at(ids[i])->setGeometry(places[i]);
}

void PictureTiles::paintInto(QPainter& painter, const QRect& area, const QSize& picture,
                             double scale) const {
  const auto ids = visible();
  const auto places = placesIn(area, picture);
  for (std::size_t i = 0; i < places.size(); ++i)
    painter.drawImage(places[i].topLeft(), at(ids[i])->render(places[i].size(), scale));
}

}  // namespace modascope
