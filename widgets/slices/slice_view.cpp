#include "widgets/slices/slice_view.h"

#include <QFocusEvent>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

Vec3 centreOf(const VoxelGrid& grid) {
  return grid.toWorld({0.5 * static_cast<double>(grid.size[0] - 1),
                       0.5 * static_cast<double>(grid.size[1] - 1),
                       0.5 * static_cast<double>(grid.size[2] - 1)});
}

}  // namespace

SliceView::SliceView(QWidget* parent) : QWidget(parent), header_(new TileHeader(this)) {
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAttribute(Qt::WA_OpaquePaintEvent);
  header_->hide();
  connect(header_, &TileHeader::clicked, this, &SliceView::headerClicked);
  describeForAccess();
}

SliceView::~SliceView() = default;

void SliceView::setVolume(std::shared_ptr<const Volume> volume,
                          std::optional<IntensityWindow> window) {
  const bool sameGrid = volume && volume_ && volume->grid.matches(volume_->grid);
  volume_ = std::move(volume);
  standIn_.reset();
  if (volume_) window_ = window ? *window : autoWindow(*volume_);
  if (volume_ && !sameGrid) {
    crosshair_ = centreOf(volume_->grid);
    frame_ = {};
    fitted_.reset();
  }
  dropOthersThan(overlays_, volume_ ? volume_->grid : VoxelGrid{});
  if (!sameGrid) map_.reset();
  pictureChanged();
}

void SliceView::setStandIn(std::shared_ptr<const Volume> volume) {
  if (volume == standIn_) return;
  if (volume && volume_ && !volume->grid.matches(volume_->grid)) volume.reset();
  standIn_ = std::move(volume);
  if (standIn_) standInWindow_ = autoWindow(*standIn_);
  pictureChanged();
}

void SliceView::setTitle(const TileTitle& title) {
  header_->setTitle(title);
  header_->setVisible(!title.name.isEmpty());
  header_->setGeometry(0, 0, width(), headerHeight());
  describeForAccess();
  update();
}

void SliceView::setState(TileState state) {
  state_ = state;
  header_->setState(state);
  describeForAccess();
  groundChanged();
}

void SliceView::setSwitchable(bool switchable) {
  header_->setEnabled(switchable);
}

void SliceView::setPlane(Plane plane) {
  if (plane == plane_) return;
  plane_ = plane;
  frame_ = {};
  pictureChanged();
}

void SliceView::setConvention(Convention convention) {
  convention_ = convention;
  pictureChanged();
}

void SliceView::setCrosshair(const Vec3& worldMm) {
  const auto before = slice();
  crosshair_ = worldMm;
  if (slice() != before) pictureChanged();
  update();
}

void SliceView::setCrosshairVisible(bool visible) {
  crosshairVisible_ = visible;
  update();
}

void SliceView::setFitted(std::optional<VoxelBox> box) {
  fitted_ = box;
  groundChanged();
}

void SliceView::setFrame(const ViewFrame& frame) {
  if (frame == frame_) return;
  frame_ = frame;
  groundChanged();
}

void SliceView::setIntensityWindow(const IntensityWindow& window) {
  window_ = window;
  pictureChanged();
}

std::optional<std::int64_t> SliceView::slice() const {
  if (!volume_) return std::nullopt;
  return SliceGeometry(volume_->grid, plane_, convention_).sliceAt(crosshair_);
}

std::optional<Vec3> SliceView::worldAt(const QPointF& position) const {
  if (!volume_ || !pictureRect().contains(position)) return std::nullopt;
  const SliceGeometry geometry = geometryIn(pictureRect(), frame_);
  if (!geometry.sliceRect().contains(position)) return std::nullopt;
  return geometry.toWorld(position, geometry.sliceAt(crosshair_));
}

std::optional<QPointF> SliceView::positionOf(const Vec3& worldMm) const {
  if (!volume_) return std::nullopt;
  return geometryIn(pictureRect(), frame_).toScreen(worldMm);
}

int SliceView::headerHeight() const {
  return header_->title().name.isEmpty() ? 0 : header_->sizeHint().height();
}

QRectF SliceView::pictureRect() const {
  return rect().adjusted(0, headerHeight(), 0, 0);
}

SliceGeometry SliceView::geometryIn(const QRectF& viewport, const ViewFrame& frame) const {
  SliceGeometry geometry(volume_->grid, plane_, convention_);
  if (fitted_) geometry.fitTo(*fitted_);
  geometry.place(viewport, frame);
  return geometry;
}

const SlicePicture& SliceView::picture() const {
  if (picture_) return *picture_;
  picture_.emplace();
  const SliceSpec spec{plane_, convention_, *slice()};
  picture_->image = (standIn_ ? intensityImage(*standIn_, spec, standInWindow_)
                              : intensityImage(*volume_, spec, window_))
                        .convertToFormat(QImage::Format_RGB32);
  if (map_ && overlays_.style.visible) picture_->map = mapImage(*map_, spec);
  drawOverlays(*picture_, overlays_, spec, map_.has_value());
  return *picture_;
}

SliceMarks SliceView::marks(const SliceGeometry& geometry) const {
  SliceMarks marks;
  marks.opacity = overlays_.style.opacity;
  marks.mapOpacity = overlays_.style.mapOpacity;
  if (isWiped(overlays_)) marks.wipe = wipeOf(overlays_);
  marks.legend = legend();
  marks.leftOut = state_ == TileState::LeftOut && !standIn_;
  if (crosshairVisible_) marks.crosshair = geometry.toScreen(crosshair_);
  marks.caption = tr("%1 %2 / %3").arg(nameOf(plane_)).arg(*slice() + 1).arg(geometry.sliceCount());
  return marks;
}

void SliceView::paintPicture(QPainter& painter, const QRectF& viewport) const {
  if (!volume_) {
    paintNoSlice(painter, viewport, state_ == TileState::Absent ? wordsFor(state_) : QString());
    return;
  }
  const SliceGeometry geometry = geometryIn(viewport, frame_);
  const SliceMarks over = marks(geometry);
  paintSlice(painter, viewport, geometry, picture(), over);
  paintMarks(painter, viewport, geometry, over);
}

void SliceView::paintFromGround(QPainter& painter) {
  const QRectF viewport = pictureRect();
  const QSize pixels = (viewport.size() * devicePixelRatioF()).toSize();
  const SliceGeometry geometry = geometryIn(viewport, frame_);
  const SliceMarks over = marks(geometry);
  if (ground_.size() != pixels) {
    ground_ = QPixmap(pixels);
    ground_.setDevicePixelRatio(devicePixelRatioF());
    QPainter ground(&ground_);
    ground.setFont(font());
    ground.translate(-viewport.topLeft());
    paintSlice(ground, viewport, geometry, picture(), over);
  }
  painter.drawPixmap(viewport.topLeft(), ground_);
  paintMarks(painter, viewport, geometry, over);
}

void SliceView::groundChanged() {
  ground_ = {};
  update();
}

void SliceView::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  if (volume_) {
    paintFromGround(painter);
  } else {
    paintPicture(painter, pictureRect());
  }
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
  paintPicture(painter, QRectF(0, strip, size.width(), size.height() - strip));
  return image;
}

void SliceView::pictureChanged() {
  picture_.reset();
  describeForAccess();
  groundChanged();
}

void SliceView::describeForAccess() {
  QStringList words;
  const TileTitle& title = header_->title();
  if (!title.name.isEmpty()) words << title.name;
  if (!title.detail.isEmpty() && title.detail != nameOf(plane_)) words << title.detail;
  if (!title.note.isEmpty()) words << title.note;
  if (!header_->stateWords().isEmpty()) words << header_->stateWords();
  if (const auto index = slice()) {
    const SliceGeometry geometry(volume_->grid, plane_, convention_);
    words << tr("%1 slice %2 of %3").arg(nameOf(plane_)).arg(*index + 1).arg(geometry.sliceCount());
  }
  const SliceLegend says = legend();
  QStringList meaning = says.lines;
  for (const LegendKey& key : says.keys) meaning << key.words;
  if (!says.remark.isEmpty()) meaning << says.remark;
  setAccessibleDescription(meaning.join(QStringLiteral(", ")));
  setAccessibleName(words.isEmpty() ? tr("Empty slice view") : words.join(QStringLiteral(", ")));
}

}  // namespace modascope
