#include "widgets/tables/contributions_panel.h"

#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "widgets/bridge/number_words.h"
#include "widgets/bridge/palette.h"

namespace modascope {
namespace {

constexpr int kPad = 6;
constexpr int kBarHeight = 10;
constexpr int kValue = 52;    // "+0.45"
constexpr int kShare = 52;    // "100 %"
constexpr int kRemoval = 80;  // its head

QString shareWords(const Contributions& contributions, std::size_t i) {
  if (contributions.shares.empty()) return QStringLiteral("–");
  return QStringLiteral("%1 %").arg(std::lround(100 * contributions.shares[i]));
}

}  // namespace

ContributionRows::ContributionRows(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setAccessibleName(tr("Contribution of each modality to the prediction"));
}

void ContributionRows::set(const ModalitySchema& schema, const Contributions& contributions) {
  take(Shown{schema, contributions});
}

void ContributionRows::clear() {
  take(std::nullopt);
}

void ContributionRows::take(std::optional<Shown> shown) {
  shown_ = std::move(shown);
  setAccessibleDescription(inWords());
  updateGeometry();
  update();
}

QString ContributionRows::inWords() const {
  if (!shown_) return {};
  QStringList lines;
  const auto ids = shown_->contributions.players.ids();
  for (std::size_t i = 0; i < ids.size(); ++i)
    lines << tr("%1 %2, share %3, removal %4")
                 .arg(QString::fromStdString(shown_->schema.label(ids[i])),
                      signedDifference(shown_->contributions.values[i], 2),
                      shareWords(shown_->contributions, i),
                      signedDifference(-shown_->contributions.removals[i], 2));
  return lines.join(u'\n');
}

int ContributionRows::rowHeight() const {
  return fontMetrics().height() + 6;
}

int ContributionRows::namesWidth() const {
  int width = 0;
  for (const auto& modality : shown_->schema.modalities())
    width =
        std::max(width, fontMetrics().horizontalAdvance(QString::fromStdString(modality.label)));
  return std::min(width, 90) + 2 * kPad;
}

QSize ContributionRows::sizeHint() const {
  const auto rows = shown_ ? 1 + static_cast<int>(shown_->contributions.players.size()) : 0;
  return {300, rows * rowHeight()};
}

/// From zero in the middle of its column, the longest reaching the column's end.
QRectF ContributionRows::barOf(std::size_t i) const {
  double most = 0;
  for (const double value : shown_->contributions.values) most = std::max(most, std::abs(value));
  const double left = namesWidth();
  const double half = (width() - left - kValue - kShare - kRemoval - kPad) / 2.0;
  const double length = most > 0 ? half * shown_->contributions.values[i] / most : 0;
  const double y = (static_cast<double>(i) + 1.5) * rowHeight() - kBarHeight / 2.0;
  return QRectF(left + half, y, length, kBarHeight).normalized();
}

void ContributionRows::paintHead(QPainter& painter) const {
  painter.setPen(plotTheme(palette()).faintText);
  const QRect head(0, 0, width() - kPad, rowHeight());
  painter.drawText(head.adjusted(namesWidth(), 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   tr("contribution"));
  painter.drawText(head.adjusted(0, 0, -kRemoval, 0), Qt::AlignRight | Qt::AlignVCenter,
                   tr("share"));
  painter.drawText(head, Qt::AlignRight | Qt::AlignVCenter, tr("if removed"));
}

void ContributionRows::paintRow(QPainter& painter, std::size_t i) const {
  const auto theme = plotTheme(palette());
  const ModalityId id = shown_->contributions.players.ids()[i];
  const int top = static_cast<int>(i + 1) * rowHeight();
  const QRect row(0, top, width() - kPad, rowHeight());
  painter.setPen(theme.text);
  painter.drawText(row.adjusted(kPad, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(QString::fromStdString(shown_->schema.label(id)),
                                            Qt::ElideRight, namesWidth() - kPad));
  painter.fillRect(barOf(i), modalityColour(id));
  const double half = (width() - namesWidth() - kValue - kShare - kRemoval - kPad) / 2.0;
  painter.setPen(theme.faintText);
  painter.drawLine(QPointF(namesWidth() + half, top), QPointF(namesWidth() + half, row.bottom()));
  painter.setPen(theme.text);
  const auto number = [&](int fromRight, const QString& words) {
    painter.drawText(row.adjusted(0, 0, -fromRight, 0), Qt::AlignRight | Qt::AlignVCenter, words);
  };
  number(kRemoval + kShare, signedDifference(shown_->contributions.values[i], 2));
  number(kRemoval, shareWords(shown_->contributions, i));
  number(0, signedDifference(-shown_->contributions.removals[i], 2));
}

void ContributionRows::paintEvent(QPaintEvent*) {
  if (!shown_) return;
  QPainter painter(this);
  paintHead(painter);
  for (std::size_t i = 0; i < shown_->contributions.players.size(); ++i) paintRow(painter, i);
}

ContributionsPanel::ContributionsPanel(QWidget* parent)
    : QWidget(parent), rows_(new ContributionRows(this)), words_(new QLabel(this)) {
  words_->setWordWrap(true);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(4, 8, 4, 0);
  column->addWidget(rows_);
  column->addWidget(words_);
  column->addStretch(1);
  clear();
}

void ContributionsPanel::set(const ModalitySchema& schema, const Contributions& contributions,
                             const QString& quantity, const QString& baseline,
                             const QString& instead) {
  rows_->set(schema, contributions);
  const QString removed =
      instead.isEmpty()
          ? tr("If removed: the change when that modality alone is left out.")
          : tr("Until a modality joins, %1 stands in for it. If removed: the change when %1 stands "
               "in for that modality alone.")
                .arg(instead);
  words_->setText(
      tr("Exact Shapley values over all subsets: how far each modality moves %1 from %2 (%3) to "
         "what all of them say (%4), on average over the orders in which they could join. A share "
         "is a part of the sum of their sizes. %5")
          .arg(quantity, baseline, signedNumber(contributions.none, 2),
               signedNumber(contributions.all, 2), removed));
}

void ContributionsPanel::clear() {
  rows_->clear();
  words_->setText(
      tr("With a run and a sample, this says how much each modality contributes to the "
         "prediction (Shapley values)."));
}

QString ContributionsPanel::words() const {
  return words_->text();
}

}  // namespace modascope
