#pragma once

#include <QImage>
#include <QWidget>
#include <memory>

#include <vtkSmartPointer.h>

class QOffscreenSurface;
class QOpenGLContext;
class vtkGenericOpenGLRenderWindow;
class vtkGenericRenderWindowInteractor;
class vtkObject;
class vtkRenderer;

namespace modascope {

/// A VTK render window as an ordinary widget: it draws into memory of its own OpenGL context and
/// paints the picture. The window around it thus needs no OpenGL, and with software rendering
/// widgets beside it are repainted without composing the whole window.
class VtkWidget : public QWidget {
  Q_OBJECT

 public:
  explicit VtkWidget(QWidget* parent = nullptr);
  ~VtkWidget() override;

  vtkRenderer* renderer() const;
  /// The scene has changed: draws it anew when the widget is painted next.
  void sceneChanged();
  /// The scene as it is, with `scale` pixels each way for each of this widget; null without OpenGL.
  QImage picture(double scale);

 Q_SIGNALS:
  /// A picture has been drawn, so the camera may have moved.
  void rendered();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;

 private:
  bool ensureContext();
  void observeWindow();
  void answer(vtkObject* caller, unsigned long event, void* data);
  QImage draw(QSize pixels);
  QImage readBack(QSize pixels);
  void tellMouse(const QPointF& position, Qt::KeyboardModifiers modifiers);
  QSize pixelSize(double scale) const;

  std::unique_ptr<QOffscreenSurface> surface_;
  std::unique_ptr<QOpenGLContext> context_;
  bool withoutOpenGl_ = false;
  QImage image_;
  bool stale_ = true;
  vtkSmartPointer<vtkGenericOpenGLRenderWindow> window_;
  vtkSmartPointer<vtkGenericRenderWindowInteractor> interactor_;
  vtkSmartPointer<vtkRenderer> renderer_;
};

}  // namespace modascope
