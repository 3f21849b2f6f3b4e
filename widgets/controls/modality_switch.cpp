#include "widgets/controls/modality_switch.h"

#include <QPainter>
#include <QPainterPath>
#include <QStyleOptionFocusRect>
#include <algorithm>

#include "widgets/bridge/palette.h"

namespace modascope {
namespace {

constexpr QSizeF kPill(44, 20);
constexpr int kPad = 6;
constexpr int kGap = 10;

QFont smaller(QFont font) {
  font.setPointSizeF(font.pointSizeF() * 0.9);
  return font;
}

}  // namespace

ModalitySwitch::ModalitySwitch(const ModalitySchema& schema, ModalityId id, QWidget* parent)
    : QAbstractButton(parent), id_(id), mark_(modalityLetter(schema, id)) {
  setText(QString::fromStdString(schema.label(id)));
  setCheckable(true);
  setFocusPolicy(Qt::StrongFocus);
  setAttribute(Qt::WA_Hover);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setState(State::On);
}

void ModalitySwitch::setState(State state) {
  state_ = state;
  setChecked(state == State::On);
  const auto key = tr("Alt+%1").arg(id_.index() + 1);
  switch (state) {
    case State::On:
      setToolTip(tr("%1 is used. Click or %2 leaves it out.").arg(text(), key));
      break;
    case State::LeftOut:
      setToolTip(instead_.isEmpty()
                     ? tr("%1 is left out on purpose. Click or %2 brings it back.").arg(text(), key)
                     : tr("The network gets %1 in place of %2. Click or %3 brings it back.")
                           .arg(instead_, text(), key));
      break;
    case State::Absent:
      setToolTip(tr("There is no %1 here.").arg(text()));
      break;
  }
  setCursor(state == State::Absent ? Qt::ArrowCursor : Qt::PointingHandCursor);
  setAccessibleName(tr("Modality %1").arg(text()));
  setAccessibleDescription(toolTip());
  update();
}

void ModalitySwitch::setInstead(const QString& words) {
  instead_ = words;
  setState(state_);
}

void ModalitySwitch::setWords(const SwitchWords& words) {
  words_ = words;
  update();
}

QString ModalitySwitch::stateWords() const {
  if (words_)
    return state_ == State::On        ? words_->on
           : state_ == State::LeftOut ? words_->leftOut
                                      : words_->absent;
  switch (state_) {
    case State::On:
      return tr("Alt+%1").arg(id_.index() + 1);
    case State::LeftOut:
      return instead_.isEmpty() ? tr("left out") : tr("%1 instead").arg(instead_);
    case State::Absent:
      return tr("missing");
  }
  return {};
}

QSize ModalitySwitch::sizeHint() const {
  const QFontMetrics small(smaller(font()));
  const int words =
      std::max(small.horizontalAdvance(tr("missing")), small.horizontalAdvance(tr("left out")));
  return {2 * kPad + static_cast<int>(kPill.width()) + 2 * kGap +
              fontMetrics().horizontalAdvance(text()) + words,
          std::max(fontMetrics().height(), static_cast<int>(kPill.height())) + 10};
}

QSize ModalitySwitch::minimumSizeHint() const {
  return {
      2 * kPad + static_cast<int>(kPill.width()) + kGap + fontMetrics().horizontalAdvance(text()),
      sizeHint().height()};
}

void ModalitySwitch::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const auto theme = plotTheme(palette());
  const QRectF inside = QRectF(rect()).adjusted(kPad, 0, -kPad, 0);
  if (underMouse() && state_ != State::Absent) {
    auto wash = palette().color(QPalette::WindowText);
    wash.setAlpha(14);
    painter.setPen(Qt::NoPen);
    painter.setBrush(wash);
    painter.drawRoundedRect(rect().adjusted(1, 1, -1, -1), 6, 6);
  }
  const QRectF pill({inside.left(), inside.center().y() - kPill.height() / 2}, kPill);
  paintPill(painter, pill);
  const QRectF text(pill.right() + kGap, 0, inside.right() - pill.right() - kGap, height());
  painter.setPen(state_ == State::On ? palette().color(QPalette::WindowText) : theme.faintText);
  painter.drawText(text, Qt::AlignLeft | Qt::AlignVCenter, this->text());
  const double taken = fontMetrics().horizontalAdvance(this->text()) + kGap;
  painter.setFont(smaller(font()));
  painter.setPen(theme.faintText);
  painter.drawText(text.adjusted(taken, 0, 0, 0), Qt::AlignRight | Qt::AlignVCenter,
                   painter.fontMetrics().elidedText(stateWords(), Qt::ElideRight,
                                                    static_cast<int>(text.width() - taken)));
  if (hasFocus()) {
    painter.setPen(QPen(theme.accent, 1.5));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5), 6, 6);
  }
}

void ModalitySwitch::paintPill(QPainter& painter, const QRectF& pill) const {
  const auto theme = plotTheme(palette());
  const auto hue = modalityColour(id_);
  const double radius = pill.height() / 2;
  const bool on = state_ == State::On;
  auto small = smaller(font());
  small.setBold(true);
  painter.setFont(small);
  if (state_ == State::Absent) {
    painter.setPen(QPen(theme.faintText, 1, Qt::DashLine));
    painter.setBrush(QBrush(theme.faintText, Qt::BDiagPattern));
    painter.drawRoundedRect(pill.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    return;
  }
  painter.setPen(on ? QPen(Qt::NoPen) : QPen(hue, 1.5));
  painter.setBrush(on ? QBrush(hue) : QBrush(Qt::NoBrush));
  painter.drawRoundedRect(pill.adjusted(0.75, 0.75, -0.75, -0.75), radius, radius);
  const double knob = pill.height() - 6;
  const double x = on ? pill.right() - 3 - knob : pill.left() + 3;
  painter.setPen(Qt::NoPen);
  painter.setBrush(on ? QBrush(Qt::white) : QBrush(hue));
  painter.drawEllipse(QRectF(x, pill.top() + 3, knob, knob));
  painter.setPen(on ? QColor(Qt::white) : theme.faintText);
  const auto rest = on ? pill.adjusted(3, 0, -knob - 3, 0) : pill.adjusted(knob + 3, 0, -3, 0);
  painter.drawText(rest, Qt::AlignCenter, mark_);
}

}  // namespace modascope
