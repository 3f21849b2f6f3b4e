#include "widgets/pictures/picture_grid.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

#include "widgets/bridge/palette.h"

namespace modascope {

PictureGrid::PictureGrid(QWidget* parent)
    : QWidget(parent), tiles_(*this), legend_(new ClassLegend(this)) {
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
    tiles_.setMaximised(std::nullopt);
    notes_.clear();
  }
  notes_.resize(problem.schema.size());
  case_ = std::move(next);
  overlay_ = PictureOverlay(problem, std::move(sample));
  if (pictureSize() != before) {
    setFrame({});
    setCrosshair({pictureSize().width() / 2, pictureSize().height() / 2});
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
  tiles_.setCrosshair(std::nullopt);
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

void PictureGrid::setMaximised(std::optional<ModalityId> id) {
  tiles_.setMaximised(id);
  arrange();
  if (maximised()) tile(*maximised())->setFocus();
}

void PictureGrid::makeTiles() {
  tiles_.resize(case_ ? case_->schema().size() : 0, [this](ModalityId id) { connectTile(id); });
  showPictures();
}

void PictureGrid::showPictures() {
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    const ModalityId id(i);
    tile(id)->setPicture(case_->image(id), case_->caption(id));
    tile(id)->setReplaced(case_->isReplaced(id));
  }
}

void PictureGrid::showTitles() {
  for (std::size_t i = 0; i < tiles_.size(); ++i) {
    const ModalityId id(i);
    tile(id)->setTitle({case_->label(id), modalityColour(id), notes_[i],
                        modalityLetter(case_->schema(), id), instead_});
    tile(id)->setState(case_->state(id));
  }
}

void PictureGrid::showLayers() {
  const auto layers = std::make_shared<const PictureLayers>(overlay_.layers(style_));
  for (PictureView* tile : tiles_.all()) tile->setLayers(layers, style_.opacity);
  showWipe();
  legend_->setLegend(case_ ? overlay_.legend(style_) : PictureLegend());
  arrange();
}

void PictureGrid::showWipe() {
  std::optional<PictureWipe> wipe;
  if (overlay_.hasKept())
    wipe = {std::make_shared<const PictureLayers>(overlay_.keptLayers(style_)), wipe_};
  for (PictureView* tile : tiles_.all()) tile->setWipe(wipe);
}

QString PictureGrid::describe(QPoint pixel) const {
  if (!case_ || !case_->contains(pixel)) return {};
  QStringList parts{tr("x %1 y %2").arg(pixel.x()).arg(pixel.y())};
  for (const ModalityId id : tiles_.visible())
    if (case_->state(id) != TileState::Absent) parts << case_->values(id, pixel, instead_);
  return (parts + overlay_.words(pixel)).join(QStringLiteral(" · "));
}

QRect PictureGrid::legendRect() const {
  const int below = legend_->heightFor(width());
  return {0, height() - below, width(), below};
}

QRect PictureGrid::tilesRect() const {
  return {0, 0, width(), legendRect().top()};
}

void PictureGrid::arrange() {
  tiles_.place(tilesRect(), pictureSize());
  legend_->setVisible(!legendRect().isEmpty());
  legend_->setGeometry(legendRect());
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
  tiles_.paintInto(painter, tilesRect(), pictureSize(), scale);
  legend_->paintInto(painter, legendRect());
  return image;
}

}  // namespace modascope
