#include "widgets/pictures/picture_view.h"

#include <QMouseEvent>
#include <QPainter>
#include <QWheelEvent>
#include <cmath>

#include "widgets/slices/painting/slice_legend.h"

namespace modascope {

PictureView::PictureView(QWidget* parent) : QWidget(parent), header_(new TileHeader(this)) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAttribute(Qt::WA_OpaquePaintEvent);
  header_->hide();
  connect(header_, &TileHeader::clicked, this, &PictureView::headerClicked);
  describeForAccess();
}

void PictureView::setPicture(const QImage& image, const QString& caption) {
  image_ = image;
  caption_ = caption;
  setSwitchable(switchable_);
  describeForAccess();
  groundChanged();
}

void PictureView::setLayers(std::shared_ptr<const PictureLayers> layers, double opacity) {
  layers_ = std::move(layers);
  opacity_ = opacity;
  groundChanged();
}

void PictureView::setWipe(const std::optional<PictureWipe>& wipe) {
  wipe_ = wipe;
  groundChanged();
}

void PictureView::setReplaced(bool replaced) {
  replaced_ = replaced;
  groundChanged();
}

void PictureView::moveWipe(double to) {
  if (!wipe_) return;
  wipe_->line.at = to;
  groundChanged();
}

bool PictureView::isOnWipe(const QPointF& position) const {
  constexpr double near = 8;
  return wipe_ && pictureRect().contains(position) &&
         std::abs(position.x() - wipeX(pictureRect(), wipe_->line.at)) <= near;
}

void PictureView::setTitle(const TileTitle& title) {
  header_->setTitle(title);
  header_->setVisible(!title.name.isEmpty());
  header_->setGeometry(0, 0, width(), stripHeight());
  describeForAccess();
  update();
}

void PictureView::setState(TileState state) {
  state_ = state;
  header_->setState(state);
  describeForAccess();
  groundChanged();
}

void PictureView::setSwitchable(bool switchable) {
  switchable_ = switchable;
  header_->setEnabled(switchable && !image_.isNull());
}

void PictureView::setFrame(const PictureFrame& frame) {
  if (frame == frame_) return;
  frame_ = frame;
  groundChanged();
}

void PictureView::setCrosshair(std::optional<QPoint> pixel) {
  crosshair_ = pixel;
  update();
}

QPointF PictureView::positionOf(const QPoint& pixel) const {
  return placeIn(pictureRect()).geometry.centreOf(pixel);
}

int PictureView::stripHeight() const {
  return header_->title().name.isEmpty() ? 0 : header_->sizeHint().height();
}

QRectF PictureView::pictureRect() const {
  return rect().adjusted(0, stripHeight(), 0, 0);
}

PicturePlace PictureView::placeIn(const QRectF& viewport) const {
  return {viewport, PictureGeometry(image_.size(), viewport, frame_)};
}

void PictureView::paintGround(QPainter& painter, const QRectF& viewport) const {
  if (image_.isNull()) return paintNoPicture(painter, viewport, wordsFor(state_));
  const PicturePlace place = placeIn(viewport);
  paintPicture(painter, place, image_, state_ == TileState::LeftOut && !replaced_);
  if (wipe_) return paintBothLayers(painter, place);
  if (layers_) paintLayers(painter, place, *layers_, opacity_);
}

void PictureView::paintBothLayers(QPainter& painter, const PicturePlace& place) const {
  const double x = wipeX(place.viewport, wipe_->line.at);
  QRectF left = place.viewport, right = place.viewport;
  left.setRight(x);
  right.setLeft(x);
  for (const auto& [half, layers] : {std::pair(left, wipe_->kept), std::pair(right, layers_)}) {
    if (!layers) continue;
    painter.save();
    painter.setClipRect(half, Qt::IntersectClip);
    paintLayers(painter, place, *layers, opacity_);
    painter.restore();
  }
}

void PictureView::paintMarks(QPainter& painter, const QRectF& viewport) const {
  if (image_.isNull()) return;
  if (crosshair_) paintPictureCrosshair(painter, placeIn(viewport), *crosshair_);
  if (wipe_) paintWipe(painter, viewport, wipe_->line);
  painter.setRenderHint(QPainter::Antialiasing);
  haloText(painter, viewport.adjusted(6, 0, -6, -4), Qt::AlignRight | Qt::AlignBottom, caption_);
}

void PictureView::paintEvent(QPaintEvent*) {
  const QRectF viewport = pictureRect();
  const QSize pixels = (viewport.size() * devicePixelRatioF()).toSize();
  if (ground_.size() != pixels && !pixels.isEmpty()) {
    ground_ = QPixmap(pixels);
    ground_.setDevicePixelRatio(devicePixelRatioF());
    QPainter ground(&ground_);
    ground.setFont(font());
    ground.translate(-viewport.topLeft());
    paintGround(ground, viewport);
  }
  QPainter painter(this);
  painter.drawPixmap(viewport.topLeft(), ground_);
  paintMarks(painter, viewport);
  if (!hasFocus()) return;
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
  painter.drawRect(viewport.adjusted(1, 1, -1, -1));
}

QImage PictureView::render(QSize size, double dpr) const {
  QImage image(size * dpr, QImage::Format_RGB32);
  image.setDevicePixelRatio(dpr);
  image.fill(Qt::black);
  QPainter painter(&image);
  painter.setFont(font());
  const int strip = stripHeight();
  if (strip > 0) header_->paintInto(painter, {0, 0, size.width(), strip});
  const QRectF viewport(0, strip, size.width(), size.height() - strip);
  paintGround(painter, viewport);
  paintMarks(painter, viewport);
  return image;
}

void PictureView::groundChanged() {
  ground_ = {};
  update();
}

void PictureView::dragTo(const QPointF& position) {
  const PictureGeometry start(image_.size(), pictureRect(), dragFrame_);
  const QPointF moved = position - dragStart_;
  switch (drag_) {
    case Drag::Crosshair:
      Q_EMIT crosshairMoved(start.nearestPixel(position));
      break;
    case Drag::Zoom:
      changeFrame(start.zoomed(dragStart_, std::exp(-moved.y() / 120)));
      break;
    case Drag::Pan:
      changeFrame({dragFrame_.zoom, dragFrame_.pan - moved / start.scale()});
      break;
    case Drag::Wipe:
      Q_EMIT wipeMoved(wipeAt(pictureRect(), position.x()));
      break;
    case Drag::None:
      break;
  }
}

void PictureView::changeFrame(const PictureFrame& frame) {
  if (frame == frame_) return;
  setFrame(frame);
  Q_EMIT frameChanged(frame);
}

void PictureView::mousePressEvent(QMouseEvent* event) {
  if (image_.isNull() || !pictureRect().contains(event->position())) return;
  const bool alt = event->modifiers().testFlag(Qt::AltModifier);
  const auto button = event->button();
  drag_ = button == Qt::RightButton     ? Drag::Zoom
          : button == Qt::MiddleButton  ? Drag::Pan
          : button != Qt::LeftButton    ? Drag::None
          : alt                         ? Drag::Pan
          : isOnWipe(event->position()) ? Drag::Wipe
                                        : Drag::Crosshair;
  dragStart_ = event->position();
  dragFrame_ = frame_;
  if (drag_ == Drag::Crosshair) dragTo(dragStart_);
}

void PictureView::mouseMoveEvent(QMouseEvent* event) {
  if (drag_ != Drag::None) return dragTo(event->position());
  setCursor(isOnWipe(event->position()) ? Qt::SplitHCursor : Qt::ArrowCursor);
  if (image_.isNull() || !pictureRect().contains(event->position())) return;
  if (const auto pixel = placeIn(pictureRect()).geometry.pixelAt(event->position()))
    Q_EMIT pointed(*pixel);
}

void PictureView::mouseReleaseEvent(QMouseEvent*) {
  drag_ = Drag::None;
}

void PictureView::mouseDoubleClickEvent(QMouseEvent* event) {
  drag_ = Drag::None;
  if (event->button() == Qt::LeftButton) Q_EMIT maximiseRequested();
}

void PictureView::wheelEvent(QWheelEvent* event) {
  event->accept();
  if (image_.isNull()) return;
  const PictureGeometry geometry = placeIn(pictureRect()).geometry;
  changeFrame(geometry.zoomed(event->position(), std::exp(event->angleDelta().y() / 600.0)));
}

void PictureView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  header_->setGeometry(0, 0, width(), stripHeight());
}

void PictureView::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  update();
}

void PictureView::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  update();
}

void PictureView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange) header_->setGeometry(0, 0, width(), stripHeight());
  groundChanged();
}

void PictureView::describeForAccess() {
  QStringList words;
  const TileTitle& title = header_->title();
  if (!title.name.isEmpty()) words << title.name;
  if (!title.note.isEmpty()) words << title.note;
  if (!header_->stateWords().isEmpty()) words << header_->stateWords();
  if (!image_.isNull()) words << tr("%1 by %2 pixels").arg(image_.width()).arg(image_.height());
  setAccessibleName(words.isEmpty() ? tr("Empty picture") : words.join(QStringLiteral(", ")));
  setAccessibleDescription(caption_);
}

}  // namespace modascope
