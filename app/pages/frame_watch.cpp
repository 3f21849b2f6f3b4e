#include "app/pages/frame_watch.h"

#include <QEvent>

#include "app/pages/inspect_controller.h"
#include "app/pages/inspect_page.h"
#include "widgets/scene/scene_view.h"
#include "widgets/scene/vtk_widget.h"
#include "widgets/slices/slice_view.h"
#include "widgets/slices/tile_grid.h"

namespace modascope {
namespace {

std::vector<SliceView*> visibleSlices(const InspectPage& page) {
  std::vector<SliceView*> all;
  for (auto* slice : page.tiles()->findChildren<SliceView*>())
    if (slice->isVisible()) all.push_back(slice);
  return all;
}

}  // namespace

FrameWatch::FrameWatch(InspectPage& page, const InspectController& controller, QObject* parent)
    : QObject(parent), page_(page) {
  connect(&controller, &InspectController::shownChanged, this, [this] { labelsCame_ = true; });
  connect(page.scene(), &SceneView::surfacesShown, this, [this] { surfacesCame_ = labelsCame_; });
  // `rendered` is said while the frame is made; what is queued then comes after it.
  connect(
      page.scene()->findChild<VtkWidget*>(), &VtkWidget::rendered, this,
      [this] {
        if (!surfacesCame_) return;
        surfacesCame_ = false;
        Q_EMIT surfacesPainted();
      },
      Qt::QueuedConnection);
}

void FrameWatch::arm() {
  labelsCame_ = surfacesCame_ = false;
  for (auto* slice : visibleSlices(page_)) {
    unpainted_.insert(slice);
    slice->installEventFilter(this);  // once, however often it is asked for
  }
}

std::size_t FrameWatch::views() const {
  return visibleSlices(page_).size();
}

std::int64_t FrameWatch::triangles() const {
  std::int64_t sum = 0;
  if (const auto& surfaces = page_.scene()->surfaces())
    for (const auto& surface : surfaces->regions)
      if (surface) sum += surface->GetNumberOfCells();
  return sum;
}

bool FrameWatch::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::Paint && labelsCame_ && unpainted_.erase(watched) > 0 &&
      unpainted_.empty())
    // Comes when this round of painting is through.
    QMetaObject::invokeMethod(this, &FrameWatch::slicesPainted, Qt::QueuedConnection);
  return QObject::eventFilter(watched, event);
}

}  // namespace modascope
