#include "app/inspect/pictures/picture_comparison.h"

#include <QHBoxLayout>
#include <QVBoxLayout>
#include <cmath>

#include "app/inspect/inspect_words.h"
#include "widgets/controls/elided_label.h"
#include "widgets/pictures/picture_grid.h"

namespace modascope {
namespace {

/// With how right it is, where that is known.
QString scored(const QString& name, const PicturePrediction& prediction) {
  if (!prediction.scores || std::isnan(prediction.scores->miou)) return name;
  return name + "  ·  " + PictureComparison::tr("mIoU %1").arg(prediction.scores->miou, 0, 'f', 3);
}

}  // namespace

PictureComparison::PictureComparison(QWidget* parent)
    : centre_(new QWidget(parent)),
      liveName_(new ElidedLabel(centre_)),
      keptName_(new ElidedLabel(centre_)),
      live_(new PictureGrid(centre_)),
      keptGrid_(new PictureGrid(centre_)) {
  auto* columns = new QHBoxLayout(centre_);
  columns->setContentsMargins(0, 0, 0, 0);
  makeColumn(keptName_, keptGrid_);
  makeColumn(liveName_, live_);
  keptGrid_->setSwitchable(false);
  follow(*live_, *keptGrid_);
  follow(*keptGrid_, *live_);
  nameGrids({}, {});
}

void PictureComparison::makeColumn(ElidedLabel* name, PictureGrid* grid) {
  auto* column = new QWidget(centre_);
  auto* rows = new QVBoxLayout(column);
  rows->setContentsMargins(0, 0, 0, 0);
  rows->addWidget(name);
  rows->addWidget(grid, 1);
  static_cast<QHBoxLayout*>(centre_->layout())->addWidget(column, 1);
  connect(grid, &PictureGrid::pointed, this,
          [this](QPoint, const QString& words) { Q_EMIT pointed(words); });
}

void PictureComparison::follow(PictureGrid& from, PictureGrid& to) {
  connect(&from, &PictureGrid::frameChanged, &to, &PictureGrid::setFrame);
  connect(&from, &PictureGrid::crosshairMoved, &to, &PictureGrid::setCrosshair);
  connect(&from, &PictureGrid::styleChanged, &to, &PictureGrid::setStyle);
}

QString PictureComparison::liveName() const {
  return liveName_->text();
}

QString PictureComparison::keptName() const {
  return keptName_->text();
}

void PictureComparison::nameGrids(const QString& now, const QString& kept) {
  liveName_->setText(now);
  keptName_->setText(kept);
  liveName_->setVisible(!now.isEmpty());
  keptGrid_->setVisible(!kept.isEmpty());
  keptGrid_->parentWidget()->setVisible(!kept.isEmpty());
}

void PictureComparison::keep(const std::shared_ptr<const PicturePrediction>& shown,
                             const Problem& problem,
                             const std::shared_ptr<const ImageSample>& sample) {
  kept_ = shown;
  keptGrid_->setCase(problem, sample);
  keptGrid_->setFrame(live_->frame());
  if (live_->crosshair()) keptGrid_->setCrosshair(*live_->crosshair());
  keptGrid_->setStyle(live_->style());
  keptGrid_->setPrediction(kept_->classes);
  keptGrid_->setShown(kept_->set, insteadWords(kept_->corruption));
}

void PictureComparison::lay(ComparisonView view) {
  wiped_ = view == ComparisonView::Wipe;
}

void PictureComparison::name(const ComparedNames& names,
                             const std::shared_ptr<const PicturePrediction>& shown) {
  if (wiped_) {
    wipe(names, shown);
    return nameGrids({}, {});
  }
  live_->setKept(nullptr);
  nameGrids(shown ? scored(tr("Now: %1").arg(names.now), *shown) : tr("No prediction"),
            scored(tr("Kept: %1").arg(names.kept), *kept_));
}

void PictureComparison::wipe(const ComparedNames& names,
                             const std::shared_ptr<const PicturePrediction>& shown) {
  const QString kept = scored(tr("kept: %1").arg(names.kept), *kept_);
  const QString live = shown ? scored(tr("now: %1").arg(names.now), *shown) : tr("no prediction");
  live_->setKept(kept_->classes, {kept, tr("kept")}, {live, tr("now")});
}

void PictureComparison::end() {
  kept_.reset();
  live_->setKept(nullptr);
  keptGrid_->clear();
  nameGrids({}, {});
}

}  // namespace modascope
