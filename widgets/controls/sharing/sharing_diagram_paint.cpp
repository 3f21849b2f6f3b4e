#include <QPainter>
#include <algorithm>

#include "widgets/bridge/palette.h"
#include "widgets/controls/sharing/sharing_diagram.h"
#include "widgets/controls/sharing/sharing_diagram_words.h"

namespace modascope {
namespace {

QColor mixed(const QColor& a, const QColor& b, double share) {
  const auto mix = [share](int x, int y) { return static_cast<int>(x + share * (y - x)); };
  return {mix(a.red(), b.red()), mix(a.green(), b.green()), mix(a.blue(), b.blue())};
}

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

void SharingDiagram::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  const PlotTheme theme = plotTheme(palette());
  painter.fillRect(rect(), theme.background);
  if (!model_) {
    painter.setPen(theme.faintText);
    painter.drawText(rect().adjusted(8, 8, -8, -8), Qt::AlignCenter | Qt::TextWordWrap,
                     tr("Choose a run to see what its network shares"));
    return;
  }
  painter.setFont(smallFont());
  const SharingPlaces all = places();
  paintLegend(painter);
  paintFlow(painter, all);
  for (std::size_t i = 0; i < all.blocks.size(); ++i) {
    const BlockDescription& block = model_->blocks[i];
    if (block.onlyFor)
      paintNetwork(painter, i, all.blocks[i]);
    else if (block.owner)
      paintCell(painter, all.blocks[i].frame, ownName(block, all.blocks[i].frame.width()),
                *block.owner, block.runsFor(shown_));
    else
      paintBlock(painter, i, all.blocks[i]);
  }
  if (hasFocus()) {
    painter.setPen(QPen(theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(all.blocks[selected_].frame.adjusted(-2, -2, 2, 2));
  }
  paintWords(painter);
}

/// A word a line, or the modality's letter where that is too wide.
QString SharingDiagram::ownName(const BlockDescription& block, double width) const {
  const QStringList words = QString::fromStdString(block.name).split(u' ');
  const QFontMetricsF metrics(smallFont());
  const bool fits = std::all_of(words.begin(), words.end(), [&](const QString& word) {
    return 0.8 * metrics.horizontalAdvance(word) <= width;
  });
  return fits ? words.join(u'\n') : modalityLetter(model_->schema, *block.owner);
}

void SharingDiagram::paintLegend(QPainter& painter) const {
  const PlotTheme theme = plotTheme(palette());
  const QFontMetricsF metrics = QFontMetricsF(painter.font());
  const double side = metrics.ascent();
  double right = width() - kAir;
  const double top = kAir / 2 + 2;
  const auto entry = [&](const QString& text, const auto& paintKey) {
    right -= metrics.horizontalAdvance(text);
    painter.setPen(theme.text);
    painter.drawText(QPointF(right, top + metrics.ascent()), text);
    right -= 1.8 * side + 4;
    paintKey(QRectF(right, top + 1, 1.8 * side, side));
    right -= side;
  };
  const bool owned = std::any_of(model_->blocks.begin(), model_->blocks.end(),
                                 [](const auto& block) { return block.owner.has_value(); });
  const bool networks = std::any_of(model_->blocks.begin(), model_->blocks.end(),
                                    [](const auto& block) { return block.onlyFor.has_value(); });
  entry(tr("does not run"), [&](const QRectF& key) { paintOff(painter, key, theme); });
  if (model_->perModalityParameters() > 0 || networks || owned) {
    entry(networks ? tr("sees it") : tr("a modality's own"),
          [&](const QRectF& key) { paintCell(painter, key, {}, shown_.ids().front(), true); });
  }
  if (model_->sharedParameters() > 0) {
    entry(tr("shared"), [&](const QRectF& key) { paintOn(painter, key, sharedFill(theme)); });
  }
  QFont bold = painter.font();
  bold.setBold(true);
  const QString kind = QString::fromStdString(model_->kind);
  painter.save();
  painter.setFont(bold);
  painter.setPen(theme.text);
  painter.drawText(QPointF(kAir, top + metrics.ascent()),
                   QFontMetricsF(bold).elidedText(kind, Qt::ElideRight, right - kAir));
  painter.restore();
}

void SharingDiagram::paintFlow(QPainter& painter, const SharingPlaces& places) const {
  const PlotTheme theme = plotTheme(palette());
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(theme.faintText, 1, Qt::DotLine));
  painter.drawLines(places.skips);
  for (const QLineF& line : places.flow) paintArrow(painter, line, theme.text);
  painter.restore();
}

void SharingDiagram::paintBlock(QPainter& painter, std::size_t index,
                                const BlockPlace& place) const {
  const PlotTheme theme = plotTheme(palette());
  const BlockDescription& block = model_->blocks[index];
  const QColor fill = sharedFill(theme);
  if (!place.shared.isNull()) {
    paintOn(painter, place.shared, fill);
  } else {
    painter.setPen(QPen(theme.text, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(place.frame.adjusted(0.5, 0.5, -0.5, -0.5));
  }
  const QRectF title = titleOf(place);
  paintName(painter, title,
            withCount(painter, title, QString::fromStdString(block.name), block.sharedParameters),
            place.shared.isNull() ? theme.text : readableOn(fill));
  for (const ModalityId id : model_->schema.ids()) {
    if (place.cells.empty()) break;
    const QRectF& cell = place.cells[id.index()];
    const QString letter = modalityLetter(model_->schema, id);
    const bool lit = shown_.contains(id);
    paintCell(painter, cell,
              lit ? withCount(painter, cell, letter, block.perModalityParameters) : letter, id,
              lit);
  }
}

void SharingDiagram::paintNetwork(QPainter& painter, std::size_t index,
                                  const BlockPlace& place) const {
  const PlotTheme theme = plotTheme(palette());
  const BlockDescription& block = model_->blocks[index];
  const bool runs = block.runsFor(shown_);
  runs ? paintOn(painter, place.frame, sharedFill(theme)) : paintOff(painter, place.frame, theme);
  for (const ModalityId id : block.onlyFor->ids()) {
    const QRectF& cell = place.cells[id.index()];
    const QString letter = modalityLetter(model_->schema, id);
    if (runs) {
      paintCell(painter, cell, letter, id, true);
    } else {
      paintLetter(painter, cell, letter, theme.faintText, theme.background);
    }
  }
}

void SharingDiagram::paintCell(QPainter& painter, const QRectF& cell, const QString& text,
                               ModalityId id, bool lit) const {
  const PlotTheme theme = plotTheme(palette());
  const QRectF inside = cell.adjusted(0.5, 1, -0.5, 0);
  if (lit) {
    paintOn(painter, inside, modalityColour(id));
    paintLetter(painter, inside, text, readableOn(modalityColour(id)), std::nullopt);
  } else {
    paintOff(painter, inside, theme);
    paintLetter(painter, inside, text, theme.faintText, theme.background);
  }
}

void SharingDiagram::paintWords(QPainter& painter) const {
  painter.setFont(font());
  painter.setPen(plotTheme(palette()).text);
  painter.drawText(wordsRect(), Qt::AlignLeft | Qt::TextWordWrap, words());
}

}  // namespace modascope
