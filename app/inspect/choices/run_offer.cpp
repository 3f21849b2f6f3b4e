#include "app/inspect/choices/run_offer.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QTimer>
#include <algorithm>
#include <utility>

#include "app/pages/run_choice.h"
#include "app/settings/app_settings.h"

namespace modascope {

RunOffer::RunOffer(QComboBox& box, const AppSettings& settings, QObject* parent)
    : QObject(parent), box_(box), settings_(settings) {
  connect(&list_, &RunListJob::listed, this, &RunOffer::take);
  connect(&watch_, &RunWatch::changed, this, &RunOffer::offer);
}

void RunOffer::offer() {
  fill();
  list_.list(settings_.runsFolder());
}

void RunOffer::suggest() {
  suggesting_ = true;
  offer();
}

/// An open list is not changed under the mouse.
void RunOffer::fill() {
  if (box_.view()->isVisible())
    QTimer::singleShot(500, this, &RunOffer::fill);
  else if (runs_)
    fillRuns(box_, *runs_, chosen_, cohort_.get());
  else
    markRun(box_, chosen_);
}

void RunOffer::take(const std::shared_ptr<const std::vector<RunSummary>>& runs) {
  runs_ = runs;
  watch_.watch(settings_.runsFolder(), *runs);
  fill();
  if (!std::exchange(suggesting_, false) || !cohort_) return;
  if (const RunSummary* last = lastOpened()) {
    Q_EMIT suggested(last->folder);
  } else if (const RunSummary* first = firstToOpen(*runs, cohort_->problem)) {
    Q_EMIT suggested(first->folder);
  }
}

/// The run of the session before, if it fits to these data.
const RunSummary* RunOffer::lastOpened() const {
  const auto last = settings_.lastRun();
  if (!last || preferNewest_) return nullptr;
  const auto run = std::find_if(runs_->begin(), runs_->end(),
                                [&](const RunSummary& one) { return one.folder == *last; });
  return run != runs_->end() ? firstToOpen({&*run, 1}, cohort_->problem) : nullptr;
}

}  // namespace modascope
