#include "app/inspect/volumes/frame_watch.h"

#include <QEvent>

#include "widgets/scene/scene_view.h"
#include "widgets/scene/vtk_widget.h"
#include "widgets/slices/slice_view.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {
namespace {

std::vector<SliceView*> visibleSlices(const TileGrid& tiles) {
  std::vector<SliceView*> all;
  for (auto* slice : tiles.findChildren<SliceView*>())
    if (slice->isVisible()) all.push_back(slice);
  return all;
}

}  // namespace

FrameWatch::FrameWatch(TileGrid& tiles, SceneView& scene, QObject* parent)
    : QObject(parent), tiles_(tiles), scene_(scene) {
  connect(&scene_, &SceneView::surfacesShown, this,
          [this] { surfacesCame_ = labelsCame_ && awaitingSurfaces_; });
  connect(scene_.findChild<VtkWidget*>(), &VtkWidget::rendered, this, [this] {
    if (!surfacesCame_) return;
    surfacesCame_ = awaitingSurfaces_ = false;
    afterThisFrame(&FrameWatch::surfacesPainted);
  });
}

/// What is queued while a frame is made comes after it.
void FrameWatch::afterThisFrame(void (FrameWatch::*signal)()) {
  QMetaObject::invokeMethod(this, signal, Qt::QueuedConnection);
}

void FrameWatch::arm() {
  labelsCame_ = surfacesCame_ = false;
  awaitingSurfaces_ = true;
  unpainted_.clear();
  for (auto* slice : visibleSlices(tiles_)) {
    unpainted_.insert(slice);
    slice->installEventFilter(this);  // once, however often it is asked for
  }
}

std::size_t FrameWatch::views() const {
  return visibleSlices(tiles_).size();
}

std::int64_t FrameWatch::triangles() const {
  const auto& surfaces = scene_.surfaces();
  return surfaces ? surfaces->triangles() : 0;
}

bool FrameWatch::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Paint && labelsCame_ && unpainted_.erase(watched) > 0 &&
      unpainted_.empty())
    afterThisFrame(&FrameWatch::slicesPainted);
  return QObject::eventFilter(watched, event);
}

}  // namespace modascope
