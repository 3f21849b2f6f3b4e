#include "widgets/slices/painting/slice_canvas.h"

#include <QCoreApplication>
#include <QPainter>

namespace modascope {

void SliceCanvas::setState(TileState state) {
  state_ = state;
  forget();
}

SliceMarks SliceCanvas::marks(const SliceContent& content, const SlicePlace& place,
                              const SliceGeometry& geometry) const {
  SliceMarks marks = content.marks();
  marks.leftOut = state_ == TileState::LeftOut && !content.standIn();
  if (crosshairVisible_) marks.crosshair = geometry.toScreen(place.crosshair());
  marks.caption = QCoreApplication::translate("SliceView", "%1 %2 / %3")
                      .arg(nameOf(place.plane()))
                      .arg(*place.slice() + 1)
                      .arg(geometry.sliceCount());
  return marks;
}

void SliceCanvas::paint(QPainter& painter, const QRectF& viewport, const SliceContent& content,
                        const SlicePlace& place) const {
  if (!content.volume()) {
    paintNoSlice(painter, viewport, state_ == TileState::Absent ? wordsFor(state_) : QString());
    return;
  }
  const SliceGeometry geometry = place.geometryIn(viewport);
  const SliceMarks over = marks(content, place, geometry);
  paintSlice(painter, viewport, geometry, content.picture(place.spec()), over);
  paintMarks(painter, viewport, geometry, over);
}

void SliceCanvas::paintKept(QPainter& painter, const QRectF& viewport, const SliceContent& content,
                            const SlicePlace& place) {
  if (!content.volume()) return paint(painter, viewport, content, place);
  const double dpr = painter.device()->devicePixelRatioF();
  const QSize pixels = (viewport.size() * dpr).toSize();
  const SliceGeometry geometry = place.geometryIn(viewport);
  const SliceMarks over = marks(content, place, geometry);
  if (ground_.size() != pixels) {
    ground_ = QPixmap(pixels);
    ground_.setDevicePixelRatio(dpr);
    QPainter ground(&ground_);
    ground.setFont(painter.font());
    ground.translate(-viewport.topLeft());
    paintSlice(ground, viewport, geometry, content.picture(place.spec()), over);
  }
  painter.drawPixmap(viewport.topLeft(), ground_);
  paintMarks(painter, viewport, geometry, over);
}

}  // namespace modascope
