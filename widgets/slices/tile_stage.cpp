#include "widgets/slices/tile_stage.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>
#include <numeric>

namespace modascope {

void TileStage::setLayout(TileLayout layout) {
  layout_ = layout;
  showAll();
}

/// A tile too many may be the one whose event this answers, so it goes later.
void TileStage::setCells(std::vector<TileCell> cells) {
  cells_ = std::move(cells);
  const bool focused = parent_->isAncestorOf(QApplication::focusWidget());
  while (tiles_.size() < cells_.size()) tiles_.push_back(new SliceView(parent_));
  for (; tiles_.size() > cells_.size(); tiles_.pop_back()) {
    tiles_.back()->disconnect(parent_);
    tiles_.back()->hide();
    tiles_.back()->deleteLater();
  }
  if (focused && !tiles_.empty() && !parent_->isAncestorOf(QApplication::focusWidget())) {
    tiles_.front()->setFocus();
  }
}

void TileStage::arrange() {
  const std::vector<std::size_t> visible = visibleCells();
  const std::vector<QRect> places = placesOf(layout_, visible.size(), parent_->size());
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    tiles_[i]->setVisible(!maximised_ || i == *maximised_);
  }
  for (std::size_t i = 0; i < visible.size(); ++i) tiles_[visible[i]]->setGeometry(places[i]);
}

void TileStage::maximise(std::optional<std::size_t> cell) {
  maximised_ = cell;
  arrange();
  if (cell) tiles_[*cell]->setFocus();
}

std::optional<std::size_t> TileStage::cellOf(ModalityId id) const {
  const auto at = std::find_if(cells_.begin(), cells_.end(),
                               [id](const TileCell& cell) { return cell.modality == id; });
  return at == cells_.end() ? std::nullopt
                            : std::optional(static_cast<std::size_t>(at - cells_.begin()));
}

std::vector<std::size_t> TileStage::visibleCells() const {
  if (maximised_) return {*maximised_};
  std::vector<std::size_t> all(cells_.size());
  std::iota(all.begin(), all.end(), 0);
  return all;
}

std::vector<ModalityId> TileStage::visibleModalities() const {
  std::vector<ModalityId> visible;
  for (const std::size_t i : visibleCells()) visible.push_back(cells_[i].modality);
  visible.erase(std::unique(visible.begin(), visible.end()), visible.end());
  return visible;
}

QImage TileStage::render(QSize size, double dpr) const {
  QImage image(size * dpr, QImage::Format_RGB32);
  image.setDevicePixelRatio(dpr);
  image.fill(Qt::black);
  QPainter painter(&image);
  const std::vector<std::size_t> visible = visibleCells();
  const std::vector<QRect> places = placesOf(layout_, visible.size(), size);
  for (std::size_t i = 0; i < visible.size(); ++i) {
    painter.drawImage(places[i].topLeft(), tiles_[visible[i]]->render(places[i].size(), dpr));
  }
  return image;
}

}  // namespace modascope
