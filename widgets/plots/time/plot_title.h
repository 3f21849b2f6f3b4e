#pragma once

#include <QLabel>

#include "widgets/bridge/palette.h"

class QPainter;

namespace modascope {

/// A plot's name and, fainter behind it, what is counted: a label on the screen, a line of text in
/// a figure. The label gives way where its words are wider than the plot.
class PlotTitle : public QLabel {
  Q_OBJECT

 public:
  explicit PlotTitle(QWidget* parent = nullptr);
  void setWords(const QString& name, const QString& what);
  void setTheme(const PlotTheme& theme);
  const QString& name() const { return name_; }

  /// Writes both words on one line of `width` at the top left; returns its height.
  int paint(QPainter& painter, int width, const QFont& font) const;

 private:
  void showWords();

  QString name_;
  QString what_;
  PlotTheme theme_;
};

}  // namespace modascope
