#include "widgets/scene/scene_view.h"

#include <QKeyEvent>
#include <QPainter>
#include <QResizeEvent>
#include <array>

#include <vtkActor.h>
#include <vtkMapper.h>
#include <vtkPolyData.h>
#include <vtkRenderStepsPass.h>
#include <vtkRenderer.h>

#include "widgets/scene/region_actors.h"
#include "widgets/scene/scene_camera.h"
#include "widgets/scene/scene_notes.h"
#include "widgets/scene/surface_actor.h"
#include "widgets/scene/surface_worker.h"
#include "widgets/scene/vtk_widget.h"

namespace modascope {
namespace {

constexpr double kHeadOpacity = 0.30;

}  // namespace

SceneView::SceneView(QWidget* parent)
    : QWidget(parent),
      gl_(new VtkWidget(this)),
      notes_(new SceneNotes(this)),
      camera_(std::make_unique<SceneCamera>(gl_)),
      regions_(std::make_unique<RegionActors>(gl_->renderer())),
      head_(newSurfaceActor(kHeadOpacity)),
      worker_(std::make_unique<SurfaceWorker>()) {
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("3D view of the regions"));
  gl_->setFocusProxy(this);
  gl_->setFocusPolicy(Qt::ClickFocus);
  vtkMapper::SetResolveCoincidentTopologyToPolygonOffset();
  // Plain blending in the order of the actors, the innermost first.
  gl_->renderer()->SetPass(vtkSmartPointer<vtkRenderStepsPass>::New());
  placeActors();
  connect(camera_.get(), &SceneCamera::moved, this, &SceneView::cameraChanged);
  connect(camera_.get(), &SceneCamera::turned, notes_, &SceneNotes::setCamera);
  connect(worker_.get(), &SurfaceWorker::made, this, &SceneView::setSurfaces);
  connect(worker_.get(), &SurfaceWorker::headMade, this, &SceneView::showHead);
  connect(worker_.get(), &SurfaceWorker::failed, notes_, &SceneNotes::setSentence);
  lookFrom(Viewpoint::Anterior);
  applyPalette();
}

SceneView::~SceneView() {
  worker_.reset();
  camera_.reset();
  regions_.reset();
  // The GL widget must let go of the actors' graphics memory while its context lives.
  delete gl_;
}

/// Behind the regions in the order of drawing.
void SceneView::placeActors() {
  for (vtkActor* actor : {head_.Get(), slice_.actor()}) {
    gl_->renderer()->RemoveActor(actor);
    gl_->renderer()->AddActor(actor);
  }
}

void SceneView::setRegions(const RegionSchema& regions) {
  if (regions == regions_->regions()) return;
  setLabels(nullptr);
  regions_->setRegions(regions);
  placeActors();
  gl_->sceneChanged();
}

void SceneView::setLabels(std::shared_ptr<const LabelVolume> labels) {
  if (labels) {
    worker_->request(std::move(labels), regions_->regions());
  } else {
    worker_->forget();
    regions_->show(std::nullopt);
    describeSurfaces();
    gl_->sceneChanged();
  }
}

void SceneView::setSurfaces(const SurfaceSet& surfaces) {
  worker_->forget();
  regions_->show(surfaces);
  camera_->frame(surfaces.grid);
  describeSurfaces();
  gl_->sceneChanged();
  Q_EMIT surfacesShown();
}

const std::optional<SurfaceSet>& SceneView::surfaces() const {
  return regions_->surfaces();
}

void SceneView::setHead(std::shared_ptr<const Volume> volume) {
  if (volume) {
    camera_->frame(volume->grid);
    worker_->requestHead(std::move(volume));
  } else {
    worker_->forgetHead();
    showHead(nullptr);
  }
}

void SceneView::showHead(const vtkSmartPointer<vtkPolyData>& head) {
  setSurface(head_, head);
  setHeadVisible(headVisible_);
  std::optional<std::array<double, 6>> bounds;
  if (head != nullptr) head->GetBounds(bounds.emplace().data());
  camera_->setExtent(bounds);
}

void SceneView::setHeadVisible(bool visible) {
  headVisible_ = visible;
  head_->SetVisibility(visible && surfaceOf(head_) != nullptr);
  gl_->sceneChanged();
}

void SceneView::setSlicePlane(const std::optional<SlicePlane>& slice) {
  slice_.show(slice);
  if (slice && slice->volume && !camera_->isFramed()) camera_->frame(slice->volume->grid);
  gl_->renderer()->ResetCameraClippingRange();
  gl_->sceneChanged();
}

void SceneView::setRegionColours(RegionColours preset) {
  regions_->setColours(preset);
  gl_->sceneChanged();
  describeSurfaces();
}

void SceneView::setRegionVisible(const Region& region, bool visible) {
  regions_->setVisible(region, visible);
  gl_->sceneChanged();
}

void SceneView::setRegionOpacity(const Region& region, double opacity) {
  regions_->setOpacity(region, opacity);
  gl_->sceneChanged();
}

bool SceneView::regionVisible(const Region& region) const {
  return regions_->isVisible(region);
}

double SceneView::regionOpacity(const Region& region) const {
  return regions_->opacity(region);
}

void SceneView::setCaption(const QString& caption) {
  notes_->setCaption(caption);
}

void SceneView::lookFrom(Viewpoint viewpoint) {
  camera_->lookFrom(viewpoint);
}

void SceneView::resetCamera() {
  camera_->reset();
}

CameraPose SceneView::camera() const {
  return camera_->pose();
}

void SceneView::setCamera(const CameraPose& pose) {
  camera_->setPose(pose);
}

bool SceneView::settled() const {
  return worker_->idle();
}

void SceneView::applyPalette() {
  const QColor ground = palette().color(QPalette::Window);
  gl_->renderer()->SetBackground(ground.redF(), ground.greenF(), ground.blueF());
  setColour(head_, ground.lightnessF() > 0.5 ? QColor(90, 95, 105) : QColor(205, 210, 220));
  gl_->sceneChanged();
}

void SceneView::describeSurfaces() {
  const auto& found = surfaces();
  std::vector<SceneNotes::Line> lines;
  if (found && !found->empty()) {
    for (const Region& region : regions_->regions())
      lines.push_back(
          {regions_->colour(region),
           tr("%1  %2 mL")
               .arg(regionName(region), QString::number(found->ml[region.place], 'f', 1))});
  }
  notes_->setSentence(found && found->empty() ? tr("Nothing found with these modalities")
                                              : QString());
  notes_->setLines(std::move(lines));
}

QImage SceneView::grabImage(double scale) {
  QImage image = gl_->picture(scale);
  QPainter painter(&image);
  notes_->paintInto(painter, QRectF(QPointF(0, 0), QSizeF(gl_->size())));
  return image;
}

void SceneView::keyPressEvent(QKeyEvent* event) {
  const Qt::KeyboardModifiers keys = event->modifiers() & ~Qt::KeypadModifier;
  const int number = event->key() - Qt::Key_1;
  if (keys != Qt::NoModifier) {
    event->ignore();
  } else if (number >= 0 && number <= static_cast<int>(Viewpoint::Inferior)) {
    lookFrom(static_cast<Viewpoint>(number));
  } else if (event->key() == Qt::Key_R) {
    resetCamera();
  } else if (event->key() == Qt::Key_H) {
    setHeadVisible(!headVisible_);
    Q_EMIT headVisibleChanged(headVisible_);
  } else {
    event->ignore();
  }
}

void SceneView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  gl_->setGeometry(rect());
  notes_->setGeometry(rect());
  notes_->raise();
}

void SceneView::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) applyPalette();
}

void linkCameras(SceneView& a, SceneView& b) {
  b.camera_->follow();
  b.setCamera(a.camera());
  QObject::connect(&a, &SceneView::cameraChanged, &b, &SceneView::setCamera);
  QObject::connect(&b, &SceneView::cameraChanged, &a, &SceneView::setCamera);
}

}  // namespace modascope
