#include "widgets/scene/scene_view.h"

#include <QKeyEvent>
#include <QPainter>
#include <QResizeEvent>
#include <algorithm>
#include <array>

#include <vtkActor.h>
#include <vtkImageData.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkRenderStepsPass.h>
#include <vtkRenderer.h>

#include "widgets/bridge/vtk_image.h"
#include "widgets/scene/scene_notes.h"
#include "widgets/scene/surface_actor.h"
#include "widgets/scene/surface_worker.h"
#include "widgets/scene/vtk_widget.h"

namespace modascope {
namespace {

/// Of a surface seen from the side; inner regions are seen through outer ones.
double opacityOf(const Region& region, const RegionSchema& regions) {
  if (!regions.isNested() || region.place + 1 == regions.size()) return 1;
  return region.place == 0 ? 0.50 : 0.55;
}

constexpr double kHeadOpacity = 0.30;

}  // namespace

struct SceneView::Actors {
  std::vector<vtkSmartPointer<vtkActor>> regions;
  std::vector<bool> wanted;
  vtkSmartPointer<vtkActor> head = newSurfaceActor(kHeadOpacity);
  SlicePlaneActor slice;
};

SceneView::SceneView(QWidget* parent)
    : QWidget(parent),
      gl_(new VtkWidget(this)),
      notes_(new SceneNotes(this)),
      actors_(std::make_unique<Actors>()),
      worker_(std::make_unique<SurfaceWorker>()) {
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("3D view of the regions"));
  gl_->setFocusProxy(this);
  gl_->setFocusPolicy(Qt::ClickFocus);
  vtkMapper::SetResolveCoincidentTopologyToPolygonOffset();
  // Plain blending in the order of the actors, the innermost first.
  gl_->renderer()->SetPass(vtkSmartPointer<vtkRenderStepsPass>::New());
  resetRegions();
  connect(gl_, &VtkWidget::rendered, this, &SceneView::tellCamera);
  connect(worker_.get(), &SurfaceWorker::made, this, &SceneView::setSurfaces);
  connect(worker_.get(), &SurfaceWorker::headMade, this, &SceneView::showHead);
  connect(worker_.get(), &SurfaceWorker::failed, notes_, &SceneNotes::setSentence);
  lookFrom(Viewpoint::Anterior);
  applyPalette();
}

SceneView::~SceneView() {
  worker_.reset();
  // The GL widget must let go of the actors' graphics memory while its context lives.
  delete gl_;
}

void SceneView::resetRegions() {
  for (const auto& actor : actors_->regions) gl_->renderer()->RemoveActor(actor);
  gl_->renderer()->RemoveActor(actors_->head);
  gl_->renderer()->RemoveActor(actors_->slice.actor());
  actors_->regions.clear();
  for (const Region& region : regions_)
    actors_->regions.push_back(newSurfaceActor(opacityOf(region, regions_)));
  actors_->wanted.assign(regions_.size(), true);
  if (!regions_.empty()) {
    // Where regions end together the outer one shall cover the inner: about a millimetre.
    auto* innermost = static_cast<vtkPolyDataMapper*>(actors_->regions.back()->GetMapper());
    innermost->SetRelativeCoincidentTopologyPolygonOffsetParameters(0, 500);
  }
  for (auto actor = actors_->regions.rbegin(); actor != actors_->regions.rend(); ++actor)
    gl_->renderer()->AddActor(*actor);
  gl_->renderer()->AddActor(actors_->head);
  gl_->renderer()->AddActor(actors_->slice.actor());
}

void SceneView::setRegions(const RegionSchema& regions) {
  if (regions == regions_) return;
  setLabels(nullptr);
  regions_ = regions;
  resetRegions();
  applyPalette();
}

void SceneView::setLabels(std::shared_ptr<const LabelVolume> labels) {
  if (labels) {
    worker_->request(std::move(labels), regions_);
  } else {
    worker_->forget();
    surfaces_.reset();
    for (auto& actor : actors_->regions) setSurface(actor, nullptr);
    describeSurfaces();
    gl_->sceneChanged();
  }
}

void SceneView::setSurfaces(const SurfaceSet& surfaces) {
  worker_->forget();
  surfaces_ = surfaces;
  for (std::size_t r = 0; r < surfaces.regions.size(); ++r) {
    setSurface(actors_->regions[r], surfaces.regions[r]);
    if (!actors_->wanted[r]) actors_->regions[r]->SetVisibility(false);
  }
  frame(surfaces.grid);
  describeSurfaces();
  gl_->sceneChanged();
  Q_EMIT surfacesShown();
}

void SceneView::setHead(std::shared_ptr<const Volume> volume) {
  if (volume) {
    frame(volume->grid);
    worker_->requestHead(std::move(volume));
  } else {
    worker_->forgetHead();
    showHead(nullptr);
  }
}

void SceneView::showHead(const vtkSmartPointer<vtkPolyData>& head) {
  setSurface(actors_->head, head);
  setHeadVisible(headVisible_);
  if (head != nullptr) showAll();
}

void SceneView::setHeadVisible(bool visible) {
  headVisible_ = visible;
  actors_->head->SetVisibility(visible && surfaceOf(actors_->head) != nullptr);
  gl_->sceneChanged();
}

void SceneView::setSlicePlane(const std::optional<SlicePlane>& slice) {
  actors_->slice.show(slice);
  if (slice && slice->volume && !framed_) frame(slice->volume->grid);
  gl_->renderer()->ResetCameraClippingRange();
  gl_->sceneChanged();
}

void SceneView::setRegionColours(RegionColours preset) {
  colours_ = preset;
  applyPalette();
  describeSurfaces();
}

void SceneView::setRegionVisible(const Region& region, bool visible) {
  const std::size_t r = region.place;
  actors_->wanted[r] = visible;
  actors_->regions[r]->SetVisibility(visible && surfaces_ && surfaces_->regions[r] != nullptr);
  gl_->sceneChanged();
}

void SceneView::setRegionOpacity(const Region& region, double opacity) {
  setOpacity(actors_->regions[region.place], std::clamp(opacity, 0.0, 1.0));
  gl_->sceneChanged();
}

bool SceneView::regionVisible(const Region& region) const {
  return actors_->wanted[region.place];
}

double SceneView::regionOpacity(const Region& region) const {
  return actors_->regions[region.place]->GetProperty()->GetOpacity();
}

void SceneView::setCaption(const QString& caption) {
  notes_->setCaption(caption);
}

std::optional<std::array<double, 6>> SceneView::extent() const {
  std::array<double, 6> bounds;
  if (vtkPolyData* head = surfaceOf(actors_->head)) {
    head->GetBounds(bounds.data());
  } else if (framed_) {
    emptyVtkImage(*framed_)->GetBounds(bounds.data());
  } else {
    return std::nullopt;
  }
  return bounds;
}

bool SceneView::settled() const {
  return worker_->idle();
}

void SceneView::applyPalette() {
  const QColor ground = palette().color(QPalette::Window);
  gl_->renderer()->SetBackground(ground.redF(), ground.greenF(), ground.blueF());
  for (const Region& region : regions_)
    setColour(actors_->regions[region.place], regionColour(region, colours_));
  setColour(actors_->head, ground.lightnessF() > 0.5 ? QColor(90, 95, 105) : QColor(205, 210, 220));
  gl_->sceneChanged();
}

void SceneView::describeSurfaces() {
  std::vector<SceneNotes::Line> lines;
  if (surfaces_ && !surfaces_->empty()) {
    for (const Region& region : regions_)
      lines.push_back(
          {regionColour(region, colours_),
           tr("%1  %2 mL")
               .arg(regionName(region), QString::number(surfaces_->ml[region.place], 'f', 1))});
  }
  notes_->setSentence(surfaces_ && surfaces_->empty() ? tr("Nothing found with these modalities")
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

}  // namespace modascope
