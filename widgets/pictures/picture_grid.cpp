#include "widgets/pictures/picture_grid.h"

#include <QApplication>
#include <QPainter>
#include <algorithm>

#include "widgets/bridge/palette.h"

namespace modascope {

PictureGrid::PictureGrid(QWidget* parent) : QWidget(parent), legend_(new ClassLegend(this)) {
  setAccessibleName(tr("Pictures of all modalities"));
  legend_->hide();
  connect(legend_, &ClassLegend::chosen, this, [this](std::size_t which) {
    PictureStyle style = style_;
    if (overlay_.classes().truth) style.content = PixelContent::Errors;
    style.errorsOf = which;
    changeStyle(style);
  });
  connect(legend_, &ClassLegend::contentClicked, this, [this] { styleKey(Qt::Key_T); });
}

void PictureGrid::setCase(const Problem& problem, std::shared_ptr<const ImageSample> sample) {
  PictureCase next(problem, sample);
  const QSize before = pictureSize();
  if (!case_ || case_->schema() != problem.schema) {
    maximised_.reset();
    notes_.clear();
  }
  notes_.resize(problem.schema.size());
  case_ = std::move(next);
  overlay_ = PictureOverlay(problem, std::move(sample));
  if (pictureSize() != before) {
    frame_ = {};
    crosshair_ = QPoint(pictureSize().width() / 2, pictureSize().height() / 2);
  }
  style_.errorsOf = std::min(style_.errorsOf, problem.outputs.size() - 1);
  makeTiles();
  showTitles();
  showLayers();
  arrange();
}

void PictureGrid::clear() {
  case_.reset();
  overlay_ = {};
  maximised_.reset();
  crosshair_.reset();
  makeTiles();
  showLayers();
  arrange();
}

QSize PictureGrid::pictureSize() const {
  return case_ ? case_->size() : QSize();
}

void PictureGrid::setShown(ModalitySet set, const QString& instead) {
  instead_ = instead;
  if (!case_) return;
  case_->setSeen(set);
  if (case_->given()) showPictures();
  showTitles();
}

void PictureGrid::setGiven(std::shared_ptr<const std::vector<std::vector<float>>> modalities) {
  if (!case_ || modalities == case_->given()) return;
  case_->setGiven(std::move(modalities));
  showPictures();
}

void PictureGrid::setSwitchable(bool switchable) {
  switchable_ = switchable;
  for (PictureView* tile : tiles_) tile->setSwitchable(switchable);
}

void PictureGrid::setPrediction(std::shared_ptr<const LabelPicture> prediction) {
  overlay_.setPrediction(std::move(prediction));
  showLayers();
}

void PictureGrid::setKept(std::shared_ptr<const LabelPicture> kept, const WipeWords& words,
                          const WipeWords& live) {
  overlay_.setKept(std::move(kept));
  wipe_.left = words;
  wipe_.right = live;
  showLayers();
}

void PictureGrid::setStyle(const PictureStyle& style) {
  style_ = style;
  style_.opacity = std::clamp(style.opacity, 0.0, 1.0);
  showLayers();
}

void PictureGrid::changeStyle(const PictureStyle& style) {
  if (style == style_) return;
  setStyle(style);
  Q_EMIT styleChanged(style_);
}

void PictureGrid::setNote(ModalityId id, const QString& note) {
  if (id.index() >= notes_.size()) return;
  notes_[id.index()] = note;
  showTitles();
}

void PictureGrid::setCrosshair(QPoint pixel) {
  crosshair_ = pixel;
  for (PictureView* tile : tiles_)
    tile->setCrosshair(crosshairVisible_ ? crosshair_ : std::nullopt);
}

void PictureGrid::setFrame(const PictureFrame& frame) {
  frame_ = frame;
  for (PictureView* tile : tiles_) tile->setFrame(frame);
}

void PictureGrid::setMaximised(std::optional<ModalityId> id) {
  maximised_ = id && id->index() < tiles_.size() ? id : std::nullopt;
  arrange();
  if (maximised_) tile(*maximised_)->setFocus();
}

/// One for each modality. A tile too many may be the one whose event this answers, so it goes
/// later.
void PictureGrid::makeTiles() {
  const std::size_t count = case_ ? case_->schema().size() : 0;
  while (tiles_.size() < count) {
    tiles_.push_back(new PictureView(this));
    tiles_.back()->setSwitchable(switchable_);
    connectTile(ModalityId(tiles_.size() - 1));
  }
  for (; tiles_.size() > count; tiles_.pop_back()) {
    tiles_.back()->disconnect(this);
    tiles_.back()->hide();
    tiles_.back()->deleteLater();
  }
  showPictures();
  for (PictureView* tile : tiles_) {
    tile->setFrame(frame_);
    tile->setCrosshair(crosshairVisible_ ? crosshair_ : std::nullopt);
  }
}

void PictureGrid::showPictures() {
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    const ModalityId id(i);
    tiles_[i]->setPicture(case_->image(id), case_->caption(id));
    tiles_[i]->setReplaced(case_->isReplaced(id));
  }
}

void PictureGrid::showTitles() {
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    const ModalityId id(i);
    tiles_[i]->setTitle({case_->label(id), modalityColour(id), notes_[i],
                         modalityLetter(case_->schema(), id), instead_});
    tiles_[i]->setState(case_->state(id));
  }
}

void PictureGrid::showLayers() {
  const auto layers = std::make_shared<const PictureLayers>(overlay_.layers(style_));
  for (PictureView* tile : tiles_) tile->setLayers(layers, style_.opacity);
  showWipe();
  legend_->setLegend(case_ ? overlay_.legend(style_) : PictureLegend());
  arrange();
}

void PictureGrid::showWipe() {
  std::optional<PictureWipe> wipe;
  if (overlay_.hasKept())
    wipe = {std::make_shared<const PictureLayers>(overlay_.keptLayers(style_)), wipe_};
  for (PictureView* tile : tiles_) tile->setWipe(wipe);
}

QString PictureGrid::describe(QPoint pixel) const {
  if (!case_ || !case_->contains(pixel)) return {};
  QStringList parts{tr("x %1 y %2").arg(pixel.x()).arg(pixel.y())};
  for (const ModalityId id : visibleModalities())
    if (case_->state(id) != TileState::Absent) parts << case_->values(id, pixel, instead_);
  return (parts + overlay_.words(pixel)).join(QStringLiteral(" · "));
}

std::vector<ModalityId> PictureGrid::visibleModalities() const {
  if (maximised_) return {*maximised_};
  return case_ ? case_->schema().ids() : std::vector<ModalityId>();
}

std::vector<QRect> PictureGrid::placesIn(const QSize& size) const {
  const int strip = tiles_.empty() ? 0 : tiles_.front()->stripHeight();
  const QRect area(0, 0, size.width(), size.height() - legend_->heightFor(size.width()));
  return picturePlaces(static_cast<int>(visibleModalities().size()), area, pictureSize(), strip);
}

void PictureGrid::arrange() {
  const auto visible = visibleModalities();
  const auto places = placesIn(size());
  for (std::size_t i = 0; i < tiles_.size(); ++i)
    tiles_[i]->setVisible(!maximised_ || *maximised_ == ModalityId(i));
  for (std::size_t i = 0; i < places.size(); ++i) tile(visible[i])->setGeometry(places[i]);
  const int below = legend_->heightFor(width());
  legend_->setVisible(below > 0);
  legend_->setGeometry(0, height() - below, width(), below);
}

void PictureGrid::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  arrange();
}

void PictureGrid::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange) arrange();
}

QImage PictureGrid::picture(double scale) const {
  QImage image(size() * scale, QImage::Format_RGB32);
  image.setDevicePixelRatio(scale);
  image.fill(palette().color(QPalette::Window));
  QPainter painter(&image);
  const auto visible = visibleModalities();
  const auto places = placesIn(size());
  for (std::size_t i = 0; i < places.size(); ++i)
    painter.drawImage(places[i].topLeft(), tile(visible[i])->render(places[i].size(), scale));
  const int below = legend_->heightFor(width());
  legend_->paintInto(painter, {0, height() - below, width(), below});
  return image;
}

}  // namespace modascope
