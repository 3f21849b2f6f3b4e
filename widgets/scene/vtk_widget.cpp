#include "widgets/scene/vtk_widget.h"

#include <QMouseEvent>
#include <QOffscreenSurface>
#include <QOpenGLContext>
#include <QOpenGLExtraFunctions>
#include <QPainter>
#include <QSurfaceFormat>
#include <QWheelEvent>
#include <cmath>

#include <vtkCommand.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkGenericRenderWindowInteractor.h>
#include <vtkInteractorStyleTrackballCamera.h>
#include <vtkOpenGLFramebufferObject.h>
#include <vtkOpenGLState.h>
#include <vtkRenderer.h>

namespace modascope {
namespace {

/// What VTK needs: OpenGL 3.2 core.
QSurfaceFormat vtkFormat() {
  QSurfaceFormat format;
  format.setRenderableType(QSurfaceFormat::OpenGL);
  format.setVersion(3, 2);
  format.setProfile(QSurfaceFormat::CoreProfile);
  return format;
}

}  // namespace

VtkWidget::VtkWidget(QWidget* parent)
    : QWidget(parent),
      window_(vtkSmartPointer<vtkGenericOpenGLRenderWindow>::New()),
      interactor_(vtkSmartPointer<vtkGenericRenderWindowInteractor>::New()),
      renderer_(vtkSmartPointer<vtkRenderer>::New()) {
  setAttribute(Qt::WA_OpaquePaintEvent);
  window_->SetMultiSamples(0);
  window_->SetFrameBlitModeToNoBlit();
  window_->SetReadyForRendering(false);
  window_->AddRenderer(renderer_);
  observeWindow();
  interactor_->SetRenderWindow(window_);
  interactor_->SetInteractorStyle(vtkSmartPointer<vtkInteractorStyleTrackballCamera>::New());
  interactor_->EnableRenderOff();
  interactor_->AddObserver(vtkCommand::RenderEvent, this, &VtkWidget::answer);
  interactor_->Initialize();
}

VtkWidget::~VtkWidget() {
  if (context_) {
    context_->makeCurrent(surface_.get());
    window_->Finalize();
    window_->SetReadyForRendering(false);
    context_->doneCurrent();
  }
  interactor_->SetRenderWindow(nullptr);
  window_->RemoveAllObservers();
}

vtkRenderer* VtkWidget::renderer() const {
  return renderer_;
}
void VtkWidget::observeWindow() {
  for (const auto event :
       {vtkCommand::WindowMakeCurrentEvent, vtkCommand::WindowIsCurrentEvent,
        vtkCommand::WindowSupportsOpenGLEvent, vtkCommand::WindowIsDirectEvent}) {
    window_->AddObserver(event, this, &VtkWidget::answer);
  }
}

void VtkWidget::answer(vtkObject*, unsigned long event, void* data) {
  switch (event) {
    case vtkCommand::WindowMakeCurrentEvent:
      if (context_) context_->makeCurrent(surface_.get());
      break;
    case vtkCommand::WindowIsCurrentEvent:
      *static_cast<bool*>(data) = context_ && QOpenGLContext::currentContext() == context_.get();
      break;
    case vtkCommand::WindowSupportsOpenGLEvent:
    case vtkCommand::WindowIsDirectEvent:
      *static_cast<int*>(data) = 1;
      break;
    case vtkCommand::RenderEvent:
      sceneChanged();
      break;
    default:
      break;
  }
}

bool VtkWidget::ensureContext() {
  if (context_ || withoutOpenGl_) return context_ != nullptr;
  auto context = std::make_unique<QOpenGLContext>();
  context->setFormat(vtkFormat());
  auto surface = std::make_unique<QOffscreenSurface>();
  withoutOpenGl_ = !context->create();
  if (withoutOpenGl_) return false;
  surface->setFormat(context->format());
  surface->create();
  withoutOpenGl_ = !context->makeCurrent(surface.get());
  if (withoutOpenGl_) return false;
  surface_ = std::move(surface);
  context_ = std::move(context);
  window_->SetReadyForRendering(true);
  window_->SetForceMaximumHardwareLineWidth(1);
  window_->OpenGLInit();
  return true;
}

void VtkWidget::sceneChanged() {
  stale_ = true;
  update();
}

QSize VtkWidget::pixelSize(double scale) const {
  return {static_cast<int>(std::lround(width() * scale)),
          static_cast<int>(std::lround(height() * scale))};
}

QImage VtkWidget::picture(double scale) {
  const QSize own = pixelSize(devicePixelRatioF());
  QImage image = draw(pixelSize(scale));
  window_->SetSize(own.width(), own.height());
  image.setDevicePixelRatio(scale);
  Q_EMIT rendered();
  return image;
}

QImage VtkWidget::draw(QSize pixels) {
  if (pixels.isEmpty() || !ensureContext()) return {};
  context_->makeCurrent(surface_.get());
  window_->SetSize(pixels.width(), pixels.height());
  window_->GetState()->Reset();
  renderer_->ResetCameraClippingRange();  // what was added since may lie outside of it
  window_->Render();
  QImage image = readBack(pixels);
  context_->doneCurrent();
  return image;
}

QImage VtkWidget::readBack(QSize pixels) {
  QImage image(pixels, QImage::Format_RGB32);
  QOpenGLExtraFunctions* gl = context_->extraFunctions();
  vtkOpenGLState* state = window_->GetState();
  state->PushFramebufferBindings();
  window_->GetDisplayFramebuffer()->Bind(GL_READ_FRAMEBUFFER);
  gl->glReadBuffer(GL_COLOR_ATTACHMENT0);
  gl->glPixelStorei(GL_PACK_ALIGNMENT, 4);
  gl->glReadPixels(0, 0, pixels.width(), pixels.height(), GL_BGRA, GL_UNSIGNED_INT_8_8_8_8_REV,
                   image.bits());
  state->PopFramebufferBindings();
  return std::move(image).mirrored();
}

void VtkWidget::paintEvent(QPaintEvent*) {
  const bool drawn = stale_ && isVisible();
  if (drawn) {
    image_ = draw(pixelSize(devicePixelRatioF()));
    image_.setDevicePixelRatio(devicePixelRatioF());
    stale_ = false;
  }
  QPainter painter(this);
  if (image_.isNull()) {
    painter.fillRect(rect(), palette().window());
    if (withoutOpenGl_) painter.drawText(rect(), Qt::AlignCenter, tr("3D needs OpenGL 3.2"));
  } else {
    painter.drawImage(0, 0, image_);
  }
  if (drawn) Q_EMIT rendered();
}

void VtkWidget::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const QSize pixels = pixelSize(devicePixelRatioF());
  window_->SetSize(pixels.width(), pixels.height());
  interactor_->UpdateSize(pixels.width(), pixels.height());
  sceneChanged();
}

void VtkWidget::tellMouse(const QPointF& position, Qt::KeyboardModifiers modifiers) {
  const double dpr = devicePixelRatioF();
  interactor_->SetEventInformationFlipY(static_cast<int>(std::lround(position.x() * dpr)),
                                        static_cast<int>(std::lround(position.y() * dpr)),
                                        modifiers.testFlag(Qt::ControlModifier),
                                        modifiers.testFlag(Qt::ShiftModifier));
}

void VtkWidget::mousePressEvent(QMouseEvent* event) {
  tellMouse(event->position(), event->modifiers());
  if (event->button() == Qt::LeftButton) interactor_->LeftButtonPressEvent();
  if (event->button() == Qt::MiddleButton) interactor_->MiddleButtonPressEvent();
  if (event->button() == Qt::RightButton) interactor_->RightButtonPressEvent();
}

void VtkWidget::mouseReleaseEvent(QMouseEvent* event) {
  tellMouse(event->position(), event->modifiers());
  if (event->button() == Qt::LeftButton) interactor_->LeftButtonReleaseEvent();
  if (event->button() == Qt::MiddleButton) interactor_->MiddleButtonReleaseEvent();
  if (event->button() == Qt::RightButton) interactor_->RightButtonReleaseEvent();
}

void VtkWidget::mouseMoveEvent(QMouseEvent* event) {
  tellMouse(event->position(), event->modifiers());
  interactor_->MouseMoveEvent();
}

void VtkWidget::wheelEvent(QWheelEvent* event) {
  tellMouse(event->position(), event->modifiers());
  if (event->angleDelta().y() > 0) interactor_->MouseWheelForwardEvent();
  if (event->angleDelta().y() < 0) interactor_->MouseWheelBackwardEvent();
  event->accept();
}

}  // namespace modascope
