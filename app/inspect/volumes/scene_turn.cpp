#include "app/inspect/volumes/scene_turn.h"

#include <QCoreApplication>
#include <QMouseEvent>

#include "core/base/error.h"
#include "core/cohort/cohort.h"
#include "core/data/case.h"
#include "widgets/scene/scene_view.h"
#include "widgets/scene/vtk_widget.h"

namespace modascope {
namespace {

constexpr QPointF kStart{300, 400};
constexpr QPointF kMove{5, 1};

void send(VtkWidget& view, QEvent::Type type, const QPointF& at) {
  const Qt::MouseButton button = type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton;
  QMouseEvent event(type, at, view.mapToGlobal(at), button, Qt::LeftButton, Qt::NoModifier);
  QCoreApplication::sendEvent(&view, &event);
}

}  // namespace

SceneTurn::SceneTurn(const CaseInfo& info, int frames)
    : view_(std::make_unique<SceneView>()), frames_(static_cast<std::size_t>(frames)) {
  const auto patient = std::make_shared<const Case>(readCase(info));
  if (!patient->labels)
    throw Error("Case " + info.id + " has no segmentation, so there is nothing to turn.");
  for (const auto& volume : patient->modalities) {
    if (!volume) continue;
    view_->setHead({patient, &*volume});
    break;
  }
  view_->setRegions(patient->regions);
  view_->setLabels({patient, &*patient->labels});
  connect(view_->findChild<VtkWidget*>(), &VtkWidget::rendered, this, &SceneTurn::drawn,
          Qt::QueuedConnection);  // what is queued while a frame is made comes after it
}

SceneTurn::~SceneTurn() = default;

void SceneTurn::begin() {
  view_->resize(kSize);
  view_->show();
}

void SceneTurn::drawn() {
  if (turning_) {
    framesMs_.push_back(1000 * sinceMove_.seconds());
    step();
  } else if (view_->settled() && view_->surfaces()) {
    turning_ = true;
    mouse_ = kStart;
    send(*view_->findChild<VtkWidget*>(), QEvent::MouseButtonPress, mouse_);
    step();
  }
}

void SceneTurn::step() {
  auto* gl = view_->findChild<VtkWidget*>();
  if (framesMs_.size() == frames_) {
    disconnect(gl, nullptr, this, nullptr);
    send(*gl, QEvent::MouseButtonRelease, mouse_);
    Q_EMIT finished();
    return;
  }
  mouse_ += kMove;
  sinceMove_ = {};
  send(*gl, QEvent::MouseMove, mouse_);
}

std::int64_t SceneTurn::triangles() const {
  return view_->surfaces()->triangles();
}

}  // namespace modascope
