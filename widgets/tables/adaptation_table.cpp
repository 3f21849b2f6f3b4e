#include "widgets/tables/adaptation_table.h"

#include <QHeaderView>
#include <QLabel>
#include <QLocale>
#include <QTableWidget>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "widgets/bridge/number_words.h"

namespace modascope {
namespace {

enum Column { ColumnSet, ColumnFrozen, ColumnAdapted, ColumnGain, ColumnLearnt, ColumnCount };

const QString kNone = QStringLiteral("–");

QString score(const std::optional<double>& value) {
  return value && !std::isnan(*value) ? QString::number(*value, 'f', 3) : kNone;
}

/// With a sign, so that better and worse are told apart by more than their size.
QString gain(const AdaptedSet& set) {
  if (!set.frozen || !set.adapted || std::isnan(*set.adapted - *set.frozen)) return kNone;
  return signedDifference(*set.adapted - *set.frozen, 3);
}

QTableWidgetItem* item(const QString& text, bool number) {
  auto* made = new QTableWidgetItem(text);  // goes to the table
  made->setTextAlignment(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
  return made;
}

}  // namespace

AdaptationTable::AdaptationTable(QWidget* parent)
    : QWidget(parent),
      title_(new QLabel(this)),
      view_(new QTableWidget(0, ColumnCount, this)),
      mean_(new QLabel(this)) {
  view_->setHorizontalHeaderLabels(
      {tr("set"), tr("frozen"), tr("adapted"), tr("gain"), tr("learnt")});
  view_->horizontalHeaderItem(ColumnSet)->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  for (int column = ColumnFrozen; column < ColumnCount; ++column)
    view_->horizontalHeaderItem(column)->setTextAlignment(Qt::AlignRight | Qt::AlignVCenter);
  view_->horizontalHeaderItem(ColumnLearnt)
      ->setToolTip(tr("How many numbers the set's adapter has"));
  view_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  view_->horizontalHeader()->setSectionResizeMode(ColumnSet, QHeaderView::Stretch);
  view_->verticalHeader()->hide();
  view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
  view_->setSelectionBehavior(QAbstractItemView::SelectRows);
  view_->setShowGrid(false);
  view_->setAlternatingRowColors(true);  // names and numbers stand far apart
  view_->verticalHeader()->setDefaultSectionSize(fontMetrics().height() + 6);
  view_->setAccessibleName(tr("Sets of modalities, with and without their adapters"));
  title_->setTextFormat(Qt::RichText);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(3);
  column->addWidget(title_);
  column->addWidget(view_, 1);
  column->addWidget(mean_);
  setScore({});
  clear();
}

void AdaptationTable::setSchema(const ModalitySchema& schema) {
  schema_ = schema;
  clear();
}

void AdaptationTable::setScore(const QString& words) {
  title_->setText(words.isEmpty() ? tr("<b>Adapters</b>")
                                  : tr("<b>Adapters</b>  %1").arg(words.toHtmlEscaped()));
}

void AdaptationTable::clear() {
  sets_.clear();
  view_->setRowCount(0);
  mean_->clear();
}

void AdaptationTable::set(const AdaptedSet& set) {
  if (!schema_) return;
  const auto known = std::find_if(sets_.begin(), sets_.end(),
                                  [&](const AdaptedSet& one) { return one.set == set.set; });
  const auto row = static_cast<int>(known - sets_.begin());
  if (known == sets_.end()) {
    sets_.push_back(set);
    view_->insertRow(row);
  } else {
    *known = set;
  }
  showRow(row);
  if (known == sets_.end()) view_->scrollToBottom();
  mean_->setText(meanWords());
}

void AdaptationTable::setAll(const ModalitySchema& schema, const QString& score,
                             const std::vector<AdaptedSet>& sets) {
  setSchema(schema);
  setScore(score);
  for (const AdaptedSet& one : sets) set(one);
}

void AdaptationTable::showRow(int row) {
  const AdaptedSet& set = sets_[static_cast<std::size_t>(row)];
  const QString learnt =
      set.done ? QLocale(QLocale::English).toString(qlonglong{set.learnt}) : tr("learning…");
  const QStringList words{QString::fromStdString(labelOf(*schema_, set.set)), score(set.frozen),
                          score(set.adapted), gain(set), learnt};
  for (int column = 0; column < ColumnCount; ++column)
    view_->setItem(row, column, item(words[column], column != ColumnSet));
}

QString AdaptationTable::meanWords() const {
  AdaptedSet mean;
  mean.frozen = 0;
  mean.adapted = 0;
  int count = 0;
  for (const AdaptedSet& one : sets_) {
    if (!one.done || gain(one) == kNone) continue;
    *mean.frozen += *one.frozen;
    *mean.adapted += *one.adapted;
    ++count;
  }
  if (count == 0) return {};
  *mean.frozen /= count;
  *mean.adapted /= count;
  return tr("Mean of %1: %2 frozen, %3 adapted (%4)")
      .arg(count == 1 ? tr("one set") : tr("%1 sets").arg(count))
      .arg(score(mean.frozen), score(mean.adapted), gain(mean));
}

}  // namespace modascope
