#include "widgets/slices/tile_header.h"

#include <QCoreApplication>
#include <QEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOptionFocusRect>

#include "widgets/bridge/palette.h"

namespace modascope {
namespace {

constexpr int kMargin = 8;

/// Filled: on. A ring: left out. A dash: not there.
void paintMark(QPainter& painter, const QPointF& centre, TileState state, const QColor& colour) {
  constexpr double radius = 5;
  painter.setPen(QPen(colour, 1.6));
  painter.setBrush(state == TileState::On ? QBrush(colour) : Qt::NoBrush);
  if (state == TileState::Absent) {
    painter.drawLine(centre - QPointF(radius, 0), centre + QPointF(radius, 0));
  } else {
    painter.drawEllipse(centre, radius, radius);
  }
}

}  // namespace

QString wordsFor(TileState state) {
  switch (state) {
    case TileState::LeftOut:
      return QCoreApplication::translate("TileHeader", "left out");
    case TileState::Absent:
      return QCoreApplication::translate("TileHeader", "missing");
    case TileState::On:
      break;
  }
  return {};
}

TileHeader::TileHeader(QWidget* parent) : QAbstractButton(parent) {
  setFocusPolicy(Qt::TabFocus);
  setAttribute(Qt::WA_Hover);
  describe();
}

void TileHeader::setTitle(const TileTitle& title) {
  title_ = title;
  describe();
  update();
}

void TileHeader::setState(TileState state) {
  state_ = state;
  describe();
  update();
}

QString TileHeader::stateWords() const {
  if (state_ != TileState::LeftOut || title_.instead.isEmpty()) return wordsFor(state_);
  return tr("%1 instead").arg(title_.instead);
}

void TileHeader::describe() {
  setCursor(isEnabled() ? Qt::PointingHandCursor : Qt::ArrowCursor);
  const QString words = stateWords();
  const QString name =
      title_.detail.isEmpty() ? title_.name : tr("%1, %2").arg(title_.name, title_.detail);
  setAccessibleName(tr("%1, %2").arg(name, words.isEmpty() ? tr("used") : words));
  if (!isEnabled() && state_ != TileState::Absent) return setToolTip(name);
  switch (state_) {
    case TileState::On:
      setToolTip(tr("Click to leave %1 out").arg(title_.name));
      break;
    case TileState::LeftOut:
      setToolTip(title_.instead.isEmpty()
                     ? tr("%1 is there but left out. Click to include it").arg(title_.name)
                     : tr("The network gets %1 in place of %2. Click to include it")
                           .arg(title_.instead, title_.name));
      break;
    case TileState::Absent:
      setToolTip(tr("There is no %1 here").arg(title_.name));
      break;
  }
}

QSize TileHeader::sizeHint() const {
  return {120, fontMetrics().height() + 10};
}

void TileHeader::paintInto(QPainter& painter, const QRect& area) const {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  const QPalette& p = palette();
  const QColor ground = underMouse() && isEnabled()
                            ? mixed(p.color(QPalette::Window), p.color(QPalette::WindowText), 0.10)
                            : p.color(QPalette::Window);
  painter.fillRect(area, ground);
  const bool on = state_ == TileState::On;
  const QColor text = p.color(QPalette::Active, QPalette::WindowText);
  const QColor faint = mixed(text, ground, 0.35);
  if (on) painter.fillRect(QRect(area.left(), area.top(), 3, area.height()), title_.colour);
  paintMark(painter, {area.left() + kMargin + 8.0, area.center().y() + 0.5}, state_,
            state_ == TileState::Absent ? faint : title_.colour);

  painter.setPen(on ? text : faint);
  paintWords(painter, area.adjusted(kMargin + 20, 0, -kMargin, 0));
  painter.restore();
}

/// The name in bold, what it is about after it, a note at the right; what has no room is cut short.
void TileHeader::paintWords(QPainter& painter, QRect rest) const {
  const auto draw = [&](const QFont& font, int side, const QString& text) {
    const QFontMetrics metrics(font);
    const QString fits = metrics.elidedText(text, Qt::ElideRight, rest.width());
    const int used = fits.isEmpty() ? 0 : metrics.horizontalAdvance(fits) + kMargin;
    painter.setFont(font);
    painter.drawText(rest, Qt::AlignVCenter | side, fits);
    side == Qt::AlignLeft ? rest.setLeft(rest.left() + used) : rest.setRight(rest.right() - used);
  };
  QFont bold = font();
  bold.setBold(true);
  draw(bold, Qt::AlignLeft, title_.name);
  draw(font(), Qt::AlignRight, state_ == TileState::On ? title_.note : stateWords());
  if (!title_.detail.isEmpty()) {
    draw(font(), Qt::AlignLeft, QStringLiteral("· ") + title_.detail);
  }
}

void TileHeader::changeEvent(QEvent* event) {
  QAbstractButton::changeEvent(event);
  if (event->type() == QEvent::EnabledChange) describe();
}

void TileHeader::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paintInto(painter, rect());
  if (hasFocus()) {
    QStyleOptionFocusRect option;
    option.initFrom(this);
    option.backgroundColor = palette().color(QPalette::Window);
    style()->drawPrimitive(QStyle::PE_FrameFocusRect, &option, &painter, this);
  }
}

}  // namespace modascope
