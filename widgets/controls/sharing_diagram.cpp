#include "widgets/controls/sharing_diagram.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QToolTip>
#include <algorithm>

#include "widgets/controls/sharing_diagram_words.h"

namespace modascope {

SharingDiagram::SharingDiagram(QWidget* parent) : QWidget(parent) {
  setFocusPolicy(Qt::TabFocus);
  describeForAccess();
}

void SharingDiagram::setModel(const ModelDescription& model) {
  model_ = model;
  shown_ = model.schema.all();
  selected_ = 0;
  describeForAccess();
  updateGeometry();
  update();
}

void SharingDiagram::setShown(ModalitySet set) {
  shown_ = set;
  describeForAccess();
  update();
}

void SharingDiagram::clear() {
  model_.reset();
  describeForAccess();
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

QRectF SharingDiagram::wordsRect() const {
  const QRectF inside = QRectF(rect()).adjusted(kAir, kAir / 2, -kAir, -kAir / 2);
  const double needed = QFontMetricsF(font())
                            .boundingRect(inside, Qt::AlignLeft | Qt::TextWordWrap, words())
                            .height();
  return {inside.left(), inside.bottom() - needed, inside.width(), needed};
}

SharingPlaces SharingDiagram::places() const {
  if (!model_) return {};
  const QRectF area(kAir, kAir / 2 + legendHeight(), width() - 2 * kAir,
                    wordsRect().top() - legendHeight() - 1.5 * kAir);
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
