#include "widgets/tables/subset_table_view.h"

#include <QBoxLayout>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QLabel>
#include <QMenu>
#include <QScrollArea>
#include <QScrollBar>
#include <algorithm>

#include "core/files/atomic_file.h"
#include "widgets/figures/figure_file.h"
#include "widgets/tables/next_scan_words.h"
#include "widgets/tables/subset_rows.h"
#include "widgets/tables/subset_table_csv.h"
#include "widgets/tables/subset_table_model.h"

namespace modascope {
namespace {

constexpr int kMostHeight = 720;

/// Which of them count needs no rule where there is but one.
bool countsCases(const SubsetTable& table) {
  return table.reference == Reference::AllModalities ||
         std::any_of(table.rows.begin(), table.rows.end(),
                     [](const SubsetTable::Row& row) { return row.cases > 1; });
}

}  // namespace

SubsetTableView::SubsetTableView(QWidget* parent)
    : QWidget(parent),
      rows_(new SubsetRows(this)),
      measure_(new QComboBox(this)),
      message_(new QLabel(this)),
      worth_(new QLabel(this)),
      rule_(new QLabel(this)),
      notes_(new QScrollArea(this)) {
  for (auto* label : {message_, worth_, rule_}) label->setWordWrap(true);
  worth_->setTextFormat(Qt::PlainText);
  measure_->setAccessibleName(tr("What the table shows"));
  auto small = font();
  small.setPointSizeF(small.pointSizeF() * 0.85);
  rule_->setFont(small);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->addWidget(message_);
  column->addWidget(measure_);
  column->addWidget(rows_, 1000);
  column->addWidget(makeNotes());
  column->addStretch(1);
  connect(rows_, &SubsetRows::chosen, this, &SubsetTableView::selected);
  connect(measure_, &QComboBox::activated, this, [this](int row) {
    const auto measure = static_cast<Measure>(measure_->itemData(row).toInt());
    rows_->change([measure](SubsetTableModel& model) { model.setMeasure(measure); });
    say();
  });
  say();
}

/// The words beneath the rows, which take no room of them where there is little.
QWidget* SubsetTableView::makeNotes() {
  auto* words = new QWidget(notes_);
  auto* column = new QVBoxLayout(words);
  column->setContentsMargins(0, 2, 0, 0);
  column->addWidget(worth_);
  column->addWidget(rule_);
  column->addStretch(1);
  notes_->setWidget(words);
  notes_->setWidgetResizable(true);
  notes_->setFrameShape(QFrame::NoFrame);
  notes_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  notes_->setAccessibleName(tr("What the chosen row says, and the rule that the numbers follow"));
  return notes_;
}

int SubsetTableView::heightOfNotes() const {
  if (worth_->isHidden() && rule_->isHidden()) return 0;
  const int bar = notes_->verticalScrollBar()->sizeHint().width();
  return notes_->widget()->layout()->heightForWidth(std::max(width() - bar, 40));
}

/// As high as they are, but at most a quarter of the table.
void SubsetTableView::fitNotes() {
  const int needed = heightOfNotes();
  notes_->setVisible(needed > 0);
  const int least = fontMetrics().height() * 2;
  notes_->setFixedHeight(std::min(needed, std::max(least, height() / 4)));
  updateGeometry();
}

QSize SubsetTableView::sizeHint() const {
  int height = heightOfNotes();
  const auto add = [&height](const QWidget* part, int own) {
    if (!part->isHidden()) height += own + 6;
  };
  add(message_, message_->sizeHint().height());
  add(measure_, measure_->sizeHint().height());
  add(rows_, rows_->maximumHeight());
  return {340, std::min(height, kMostHeight)};
}

void SubsetTableView::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  fitNotes();
}

void SubsetTableView::setTable(const SubsetTable& table, const std::vector<SubsetColumn>& columns) {
  change([&](SubsetTableModel& model) { model.setTable(table, columns); });
}

void SubsetTableView::change(const std::function<void(SubsetTableModel&)>& change) {
  pending_ = false;
  rows_->change(change);
  offerMeasures();
  say();
}

void SubsetTableView::offerMeasures() {
  const bool agreement = model().isAgreement();
  const auto words = [agreement](Measure measure) {
    return measure == Measure::Dice   ? agreement ? tr("Agreement with all (Dice)") : tr("Dice")
             : measure == Measure::Hd95 ? agreement ? tr("HD95 from all (mm)") : tr("HD95 (mm)")
                                        : tr("Volume (mL)");
  };
  measure_->clear();
  for (const Measure measure : model().measures())
    measure_->addItem(words(measure), static_cast<int>(measure));
  measure_->setCurrentIndex(measure_->findData(static_cast<int>(model().measure())));
  measure_->setVisible(measure_->count() > 1);
}

QTableView* SubsetTableView::view() const {
  return rows_->view();
}

QTableView* SubsetTableView::meanView() const {
  return rows_->meanView();
}

const SubsetTableModel& SubsetTableView::model() const {
  return rows_->model();
}

bool SubsetTableView::hasTable() const {
  return model().hasTable();
}

void SubsetTableView::clear() {
  change([](SubsetTableModel& model) { model.clear(); });
}

void SubsetTableView::setPending() {
  clear();
  pending_ = true;
  say();
}

QString SubsetTableView::messageWords() const {
  if (pending_) return tr("The subsets are being scored.");
  if (!hasTable() || model().table().rows.empty()) return tr("No predictions yet: open a run.");
  return tr(
      "No reference segmentation, so there is no Dice. A row shows what the network makes of "
      "that subset.");
}

void SubsetTableView::sayNothing() {
  message_->show();
  rows_->hide();
  rule_->hide();
  worth_->hide();
  fitNotes();
}

void SubsetTableView::say() {
  message_->setText(messageWords());
  if (!hasTable()) return sayNothing();
  const auto& table = model().table();
  const bool none = table.rows.empty();
  message_->setVisible(none || table.columns.empty());
  rows_->setVisible(!none);
  const bool scored = !none && !table.columns.empty();
  QStringList rules;
  if (table.reference == Reference::AllModalities) rules << QString::fromUtf8(table.rule());
  if (!others_.isEmpty()) rules << others_;
  if (others_.isEmpty() || model().isOfRegions())
    rules << QString::fromUtf8(model().measure() == Measure::Hd95 ? kHd95Rule
                                                                  : table.scoringRule());
  rule_->setText(rules.join(u' '));
  const bool hasRule = model().measure() != Measure::Volume && !model().isOfOneSample() &&
                       (model().isOfRegions() || countsCases(table));
  rule_->setVisible(scored && (hasRule || !others_.isEmpty()));
  const auto set = selectedSet();
  worth_->setText(scored && set && !model().isOfOneSample() ? nextScanWords(table, *set)
                                                            : QString());
  worth_->setVisible(!worth_->text().isEmpty());
  fitNotes();
}

void SubsetTableView::setOthers(const QString& sentence) {
  others_ = sentence;
  say();
}

void SubsetTableView::setSelected(ModalitySet set) {
  rows_->setSelected(set);
  say();
}

std::optional<ModalitySet> SubsetTableView::selectedSet() const {
  return rows_->selectedSet();
}

void SubsetTableView::exportCsv(const std::filesystem::path& file) const {
  writeAtomically(file,
                  csvOf(model().table(), others_.isEmpty() ? "modalities" : "intact_modalities"));
}

void SubsetTableView::contextMenuEvent(QContextMenuEvent* event) {
  if (!hasTable()) return;
  QMenu menu(this);
  menu.addAction(tr("Save table…"), this, [this] {
    askAndWrite(this, tr("Subsets.csv"), tr("Tables (*.csv)"),
                [this](const auto& file) { exportCsv(file); });
  });
  menu.exec(event->globalPos());
}

}  // namespace modascope
