#include "app/demo/demo_tab.h"

#include <QFileDialog>
#include <QLocale>
#include <QPushButton>

#include "app/demo/demo_controller.h"
#include "app/demo/demo_page.h"
#include "app/demo/kiosk.h"
#include "app/demo/turntable.h"
#include "app/settings/path_text.h"
#include "widgets/controls/notice_card.h"

namespace modascope {
namespace {

constexpr std::chrono::minutes kPatience{2};
constexpr qint64 kStillMs = 5000;

}  // namespace

DemoTab::DemoTab(const PagePlace& place)
    : page_(new DemoPage(place.window)),
      controller_(std::make_unique<DemoController>(
          *page_, storyFrom(storyText(QLocale::system().uiLanguages())))) {
  connect(&job_, &DemoJob::opened, this, [this](const auto& demo) {
    page_->notice()->dismiss();
    tellOfStory();
    controller_->show(demo);
  });
  connect(&job_, &DemoJob::failed, this, &DemoTab::showFault);
  connect(page_->openFile(), &QPushButton::clicked, this, &DemoTab::askForFile);
  connect(&job_, &DemoJob::failed, this, &DemoTab::failed);
}

DemoTab::~DemoTab() = default;

QWidget* DemoTab::widget() const {
  return page_;
}

void DemoTab::activate() {
  if (asked_) return;
  asked_ = true;
  job_.open(std::nullopt);
}

bool DemoTab::open(const NamedPath& named) {
  if (named.kind != PathKind::Demo) return false;
  openFile(named.path);
  return true;
}

void DemoTab::openFile(const std::filesystem::path& file) {
  asked_ = true;
  job_.open(file);
  Q_EMIT frontRequested();
}

/// A story of one's own may have lines that nobody understands.
void DemoTab::tellOfStory() {
  const QStringList& unknown = controller_->story().unknown;
  if (unknown.isEmpty()) return;
  page_->notice()->present(
      {Severity::Warning,
       tr("The story has settings that are not known, and goes on without them: %1")
           .arg(unknown.join("; ")),
       {}});
}

void DemoTab::askForFile() {
  const QString file = QFileDialog::getOpenFileName(page_, tr("Open a demonstration"), QString(),
                                                    tr("Demonstrations (*.demo)"));
  if (!file.isEmpty()) openFile(asPath(file));
}

void DemoTab::showFault(const QString& sentence) {
  page_->notice()->present({Severity::Failure, sentence, {}});
}

void DemoTab::startKiosk() {
  if (kiosk_ != nullptr) return;
  page_->openFile()->hide();
  kiosk_ = new Kiosk(kPatience, this);
  turntable_ = new Turntable(*page_->scene(), this);
  connect(kiosk_, &Kiosk::abandoned, this, [this] { controller_->restart(); });
  connect(kiosk_, &Kiosk::left, this, &DemoTab::left);
  auto* look = new QTimer(this);
  connect(look, &QTimer::timeout, this,
          [this] { turntable_->setTurning(kiosk_->idleMs() > kStillMs); });
  look->start(500);
}

}  // namespace modascope
