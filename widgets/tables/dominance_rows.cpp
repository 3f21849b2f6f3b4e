#include "widgets/tables/dominance_rows.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <optional>

#include "widgets/bridge/number_words.h"
#include "widgets/bridge/palette.h"

namespace modascope {
namespace {

constexpr int kPad = 6;
constexpr int kBarHeight = 10;
constexpr int kLeastBar = 40;

const Removal* removalOf(const Attribution& attribution, ModalityId id) {
  const auto& each = attribution.removals.each;
  const auto found = std::find_if(each.begin(), each.end(),
                                  [id](const Removal& removal) { return removal.modality == id; });
  return found == each.end() ? nullptr : &*found;
}

/// Nothing where there is no positive evidence.
std::optional<double> shareOf(const Attribution& attribution, std::size_t i) {
  if (attribution.shares.empty() || i >= attribution.shares.front().shares.size())
    return std::nullopt;
  return attribution.shares.front().shares[i];
}

}  // namespace

QString shareWords(const Attribution& attribution, std::size_t i) {
  const auto share = shareOf(attribution, i);
  return share ? QStringLiteral("%1 %").arg(std::lround(100 * *share)) : QStringLiteral("–");
}

QString removalWords(const Attribution& attribution, ModalityId id) {
  const Removal* removal = removalOf(attribution, id);
  if (removal == nullptr) return QStringLiteral("–");
  return signedDifference(-removal->drop, 2);
}

QString volumeWords(const Attribution& attribution, ModalityId id) {
  const Removal* removal = removalOf(attribution, id);
  if (removal == nullptr) return QStringLiteral("–");
  return DominanceRows::tr("%1 mL").arg(
      signedDifference(removal->ml - attribution.removals.fullMl, 1));
}

DominanceRows::DominanceRows(QWidget* parent) : QWidget(parent) {
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setAccessibleName(tr("Attribution share and cost of removal, per modality"));
}

void DominanceRows::setAttribution(std::shared_ptr<const Attribution> attribution) {
  attribution_ = std::move(attribution);
  setAccessibleDescription(inWords());
  updateGeometry();
  update();
}

QString DominanceRows::inWords() const {
  if (!attribution_) return {};
  QStringList lines;
  const auto ids = attribution_->set.ids();
  for (std::size_t i = 0; i < ids.size(); ++i)
    lines << tr("%1 %2, removal %3, %4")
                 .arg(QString::fromStdString(attribution_->schema.label(ids[i])),
                      shareWords(*attribution_, i), removalWords(*attribution_, ids[i]),
                      volumeWords(*attribution_, ids[i]));
  return lines.join(u'\n');
}

int DominanceRows::rowHeight() const {
  return fontMetrics().height() + 6;
}

QSize DominanceRows::sizeHint() const {
  const int rows = attribution_ ? 1 + static_cast<int>(attribution_->set.size()) : 0;
  const int width = nameWidth() + kLeastBar + numberWidth() + removalWidth() + volumeWidth() + kPad;
  return {width, rows * rowHeight()};
}

QRect DominanceRows::rowAt(std::size_t i) const {
  return {0, static_cast<int>(i + 1) * rowHeight(), width(), rowHeight()};
}

int DominanceRows::nameWidth() const {
  int widest = fontMetrics().horizontalAdvance(QStringLiteral("FLAIR"));
  if (attribution_)
    for (const ModalityId id : attribution_->set.ids())
      widest = std::max(widest, fontMetrics().horizontalAdvance(
                                    QString::fromStdString(attribution_->schema.label(id))));
  return widest + 2 * kPad;
}

int DominanceRows::numberWidth() const {
  return fontMetrics().horizontalAdvance(QStringLiteral("100 %")) + kPad;
}

int DominanceRows::removalWidth() const {
  return fontMetrics().horizontalAdvance(removalHead()) + 2 * kPad;
}

int DominanceRows::volumeWidth() const {
  return fontMetrics().horizontalAdvance(tr("%1 mL").arg(signedNumber(-888.8, 1))) + 2 * kPad;
}

QString DominanceRows::removalHead() const {
  if (!attribution_) return {};
  return attribution_->removals.measure == RemovalMeasure::DiceWithTruth
             ? tr("Dice if removed")
             : tr("agreement if removed");
}

QRectF DominanceRows::barOf(std::size_t i, double share) const {
  const QRect row = rowAt(i);
  const int left = nameWidth();
  const int longest = width() - volumeWidth() - removalWidth() - numberWidth() - kPad - left;
  return {double(left), row.center().y() - kBarHeight / 2.0, std::max(longest, 1) * share,
          double(kBarHeight)};
}

void DominanceRows::paintHead(QPainter& painter) const {
  painter.setPen(plotTheme(palette()).faintText);
  const QRect head(0, 0, width(), rowHeight());
  const int shares = volumeWidth() + removalWidth();
  painter.drawText(head.adjusted(nameWidth(), 0, -shares, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   fontMetrics().elidedText(tr("attribution share"), Qt::ElideRight,
                                            width() - nameWidth() - shares));
  painter.drawText(head.adjusted(0, 0, -volumeWidth(), 0), Qt::AlignRight | Qt::AlignVCenter,
                   removalHead());
  painter.drawText(head.adjusted(0, 0, -kPad, 0), Qt::AlignRight | Qt::AlignVCenter, tr("mL"));
}

void DominanceRows::paintRow(QPainter& painter, std::size_t i) const {
  const auto theme = plotTheme(palette());
  const ModalityId id = attribution_->set.ids()[i];
  const QRect row = rowAt(i);
  const double share = shareOf(*attribution_, i).value_or(0);
  painter.setPen(theme.text);
  painter.drawText(row.adjusted(kPad, 0, 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                   QString::fromStdString(attribution_->schema.label(id)));
  painter.fillRect(barOf(i, 1), theme.grid);
  painter.fillRect(barOf(i, share), modalityColour(id));
  const auto right = [&](int from, const QString& words) {
    painter.drawText(row.adjusted(0, 0, -from, 0), Qt::AlignRight | Qt::AlignVCenter, words);
  };
  right(volumeWidth() + removalWidth(), shareWords(*attribution_, i));
  right(volumeWidth(), removalWords(*attribution_, id));
  right(kPad, volumeWords(*attribution_, id));
}

void DominanceRows::paintEvent(QPaintEvent*) {
  if (!attribution_) return;
  QPainter painter(this);
  paintHead(painter);
  for (std::size_t i = 0; i < attribution_->set.size(); ++i) paintRow(painter, i);
}

}  // namespace modascope
