#pragma once

#include <QImage>
#include <QPixmap>
#include <QWidget>
#include <memory>
#include <optional>

#include "widgets/pictures/picture_geometry.h"
#include "widgets/pictures/picture_layers.h"
#include "widgets/pictures/picture_painter.h"
#include "widgets/slices/painting/slice_wipe.h"
#include "widgets/slices/tile_header.h"

namespace modascope {

/// A kept prediction at the left of a line, the one on show at its right.
struct PictureWipe {
  std::shared_ptr<const PictureLayers> kept;
  Wipe line;
};

/// One picture and what is laid over it. Left = crosshair, right drag or wheel = zoom, middle or
/// Alt+left = pan, double click = `maximiseRequested`; the line of a wipe is dragged. Keys go to
/// the grid that it stands in.
class PictureView : public QWidget {
  Q_OBJECT

 public:
  explicit PictureView(QWidget* parent = nullptr);

  /// `caption`: at the bottom right, on which scale it is. No image: there is none of this
  /// modality.
  void setPicture(const QImage& image, const QString& caption);
  void setLayers(std::shared_ptr<const PictureLayers> layers, double opacity);
  /// The image is what the network got in place of what is left out: it is not dimmed.
  void setReplaced(bool replaced);
  /// Nothing: the prediction on show everywhere.
  void setWipe(const std::optional<PictureWipe>& wipe);
  /// No change without one.
  void moveWipe(double to);
  void setTitle(const TileTitle& title);
  void setState(TileState state);
  /// Whether the title is a switch; it never is without an image.
  void setSwitchable(bool switchable);
  TileState state() const { return state_; }
  void setFrame(const PictureFrame& frame);
  const PictureFrame& frame() const { return frame_; }
  /// Nothing: none is drawn.
  void setCrosshair(std::optional<QPoint> pixel);
  /// Where a pixel is seen in this widget.
  QPointF positionOf(const QPoint& pixel) const;
  /// The view as a picture of `size` device-independent pixels, strip and all.
  QImage render(QSize size, double dpr) const;
  int stripHeight() const;

  QSize sizeHint() const override { return {320, 280}; }
  QSize minimumSizeHint() const override { return {120, 100}; }

 Q_SIGNALS:
  void crosshairMoved(QPoint pixel);
  /// The mouse is over this pixel, without a button.
  void pointed(QPoint pixel);
  void frameChanged(const modascope::PictureFrame& frame);
  void headerClicked();
  void wipeMoved(double to);
  void maximiseRequested();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void mousePressEvent(QMouseEvent* event) override;
  void mouseMoveEvent(QMouseEvent* event) override;
  void mouseReleaseEvent(QMouseEvent* event) override;
  void mouseDoubleClickEvent(QMouseEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void focusOutEvent(QFocusEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  enum class Drag { None, Crosshair, Zoom, Pan, Wipe };

  QRectF pictureRect() const;
  PicturePlace placeIn(const QRectF& viewport) const;
  void paintGround(QPainter& painter, const QRectF& viewport) const;
  void paintMarks(QPainter& painter, const QRectF& viewport) const;
  void paintBothLayers(QPainter& painter, const PicturePlace& place) const;
  bool isOnWipe(const QPointF& position) const;
  void groundChanged();
  void dragTo(const QPointF& position);
  void changeFrame(const PictureFrame& frame);
  void describeForAccess();

  QImage image_;
  QString caption_;
  std::shared_ptr<const PictureLayers> layers_;
  double opacity_ = 1;
  std::optional<PictureWipe> wipe_;
  TileHeader* header_;
  TileState state_ = TileState::On;
  bool switchable_ = true;
  bool replaced_ = false;
  PictureFrame frame_;
  std::optional<QPoint> crosshair_;
  QPixmap ground_;  ///< the view without marks, so that the crosshair moves lightly

  Drag drag_ = Drag::None;
  QPointF dragStart_;
  PictureFrame dragFrame_;
};

}  // namespace modascope
