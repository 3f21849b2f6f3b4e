#include "widgets/controls/form/number_box.h"

#include <QLineEdit>
#include <QLocale>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

namespace modascope {

NumberBox::NumberBox(const Limits& limits, QWidget* parent)
    : QAbstractSpinBox(parent), limits_(limits) {
  setFocusPolicy(Qt::StrongFocus);
  lineEdit()->setAlignment(Qt::AlignRight);
  connect(lineEdit(), &QLineEdit::textEdited, this, &NumberBox::edited);
}

QString NumberBox::words() const {
  return lineEdit()->text().trimmed();
}

void NumberBox::setWords(const QString& words) {
  lineEdit()->setText(words);
}

QValidator::State NumberBox::validate(QString&, int&) const {
  return QValidator::Acceptable;
}

QAbstractSpinBox::StepEnabled NumberBox::stepEnabled() const {
  return isReadOnly() ? StepNone : StepUpEnabled | StepDownEnabled;
}

/// One of the number's leading digit: 0.003 → 0.001, 600 → 100; down from a round 0.001 a tenth.
double NumberBox::stepFrom(double value, bool up) const {
  if (limits_.step) return *limits_.step;
  const double smallest = limits_.whole ? 1 : limits_.most / 100;
  if (value == 0) return smallest;
  double decade = std::pow(10, std::floor(std::log10(std::abs(value)) + 1e-9));
  if (!up && std::abs(value) < decade * (1 + 1e-9)) decade /= 10;
  return limits_.whole ? std::max(1.0, decade) : decade;
}

void NumberBox::stepBy(int steps) {
  bool isNumber = false;
  double value = QLocale::c().toDouble(words(), &isNumber);
  if (!isNumber || isReadOnly() || !isEnabled()) return;
  for (int i = 0; i < std::abs(steps); ++i) {
    const double step = stepFrom(value, steps > 0);
    value += steps > 0 ? step : -step;
    if (limits_.step) value = *limits_.step * std::round(value / *limits_.step);
  }
  value = std::clamp(value, limits_.least, limits_.most);
  setWords(limits_.whole ? QString::number(std::llround(value)) : QString::number(value, 'g', 10));
  Q_EMIT edited();
}

void NumberBox::wheelEvent(QWheelEvent* event) {
  // A form that scrolls must not change what it scrolls past.
  if (hasFocus())
    QAbstractSpinBox::wheelEvent(event);
  else
    event->ignore();
}

}  // namespace modascope
