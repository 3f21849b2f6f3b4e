#include "app/window/main_window.h"

#include <QButtonGroup>
#include <QCloseEvent>
#include <QFont>
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

#include "app/experiment/experiment_controller.h"
#include "app/experiment/experiment_page.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/page_memory.h"
#include "app/pages/bold_when_checked.h"
#include "app/pages/progress_strip.h"
#include "app/pages/run_choice.h"
#include "app/settings/app_settings.h"
#include "app/settings/path_text.h"
#include "app/window/help.h"
#include "app/window/window_place.h"
#include "app/work/run_survey.h"
#include "core/files/paths.h"
#include "widgets/controls/elided_label.h"
#include "widgets/controls/notice_card.h"

namespace modascope {
namespace {

std::optional<std::filesystem::path> droppedPath(const QMimeData* data) {
  for (const QUrl& url : data->urls()) {
    if (url.isLocalFile()) return asPath(url.toLocalFile());
  }
  return std::nullopt;
}

/// What a run was trained on, where it is still there.
std::optional<std::filesystem::path> dataOf(const std::filesystem::path& run) {
  try {
    const auto data = RunFolder::open(run).manifest().data;
    std::error_code unknown;
    return std::filesystem::exists(data, unknown) ? std::optional(data) : std::nullopt;
  } catch (const std::exception&) {
    return std::nullopt;  // who opens the run says what is wrong with it
  }
}

}  // namespace

MainWindow::MainWindow(AppSettings& settings)
    : settings_(settings),
      stack_(new QStackedWidget(this)),
      switch_(new QButtonGroup(this)),
      pointed_(new ElidedLabel(this)),
      training_(new ElidedLabel(this)),
      experimentPage_(new ExperimentPage(this)),
      inspectPage_(new InspectPage(this)),
      experiment_(new ExperimentController(*experimentPage_, settings, this)),
      inspect_(new InspectController(*inspectPage_, settings, this)) {
  setWindowTitle("Modascope");
  setAcceptDrops(true);
  stack_->addWidget(experimentPage_);
  stack_->addWidget(inspectPage_);
  auto* central = new QWidget(this);
  auto* layout = new QVBoxLayout(central);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(makeHeader());
  layout->addWidget(stack_, 1);
  setCentralWidget(central);
  makeStatusBar();
  makeKeys();
  connectPages();
  restorePlace();
  restoreSplitters(*this, settings_);
  restoreViews(*inspectPage_, settings_);
  showPage(Page::Experiment);
}

/// The controllers know their pages: they go first.
MainWindow::~MainWindow() {
  delete inspect_;
  delete experiment_;
}

QWidget* MainWindow::makeHeader() {
  auto* header = new QWidget(this);
  auto* layout = new QHBoxLayout(header);
  layout->setContentsMargins(10, 6, 10, 2);
  auto* name = new QLabel("<b>Modascope</b>", header);
  layout->addWidget(name);
  layout->addStretch(1);
  const QStringList pages{tr("&Experiment"), tr("&Inspect")};
  for (int page = 0; page < pages.size(); ++page) {
    auto* button = new QPushButton(pages[page], header);
    boldWhenChecked(button);
    button->setChecked(page == 0);
    switch_->addButton(button, page);
    layout->addWidget(button);
  }
  layout->addStretch(1);
  layout->addWidget(new QLabel(tr("Research use only"), header));
  auto* help = new QToolButton(header);
  help->setText("?");
  help->setAccessibleName(tr("Help"));
  help->setPopupMode(QToolButton::InstantPopup);
  help->setMenu(makeHelpMenu(this));
  layout->addWidget(help);
  connect(switch_, &QButtonGroup::idClicked, this,
          [this](int page) { showPage(static_cast<Page>(page)); });
  return header;
}

void MainWindow::makeStatusBar() {
  statusBar()->setSizeGripEnabled(false);
  statusBar()->addWidget(pointed_, 1);
  statusBar()->addPermanentWidget(inspectPage_->progress());
  statusBar()->addPermanentWidget(training_);
  inspectPage_->progress()->setIdle();
  pointed_->setContentsMargins(6, 0, 0, 0);
  training_->setContentsMargins(0, 0, 8, 0);
  pointed_->setAccessibleName(tr("Under the crosshair"));
  training_->setAccessibleName(tr("State of the run"));
}

void MainWindow::makeKeys() {
  const auto on = [this](const QKeySequence& keys, auto&& action) {
    connect(new QShortcut(keys, this), &QShortcut::activated, this, action);
  };
  on(QKeySequence(Qt::CTRL | Qt::Key_R), [this] { experiment_->startOrPause(); });
  on(QKeySequence(Qt::CTRL | Qt::Key_Period), [this] { experiment_->stop(); });
  on(QKeySequence(Qt::Key_F1), [this] { showManual(this); });
  on(QKeySequence("?"), [this] { showShortcuts(this); });
  on(QKeySequence::Quit, [this] { close(); });
}

void MainWindow::connectPages() {
  connect(experiment_, &ExperimentController::cohortOpened, inspect_,
          &InspectController::setCohort);
  connect(experiment_, &ExperimentController::cohortOpened, this, [this] {
    if (stack_->currentWidget() == inspectPage_) inspect_->activate();
  });
  connect(experiment_, &ExperimentController::checkpointReady, inspect_,
          &InspectController::noticeCheckpoint);
  connect(experiment_, &ExperimentController::checkpointReady, this, [this] {
    if (stack_->currentWidget() == inspectPage_) inspect_->activate();
  });
  connect(experiment_, &ExperimentController::inspectRequested, this, [this](const auto& run) {
    inspect_->openRun(run);
    showPage(Page::Inspect);
  });
  connect(experiment_, &ExperimentController::openingRequested, this, &MainWindow::open);
  connect(experiment_, &ExperimentController::statusChanged, training_, &QLabel::setText);
  connect(experiment_, &ExperimentController::trainingEnded, this, [this] {
    inspect_->noticeEnd(experiment_->runFolder());
    if (closing_) close();
  });
  connect(inspect_, &InspectController::caseOpened, this,
          [this](const auto& data, const std::string& id) {
            settings_.setLastCase(data, QString::fromStdString(id));
          });
  connect(inspect_, &InspectController::runOpened, this,
          [this](const auto& run) { settings_.setLastRun(run); });
  connect(inspectPage_, &InspectPage::pointed, pointed_, &QLabel::setText);
}

void MainWindow::begin(const std::optional<std::filesystem::path>& named) {
  const NamedPath first = named ? whatIs(*named) : NamedPath{};
  if (named && first.kind == PathKind::Data) {
    experiment_->openData(*named);
  } else {
    openUsual(first.path);
    if (named) open(*named);
  }
  experiment_->offerResume();
}

/// The data of a run if one is named and they are there, what was open last, or the phantom.
void MainWindow::openUsual(const std::filesystem::path& run) {
  const auto own = dataOf(run);
  const auto last = own ? own : settings_.dataFolder();
  if (last && isThere(*last)) {
    experiment_->openData(*last);
  } else {
    experiment_->openPhantom();
  }
}

void MainWindow::open(const std::filesystem::path& path) {
  const NamedPath named = whatIs(path);
  switch (named.kind) {
    case PathKind::Run:
      return openRun(named.path);
    case PathKind::Config:
      showPage(Page::Experiment);
      return experiment_->openConfig(named.path);
    case PathKind::Data:
      return experiment_->openData(named.path);
  }
}

/// With data that it was not made for, its own are opened as well.
void MainWindow::openRun(const std::filesystem::path& run) {
  const auto& cohort = experiment_->cohort();
  const auto own = dataOf(run);
  if (cohort && own && !fitsTo(run, *cohort) && !experiment_->isTraining())
    experiment_->openData(*own);
  inspect_->openRun(run);
  showPage(Page::Inspect);
}

void MainWindow::showPage(Page page) {
  switch_->button(static_cast<int>(page))->setChecked(true);
  stack_->setCurrentIndex(static_cast<int>(page));
  pointed_->setVisible(page == Page::Inspect);
  if (page == Page::Inspect) inspect_->activate();
}

QImage MainWindow::pictureOfScene() const {
  return inspectPage_->pictureOfScene();
}

void MainWindow::closeEvent(QCloseEvent* event) {
  if (!experiment_->isTraining()) {
    settings_.setWindowGeometry(saveGeometry());
    storeSplitters(*this, settings_);
    storeViews(*inspectPage_, settings_);
    event->accept();
    Q_EMIT closed();
    return;
  }
  event->ignore();
  if (!closing_ && !asking_) askBeforeClosing();
}

void MainWindow::askBeforeClosing() {
  asking_ = true;
  auto* box = new QMessageBox(QMessageBox::Question, tr("A run is training"),
                              tr("A run is training. Stop it? It writes a checkpoint first and can "
                                 "be resumed at the next start."),
                              QMessageBox::NoButton, this);
  box->setAttribute(Qt::WA_DeleteOnClose);
  auto* stop = box->addButton(tr("Stop, keep resumable"), QMessageBox::AcceptRole);
  auto* keep = box->addButton(tr("Keep training"), QMessageBox::RejectRole);
  box->setDefaultButton(keep);
  connect(box, &QMessageBox::finished, this, [this, box, stop] {
    asking_ = false;
    if (box->clickedButton() == stop) stopAndClose();
  });
  box->open();
}

void MainWindow::stopAndClose() {
  closing_ = true;
  if (!experiment_->isTraining()) {
    close();
    return;
  }
  experiment_->stop();
}

void MainWindow::closeWithoutAsking() {
  stopAndClose();
}

void MainWindow::tellFault(const QString& sentence) {
  const bool inspecting = stack_->currentWidget() == inspectPage_;
  NoticeCard* notice = inspecting ? inspectPage_->notice() : experimentPage_->notice();
  notice->present({Severity::Failure, sentence, {}});
  experimentPage_->log(sentence);
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
