#include "app/demo/demo_readout.h"

#include <QGridLayout>
#include <QLabel>
#include <QPixmap>

#include "app/demo/demo_words.h"
#include "widgets/bridge/palette.h"

namespace modascope {
namespace {

QLabel* numberLabel(QWidget* parent) {
  auto* label = new QLabel(parent);
  label->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  label->setMinimumWidth(label->fontMetrics().horizontalAdvance("000.0"));
  return label;
}

QString mlWords(const std::vector<double>& ml, std::size_t place) {
  return place < ml.size() ? QString::number(ml[place], 'f', 1) : QString();
}

}  // namespace

DemoReadout::DemoReadout(QWidget* parent) : QWidget(parent) {
  auto* layout = new QGridLayout(this);
  layout->setContentsMargins(6, 0, 6, 0);
  layout->setHorizontalSpacing(10);
  layout->setVerticalSpacing(3);
  layout->setColumnStretch(1, 1);
  int column = 2;
  for (const QString& words : {tr("mL"), tr("all scans"), tr("expert")}) {
    auto* head = numberLabel(this);
    head->setText(words);
    head->setForegroundRole(QPalette::PlaceholderText);
    heads_[static_cast<std::size_t>(column - 2)] = head;
    layout->addWidget(head, 0, column++);
  }
  int line = 0;
  for (Row& row : rows_) {
    row = {new QLabel(this), new QLabel(this), numberLabel(this), numberLabel(this),
           numberLabel(this)};
    QFont bold = font();
    bold.setBold(true);
    row.now->setFont(bold);
    ++line;
    int place = 0;
    for (QLabel* part : {row.swatch, row.name, row.now, row.before, row.truth}) {
      part->hide();
      layout->addWidget(part, line, place++);
    }
  }
}

void DemoReadout::setRegions(const RegionSchema& regions) {
  for (std::size_t place = 0; place < rows_.size(); ++place) {
    const Row& row = rows_[place];
    const bool isThere = place < regions.size();
    for (QLabel* part : {row.swatch, row.name, row.now, row.before, row.truth})
      part->setVisible(isThere);
    if (!isThere) continue;
    QPixmap colour(14, 14);
    colour.fill(regionColour(regions[place]));
    row.swatch->setPixmap(colour);
    row.name->setText(DemoWords::nameOf(regions[place]));
  }
}

void DemoReadout::show(const std::vector<double>& now, const std::vector<double>& before,
                       const std::vector<double>& truth) {
  for (std::size_t place = 0; place < now.size(); ++place) {
    rows_[place].now->setText(mlWords(now, place));
    rows_[place].before->setText(mlWords(before, place));
    rows_[place].truth->setText(mlWords(truth, place));
  }
  heads_[2]->setVisible(!truth.empty());
}

}  // namespace modascope
