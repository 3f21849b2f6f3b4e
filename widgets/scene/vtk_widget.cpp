#include "widgets/scene/vtk_widget.h"

#include <QMouseEvent>
#include <QOpenGLContext>
#include <QOpenGLExtraFunctions>
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

void initGlFormat() {
  QSurfaceFormat format;
  format.setRenderableType(QSurfaceFormat::OpenGL);
  format.setVersion(3, 2);
  format.setProfile(QSurfaceFormat::CoreProfile);
  format.setRedBufferSize(8);
  format.setGreenBufferSize(8);
  format.setBlueBufferSize(8);
  format.setAlphaBufferSize(0);
  format.setDepthBufferSize(24);
  format.setSamples(0);
  QSurfaceFormat::setDefaultFormat(format);
}

VtkWidget::VtkWidget(QWidget* parent)
    : QOpenGLWidget(parent),
      window_(vtkSmartPointer<vtkGenericOpenGLRenderWindow>::New()),
      interactor_(vtkSmartPointer<vtkGenericRenderWindowInteractor>::New()),
      renderer_(vtkSmartPointer<vtkRenderer>::New()) {
  setUpdateBehavior(QOpenGLWidget::NoPartialUpdate);
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
  if (context() != nullptr) disconnect(context(), nullptr, this, nullptr);
  releaseWindow();
  interactor_->SetRenderWindow(nullptr);
  window_->RemoveAllObservers();
}

vtkRenderer* VtkWidget::renderer() const {
  return renderer_;
}
vtkGenericRenderWindowInteractor* VtkWidget::interactor() const {
  return interactor_;
}

void VtkWidget::observeWindow() {
  for (const auto event :
       {vtkCommand::WindowMakeCurrentEvent, vtkCommand::WindowIsCurrentEvent,
        vtkCommand::WindowSupportsOpenGLEvent, vtkCommand::WindowIsDirectEvent}) {
    window_->AddObserver(event, this, &VtkWidget::answer);
  }
}

void VtkWidget::answer(vtkObject*, unsigned long event, void* data) {
  const bool current = context() != nullptr && QOpenGLContext::currentContext() == context();
  switch (event) {
    case vtkCommand::WindowMakeCurrentEvent:
      // makeCurrent() also binds the widget's framebuffer, in the middle of VTK's own set-up.
      if (!current && context() != nullptr) makeCurrent();
      break;
    case vtkCommand::WindowIsCurrentEvent:
      *static_cast<bool*>(data) = current;
      break;
    case vtkCommand::WindowSupportsOpenGLEvent:
    case vtkCommand::WindowIsDirectEvent:
      *static_cast<int*>(data) = 1;
      break;
    case vtkCommand::RenderEvent:
      update();
      break;
    default:
      break;
  }
}

void VtkWidget::initializeGL() {
  window_->SetReadyForRendering(true);
  window_->SetForceMaximumHardwareLineWidth(1);
  window_->OpenGLInit();
  connect(context(), &QOpenGLContext::aboutToBeDestroyed, this, &VtkWidget::releaseWindow,
          Qt::UniqueConnection);
}

void VtkWidget::releaseWindow() {
  if (context() == nullptr || !window_->GetReadyForRendering()) return;
  makeCurrent();
  window_->Finalize();
  window_->SetReadyForRendering(false);
  doneCurrent();
}

void VtkWidget::resizeGL(int width, int height) {
  const double dpr = devicePixelRatioF();
  const int w = static_cast<int>(std::lround(width * dpr));
  const int h = static_cast<int>(std::lround(height * dpr));
  window_->SetSize(w, h);
  interactor_->UpdateSize(w, h);
}

void VtkWidget::paintGL() {
  vtkOpenGLState* state = window_->GetState();
  state->Reset();
  state->Push();
  state->vtkglDepthMask(GL_TRUE);
  state->vtkglEnable(GL_DEPTH_TEST);
  state->vtkglDepthFunc(GL_LEQUAL);
  window_->Render();
  state->Pop();
  blitToWidget();
  Q_EMIT rendered();
}

void VtkWidget::blitToWidget() {
  const int* size = window_->GetSize();
  vtkOpenGLState* state = window_->GetState();
  QOpenGLExtraFunctions* gl = context()->extraFunctions();
  state->PushFramebufferBindings();
  state->vtkglDisable(GL_SCISSOR_TEST);
  window_->GetDisplayFramebuffer()->Bind(GL_READ_FRAMEBUFFER);
  gl->glReadBuffer(GL_COLOR_ATTACHMENT0);
  gl->glBindFramebuffer(GL_DRAW_FRAMEBUFFER, defaultFramebufferObject());
  gl->glBlitFramebuffer(0, 0, size[0], size[1], 0, 0, size[0], size[1], GL_COLOR_BUFFER_BIT,
                        GL_NEAREST);
  // VTK leaves alpha 0 in the background, through which the window would show.
  gl->glColorMask(GL_FALSE, GL_FALSE, GL_FALSE, GL_TRUE);
  gl->glClearColor(0, 0, 0, 1);
  gl->glClear(GL_COLOR_BUFFER_BIT);
  gl->glColorMask(GL_TRUE, GL_TRUE, GL_TRUE, GL_TRUE);
  state->PopFramebufferBindings();
  gl->glBindFramebuffer(GL_FRAMEBUFFER, defaultFramebufferObject());
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
