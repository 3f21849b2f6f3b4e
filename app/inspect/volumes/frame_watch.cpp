#include "app/inspect/volumes/frame_watch.h"

#include <QEvent>

#include "app/inspect/volumes/volume_widgets.h"
#include "app/inspect/volumes/volumes_view.h"
#include "widgets/scene/scene_view.h"
#include "widgets/scene/vtk_widget.h"
#include "widgets/slices/slice_view.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {
namespace {

std::vector<SliceView*> visibleSlices(const VolumeWidgets& widgets) {
  std::vector<SliceView*> all;
  for (auto* slice : widgets.tiles->findChildren<SliceView*>())
    if (slice->isVisible()) all.push_back(slice);
  return all;
}

}  // namespace

FrameWatch::FrameWatch(const VolumesView& view, QObject* parent)
    : QObject(parent), widgets_(view.widgets()) {
  connect(&view, &VolumesView::shownChanged, this, [this] { labelsCame_ = true; });
  connect(widgets_.scene, &SceneView::surfacesShown, this,
          [this] { surfacesCame_ = labelsCame_ && awaitingSurfaces_; });
  connect(widgets_.scene->findChild<VtkWidget*>(), &VtkWidget::rendered, this, [this] {
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
  for (auto* slice : visibleSlices(widgets_)) {
    unpainted_.insert(slice);
    slice->installEventFilter(this);  // once, however often it is asked for
  }
}

std::size_t FrameWatch::views() const {
  return visibleSlices(widgets_).size();
}

std::int64_t FrameWatch::triangles() const {
  const auto& surfaces = widgets_.scene->surfaces();
  return surfaces ? surfaces->triangles() : 0;
}

bool FrameWatch::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Paint && labelsCame_ && unpainted_.erase(watched) > 0 &&
      unpainted_.empty())
    afterThisFrame(&FrameWatch::slicesPainted);
  return QObject::eventFilter(watched, event);
}

}  // namespace modascope
