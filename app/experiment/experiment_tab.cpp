#include "app/experiment/experiment_tab.h"

#include "app/experiment/experiment_controller.h"
#include "app/experiment/experiment_page.h"
#include "app/pages/run_choice.h"
#include "app/pages/session.h"
#include "app/settings/app_settings.h"
#include "core/files/paths.h"
#include "widgets/controls/elided_label.h"
#include "widgets/controls/notice_card.h"

namespace modascope {
namespace {

/// What a run was trained on, where it is still there.
std::optional<std::filesystem::path> dataOf(const std::filesystem::path& run) {
  try {
    const auto data = RunFolder::open(run).manifest().data;
    return isThere(data) ? std::optional(data) : std::nullopt;
  } catch (const std::exception&) {
    return std::nullopt;  // who opens the run says what is wrong with it
  }
}

}  // namespace

ExperimentTab::ExperimentTab(const PagePlace& place)
    : settings_(place.settings),
      page_(new ExperimentPage(place.window)),
      state_(new ElidedLabel(place.window)),
      controller_(std::make_unique<ExperimentController>(*page_, place.settings)) {
  state_->setContentsMargins(0, 0, 8, 0);
  state_->setAccessibleName(tr("State of the run"));
  connect(controller_.get(), &ExperimentController::statusChanged, state_, &QLabel::setText);
  connect(controller_.get(), &ExperimentController::openingRequested, this, &Page::openRequested);
  connectTo(place.session);
}

ExperimentTab::~ExperimentTab() = default;

void ExperimentTab::connectTo(Session& session) {
  connect(controller_.get(), &ExperimentController::cohortOpened, &session, &Session::cohortOpened);
  connect(controller_.get(), &ExperimentController::checkpointReady, &session,
          &Session::checkpointReady);
  connect(controller_.get(), &ExperimentController::inspectRequested, &session,
          &Session::inspectRequested);
  connect(controller_.get(), &ExperimentController::trainingEnded, &session,
          [this, &session] { Q_EMIT session.runEnded(controller_->runFolder()); });
  connect(controller_.get(), &ExperimentController::trainingEnded, this, &Page::stopped);
}

QWidget* ExperimentTab::widget() const {
  return page_;
}

/// Other data than the usual are opened once only.
void ExperimentTab::begin(const std::optional<NamedPath>& named) {
  if (!named || named->kind != PathKind::Data) openUsual(named);
  Page::begin(named);
  controller_->offerResume();
}

/// The data of a run if one is named and they are there, what was open last, or the phantom.
void ExperimentTab::openUsual(const std::optional<NamedPath>& named) {
  const auto own = named ? dataOf(named->path) : std::nullopt;
  const auto last = own ? own : settings_.dataFolder();
  if (last && isThere(*last)) {
    controller_->openData(*last);
  } else {
    controller_->openPhantom();
  }
}

bool ExperimentTab::open(const NamedPath& named) {
  switch (named.kind) {
    case PathKind::Run:
      openOwnData(named.path);
      return false;  // the run itself is looked at elsewhere
    case PathKind::Config:
      Q_EMIT frontRequested();
      controller_->openConfig(named.path);
      return true;
    case PathKind::Demo:
      return false;
    case PathKind::Data:
      controller_->openData(named.path);
      return true;
  }
  return false;
}

/// Where those on show are not what the run was made for.
void ExperimentTab::openOwnData(const std::filesystem::path& run) {
  const auto& cohort = controller_->cohort();
  const auto own = dataOf(run);
  if (cohort && own && !fitsTo(run, *cohort) && !controller_->isTraining())
    controller_->openData(*own);
}

std::vector<Page::Key> ExperimentTab::keys() {
  return {{QKeySequence(Qt::CTRL | Qt::Key_R), [this] { controller_->startOrPause(); }},
          {QKeySequence(Qt::CTRL | Qt::Key_Period), [this] { controller_->stop(); }}};
}

std::vector<Page::StatusPart> ExperimentTab::statusParts() const {
  return {{state_, StatusPlace::Always}};
}

void ExperimentTab::showFault(const QString& sentence) {
  page_->notice()->present({Severity::Failure, sentence, {}});
}

void ExperimentTab::log(const QString& sentence) {
  page_->log(sentence);
}

std::optional<Page::ClosingQuestion> ExperimentTab::closingQuestion() const {
  if (!controller_->isTraining()) return std::nullopt;
  return ClosingQuestion{tr("A run is training"),
                         tr("A run is training. Stop it? It writes a checkpoint first and can be "
                            "resumed at the next start."),
                         tr("Stop, keep resumable"), tr("Keep training")};
}

void ExperimentTab::stop() {
  controller_->stop();
}

}  // namespace modascope
