#include "app/inspect/inspect_page.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QTabWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/inspect/choices/case_choice.h"
#include "app/inspect/choices/chooser.h"
#include "app/inspect/comparison_bar.h"
#include "app/inspect/inspect_undo.h"
#include "app/inspect/inspect_words.h"
#include "app/inspect/side_column.h"
#include "app/pages/progress_strip.h"
#include "app/pages/tab_order.h"
#include "widgets/controls/elided_label.h"
#include "widgets/controls/flow_layout.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/sharing/sharing_diagram.h"
#include "widgets/controls/step_slider.h"
#include "widgets/tables/adaptation_table.h"
#include "widgets/tables/subset_table_view.h"

namespace modascope {
namespace {

/// They wrap as one.
QWidget* together(std::initializer_list<QWidget*> parts, QWidget* parent) {
  auto* group = new QWidget(parent);
  auto* row = new QHBoxLayout(group);
  row->setContentsMargins(0, 0, 0, 0);
  for (QWidget* part : parts) row->addWidget(part);
  return group;
}

QLabel* captionFor(QWidget* buddy, const QString& text) {
  auto* label = new QLabel(text, buddy->parentWidget());
  label->setBuddy(buddy);
  return label;
}

/// Which of the tabs holds it.
int tabOf(const QTabWidget& tabs, const QWidget* widget) {
  for (int i = 0; i < tabs.count(); ++i)
    if (tabs.widget(i)->isAncestorOf(widget)) return i;
  return -1;
}

}  // namespace

InspectPage::InspectPage(QWidget* parent)
    : QWidget(parent),
      cases_(makeChooser(tr("Case"), 16, this)),
      runs_(makeChooser(tr("Run"), 14, this)),
      newest_(new QToolButton(this)),
      compare_(new QToolButton(this)),
      comparison_(new ComparisonBar(this)),
      steps_(new StepSlider(this)),
      saving_(new QMenu(this)),
      save_(new QToolButton(this)),
      switches_(new ModalitySwitchboard(Qt::Vertical, this)),
      switchedOff_(makeChooser(tr("What a modality that is switched off becomes"), 12, this)),
      subsets_(new SubsetTableView(this)),
      sharing_(new SharingDiagram(this)),
      adapters_(new AdaptationTable(this)),
      tabs_(new QTabWidget(this)),
      notice_(new NoticeCard(this)),
      showing_(new ElidedLabel(this)),
      progress_(new ProgressStrip(this)),
      undo_(new InspectUndo(this)) {
  newest_->setText(tr("Newest"));
  newest_->setToolTip(tr("Predict with the checkpoint that the run has written since"));
  newest_->setEnabled(false);
  cancel()->setToolTip(tr("Stop the prediction; nothing is shown until it is asked for again"));
  compare_->setToolTip(tr("Keep what is on show, to compare it with other subsets, steps or runs"));
  save_->setPopupMode(QToolButton::InstantPopup);
  save_->setMenu(saving_);

  auto* columns = new QSplitter(Qt::Horizontal, this);
  columns->setObjectName("inspect/columns");
  columns->addWidget(makeCentre());
  columns->addWidget(makeSide());
  columns->setSizes({1040, 390});
  columns->setStretchFactor(0, 1);
  columns->setStretchFactor(1, 0);
  columns->setChildrenCollapsible(false);

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 4);
  layout->addWidget(makeChoosers());
  layout->addWidget(notice_);
  layout->addWidget(columns, 1);
  layout->addWidget(progress_);
  makeSearchable(*cases_);
  addActions({undo_->undoAction(), undo_->redoAction()});
  setSaving(false);
  showAdapters(false);
  showComparison(false);
  setIdle();
  orderTabs(*this);
}

QToolButton* InspectPage::cancel() const {
  return progress_->cancel();
}

QWidget* InspectPage::makeChoosers() {
  showing_->setRoom(30);  // the switches say the same, where there is no room for words
  showing_->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  showing_->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  case_ = captionFor(cases_, tr("&Case"));
  QWidget* theCase = together({case_, cases_}, this);
  QWidget* theRun = together({captionFor(runs_, tr("&Run")), runs_, newest_}, this);
  theCase->setMaximumWidth(340);
  theRun->setMaximumWidth(460);
  choosers_ = new QWidget(this);
  auto* flow = new FlowLayout(choosers_);
  for (QWidget* part :
       std::initializer_list<QWidget*>{theCase, theRun, steps_, save_, compare_, showing_})
    flow->addWidget(part);
  return choosers_;
}

/// What is kept for comparison is named above the view, so that the switches beside it stay where
/// they are.
QWidget* InspectPage::makeCentre() {
  auto* column = new QWidget(this);
  centres_ = new QVBoxLayout(column);
  centres_->setContentsMargins(0, 0, 0, 0);
  centres_->addWidget(comparison_);
  return column;
}

/// The switches stand first: they are seen however low the window is.
QWidget* InspectPage::makeSide() {
  auto* parts = new FirstFirst(this);
  parts->setObjectName("inspect/table");
  parts->addWidget(makeTable());
  tabs_->setDocumentMode(true);
  tabs_->addTab(scrolled(sharing_, tabs_), tr("Sharing"));
  tabs_->addTab(scrolled(adapters_, tabs_), tr("Adapters"));
  parts->addWidget(tabs_);
  parts->setStretchFactor(0, 1);
  parts->setChildrenCollapsible(false);
  auto* side = new QWidget(this);
  auto* layout = new QVBoxLayout(side);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(switches_);
  layout->addWidget(makeSwitchedOff());
  layout->addWidget(parts, 1);
  return new SideColumn(side, this);
}

QWidget* InspectPage::makeTable() {
  auto* table = new QWidget(this);
  auto* rows = new QVBoxLayout(table);
  rows->setContentsMargins(0, 0, 0, 0);
  aboveTable_ = new QVBoxLayout;
  rows->addLayout(aboveTable_);
  rows->addWidget(subsets_, 1);
  return table;
}

QWidget* InspectPage::makeSwitchedOff() {
  for (const Corruption corruption : kCorruptions)
    switchedOff_->addItem(corruptionWords(corruption));
  switchedOff_->setToolTip(
      tr("What the network gets in place of a modality that is switched off: nothing, or something "
         "that is not it"));
  return captioned(tr("Switched &off means"), switchedOff_, this);
}

void InspectPage::present(const ViewParts& parts) {
  if (centres_->indexOf(parts.centre) < 0) takeIn(parts);
  for (const ViewParts& one : takenIn_) setSeen(one, one.centre == parts.centre);
  Q_EMIT pointed({});  // of what is not seen any more
}

void InspectPage::takeIn(const ViewParts& parts) {
  takenIn_.push_back(parts);
  centres_->addWidget(parts.centre, 1);
  if (parts.aboveTable != nullptr) aboveTable_->addWidget(parts.aboveTable);
  const int adaptersTab = tabOf(*tabs_, adapters_);
  for (std::size_t i = 0; i < parts.tabs.size(); ++i)
    tabs_->insertTab(adaptersTab + static_cast<int>(i), scrolled(parts.tabs[i].second, tabs_),
                     parts.tabs[i].first);
  QLayout* bar = choosers_->layout();
  for (QWidget* chooser : parts.choosers) bar->addWidget(chooser);
  for (QWidget* last : std::initializer_list<QWidget*>{save_, compare_, showing_}) {
    bar->removeWidget(last);
    bar->addWidget(last);
  }
}

void InspectPage::setSeen(const ViewParts& parts, bool visible) {
  parts.centre->setVisible(visible);
  if (parts.aboveTable != nullptr) parts.aboveTable->setVisible(visible);
  for (QWidget* chooser : parts.choosers) chooser->setVisible(visible);
  for (const auto& [title, widget] : parts.tabs)
    tabs_->setTabVisible(tabOf(*tabs_, widget), visible);
}

void InspectPage::setNoun(const QString& noun) {
  QString name = noun;
  name[0] = name[0].toUpper();
  case_->setText('&' + name);
  cases_->setAccessibleName(name);
}

void InspectPage::showAdapters(bool on) {
  tabs_->setTabVisible(tabOf(*tabs_, adapters_), on);
}

void InspectPage::showComparison(bool on) {
  comparison_->setVisible(on);
  compare_->setText(on ? tr("Keep this one") : tr("Compare"));
}

void InspectPage::setSaving(bool saving) {
  save_->setText(saving ? tr("Saving…") : tr("Save"));
  save_->setEnabled(!saving);
}

void InspectPage::setShowing(const QString& words) {
  showing_->setText(words);
  showing_->setToolTip(words);
}

QString InspectPage::showing() const {
  return showing_->text();
}

QString InspectPage::caption() const {
  QStringList words{showing(), source_};
  if (!comparison_->isHidden()) words << comparison_->words();
  words.removeAll({});
  return words.join("  ·  ");
}

void InspectPage::setProgress(const QString& words, int done, int total) {
  progress_->setProgress(words, done, total);
}

void InspectPage::setBusy(const QString& words) {
  progress_->setBusy(words);
}

QString InspectPage::busyWords() const {
  return progress_->words();
}

void InspectPage::setIdle() {
  progress_->setIdle();
}

}  // namespace modascope
