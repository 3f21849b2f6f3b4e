#include "widgets/controls/sharing/sharing_painter.h"

#include <QPainter>
#include <algorithm>

#include "widgets/controls/sharing/sharing_diagram_words.h"

namespace modascope {
namespace {

QColor sharedFill(const PlotTheme& theme) {
  return mixed(theme.background, theme.text, theme.dark ? 0.74 : 0.68);
}

/// What does not run: empty but for a faint hatch, with a dashed rim.
void paintOff(QPainter& painter, const QRectF& rect, const PlotTheme& theme) {
  QColor hatch = theme.faintText;
  hatch.setAlpha(90);
  painter.setPen(QPen(theme.faintText, 1, Qt::DashLine));
  painter.setBrush(QBrush(hatch, Qt::BDiagPattern));
  painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5));
}

void paintOn(QPainter& painter, const QRectF& rect, const QColor& fill) {
  painter.setPen(Qt::NoPen);
  painter.setBrush(fill);
  painter.drawRect(rect);
}

void shrinkFont(QPainter& painter, double factor) {
  QFont font = painter.font();
  font.setPixelSize(std::max(6, static_cast<int>(QFontInfo(font).pixelSize() * factor)));
  painter.setFont(font);
}

/// Wrapped, and smaller if it must be; the last resort is to elide.
void paintName(QPainter& painter, const QRectF& rect, const QString& text, const QColor& ink) {
  painter.save();
  painter.setPen(ink);
  constexpr int flags = Qt::AlignCenter | Qt::TextWordWrap;
  const QRectF room = rect.adjusted(2, 0, -2, 0);
  for (int tries = 0; tries < 3; ++tries) {
    const QRectF needed = painter.boundingRect(room, flags, text);
    if (needed.width() <= room.width() && needed.height() <= room.height() + 1) {
      painter.drawText(room, flags, text);
      painter.restore();
      return;
    }
    shrinkFont(painter, 0.9);
  }
  painter.drawText(room, Qt::AlignCenter,
                   painter.fontMetrics().elidedText(text, Qt::ElideRight, int(room.width())));
  painter.restore();
}

/// "down 2 · 166,016", or "down 2" where that is too long for one line.
QString withCount(const QPainter& painter, const QRectF& rect, const QString& name,
                  std::int64_t count) {
  const QString both = name + QStringLiteral(" · ") + countWords(count);
  const bool fits = QFontMetricsF(painter.font()).horizontalAdvance(both) < rect.width() - 6;
  return count > 0 && fits ? both : name;
}

/// On a ground of its own, so that a hatch does not cross it; left out where it does not fit.
void paintLetter(QPainter& painter, const QRectF& cell, const QString& letter, const QColor& ink,
                 const std::optional<QColor>& ground) {
  painter.save();
  for (int tries = 0; tries < 4; ++tries) {
    QRectF box(QPointF(), QFontMetricsF(painter.font()).size(0, letter));
    box.moveCenter(cell.center());
    if (box.width() <= cell.width() && box.height() <= cell.height() + 2) {
      if (ground) painter.fillRect(box.adjusted(-1, 0, 1, 0).intersected(cell), *ground);
      painter.setPen(ink);
      painter.drawText(cell, Qt::AlignCenter, letter);
      break;
    }
    shrinkFont(painter, 0.88);
  }
  painter.restore();
}

void paintArrow(QPainter& painter, const QLineF& line, const QColor& colour) {
  painter.setPen(QPen(colour, 1.2));
  painter.drawLine(line);
  if (line.length() < 4) return;
  QLineF wing = line.unitVector();
  wing.setLength(4);
  const QPointF along = wing.p2() - wing.p1();
  const QPointF across(-along.y() * 0.7, along.x() * 0.7);
  painter.drawLine(line.p2(), line.p2() - along + across);
  painter.drawLine(line.p2(), line.p2() - along - across);
}

}  // namespace

SharingPainter::SharingPainter(QPainter& painter, const ModelDescription& model, ModalitySet shown,
                               const PlotTheme& theme)
    : painter_(painter), model_(model), shown_(shown), theme_(theme) {}

void SharingPainter::paintNetwork(const SharingPlaces& places) const {
  paintFlow(places);
  const QFontMetricsF metrics(painter_.font());
  for (std::size_t i = 0; i < places.blocks.size(); ++i) {
    const BlockDescription& block = model_.blocks[i];
    const BlockPlace& place = places.blocks[i];
    if (block.onlyFor)
      paintSubset(block, place);
    else if (block.owner)
      paintCell(place.frame, ownName(model_, block, metrics, place.frame.width()), *block.owner,
                block.runsFor(shown_));
    else
      paintBlock(block, place);
  }
}

void SharingPainter::paintLegend(const QRectF& line) const {
  const QFontMetricsF metrics = QFontMetricsF(painter_.font());
  const double side = metrics.ascent();
  double right = line.right();
  const auto entry = [&](const QString& text, const auto& paintKey) {
    right -= metrics.horizontalAdvance(text);
    painter_.setPen(theme_.text);
    painter_.drawText(QPointF(right, line.top() + metrics.ascent()), text);
    right -= 1.8 * side + 4;
    paintKey(QRectF(right, line.top() + 1, 1.8 * side, side));
    right -= side;
  };
  const bool owned = std::any_of(model_.blocks.begin(), model_.blocks.end(),
                                 [](const auto& block) { return block.owner.has_value(); });
  const bool networks = std::any_of(model_.blocks.begin(), model_.blocks.end(),
                                    [](const auto& block) { return block.onlyFor.has_value(); });
  entry(tr("does not run"), [&](const QRectF& key) { paintOff(painter_, key, theme_); });
  if (model_.perModalityParameters() > 0 || networks || owned) {
    entry(networks ? tr("sees it") : tr("a modality's own"),
          [&](const QRectF& key) { paintCell(key, {}, shown_.ids().front(), true); });
  }
  if (model_.sharedParameters() > 0) {
    entry(tr("shared"), [&](const QRectF& key) { paintOn(painter_, key, sharedFill(theme_)); });
  }
  QFont bold = painter_.font();
  bold.setBold(true);
  const QString kind = QString::fromStdString(model_.kind);
  painter_.save();
  painter_.setFont(bold);
  painter_.setPen(theme_.text);
  painter_.drawText(QPointF(line.left(), line.top() + metrics.ascent()),
                    QFontMetricsF(bold).elidedText(kind, Qt::ElideRight, right - line.left()));
  painter_.restore();
}

void SharingPainter::paintFlow(const SharingPlaces& places) const {
  painter_.save();
  painter_.setRenderHint(QPainter::Antialiasing);
  painter_.setPen(QPen(theme_.faintText, 1, Qt::DotLine));
  painter_.drawLines(places.skips);
  for (const QLineF& line : places.flow) paintArrow(painter_, line, theme_.text);
  painter_.restore();
}

void SharingPainter::paintBlock(const BlockDescription& block, const BlockPlace& place) const {
  const QColor fill = sharedFill(theme_);
  if (!place.shared.isNull()) {
    paintOn(painter_, place.shared, fill);
  } else {
    painter_.setPen(QPen(theme_.text, 1));
    painter_.setBrush(Qt::NoBrush);
    painter_.drawRect(place.frame.adjusted(0.5, 0.5, -0.5, -0.5));
  }
  const QRectF title = titleOf(place);
  paintName(painter_, title,
            withCount(painter_, title, QString::fromStdString(block.name), block.sharedParameters),
            place.shared.isNull() ? theme_.text : readableOn(fill));
  for (const ModalityId id : model_.schema.ids()) {
    if (place.cells.empty()) break;
    const QRectF& cell = place.cells[id.index()];
    const QString letter = modalityLetter(model_.schema, id);
    const bool lit = shown_.contains(id);
    paintCell(cell, lit ? withCount(painter_, cell, letter, block.perModalityParameters) : letter,
              id, lit);
  }
}

void SharingPainter::paintSubset(const BlockDescription& block, const BlockPlace& place) const {
  const bool runs = block.runsFor(shown_);
  runs ? paintOn(painter_, place.frame, sharedFill(theme_))
       : paintOff(painter_, place.frame, theme_);
  for (const ModalityId id : block.onlyFor->ids()) {
    const QRectF& cell = place.cells[id.index()];
    const QString letter = modalityLetter(model_.schema, id);
    if (runs) {
      paintCell(cell, letter, id, true);
    } else {
      paintLetter(painter_, cell, letter, theme_.faintText, theme_.background);
    }
  }
}

void SharingPainter::paintCell(const QRectF& cell, const QString& text, ModalityId id,
                               bool lit) const {
  const QRectF inside = cell.adjusted(0.5, 1, -0.5, 0);
  if (lit) {
    paintOn(painter_, inside, modalityColour(id));
    paintLetter(painter_, inside, text, readableOn(modalityColour(id)), std::nullopt);
  } else {
    paintOff(painter_, inside, theme_);
    paintLetter(painter_, inside, text, theme_.faintText, theme_.background);
  }
}

}  // namespace modascope
