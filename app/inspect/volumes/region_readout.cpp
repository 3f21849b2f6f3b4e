#include "app/inspect/volumes/region_readout.h"

#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QPixmap>

#include "widgets/bridge/number_words.h"
#include "widgets/controls/elided_label.h"

namespace modascope {
namespace {

/// `widest`: for which there is always room.
QLabel* numberLabel(QWidget* parent, const QString& widest) {
  auto* label = new QLabel(parent);
  label->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  label->setMinimumWidth(label->fontMetrics().horizontalAdvance(widest));
  return label;
}

/// "WT  whole tumour"; "LESION" where the name says no more than its key.
QString wordsOf(const Region& region) {
  if (region.name == region.key) return regionName(region);
  return regionName(region) + "  " + QString::fromStdString(region.name);
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
  for (Row& row : rows_) {
    row = {new QLabel(this),           new ElidedLabel(this),     numberLabel(this, "00.0 mL"),
           numberLabel(this, "+00.0"), numberLabel(this, "0.00"), numberLabel(this, "+0.00")};
    ++line;
    int column = 0;
    for (QLabel* part : {row.swatch, row.name, row.ml, row.mlChange, row.dice, row.diceChange})
      layout->addWidget(part, line, column++);
  }
  remark_->setWordWrap(true);
  remark_->setAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  remark_->setMinimumWidth(8 * fontMetrics().averageCharWidth());
  remark_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Ignored);  // what the numbers leave
  layout->addWidget(remark_, 0, 6, line + 1, 1);
  setRegions(regions_);
  clear();
}

void RegionReadout::setRegions(const RegionSchema& regions) {
  regions_ = regions;
  for (const Region& region : regions_) rows_[region.place].name->setText(wordsOf(region));
  showRows();
  setRegionColours(colours_);
}

void RegionReadout::setRegionColours(RegionColours preset) {
  colours_ = preset;
  for (const Region& region : regions_) {
    QPixmap colour(12, 12);
    colour.fill(regionColour(region, preset));
    rows_[region.place].swatch->setPixmap(colour);
  }
}

void RegionReadout::show(const Segmentation& result,
                         const std::optional<RegionReference>& reference) {
  for (std::size_t r = 0; r < result.ml.size(); ++r) {
    const Row& row = rows_[r];
    row.ml->setText(tr("%1 mL").arg(result.ml[r], 0, 'f', 1));
    row.mlChange->setText(reference ? signedDifference(result.ml[r] - reference->ml[r], 1) : "–");
    row.dice->setText(result.dice ? QString::number((*result.dice)[r], 'f', 2) : "–");
    const bool comparable = result.dice && reference && reference->dice;
    row.diceChange->setText(
        comparable ? signedDifference((*result.dice)[r] - (*reference->dice)[r], 2) : "–");
  }
  showDice(result.dice.has_value());
}

/// Without a truth there is none, and no room is kept for it.
void RegionReadout::showDice(bool known) {
  showsDice_ = known;
  showRows();
  for (const std::size_t column : {2, 3}) heads_[column]->setVisible(known);
}

void RegionReadout::showRows() {
  for (std::size_t place = 0; place < rows_.size(); ++place) {
    const Row& row = rows_[place];
    const bool isThere = place < regions_.size();
    for (QLabel* part : {row.swatch, row.name, row.ml, row.mlChange}) part->setVisible(isThere);
    for (QLabel* part : {row.dice, row.diceChange}) part->setVisible(isThere && showsDice_);
  }
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
