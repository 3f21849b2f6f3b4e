#include "app/inspect/volumes/region_readout.h"

#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QPixmap>
#include <cmath>

#include "widgets/controls/elided_label.h"

namespace modascope {
namespace {

QString nameOf(Region region) {
  switch (region) {
    case Region::WholeTumour:
      return RegionReadout::tr("WT  whole tumour");
    case Region::TumourCore:
      return RegionReadout::tr("TC  tumour core");
    case Region::EnhancingTumour:
      return RegionReadout::tr("ET  enhancing");
  }
  return {};
}

/// `widest`: for which there is always room.
QLabel* numberLabel(QWidget* parent, const QString& widest) {
  auto* label = new QLabel(parent);
  label->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  label->setMinimumWidth(label->fontMetrics().horizontalAdvance(widest));
  return label;
}

/// "−0.31" with a real minus, so that the columns line up and read well.
QString signedText(double change, int digits) {
  const QString number = QString::number(std::abs(change), 'f', digits);
  if (number.toDouble() == 0) return QChar(0x00b1) + number;
  return (change < 0 ? QChar(0x2212) : QChar(u'+')) + number;
}

}  // namespace

RegionReadout::RegionReadout(QWidget* parent) : QWidget(parent), remark_(new QLabel(this)) {
  auto* layout = new QGridLayout(this);
  layout->setContentsMargins(6, 2, 6, 2);
  layout->setVerticalSpacing(2);
  layout->setColumnStretch(6, 1);
  layout->setHorizontalSpacing(12);
  int line = 0;
  const QStringList words{tr("volume"), tr("change"), tr("Dice"), tr("change")};
  for (int column = 0; column < words.size(); ++column) {
    auto* head = new ElidedLabel(this);
    head->setText(words[column]);
    head->setAlignment(Qt::AlignRight);
    head->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(head, line, column + 2);
    heads_[static_cast<std::size_t>(column)] = head;
  }
  for (const Region region : kRegions) {
    Row& row = rows_[static_cast<std::size_t>(region)];
    row = {new QLabel(this), numberLabel(this, "00.0 mL"), numberLabel(this, "+00.0"),
           numberLabel(this, "0.00"), numberLabel(this, "+0.00")};
    auto* name = new ElidedLabel(this);
    name->setText(nameOf(region));
    layout->addWidget(row.swatch, ++line, 0);
    layout->addWidget(name, line, 1);
    layout->addWidget(row.ml, line, 2);
    layout->addWidget(row.mlChange, line, 3);
    layout->addWidget(row.dice, line, 4);
    layout->addWidget(row.diceChange, line, 5);
  }
  remark_->setWordWrap(true);
  remark_->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  remark_->setMinimumWidth(8 * fontMetrics().averageCharWidth());
  remark_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);  // what the numbers leave
  layout->addWidget(remark_, 0, 6, line + 1, 1);
  setRegionColours(RegionColours::Brats);
  clear();
}

void RegionReadout::setRegionColours(RegionColours preset) {
  for (const Region region : kRegions) {
    QPixmap colour(12, 12);
    colour.fill(regionColour(region, preset));
    rows_[static_cast<std::size_t>(region)].swatch->setPixmap(colour);
  }
}

void RegionReadout::show(const Segmentation& result,
                         const std::optional<RegionReference>& reference) {
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    const Row& row = rows_[r];
    row.ml->setText(tr("%1 mL").arg(result.ml[r], 0, 'f', 1));
    row.mlChange->setText(reference ? signedText(result.ml[r] - reference->ml[r], 1) : "–");
    row.dice->setText(result.dice ? QString::number((*result.dice)[r], 'f', 2) : "–");
    const bool comparable = result.dice && reference && reference->dice;
    row.diceChange->setText(comparable ? signedText((*result.dice)[r] - (*reference->dice)[r], 2)
                                       : "–");
  }
  showDice(result.dice.has_value());
}

/// Without a truth there is none, and no room is kept for it.
void RegionReadout::showDice(bool known) {
  for (const Row& row : rows_)
    for (QLabel* label : {row.dice, row.diceChange}) label->setVisible(known);
  for (const std::size_t column : {2, 3}) heads_[column]->setVisible(known);
}

void RegionReadout::clear() {
  for (const Row& row : rows_)
    for (QLabel* label : {row.ml, row.mlChange, row.dice, row.diceChange}) label->setText("–");
  setRemark({});
}

void RegionReadout::setReference(const QString& words) {
  for (const std::size_t column : {1, 3}) heads_[column]->setText(words);
}

void RegionReadout::setRemark(const QString& words) {
  remark_->setText(words);
  remark_->setToolTip(words);
  remark_->setVisible(!words.isEmpty());
}

}  // namespace modascope
