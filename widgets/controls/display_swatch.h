#pragma once

#include <QColor>
#include <QIcon>
#include <QWidget>

namespace modascope {

/// A modality's hue with its mark in it; hatched where the case has none.
class DisplaySwatch : public QWidget {
  Q_OBJECT

 public:
  explicit DisplaySwatch(QWidget* parent = nullptr);
  void setMark(const QColor& hue, const QString& mark);
  QSize sizeHint() const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QColor hue_;
  QString mark_;
};

/// A square of one colour.
QIcon colourIcon(const QColor& colour, double devicePixelRatio);

}  // namespace modascope
