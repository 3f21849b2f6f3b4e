#include "app/inspect/saving/inspect_saving.h"

#include <QMenu>
#include <QMessageBox>

#include "app/inspect/inspect_page.h"
#include "widgets/controls/notice_card.h"
#include "widgets/figures/figure_file.h"
#include "widgets/tables/subset_table_view.h"

namespace modascope {

namespace fs = std::filesystem;

InspectSaving::InspectSaving(InspectPage& page, QObject* parent) : QObject(parent), page_(page) {
  connect(page_.saving(), &QMenu::aboutToShow, this, [this] {
    for (const auto& [action, isReady] : conditions_) action->setEnabled(isReady());
  });
  connect(&job_, &WritingJob::written, this, [this] { page_.setSaving(false); });
  connect(&job_, &WritingJob::failed, this, [this](const QString& sentence) {
    page_.setSaving(false);
    showFailure(sentence);
  });
}

void InspectSaving::offer(std::vector<Export> exports) {
  exports_ = std::move(exports);
  conditions_.clear();
  qDeleteAll(page_.saving()->findChildren<QMenu*>());
  page_.saving()->clear();
  addKind(Export::Kind::Figure);
  addCaption();
  addTable();
  page_.saving()->addSeparator();
  addKind(Export::Kind::Data);
  page_.saving()->addSeparator();
  addKind(Export::Kind::Opening);
}

void InspectSaving::addKind(Export::Kind kind) {
  QMenu* inner = nullptr;
  for (const Export& one : exports_) {
    if (one.kind != kind) continue;
    if (one.menu.isEmpty()) {
      add(*page_.saving(), one);
      continue;
    }
    if (inner == nullptr || inner->title() != one.menu) inner = page_.saving()->addMenu(one.menu);
    add(*inner, one);
  }
}

void InspectSaving::add(QMenu& menu, const Export& one) {
  QAction* action = menu.addAction(one.words);
  connect(action, &QAction::triggered, this, [this, one] { save(one); });
  if (one.ready) conditions_.emplace_back(action, one.ready);
}

void InspectSaving::addCaption() {
  QAction* action = page_.saving()->addAction(tr("Say beneath what a picture was made from"));
  action->setCheckable(true);
  action->setChecked(captioned_);
  connect(action, &QAction::toggled, this, [this](bool on) { captioned_ = on; });
}

void InspectSaving::addTable() {
  QAction* action = page_.saving()->addAction(tr("Table of subsets…"));
  connect(action, &QAction::triggered, this, [this] {
    askAndWrite(&page_, tr("Subsets.csv"), tr("Tables (*.csv)"),
                [this](const fs::path& file) { page_.subsets()->exportCsv(file); });
  });
  conditions_.emplace_back(action, [this] { return page_.subsets()->hasTable(); });
}

/// What is on show when data are asked for is written, whatever is shown while the name is chosen.
void InspectSaving::save(const Export& one) {
  const Write write = one.prepare(captioned_ ? Caption::With : Caption::Without);
  if (!write) return;
  if (one.kind == Export::Kind::Figure) return askAndWrite(&page_, one.name, one.filter, write);
  underWay_ = one.kind;
  if (one.kind == Export::Kind::Opening) return start(write, {});
  askAndWrite(&page_, one.name, one.filter,
              [this, write](const fs::path& file) { start(write, file); });
}

void InspectSaving::start(const Write& write, const fs::path& file) {
  page_.setSaving(true);
  job_.start([write, file] { write(file); });
}

/// Whoever has named a file waits for it; who has opened another program looks elsewhere.
void InspectSaving::showFailure(const QString& sentence) {
  if (underWay_ == Export::Kind::Opening)
    page_.notice()->present({Severity::Failure, sentence, {}});
  else
    QMessageBox::warning(&page_, tr("Not saved"), sentence);
}

}  // namespace modascope
