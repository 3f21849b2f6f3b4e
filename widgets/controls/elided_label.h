#pragma once

#include <QLabel>

namespace modascope {

/// A line of plain text that never asks for more room than a few letters: what finds none is left
/// out at the end, and is all in the tooltip.
class ElidedLabel : public QLabel {
  Q_OBJECT

 public:
  explicit ElidedLabel(QWidget* parent = nullptr);

  /// Asks for room for so many letters, whatever the text is; 0: for the text.
  void setRoom(int letters);
  QSize sizeHint() const override;
  QSize minimumSizeHint() const override;
  /// What can be read now.
  QString shownText() const;

 protected:
  void paintEvent(QPaintEvent* event) override;
  bool event(QEvent* event) override;

 private:
  int letters_ = 0;
};

}  // namespace modascope
