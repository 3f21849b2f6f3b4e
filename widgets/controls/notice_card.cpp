#include "widgets/controls/notice_card.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QToolButton>

#include "widgets/bridge/palette.h"

namespace modascope {
namespace {

constexpr int kIcon = 20;

QColor hueOf(Severity severity) {
  switch (severity) {
    case Severity::Note:
      return QColor(31, 122, 192);
    case Severity::Warning:
      return QColor(214, 140, 0);
    case Severity::Failure:
      return QColor(200, 50, 47);
  }
  return {};
}

/// A disc with i, a triangle with !, an octagon with ×: told apart by shape as well as colour.
QPixmap iconOf(Severity severity, double ratio) {
  QPixmap pixmap(QSizeF(kIcon * ratio, kIcon * ratio).toSize());
  pixmap.setDevicePixelRatio(ratio);
  pixmap.fill(Qt::transparent);
  QPainter painter(&pixmap);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(Qt::NoPen);
  painter.setBrush(hueOf(severity));
  const QRectF all(1, 1, kIcon - 2, kIcon - 2);
  if (severity == Severity::Note) painter.drawEllipse(all);
  if (severity == Severity::Warning)
    painter.drawPolygon(
        QPolygonF{{{kIcon / 2.0, 1}, {kIcon - 0.5, kIcon - 2.0}, {0.5, kIcon - 2.0}}});
  if (severity == Severity::Failure)
    painter.drawPolygon(
        QPolygonF{{{6, 1}, {14, 1}, {19, 6}, {19, 14}, {14, 19}, {6, 19}, {1, 14}, {1, 6}}});
  painter.setPen(QPen(Qt::white, 2.2, Qt::SolidLine, Qt::RoundCap));
  if (severity == Severity::Note) {
    painter.drawLine(QPointF(10, 9.5), QPointF(10, 14.5));
    painter.drawPoint(QPointF(10, 5.7));
  } else if (severity == Severity::Warning) {
    painter.drawLine(QPointF(10, 7.5), QPointF(10, 11.8));
    painter.drawPoint(QPointF(10, 15.2));
  } else {
    painter.drawLine(QPointF(7, 7), QPointF(13, 13));
    painter.drawLine(QPointF(13, 7), QPointF(7, 13));
  }
  return pixmap;
}

/// A long path may break behind its joints, so that it does not widen the window.
QString breakable(const QString& sentence) {
  constexpr qsizetype longest = 40;
  static const QRegularExpression joints(QStringLiteral("([/_.-])"));
  static const QRegularExpression runs(QStringLiteral("([^\\x{200b}]{%1})").arg(longest));
  QStringList words = sentence.split(u' ');
  for (QString& word : words) {
    if (word.size() <= longest) continue;
    word.replace(joints, QStringLiteral("\\1\u200b"));
    word.replace(runs, QStringLiteral("\\1\u200b"));
  }
  return words.join(u' ');
}

}  // namespace

NoticeCard::NoticeCard(QWidget* parent)
    : QFrame(parent),
      icon_(new QLabel(this)),
      word_(new QLabel(this)),
      sentence_(new QLabel(this)) {
  auto bold = font();
  bold.setBold(true);
  word_->setFont(bold);
  sentence_->setWordWrap(true);
  sentence_->setTextFormat(Qt::PlainText);
  sentence_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* close = new QToolButton(this);
  close->setText(QStringLiteral("×"));
  close->setAutoRaise(true);
  close->setToolTip(tr("Close this notice"));
  close->setAccessibleName(close->toolTip());
  connect(close, &QToolButton::clicked, this, &NoticeCard::dismiss);
  buttons_ = new QHBoxLayout;
  buttons_->addStretch(1);
  auto* words = new QVBoxLayout;
  words->setSpacing(4);
  words->addWidget(word_);
  words->addWidget(sentence_);
  words->addLayout(buttons_);
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(16, 10, 8, 10);
  row->setSpacing(10);
  row->addWidget(icon_, 0, Qt::AlignTop);
  row->addLayout(words, 1);
  row->addWidget(close, 0, Qt::AlignTop);
  hide();
}

void NoticeCard::present(const Notice& notice) {
  severity_ = notice.severity;
  said_ = notice.sentence;
  sentence_->setText(breakable(said_));
  while (auto* item = buttons_->takeAt(0)) {
    delete item->widget();
    delete item;
  }
  for (const auto& action : notice.actions) {
    auto* button = new QPushButton(action, this);
    connect(button, &QPushButton::clicked, this, [this, action] { Q_EMIT chosen(action); });
    buttons_->addWidget(button);
  }
  buttons_->addStretch(1);
  showSeverity();
  show();
}

void NoticeCard::showSeverity() {
  const auto word = severity_ == Severity::Note      ? tr("Note")
                    : severity_ == Severity::Warning ? tr("Warning")
                                                     : tr("Problem");
  word_->setText(word);
  icon_->setPixmap(iconOf(severity_, devicePixelRatioF()));
  setAccessibleName(word);
  setAccessibleDescription(said_);
  update();
}

void NoticeCard::dismiss() {
  if (isHidden()) return;
  hide();
  Q_EMIT dismissed();
}

QString NoticeCard::sentence() const {
  return said_;
}

void NoticeCard::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  auto wash = hueOf(severity_);
  wash.setAlpha(plotTheme(palette()).dark ? 45 : 26);
  const QRectF all(rect());
  painter.setPen(Qt::NoPen);
  painter.setBrush(wash);
  painter.drawRoundedRect(all, 6, 6);
  painter.setBrush(hueOf(severity_));
  painter.drawRoundedRect(QRectF(0, 0, 4, height()), 2, 2);
}

void NoticeCard::changeEvent(QEvent* event) {
  QFrame::changeEvent(event);
  if (event->type() == QEvent::PaletteChange) update();
}

}  // namespace modascope
