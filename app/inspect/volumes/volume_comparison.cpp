#include "app/inspect/volumes/volume_comparison.h"

#include "app/inspect/volumes/volume_widgets.h"
#include "widgets/scene/scene_view.h"

namespace modascope {

VolumeComparison::VolumeComparison(const VolumeWidgets& widgets, QObject* parent)
    : QObject(parent), widgets_(widgets) {}

void VolumeComparison::keep(const std::shared_ptr<const Segmentation>& shown) {
  if (!kept_) {
    contentBefore_ = widgets_.tiles->overlayStyle().content;
    regionBefore_ = widgets_.tiles->overlayStyle().differenceOf;
  }
  kept_ = shown;
  widgets_.tiles->setKept(KeptPrediction{kept_->labels, {}, kept_->set});
}

void VolumeComparison::name(const ComparedNames& names) {
  widgets_.tiles->setLiveName(names.now);
  widgets_.tiles->setKept(KeptPrediction{kept_->labels, names.kept, kept_->set});
  widgets_.scene->setCaption(names.now.isEmpty() ? QString() : tr("Now: %1").arg(names.now));
  widgets_.keptScene->setCaption(tr("Kept: %1").arg(names.kept));
}

void VolumeComparison::lay(ComparisonView view, std::size_t differenceOf) {
  const bool difference = view == ComparisonView::Difference;
  const bool sideBySide = view == ComparisonView::SideBySide;
  widgets_.tiles->setWipe(view == ComparisonView::Wipe ? std::optional(0.5) : std::nullopt);
  OverlayStyle style = widgets_.tiles->overlayStyle();
  style.content = difference ? OverlayContent::Compared : OverlayContent::Prediction;
  style.differenceOf = difference ? differenceOf : regionBefore_;
  widgets_.tiles->setOverlayStyle(style);
  arrange(sideBySide);
  showKeptScene(sideBySide);
}

void VolumeComparison::arrange(bool sideBySide) {
  const TileLayout now = widgets_.tiles->tileLayout();
  if (sideBySide && now != TileLayout::SideBySide) layoutBefore_ = now;
  if (sideBySide)
    widgets_.tiles->setTileLayout(TileLayout::SideBySide);
  else if (now == TileLayout::SideBySide)
    widgets_.tiles->setTileLayout(layoutBefore_);
}

/// A view that nobody sees has nothing to make.
void VolumeComparison::showKeptScene(bool on) {
  widgets_.keptScene->setVisible(on);
  widgets_.keptScene->setHead(on ? head_ : nullptr);
  widgets_.keptScene->setLabels(on ? kept_->labels : nullptr);
  Q_EMIT sceneShown();
}

void VolumeComparison::end() {
  kept_.reset();
  arrange(false);
  widgets_.tiles->setKept(std::nullopt);
  widgets_.tiles->setWipe(std::nullopt);
  OverlayStyle style = widgets_.tiles->overlayStyle();
  style.content = contentBefore_;
  style.differenceOf = regionBefore_;
  widgets_.tiles->setOverlayStyle(style);
  showKeptScene(false);
  widgets_.tiles->setLiveName({});
  widgets_.scene->setCaption({});
}

}  // namespace modascope
