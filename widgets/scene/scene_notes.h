#pragma once

#include <QColor>
#include <QWidget>
#include <array>
#include <vector>

#include "core/volume/volume.h"

namespace modascope {

/// The camera's axes in the patient (LPS unit vectors).
struct CameraAxes {
  Vec3 right{1, 0, 0};
  Vec3 up{0, 0, 1};
  Vec3 towardsViewer{0, -1, 0};
};

/// What is written over the 3D scene: volumes, a small cross of orientation letters, a sentence
/// where there is nothing to see. Lets the mouse through.
class SceneNotes : public QWidget {
  Q_OBJECT

 public:
  struct Line {
    QColor colour;
    QString text;
  };

  explicit SceneNotes(QWidget* parent = nullptr);

  /// One line above all else, cut where it does not fit; nothing: none.
  void setCaption(const QString& caption);
  void setLines(std::vector<Line> lines);
  void setSentence(const QString& sentence);
  void setCamera(const CameraAxes& axes);
  void paintInto(QPainter& painter, const QRectF& area) const;

 protected:
  void paintEvent(QPaintEvent* event) override;

 private:
  double captionHeight(const QPainter& painter) const;
  void paintCaption(QPainter& painter, const QRectF& area) const;
  void paintLines(QPainter& painter, const QRectF& area) const;
  void paintCross(QPainter& painter, const QPointF& centre) const;
  void paintSides(QPainter& painter, const QRectF& area) const;

  QString caption_;
  std::vector<Line> lines_;
  QString sentence_;
  CameraAxes camera_;
};

}  // namespace modascope
