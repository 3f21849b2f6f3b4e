#include "app/inspect/features/inspect_sample_comparison.h"

#include <QToolButton>

#include "app/inspect/comparison_bar.h"
#include "app/inspect/features/inspect_samples.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/inspect_words.h"
#include "app/pages/run_choice.h"
#include "widgets/samples/sample_view.h"

namespace modascope {
namespace {

const QString kBetween = QStringLiteral("  ·  ");

/// The set, and of run and step what tells it from the other.
QString shortName(const QStringList& one, const QStringList& other) {
  if (other.isEmpty()) return one.join(kBetween);
  QStringList parts{one[0]};
  if (one[1] != other[1]) parts << one[1];
  if (one[1] != other[1] || one[2] != other[2]) parts << one[2];
  return parts.join(kBetween);
}

}  // namespace

InspectSampleComparison::InspectSampleComparison(InspectPage& page, InspectSamples& samples,
                                                 QObject* parent)
    : QObject(parent), page_(page), samples_(samples) {
  connect(page_.compare(), &QToolButton::clicked, this, &InspectSampleComparison::keep);
  connect(page_.comparison(), &ComparisonBar::closed, this, &InspectSampleComparison::end);
  connect(&samples_, &InspectSamples::shownChanged, this, &InspectSampleComparison::nameBoth);
}

QStringList InspectSampleComparison::partsNow() const {
  const auto& answer = samples_.answer();
  if (!answer || !samples_.run()) return {};
  const OpenedRun& run = *samples_.run();
  return {intactWords(answer->outputs.problem.schema, samples_.shown(), answer->outputs.available,
                      answer->corruption),
          nameOfRun(run.folder), tr("step %1").arg(run.step)};
}

void InspectSampleComparison::keep() {
  const QStringList now = partsNow();
  if (now.isEmpty()) return;
  kept_ = samples_.answer();
  keptParts_ = now;
  const std::shared_ptr<const SubsetOutputs> outputs(kept_, &kept_->outputs);
  page_.sample()->setKept(KeptOutputs{outputs, samples_.shown()});
  page_.comparison()->setKept(keptParts_.join(kBetween));
  page_.showComparison(true, false);
  samples_.setKept(outputs);
  nameBoth();
}

void InspectSampleComparison::nameBoth() {
  if (!samples_.isActive()) return;
  const QStringList now = partsNow();
  page_.compare()->setEnabled(!now.isEmpty());
  if (!kept_) return;
  page_.sample()->nameBoth(
      now.isEmpty() ? tr("No prediction") : tr("Now: %1").arg(shortName(now, keptParts_)),
      tr("Kept: %1").arg(shortName(keptParts_, now)));
}

void InspectSampleComparison::end() {
  if (!kept_) return;
  kept_.reset();
  page_.sample()->setKept(std::nullopt);
  page_.showComparison(false, false);
  samples_.setKept(nullptr);
}

}  // namespace modascope
