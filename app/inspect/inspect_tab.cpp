#include "app/inspect/inspect_tab.h"

#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/page_memory.h"
#include "app/pages/progress_strip.h"
#include "app/pages/session.h"
#include "app/settings/app_settings.h"
#include "widgets/controls/elided_label.h"
#include "widgets/controls/notice_card.h"

namespace modascope {

InspectTab::InspectTab(const PagePlace& place)
    : page_(new InspectPage(place.window)),
      pointed_(new ElidedLabel(place.window)),
      controller_(std::make_unique<InspectController>(*page_, place.settings)) {
  pointed_->setContentsMargins(6, 0, 0, 0);
  pointed_->setAccessibleName(tr("Under the crosshair"));
  connect(page_, &InspectPage::pointed, pointed_, &QLabel::setText);
  connectTo(place.session);
  remember(place.settings);
}

InspectTab::~InspectTab() = default;

void InspectTab::connectTo(Session& session) {
  connect(&session, &Session::cohortOpened, this, [this](const auto& cohort) {
    controller_->setCohort(cohort);
    lookAgain();
  });
  connect(&session, &Session::checkpointReady, this, [this](const auto& run) {
    controller_->noticeCheckpoint(run);
    lookAgain();
  });
  connect(&session, &Session::runEnded, this,
          [this](const auto& run) { controller_->noticeEnd(run); });
  connect(&session, &Session::inspectRequested, this, &InspectTab::openRun);
}

void InspectTab::remember(AppSettings& settings) {
  connect(controller_.get(), &InspectController::caseOpened, this,
          [&settings](const auto& data, const std::string& id) {
            settings.setLastCase(data, QString::fromStdString(id));
          });
  connect(controller_.get(), &InspectController::runOpened, this,
          [&settings](const auto& run) { settings.setLastRun(run); });
}

QWidget* InspectTab::widget() const {
  return page_;
}

void InspectTab::activate() {
  controller_->activate();
}

/// What came may be worth a look while the page is in front: the others are hidden then.
void InspectTab::lookAgain() {
  if (!page_->isHidden()) controller_->activate();
}

bool InspectTab::open(const NamedPath& named) {
  if (named.kind != PathKind::Run) return false;
  openRun(named.path);
  return true;
}

void InspectTab::openRun(const std::filesystem::path& run) {
  controller_->openRun(run);
  Q_EMIT frontRequested();
}

std::vector<Page::StatusPart> InspectTab::statusParts() const {
  return {{pointed_, StatusPlace::WhileInFront}, {page_->progress(), StatusPlace::Always}};
}

void InspectTab::showFault(const QString& sentence) {
  page_->notice()->present({Severity::Failure, sentence, {}});
}

void InspectTab::restore(const AppSettings& settings) {
  restoreTab(*page_, settings);
}

void InspectTab::store(AppSettings& settings) const {
  controller_->storeLooks(settings);
  storeTab(*page_, settings);
}

}  // namespace modascope
