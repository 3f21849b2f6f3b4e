#include "app/pages/region_readout.h"

#include <QFontDatabase>
#include <QGridLayout>
#include <QLabel>
#include <QPixmap>
#include <cmath>

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

QLabel* numberLabel(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  label->setMinimumWidth(label->fontMetrics().horizontalAdvance("000.0 mL"));
  return label;
}

/// "−0.31" with a real minus, so that the columns line up and read well.
QString signedText(double change) {
  const QString sign = change < 0 ? QString(QChar(0x2212)) : "+";
  return std::abs(change) < 0.005 ? QString("±0.00")
                                  : sign + QString::number(std::abs(change), 'f', 2);
}

}  // namespace

RegionReadout::RegionReadout(QWidget* parent) : QWidget(parent), remark_(new QLabel(this)) {
  auto* layout = new QGridLayout(this);
  layout->setContentsMargins(6, 2, 6, 2);
  layout->setVerticalSpacing(2);
  layout->setColumnStretch(5, 1);
  layout->setHorizontalSpacing(14);
  int line = 0;
  const QStringList heads{{}, {}, tr("volume"), tr("Dice"), tr("change")};
  for (int column = 2; column < heads.size(); ++column) {
    auto* head = new QLabel(heads[column], this);
    head->setAlignment(Qt::AlignRight);
    head->setForegroundRole(QPalette::PlaceholderText);
    layout->addWidget(head, line, column);
    change_ = head;  // the last one
  }
  for (const Region region : kRegions) {
    Row& row = rows_[static_cast<std::size_t>(region)];
    row = {new QLabel(this), numberLabel(this), numberLabel(this), numberLabel(this)};
    layout->addWidget(row.swatch, ++line, 0);
    layout->addWidget(new QLabel(nameOf(region), this), line, 1);
    layout->addWidget(row.ml, line, 2);
    layout->addWidget(row.dice, line, 3);
    layout->addWidget(row.change, line, 4);
  }
  remark_->setWordWrap(true);
  layout->addWidget(remark_, 1, 5, line, 1, Qt::AlignTop);
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
                         const std::optional<std::array<double, kRegions.size()>>& reference) {
  for (std::size_t r = 0; r < rows_.size(); ++r) {
    rows_[r].ml->setText(tr("%1 mL").arg(result.ml[r], 0, 'f', 1));
    rows_[r].dice->setText(result.dice ? QString::number((*result.dice)[r], 'f', 2) : "–");
    const bool comparable = result.dice && reference;
    rows_[r].change->setText(comparable ? signedText((*result.dice)[r] - (*reference)[r]) : "–");
  }
}

void RegionReadout::clear() {
  for (const Row& row : rows_) {
    row.ml->setText("–");
    row.dice->setText("–");
    row.change->setText("–");
  }
  setRemark({});
}

void RegionReadout::setReference(const QString& words) {
  change_->setText(words);
}

void RegionReadout::setRemark(const QString& words) {
  remark_->setText(words);
  remark_->setVisible(!words.isEmpty());
}

}  // namespace modascope
