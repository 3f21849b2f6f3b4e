#include "widgets/plots/time/plot_title.h"

#include <QPainter>

namespace modascope {

PlotTitle::PlotTitle(QWidget* parent) : QLabel(parent) {
  setTextFormat(Qt::RichText);
  setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
}

void PlotTitle::setWords(const QString& name, const QString& what) {
  name_ = name;
  what_ = what;
  showWords();
}

void PlotTitle::setTheme(const PlotTheme& theme) {
  theme_ = theme;
  showWords();
}

void PlotTitle::showWords() {
  setText(QStringLiteral("<b>%1</b>&ensp;<span style='color:%2'>%3</span>")
              .arg(name_.toHtmlEscaped(), theme_.faintText.name(), what_.toHtmlEscaped()));
  setToolTip(what_);
}

int PlotTitle::paint(QPainter& painter, int width, const QFont& font) const {
  auto bold = font;
  bold.setBold(true);
  const QFontMetrics metrics(bold);
  const int height = metrics.height() + 4;
  painter.setFont(bold);
  painter.setPen(QPen(theme_.text));
  painter.drawText(QRect(0, 0, width, height), Qt::AlignVCenter, name_);
  const int taken = metrics.horizontalAdvance(name_ + QStringLiteral("   "));
  painter.setFont(font);
  painter.setPen(QPen(theme_.faintText));
  painter.drawText(QRect(taken, 0, width - taken, height), Qt::AlignVCenter, what_);
  return height;
}

}  // namespace modascope
