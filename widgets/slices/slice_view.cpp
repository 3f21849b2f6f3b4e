#include "widgets/slices/slice_view.h"

#include <QKeyEvent>
#include <QPainter>

#include "widgets/slices/handling/slice_keys.h"
#include "widgets/slices/slice_words.h"

namespace modascope {
namespace {

/// The same but for one of its parts.
template <typename Part>
SliceOverlays with(SliceOverlays overlays, Part SliceOverlays::*part, Part value) {
  overlays.*part = std::move(value);
  return overlays;
}

}  // namespace

SliceView::SliceView(QWidget* parent) : QWidget(parent), header_(new TileHeader(this)) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAttribute(Qt::WA_OpaquePaintEvent);
  header_->hide();
  connect(header_, &TileHeader::clicked, this, &SliceView::headerClicked);
  contentChanged();
}

void SliceView::setVolume(std::shared_ptr<const Volume> volume,
                          std::optional<IntensityWindow> window) {
  place_.setGrid(volume ? std::optional(volume->grid) : std::nullopt);
  content_.setVolume(std::move(volume), window);
  contentChanged();
}

void SliceView::setOverlays(SliceOverlays overlays) {
  content_.setOverlays(std::move(overlays), imageName());
  contentChanged();
}

void SliceView::setStandIn(std::shared_ptr<const Volume> volume) {
  if (volume == content_.standIn()) return;
  content_.setStandIn(std::move(volume));
  contentChanged();
}

void SliceView::setOverlay(std::shared_ptr<const LabelVolume> labels) {
  setOverlays(with(overlays(), &SliceOverlays::live, std::move(labels)));
}

void SliceView::setTruth(std::shared_ptr<const LabelVolume> labels) {
  setOverlays(with(overlays(), &SliceOverlays::truth, std::move(labels)));
}

void SliceView::setOverlayStyle(const OverlayStyle& style) {
  setOverlays(with(overlays(), &SliceOverlays::style, style));
}

void SliceView::setRegions(const RegionSchema& regions) {
  setOverlays(with(overlays(), &SliceOverlays::regions, regions));
}

void SliceView::setRegionColours(RegionColours preset) {
  setOverlays(with(overlays(), &SliceOverlays::colours, preset));
}

void SliceView::setMap(std::optional<MapOverlay> map) {
  content_.setMap(std::move(map), imageName());
  contentChanged();
}

void SliceView::setWipe(std::optional<double> wipe) {
  content_.setWipe(wipe) ? contentChanged() : groundChanged();
}

void SliceView::setIntensityWindow(const IntensityWindow& window) {
  content_.setWindow(window);
  contentChanged();
}

void SliceView::autoAdjustWindow() {
  if (!content_.volume()) return;
  const IntensityWindow before = intensityWindow();
  const IntensityWindow found = autoWindow(*content_.volume());
  if (found != before) act({WindowTo{found}, WindowDone{before}});
}

void SliceView::setTitle(const TileTitle& title) {
  header_->setTitle(title);
  header_->setVisible(!title.name.isEmpty());
  header_->setGeometry(0, 0, width(), headerHeight());
  contentChanged();
}

void SliceView::setState(TileState state) {
  canvas_.setState(state);
  header_->setState(state);
  contentChanged();
}

void SliceView::setSwitchable(bool switchable) {
  header_->setEnabled(switchable);
}

void SliceView::setPlane(Plane plane) {
  if (plane == place_.plane()) return;
  place_.setPlane(plane);
  contentChanged();
}

void SliceView::setConvention(Convention convention) {
  place_.setConvention(convention);
  contentChanged();
}

void SliceView::setCrosshair(const Vec3& worldMm) {
  const auto before = slice();
  place_.setCrosshair(worldMm);
  if (slice() != before) contentChanged();
  update();
}

void SliceView::setCrosshairVisible(bool visible) {
  canvas_.setCrosshairVisible(visible);
  update();
}

void SliceView::setFitted(std::optional<VoxelBox> box) {
  place_.setFitted(box);
  groundChanged();
}

void SliceView::setFrame(const ViewFrame& frame) {
  if (frame == place_.frame()) return;
  place_.setFrame(frame);
  groundChanged();
}

std::optional<Vec3> SliceView::worldAt(const QPointF& position) const {
  return place_.worldAt(pictureRect(), position);
}

std::optional<QPointF> SliceView::positionOf(const Vec3& worldMm) const {
  return place_.positionOf(pictureRect(), worldMm);
}

QString SliceView::imageName() const {
  return header_->title().name.isEmpty() ? tr("the image") : header_->title().name;
}

int SliceView::headerHeight() const {
  return header_->title().name.isEmpty() ? 0 : header_->sizeHint().height();
}

QRectF SliceView::pictureRect() const {
  return rect().adjusted(0, headerHeight(), 0, 0);
}

void SliceView::act(const SliceActions& asked) {
  for (const SliceAction& action : asked) {
    std::visit([this](const auto& one) { carryOut(one); }, action);
  }
}

void SliceView::carryOut(const CrosshairTo& to) {
  if (to.worldMm == crosshair()) return;
  setCrosshair(to.worldMm);
  Q_EMIT crosshairMoved(crosshair());
}

void SliceView::carryOut(const CrosshairSwitched&) {
  setCrosshairVisible(!canvas_.isCrosshairVisible());
  Q_EMIT crosshairVisibilityChanged(canvas_.isCrosshairVisible());
}

void SliceView::carryOut(const FrameTo& to) {
  if (to.frame == frame()) return;
  setFrame(to.frame);
  Q_EMIT frameChanged(frame());
}

void SliceView::carryOut(const WindowTo& to) {
  if (to.window == intensityWindow()) return;
  setIntensityWindow(to.window);
  Q_EMIT windowChanged(intensityWindow());
}

void SliceView::carryOut(const WindowDone& done) {
  Q_EMIT windowSettled(done.before, intensityWindow());
}

void SliceView::carryOut(const WipeTo& to) {
  setWipe(to.at);
  Q_EMIT wipeMoved(*overlays().wipe);
}

void SliceView::carryOut(const StyleTo& to) {
  setOverlayStyle(to.style);
  Q_EMIT overlayStyleChanged(overlayStyle());
}

MouseGround SliceView::mouseGround() const {
  const auto wipe = isWiped(overlays()) ? overlays().wipe : std::nullopt;
  return {place_, pictureRect(), intensityWindow(), wipe};
}

void SliceView::mousePressEvent(QMouseEvent* event) {
  if (place_.hasGrid()) act(mouse_.press(*event, mouseGround()));
}

void SliceView::mouseMoveEvent(QMouseEvent* event) {
  if (!place_.hasGrid()) return unsetCursor();
  const MouseGround ground = mouseGround();
  if (mouse_.isDragging()) return act(mouse_.move(event->position(), ground));
  isOnWipe(event->position(), ground) ? setCursor(Qt::SplitHCursor) : unsetCursor();
  if (const auto world = worldAt(event->position())) Q_EMIT pointed(*world);
}

void SliceView::mouseReleaseEvent(QMouseEvent* event) {
  if (place_.hasGrid()) act(mouse_.release(*event, mouseGround()));
  mouse_.forget();
}

void SliceView::mouseDoubleClickEvent(QMouseEvent* event) {
  mouse_.forget();
  if (event->button() == Qt::LeftButton) Q_EMIT maximiseRequested();
}

void SliceView::wheelEvent(QWheelEvent* event) {
  event->accept();
  if (place_.hasGrid()) act(mouse_.wheel(*event, mouseGround()));
}

void SliceView::keyPressEvent(QKeyEvent* event) {
  const SliceActions asked = actionsOf(*event, place_, overlays(), map().has_value());
  if (asked.empty()) event->ignore();
  act(asked);
}

void SliceView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  header_->setGeometry(0, 0, width(), headerHeight());
}

void SliceView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange) header_->setGeometry(0, 0, width(), headerHeight());
  groundChanged();
}

void SliceView::groundChanged() {
  canvas_.forget();
  update();
}

void SliceView::contentChanged() {
  setAccessibleDescription(legendWords(legend()));
  setAccessibleName(sliceWords(*header_, place_));
  groundChanged();
}

void SliceView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  canvas_.paintKept(painter, pictureRect(), content_, place_);
  if (hasFocus()) {
    painter.setPen(QPen(palette().color(QPalette::Highlight), 2));
    painter.drawRect(pictureRect().adjusted(1, 1, -1, -1));
  }
}

QImage SliceView::render(QSize size, double dpr) const {
  QImage image(size * dpr, QImage::Format_RGB32);
  image.setDevicePixelRatio(dpr);
  image.fill(Qt::black);
  QPainter painter(&image);
  painter.setFont(font());
  const int strip = headerHeight();
  if (strip > 0) header_->paintInto(painter, {0, 0, size.width(), strip});
  canvas_.paint(painter, QRectF(0, strip, size.width(), size.height() - strip), content_, place_);
  return image;
}

}  // namespace modascope
