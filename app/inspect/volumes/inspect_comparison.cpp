#include "app/inspect/volumes/inspect_comparison.h"

#include <QToolButton>

#include "app/inspect/comparison_bar.h"
#include "app/inspect/inspect_page.h"
#include "widgets/scene/scene_view.h"

namespace modascope {
namespace {

/// The set, and of run and step what tells it from the other.
QString shortName(const NamedPrediction& one, const NamedPrediction& other) {
  QStringList parts{one.set};
  if (one.run != other.run) parts << one.run;
  if (one.run != other.run || one.step != other.step) parts << one.step;
  return parts.join("  ·  ");
}

}  // namespace

InspectComparison::InspectComparison(InspectPage& page, QObject* parent)
    : QObject(parent), page_(page) {
  connect(page_.compare(), &QToolButton::clicked, this, &InspectComparison::keep);
  connect(page_.comparison(), &ComparisonBar::changed, this, &InspectComparison::apply);
  connect(page_.comparison(), &ComparisonBar::closed, this, &InspectComparison::end);
  page_.compare()->setEnabled(false);
}

void InspectComparison::showPrediction(const NamedPrediction& shown) {
  shown_ = shown;
  page_.compare()->setEnabled(true);
  nameBoth();
}

void InspectComparison::forgetPrediction() {
  shown_.reset();
  page_.compare()->setEnabled(false);
  nameBoth();
}

void InspectComparison::keep() {
  if (!shown_) return;
  if (!kept_) {
    contentBefore_ = page_.tiles()->overlayStyle().content;
    regionBefore_ = page_.tiles()->overlayStyle().differenceOf;
  }
  kept_ = shown_;
  page_.comparison()->setKept(kept_->name());
  nameBoth();
  apply();
  Q_EMIT keptChanged();
}

void InspectComparison::nameBoth() {
  if (!kept_) {
    page_.tiles()->setLiveName({});
    page_.scene()->setCaption({});
    return;
  }
  const QString live = shown_ ? shortName(*shown_, *kept_) : QString();
  const QString kept = shortName(*kept_, shown_.value_or(*kept_));
  page_.tiles()->setLiveName(live);
  page_.tiles()->setKept(KeptPrediction{kept_->result.labels, kept, kept_->result.set});
  page_.scene()->setCaption(shown_ ? tr("Now: %1").arg(live) : QString());
  page_.keptScene()->setCaption(tr("Kept: %1").arg(kept));
}

void InspectComparison::apply() {
  if (!kept_) return;
  const ComparisonBar& bar = *page_.comparison();
  const bool difference = bar.view() == ComparisonView::Difference;
  const bool sideBySide = bar.view() == ComparisonView::SideBySide;
  page_.tiles()->setWipe(bar.view() == ComparisonView::Wipe ? std::optional(0.5) : std::nullopt);
  OverlayStyle style = page_.tiles()->overlayStyle();
  style.content = difference ? OverlayContent::Compared : OverlayContent::Prediction;
  style.differenceOf = difference ? bar.region() : regionBefore_;
  page_.tiles()->setOverlayStyle(style);
  arrange(sideBySide);
  page_.showComparison(true, sideBySide);
  showKeptScene(sideBySide);
}

void InspectComparison::arrange(bool sideBySide) {
  const TileLayout now = page_.tiles()->tileLayout();
  if (sideBySide && now != TileLayout::SideBySide) layoutBefore_ = now;
  if (sideBySide)
    page_.tiles()->setTileLayout(TileLayout::SideBySide);
  else if (now == TileLayout::SideBySide)
    page_.tiles()->setTileLayout(layoutBefore_);
}

/// A view that nobody sees has nothing to make.
void InspectComparison::showKeptScene(bool on) {
  page_.keptScene()->setHead(on ? head_ : nullptr);
  page_.keptScene()->setLabels(on ? kept_->result.labels : nullptr);
  Q_EMIT sceneShown();
}

void InspectComparison::end() {
  if (!kept_) return;
  kept_.reset();
  arrange(false);
  page_.tiles()->setKept(std::nullopt);
  page_.tiles()->setWipe(std::nullopt);
  OverlayStyle style = page_.tiles()->overlayStyle();
  style.content = contentBefore_;
  style.differenceOf = regionBefore_;
  page_.tiles()->setOverlayStyle(style);
  page_.showComparison(false, false);
  showKeptScene(false);
  nameBoth();
  Q_EMIT keptChanged();
}

}  // namespace modascope
