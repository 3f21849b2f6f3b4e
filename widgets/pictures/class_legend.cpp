#include "widgets/pictures/class_legend.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <algorithm>

#include "widgets/slices/painting/slice_legend.h"

namespace modascope {
namespace {

constexpr int kMargin = 8;
constexpr int kGap = 12;
constexpr int kSwatch = 14;

}  // namespace

ClassLegend::ClassLegend(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::TabFocus);
  setToolTip(
      tr("Click a class to see its errors ([ and ] go from class to class), or the first "
         "words for prediction, truth and errors in turn (T)"));
  setLegend({});
}

void ClassLegend::setLegend(const PictureLegend& legend) {
  legend_ = legend;
  QStringList words{legend.content};
  for (const PictureLegend::Entry& entry : legend.entries) words << entry.name;
  words << legend.remarks;
  words.removeAll({});
  setAccessibleName(tr("Legend: %1").arg(words.join(QStringLiteral(", "))));
  update();
}

/// One after the other, in rows no wider than `width`.
std::vector<ClassLegend::Piece> ClassLegend::piecesIn(int width) const {
  std::vector<Piece> pieces;
  if (!legend_.content.isEmpty()) pieces.push_back({Kind::Content, legend_.content, 0, {}});
  if (legend_.chosen) {
    pieces.push_back({Kind::Missed, tr("missed"), 0, {}});
    pieces.push_back({Kind::Wrong, tr("wrongly found"), 0, {}});
  }
  for (std::size_t i = 0; i < legend_.entries.size(); ++i)
    pieces.push_back({Kind::Class, legend_.entries[i].name, i, {}});
  for (const QString& remark : legend_.remarks) pieces.push_back({Kind::Remark, remark, 0, {}});
  const int height = std::max(fontMetrics().height(), kSwatch) + 4;
  QPoint at(kMargin, 3);
  for (Piece& piece : pieces) {
    const int swatch = hasSwatch(piece) ? kSwatch + 5 : 0;
    const int wide = swatch + fontMetrics().horizontalAdvance(piece.words) + 2;
    if (at.x() > kMargin && at.x() + wide > width - kMargin) at = {kMargin, at.y() + height};
    piece.place = {at, QSize(wide, height)};
    at.rx() += wide + kGap;
  }
  return pieces;
}

int ClassLegend::heightFor(int width) const {
  const auto pieces = piecesIn(width);
  return pieces.empty() ? 0 : pieces.back().place.bottom() + 4;
}

bool ClassLegend::isChosen(const Piece& piece) const {
  return piece.kind == Kind::Class && legend_.chosen == legend_.entries[piece.entry].which;
}

/// Of errors only the chosen class is drawn, as a line.
bool ClassLegend::hasSwatch(const Piece& piece) const {
  if (piece.kind == Kind::Content || piece.kind == Kind::Remark) return false;
  return piece.kind != Kind::Class || !legend_.chosen || isChosen(piece);
}

void ClassLegend::paintSwatch(QPainter& painter, const QRect& swatch, const Piece& piece) const {
  painter.fillRect(swatch, Qt::black);
  switch (piece.kind) {
    case Kind::Missed:
      return painter.fillRect(swatch, patchBrush(Patch::Hatched, missedColour()));
    case Kind::Wrong:
      return painter.fillRect(swatch, wronglyFoundColour());
    case Kind::Class:
      painter.fillRect(swatch, legend_.entries[piece.entry].colour);
      if (isChosen(piece)) painter.fillRect(swatch.adjusted(3, 3, -3, -3), Qt::black);
      return;
    case Kind::Content:
    case Kind::Remark:
      return;
  }
}

void ClassLegend::paintPiece(QPainter& painter, const Piece& piece) const {
  QRect words = piece.place;
  if (hasSwatch(piece)) {
    const QRect swatch(piece.place.left(), piece.place.center().y() - kSwatch / 2 + 1, kSwatch,
                       kSwatch);
    paintSwatch(painter, swatch, piece);
    words.setLeft(swatch.right() + 6);
  }
  painter.setPen(palette().color(QPalette::Active, QPalette::WindowText));
  painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, piece.words);
  if (isChosen(piece))
    painter.drawLine(words.bottomLeft() - QPoint(0, 1), words.bottomRight() - QPoint(0, 1));
}

void ClassLegend::paintInto(QPainter& painter, const QRect& area) const {
  painter.save();
  painter.setFont(font());
  painter.fillRect(area, palette().color(QPalette::Window));
  painter.translate(area.topLeft());
  for (const Piece& piece : piecesIn(area.width())) paintPiece(painter, piece);
  painter.restore();
}

void ClassLegend::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paintInto(painter, rect());
  if (!hasFocus()) return;
  painter.setPen(QPen(palette().color(QPalette::Highlight), 1, Qt::DotLine));
  painter.drawRect(rect().adjusted(1, 1, -2, -2));
}

QRect ClassLegend::placeOf(std::size_t which) const {
  for (const Piece& piece : piecesIn(width()))
    if (piece.kind == Kind::Class && legend_.entries[piece.entry].which == which)
      return piece.place;
  return {};
}

void ClassLegend::mousePressEvent(QMouseEvent* event) {
  for (const Piece& piece : piecesIn(width())) {
    if (!piece.place.contains(event->position().toPoint())) continue;
    if (piece.kind == Kind::Content) return Q_EMIT contentClicked();
    if (piece.kind == Kind::Class) return Q_EMIT chosen(legend_.entries[piece.entry].which);
  }
}

void ClassLegend::ask(int step) {
  const int count = static_cast<int>(legend_.entries.size());
  if (count == 0) return;
  const auto now = std::find_if(
      legend_.entries.begin(), legend_.entries.end(),
      [this](const PictureLegend::Entry& entry) { return entry.which == legend_.chosen; });
  const int from = now == legend_.entries.end() ? (step > 0 ? -1 : 0)
                                                : static_cast<int>(now - legend_.entries.begin());
  Q_EMIT chosen(legend_.entries[static_cast<std::size_t>((from + step + count) % count)].which);
}

void ClassLegend::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Right) return ask(1);
  if (event->key() == Qt::Key_Left) return ask(-1);
  QWidget::keyPressEvent(event);
}

}  // namespace modascope
