#include "app/pages/inspect_comparison.h"

#include <QToolButton>

#include "app/pages/comparison_bar.h"
#include "app/pages/inspect_page.h"
#include "widgets/scene/scene_view.h"

namespace modascope {

InspectComparison::InspectComparison(InspectPage& page, QObject* parent)
    : QObject(parent), page_(page) {
  connect(page_.compare(), &QToolButton::clicked, this, &InspectComparison::keep);
  connect(page_.comparison(), &ComparisonBar::changed, this, &InspectComparison::apply);
  connect(page_.comparison(), &ComparisonBar::closed, this, &InspectComparison::end);
  page_.compare()->setEnabled(false);
}

void InspectComparison::showPrediction(const Segmentation& result, const QString& name,
                                       const QString& shortName) {
  shown_ = result;
  name_ = name;
  shortName_ = shortName;
  page_.compare()->setEnabled(true);
  page_.tiles()->setLiveName(shortName);
  page_.scene()->setCaption(kept_ ? tr("Now: %1").arg(shortName) : QString());
}

void InspectComparison::forgetPrediction() {
  shown_.reset();
  page_.compare()->setEnabled(false);
}

void InspectComparison::keep() {
  if (!shown_) return;
  if (!kept_) {
    layoutBefore_ = page_.tiles()->tileLayout();
    contentBefore_ = page_.tiles()->overlayStyle().content;
  }
  kept_ = shown_;
  page_.tiles()->setKept(KeptPrediction{kept_->labels, shortName_, kept_->set});
  page_.keptScene()->setLabels(kept_->labels);
  page_.keptScene()->setCaption(tr("Kept: %1").arg(shortName_));
  page_.scene()->setCaption(tr("Now: %1").arg(shortName_));
  page_.comparison()->setKept(name_);
  apply();
  Q_EMIT keptChanged();
}

void InspectComparison::apply() {
  const ComparisonBar& bar = *page_.comparison();
  const bool sideBySide = bar.view() == ComparisonView::SideBySide;
  page_.tiles()->setTileLayout(sideBySide ? TileLayout::SideBySide : layoutBefore_);
  page_.tiles()->setWipe(bar.view() == ComparisonView::Wipe ? std::optional(0.5) : std::nullopt);
  OverlayStyle style = page_.tiles()->overlayStyle();
  style.content =
      bar.view() == ComparisonView::Difference ? OverlayContent::Compared : contentBefore_;
  style.differenceOf = bar.region();
  page_.tiles()->setOverlayStyle(style);
  page_.showComparison(true, sideBySide);
}

void InspectComparison::end() {
  if (!kept_) return;
  kept_.reset();
  page_.tiles()->setKept(std::nullopt);
  page_.tiles()->setWipe(std::nullopt);
  page_.tiles()->setTileLayout(layoutBefore_);
  OverlayStyle style = page_.tiles()->overlayStyle();
  style.content = contentBefore_;
  page_.tiles()->setOverlayStyle(style);
  page_.keptScene()->setLabels(nullptr);
  page_.scene()->setCaption({});
  page_.showComparison(false, false);
  Q_EMIT keptChanged();
}

}  // namespace modascope
