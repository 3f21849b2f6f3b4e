#include "app/window/main_window.h"

#include <QButtonGroup>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "app/pages/bold_when_checked.h"
#include "app/pages/splitter_memory.h"
#include "app/settings/app_settings.h"
#include "app/settings/path_text.h"
#include "app/window/help.h"
#include "app/window/window_place.h"

namespace modascope {
namespace {

std::optional<std::filesystem::path> droppedPath(const QMimeData* data) {
  for (const QUrl& url : data->urls()) {
    if (url.isLocalFile()) return asPath(url.toLocalFile());
  }
  return std::nullopt;
}

}  // namespace

MainWindow::MainWindow(AppSettings& settings, const std::vector<PageMaker>& makers)
    : settings_(settings), stack_(new QStackedWidget(this)), switch_(new QButtonGroup(this)) {
  setWindowTitle("Modascope");
  setAcceptDrops(true);
  for (const PageMaker& make : makers) {
    pages_.push_back(make({session_, settings_, this}));
    stack_->addWidget(pages_.back()->widget());
  }
  auto* central = new QWidget(this);
  auto* layout = new QVBoxLayout(central);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  header_ = makeHeader();
  layout->addWidget(header_);
  layout->addWidget(stack_, 1);
  setCentralWidget(central);
  makeStatusBar();
  makeKeys();
  for (int index = 0; index < stack_->count(); ++index) connectPage(index);
  restorePlace();
  restoreSplitters(*this, settings_);
  for (const auto& page : pages_) page->restore(settings_);
  showIndex(0);
}

/// Pages know their widgets: they go first.
MainWindow::~MainWindow() {
  while (!pages_.empty()) pages_.pop_back();
}

QWidget* MainWindow::makeHeader() {
  auto* header = new QWidget(this);
  auto* layout = new QHBoxLayout(header);
  layout->setContentsMargins(10, 6, 10, 2);
  layout->addWidget(new QLabel("<b>Modascope</b>", header));
  layout->addStretch(1);
  for (int index = 0; index < stack_->count(); ++index) layout->addWidget(makeTab(index, header));
  layout->addStretch(1);
  layout->addWidget(new QLabel(tr("Research use only"), header));
  auto* help = new QToolButton(header);
  help->setText("?");
  help->setAccessibleName(tr("Help"));
  help->setPopupMode(QToolButton::InstantPopup);
  help->setMenu(makeHelpMenu(this));
  layout->addWidget(help);
  connect(switch_, &QButtonGroup::idClicked, this, &MainWindow::showIndex);
  return header;
}

QWidget* MainWindow::makeTab(int index, QWidget* header) {
  auto* button = new QPushButton(pageAt(index).title(), header);
  boldWhenChecked(button);
  button->setChecked(index == 0);
  switch_->addButton(button, index);
  return button;
}

/// What is always there stands as the tabs do, counted from the right.
void MainWindow::makeStatusBar() {
  statusBar()->setSizeGripEnabled(false);
  for (auto page = pages_.rbegin(); page != pages_.rend(); ++page) {
    for (const Page::StatusPart& part : (*page)->statusParts()) {
      if (part.place == Page::StatusPlace::WhileInFront)
        statusBar()->addWidget(part.widget, 1);
      else
        statusBar()->addPermanentWidget(part.widget);
    }
  }
}

void MainWindow::makeKeys() {
  const auto on = [this](const QKeySequence& keys, const std::function<void()>& action) {
    connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
  };
  for (const auto& page : pages_)
    for (const Page::Key& key : page->keys()) on(key.keys, key.action);
  on(QKeySequence(Qt::Key_F1), [this] { showManual(this); });
  on(QKeySequence("?"), [this] { showShortcuts(this); });
  on(QKeySequence::Quit, [this] { close(); });
}

void MainWindow::connectPage(int index) {
  const Page* page = &pageAt(index);
  connect(page, &Page::frontRequested, this, [this, index] { showIndex(index); });
  connect(page, &Page::openRequested, this, &MainWindow::open);
  connect(page, &Page::stopped, this, [this] {
    if (closing_) stopAndClose();
  });
}

Page& MainWindow::pageAt(int index) const {
  return *pages_[static_cast<std::size_t>(index)];
}

void MainWindow::begin(const std::optional<std::filesystem::path>& named) {
  const auto first = named ? std::optional(whatIs(*named)) : std::nullopt;
  for (const auto& page : pages_) page->begin(first);
}

void MainWindow::open(const std::filesystem::path& path) {
  const NamedPath named = whatIs(path);
  for (const auto& page : pages_)
    if (page->open(named)) return;
}

void MainWindow::showPage(const QString& key) {
  for (int index = 0; index < stack_->count(); ++index)
    if (pageAt(index).key() == key) return showIndex(index);
}

void MainWindow::showIndex(int index) {
  switch_->button(index)->setChecked(true);
  stack_->setCurrentIndex(index);
  for (int at = 0; at < stack_->count(); ++at)
    for (const Page::StatusPart& part : pageAt(at).statusParts())
      if (part.place == Page::StatusPlace::WhileInFront) part.widget->setVisible(at == index);
  pageAt(index).activate();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  Page* busy = busyPage();
  if (busy == nullptr) {
    settings_.setWindowGeometry(saveGeometry());
    storeSplitters(*this, settings_);
    for (const auto& page : pages_) page->store(settings_);
    event->accept();
    Q_EMIT closed();
    return;
  }
  event->ignore();
  if (!closing_ && !asking_) askBeforeClosing(*busy->closingQuestion());
}

Page* MainWindow::busyPage() const {
  for (const auto& page : pages_)
    if (page->closingQuestion()) return page.get();
  return nullptr;
}

void MainWindow::askBeforeClosing(const Page::ClosingQuestion& question) {
  asking_ = true;
  auto* box = new QMessageBox(QMessageBox::Question, question.title, question.sentence,
                              QMessageBox::NoButton, this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  auto* stop = box->addButton(question.stop, QMessageBox::AcceptRole);
  auto* keep = box->addButton(question.keep, QMessageBox::RejectRole);
  box->setDefaultButton(keep);
  connect(box, &QMessageBox::finished, this, [this, box, stop] {
    asking_ = false;
    if (box->clickedButton() == stop) stopAndClose();
  });
  box->open();
}

/// A page that stopped closes the window, which asks for the next that is still busy.
void MainWindow::stopAndClose() {
  closing_ = true;
  if (Page* busy = busyPage())
    busy->stop();
  else
    close();
}

void MainWindow::closeWithoutAsking() {
  stopAndClose();
}

void MainWindow::setBare(bool bare) {
  header_->setVisible(!bare);
  statusBar()->setVisible(!bare);
}

void MainWindow::tellFault(const QString& sentence) {
  pageAt(stack_->currentIndex()).showFault(sentence);
  for (const auto& page : pages_) page->log(sentence);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event) {
  if (droppedPath(event->mimeData())) event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event) {
  const auto path = droppedPath(event->mimeData());
  if (!path) return;
  event->acceptProposedAction();
  open(*path);
}

void MainWindow::restorePlace() {
  sizeForScreen(*this, {1440, 900});
  const QByteArray geometry = settings_.windowGeometry();
  if (!geometry.isEmpty() && restoreGeometry(geometry)) keepOnScreen(*this);
}

}  // namespace modascope
