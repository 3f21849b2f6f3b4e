#pragma once

#include <QOpenGLWidget>

#include <vtkSmartPointer.h>

class vtkGenericOpenGLRenderWindow;
class vtkGenericRenderWindowInteractor;
class vtkObject;
class vtkRenderer;

namespace modascope {

/// Sets the default surface format that VTK needs (OpenGL 3.2 core, no alpha). To be called before
/// the application object is made.
void initGlFormat();

/// A VTK render window inside a Qt 6 OpenGL widget. Draws in `paintGL` only. Keep it in the
/// window's central area: GL views in floating docks come back blank on Linux.
class VtkWidget : public QOpenGLWidget {
  Q_OBJECT

 public:
  explicit VtkWidget(QWidget* parent = nullptr);
  ~VtkWidget() override;

  vtkRenderer* renderer() const;
  vtkGenericRenderWindowInteractor* interactor() const;

 Q_SIGNALS:
  /// A picture has been drawn, so the camera may have moved.
  void rendered();

 protected:
  void initializeGL() override;
  void resizeGL(int width, int height) override;
  void paintGL() override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  void observeWindow();
  void answer(vtkObject* caller, unsigned long event, void* data);
  void blitToWidget();
  void tellMouse(const QPointF& position, Qt::KeyboardModifiers modifiers);
  void releaseWindow();

  vtkSmartPointer<vtkGenericOpenGLRenderWindow> window_;
  vtkSmartPointer<vtkGenericRenderWindowInteractor> interactor_;
  vtkSmartPointer<vtkRenderer> renderer_;
};

}  // namespace modascope
