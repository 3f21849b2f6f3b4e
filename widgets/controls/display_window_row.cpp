#include "widgets/controls/display_window_row.h"

#include <QGridLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/bridge/palette.h"
#include "widgets/controls/display_swatch.h"

namespace modascope {
namespace {

constexpr int kMostLabel = 60;

/// Three or four digits of the width.
int decimalsFor(double width) {
  return std::clamp(3 - static_cast<int>(std::ceil(std::log10(width))), 0, 8);
}

bool isWindow(const IntensityWindow& window) {
  return std::isfinite(window.low) && std::isfinite(window.high) && window.low < window.high;
}

}  // namespace

WindowEnd::WindowEnd(QWidget* parent)
    : NumberBox(
          {std::numeric_limits<double>::lowest(), std::numeric_limits<double>::max(), {}, false},
          parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  connect(this, &QAbstractSpinBox::editingFinished, this, &WindowEnd::chosen);
}

void WindowEnd::show(double value, double width) {
  step_ = std::pow(10, std::floor(std::log10(width / 20)));
  setWords(QLocale::c().toString(value, 'f', decimalsFor(width)));
}

void WindowEnd::stepBy(int steps) {
  bool isNumber = false;
  const double value = QLocale::c().toDouble(words(), &isNumber);
  if (!isNumber) return;
  setWords(QString::number(value + steps * step_, 'g', 12));
  Q_EMIT chosen();
}

QSize WindowEnd::minimumSizeHint() const {
  return {fontMetrics().horizontalAdvance(QStringLiteral("-0000")) + 32,
          NumberBox::minimumSizeHint().height()};
}

DisplayWindowRow::DisplayWindowRow(QGridLayout* grid, int row, QWidget* parent)
    : QObject(parent),
      swatch_(new DisplaySwatch(parent)),
      label_(new QLabel(parent)),
      low_(new WindowEnd(parent)),
      high_(new WindowEnd(parent)),
      auto_(new QPushButton(tr("Auto"), parent)) {
  // The narrowest that holds the word.
  auto_->setFixedWidth(auto_->fontMetrics().horizontalAdvance(auto_->text()) + 18);
  int column = 0;
  for (QWidget* widget : widgets()) grid->addWidget(widget, row, column++);
  connect(low_, &WindowEnd::chosen, this, [this] { take(End::Low); });
  connect(high_, &WindowEnd::chosen, this, [this] { take(End::High); });
  connect(auto_, &QPushButton::clicked, this, &DisplayWindowRow::autoAsked);
  showWindow();
}

std::array<QWidget*, 5> DisplayWindowRow::widgets() const {
  return {swatch_, label_, low_, high_, auto_};
}

void DisplayWindowRow::setModality(const ModalitySchema& schema, ModalityId id) {
  swatch_->setMark(modalityColour(id), modalityLetter(schema, id));
  name(QString::fromStdString(schema.label(id)));
}

void DisplayWindowRow::name(const QString& label) {
  label_->setText(label_->fontMetrics().elidedText(label, Qt::ElideRight, kMostLabel));
  label_->setToolTip(label);
  low_->setAccessibleName(tr("%1: darkest intensity").arg(label));
  low_->setToolTip(tr("%1 at this intensity and below is black").arg(label));
  high_->setAccessibleName(tr("%1: brightest intensity").arg(label));
  high_->setToolTip(tr("%1 at this intensity and above is white").arg(label));
  auto_->setAccessibleName(tr("%1: automatic window").arg(label));
  auto_->setToolTip(tr("From the 0.5 to the 99.5 % quantile of what is not background"));
}

void DisplayWindowRow::setShown(bool shown) {
  for (QWidget* widget : widgets()) widget->setVisible(shown);
}

void DisplayWindowRow::setAvailable(bool available) {
  for (QWidget* widget : widgets()) widget->setEnabled(available);
  swatch_->setToolTip(available ? QString() : tr("This case has none"));
  showWindow();
}

void DisplayWindowRow::setWindow(const IntensityWindow& window) {
  if (!isWindow(window)) return;
  window_ = window;
  showWindow();
}

void DisplayWindowRow::showWindow() {
  const double width = window_.high - window_.low;
  low_->show(window_.low, width);
  high_->show(window_.high, width);
  if (low_->isEnabled()) return;
  low_->setWords({});
  high_->setWords({});
}

void DisplayWindowRow::take(End end) {
  WindowEnd* box = end == End::Low ? low_ : high_;
  const QString typed = box->words();
  showWindow();
  bool isNumber = false;
  const double value = QLocale::c().toDouble(typed, &isNumber);
  if (!isNumber || typed == box->words()) return;
  const double width = window_.high - window_.low;
  IntensityWindow next = window_;
  if (end == End::Low) {
    next.low = value;
    if (next.high <= value) next.high = value + width;
  } else {
    next.high = value;
    if (next.low >= value) next.low = value - width;
  }
  if (!isWindow(next) || next == window_) return;
  window_ = next;
  showWindow();
  Q_EMIT chosen(window_);
}

}  // namespace modascope
