#include "widgets/controls/sharing/sharing_diagram.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>

#include "widgets/bridge/palette.h"
#include "widgets/controls/sharing/sharing_diagram_words.h"
#include "widgets/controls/sharing/sharing_painter.h"

namespace modascope {
namespace {

constexpr int kHighest = 200;  ///< quarters of a line

}  // namespace

SharingDiagram::SharingDiagram(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::TabFocus);
  QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
  describeForAccess();
}

void SharingDiagram::setModel(const ModelDescription& model) {
  model_ = model;
  heights_.clear();
  shown_ = model.schema.all();
  selected_ = 0;
  describeForAccess();
  updateGeometry();
  update();
}

void SharingDiagram::setShown(ModalitySet set) {
  shown_ = set;
  describeForAccess();
  updateGeometry();  // other words may need more lines
  update();
}

void SharingDiagram::clear() {
  model_.reset();
  heights_.clear();
  describeForAccess();
  updateGeometry();
  update();
}

QString SharingDiagram::words() const {
  if (!model_) return {};
  const QString words = parameterWords(*model_, shown_) + ' ' + switchedOffWords(*model_, shown_) +
                        ' ' + adapterWords(*model_, shown_);
  return words.trimmed();
}

void SharingDiagram::describeForAccess() {
  setAccessibleName(tr("What the modalities share in the network"));
  setAccessibleDescription(model_ ? words() : tr("No network"));
}

QFont SharingDiagram::smallFont() const {
  QFont small = font();
  small.setPixelSize(std::max(7, static_cast<int>(0.88 * QFontInfo(small).pixelSize())));
  return small;
}

double SharingDiagram::legendHeight() const {
  return QFontMetricsF(smallFont()).height() + 6;
}

double SharingDiagram::wordsHeight(double width) const {
  return QFontMetricsF(font())
      .boundingRect(QRectF(0, 0, width, 1e4), Qt::AlignLeft | Qt::TextWordWrap, words())
      .height();
}

QRectF SharingDiagram::wordsRect() const {
  const QRectF inside = QRectF(rect()).adjusted(kAir, kAir / 2, -kAir, -kAir / 2);
  const double needed = wordsHeight(inside.width());
  return {inside.left(), inside.bottom() - needed, inside.width(), needed};
}

SharingPlaces SharingDiagram::places() const {
  return placesIn(size(), wordsHeight(width() - 2 * kAir));
}

SharingPlaces SharingDiagram::placesIn(const QSizeF& size, double heightOfWords) const {
  if (!model_) return {};
  const double width = size.width() - 2 * kAir;
  const double below = heightOfWords + 2 * kAir;
  const QRectF area(kAir, kAir / 2 + legendHeight(), width, size.height() - below - legendHeight());
  return placeSharing(*model_, area, QFontMetricsF(smallFont()));
}

QSize SharingDiagram::sizeHint() const {
  const int line = fontMetrics().height();
  return {26 * line, 17 * line};
}

QSize SharingDiagram::minimumSizeHint() const {
  const int line = fontMetrics().height();
  return {20 * line, 12 * line};
}

/// Letters find room beside each other; names are broken between words.
bool SharingDiagram::reads(const BlockDescription& block, const BlockPlace& place) const {
  const QFontMetricsF metrics(smallFont());
  if (block.owner)
    return metrics.size(0, ownName(*model_, block, metrics, place.frame.width())).height() <=
           place.frame.height();
  for (const QRectF& cell : place.cells)
    if (cell.height() < metrics.height()) return false;
  if (block.onlyFor) return true;
  const QRectF title = titleOf(place);
  const QRectF room(0, 0, title.width() - 4, 1e4);
  return metrics.boundingRect(room, Qt::TextWordWrap, QString::fromStdString(block.name))
             .height() <= title.height();
}

bool SharingDiagram::allRead(const SharingPlaces& places) const {
  std::size_t read = 0;
  while (read < places.blocks.size() && reads(model_->blocks[read], places.blocks[read])) ++read;
  return read == places.blocks.size();
}

int SharingDiagram::heightForWidth(int width) const {
  int height = minimumSizeHint().height();
  if (!model_) return height;
  const double words = wordsHeight(width - 2 * kAir);
  const auto known = heights_.find({width, words});
  if (known != heights_.end()) return known->second;
  const int step = std::max(1, fontMetrics().height() / 4);
  while (height < kHighest * step && !allRead(placesIn(QSizeF(width, height), words)))
    height += step;
  return heights_[{width, words}] = std::min(height, kHighest * step);
}

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
  const SharingPainter network(painter, *model_, shown_, theme);
  network.paintLegend({kAir, kAir / 2 + 2, width() - 2 * kAir, legendHeight()});
  network.paintNetwork(all);
  if (hasFocus()) {
    painter.setPen(QPen(theme.accent, 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(all.blocks[selected_].frame.adjusted(-2, -2, 2, 2));
  }
  painter.setFont(font());
  painter.setPen(theme.text);
  painter.drawText(wordsRect(), Qt::AlignLeft | Qt::TextWordWrap, words());
}

void SharingDiagram::changeEvent(QEvent* event) {
  if (event->type() == QEvent::FontChange) heights_.clear();
  QWidget::changeEvent(event);
}

std::optional<std::size_t> SharingDiagram::blockAt(const QPointF& position) const {
  const SharingPlaces all = places();
  for (std::size_t i = 0; i < all.blocks.size(); ++i) {
    if (all.blocks[i].frame.contains(position)) return i;
  }
  return std::nullopt;
}

bool SharingDiagram::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  if (const auto block = blockAt(help->pos())) {
    QToolTip::showText(help->globalPos(), blockWords(*model_, *block, shown_), this,
                       places().blocks[*block].frame.toRect());
  } else {
    QToolTip::hideText();
    event->ignore();
  }
  return true;
}

void SharingDiagram::select(std::size_t block) {
  selected_ = block;
  const QString said = blockWords(*model_, block, shown_);
  setAccessibleDescription(said);
  const QRect frame = places().blocks[block].frame.toRect();
  QToolTip::showText(mapToGlobal(frame.bottomLeft()), said, this, frame);
  update();
}

void SharingDiagram::keyPressEvent(QKeyEvent* event) {
  const bool left = event->key() == Qt::Key_Left;
  if (!model_ || (!left && event->key() != Qt::Key_Right)) {
    event->ignore();
    return;
  }
  const std::size_t last = model_->blocks.size() - 1;
  select(left ? (selected_ == 0 ? last : selected_ - 1) : (selected_ == last ? 0 : selected_ + 1));
}

void SharingDiagram::focusInEvent(QFocusEvent* event) {
  QWidget::focusInEvent(event);
  update();
}

void SharingDiagram::focusOutEvent(QFocusEvent* event) {
  QWidget::focusOutEvent(event);
  describeForAccess();
  update();
}

}  // namespace modascope
