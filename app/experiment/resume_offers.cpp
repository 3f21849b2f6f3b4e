#include "app/experiment/resume_offers.h"

#include <QInputDialog>
#include <algorithm>

#include "app/experiment/experiment_page.h"
#include "app/experiment/form/command_words.h"
#include "app/experiment/form/form_memory.h"
#include "app/experiment/form/unused_edits.h"
#include "app/jobs/sentence.h"
#include "app/settings/app_settings.h"
#include "app/settings/path_text.h"
#include "app/work/adapting/adaptation_folder.h"
#include "app/work/trained_run.h"
#include "core/runs/run_store.h"
#include "widgets/controls/form/config_form.h"
#include "widgets/controls/notice_card.h"

namespace modascope {
namespace {

/// An adaptation keeps the adapters that it has learnt.
bool canGoOn(const RunSummary& run) {
  return run.status.state == RunState::Interrupted && (run.whyNot.empty() || run.adaptation);
}

/// An adaptation has steps of its own for every set.
bool isExtensible(const std::filesystem::path& run) {
  return hasNetwork(run) && !isAdaptation(run);
}

QString extendWords(std::int64_t steps) {
  return ResumeOffers::tr("Extend to %1 steps").arg(steps);
}

}  // namespace

ResumeOffers::ResumeOffers(ExperimentPage& page, AppSettings& settings, const FormMemory& memory,
                           const TrainingJob& training, QObject* parent)
    : QObject(parent), page_(page), settings_(settings), memory_(memory), training_(training) {
  connect(page_.notice(), &NoticeCard::chosen, this, &ResumeOffers::answer);
  connect(page_.notice(), &NoticeCard::dismissed, this, &ResumeOffers::withdraw);
  connect(&list_, &RunListJob::listed, this, [this](const auto& runs) { offerNewest(*runs); });
}

void ResumeOffers::look() {
  list_.list(settings_.runsFolder());
}

/// The newest that stopped on its way.
void ResumeOffers::offerNewest(const std::vector<RunSummary>& runs) {
  const auto run = std::find_if(runs.begin(), runs.end(), &canGoOn);
  if (run == runs.end() || training_.isRunning() || !page_.notice()->isHidden()) return;
  const QString name = asText(run->folder.filename());
  if (name == settings_.declinedRun()) return;
  offered_ = run->folder;
  page_.notice()->present({Severity::Note,
                           tr("The run %1 stopped at step %2 of %3. It can go on from its last "
                              "checkpoint.")
                               .arg(name)
                               .arg(run->status.step)
                               .arg(run->status.steps),
                           {tr("Resume"), tr("Do not ask again"), tr("Copy as command")}});
}

void ResumeOffers::offerAfter(const TrainingOutcome& outcome, const QString& sentence,
                              bool adaptable) {
  const bool done = outcome.state == RunState::Finished;
  QStringList actions;
  if (hasNetwork(outcome.run)) actions << tr("Inspect");
  if (!done) actions << tr("Resume");
  if (isExtensible(outcome.run)) actions << tr("Extend…");
  if (done && adaptable && !isAdaptation(outcome.run)) actions << tr("Adapt…");
  if (!done) actions << tr("Copy as command");
  page_.notice()->present({Severity::Note, sentence, actions});
  offered_ = outcome.run;
}

void ResumeOffers::resume(const std::filesystem::path& run) {
  if (training_.isRunning()) return;
  try {
    const RunConfig recorded = RunFolder::open(run).config();
    if (!unusedEdits(memory_.shown(), page_.form()->config(), recorded).isEmpty())
      return tellUnused(run, recorded);
  } catch (const std::exception&) {
    return Q_EMIT failed(sentenceOfCurrent());
  }
  Q_EMIT goOnChosen(run, std::nullopt);
}

/// Nothing is discarded in silence.
void ResumeOffers::tellUnused(const std::filesystem::path& run, const RunConfig& recorded) {
  const RunConfig edited = page_.form()->config();
  QStringList actions{tr("Resume as recorded")};
  if (isExtensible(run) && edited.train.steps > recorded.train.steps)
    actions << extendWords(extendTo_ = edited.train.steps);
  const QString sentence = tr("A run goes on with the settings that it began with. Not used: %1.")
                               .arg(unusedEdits(memory_.shown(), edited, recorded).join("; "));
  page_.log(sentence);
  page_.notice()->present({Severity::Warning, sentence, actions});
  offered_ = run;
}

/// To how many steps.
void ResumeOffers::askToExtend(const std::filesystem::path& run) {
  if (training_.isRunning()) return;
  try {
    const std::int64_t recorded = RunFolder::open(run).config().train.steps;
    const std::int64_t wanted = page_.form()->config().train.steps;
    auto* dialog = new QInputDialog(&page_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Extend a run"));
    dialog->setInputMode(QInputDialog::IntInput);
    dialog->setOkButtonText(tr("Extend"));
    dialog->setIntRange(static_cast<int>(recorded + 1), 10'000'000);
    dialog->setIntValue(static_cast<int>(wanted > recorded ? wanted : 2 * recorded));
    dialog->setLabelText(tr("It was made for %1 steps. To how many is it to go on?\n\n"
                            "The learning rate then falls to zero at the new last step. It is "
                            "higher again than where the\nrun stands now, so that this is not the "
                            "run that would have had as many steps from its start.")
                             .arg(recorded));
    connect(dialog, &QInputDialog::intValueSelected, this,
            [this, run](int steps) { Q_EMIT goOnChosen(run, steps); });
    dialog->open();
  } catch (const std::exception&) {
    Q_EMIT failed(sentenceOfCurrent());
  }
}

void ResumeOffers::answer(const QString& action) {
  if (offered_.empty()) return page_.notice()->dismiss();
  const auto run = offered_;
  if (action == tr("Copy as command")) return Q_EMIT commandChosen(commandToResume(run));
  if (action == tr("Resume")) return resume(run);
  if (action == tr("Resume as recorded")) return Q_EMIT goOnChosen(run, std::nullopt);
  if (action == extendWords(extendTo_)) return Q_EMIT goOnChosen(run, extendTo_);
  if (action == tr("Extend…")) return askToExtend(run);
  page_.notice()->dismiss();
  if (action == tr("Inspect")) {
    Q_EMIT inspectChosen(run);
  } else if (action == tr("Adapt…")) {
    Q_EMIT adaptChosen(run);
  } else {
    settings_.setDeclinedRun(asText(run.filename()));
  }
}

}  // namespace modascope
