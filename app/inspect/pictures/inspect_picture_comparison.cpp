#include "app/inspect/pictures/inspect_picture_comparison.h"

#include <QToolButton>
#include <cmath>

#include "app/inspect/comparison_bar.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/inspect_words.h"
#include "app/inspect/pictures/inspect_pictures.h"
#include "app/pages/run_choice.h"
#include "widgets/pictures/picture_grid.h"

namespace modascope {
namespace {

const QString kBetween = QStringLiteral("  ·  ");

/// The set, and of run and step what tells it from the other.
QString shortName(const QStringList& one, const QStringList& other) {
  const bool sameRun = one[1] == other[1];
  return (sameRun && one[2] == other[2] ? one.first(1)
          : sameRun                     ? QStringList{one[0], one[2]}
                                        : one)
      .join(kBetween);
}

/// With how right it is, where that is known.
QString scored(const QString& name, const std::optional<PicturePrediction>& prediction) {
  if (!prediction || !prediction->scores || std::isnan(prediction->scores->miou)) return name;
  return QStringList{name, InspectPage::tr("mIoU %1").arg(prediction->scores->miou, 0, 'f', 3)}
      .join(kBetween);
}

}  // namespace

InspectPictureComparison::InspectPictureComparison(InspectPage& page,
                                                   const InspectPictures& pictures, QObject* parent)
    : QObject(parent), page_(page), pictures_(pictures) {
  connect(page_.compare(), &QToolButton::clicked, this, &InspectPictureComparison::keep);
  connect(page_.comparison(), &ComparisonBar::closed, this, &InspectPictureComparison::end);
  connect(page_.comparison(), &ComparisonBar::changed, this, &InspectPictureComparison::nameBoth);
  connect(&pictures_, &InspectPictures::saying, this, &InspectPictureComparison::nameBoth);
  page_.keptGrid()->setSwitchable(false);
  link(*page_.pictureGrid(), *page_.keptGrid());
  link(*page_.keptGrid(), *page_.pictureGrid());
  connect(page_.keptGrid(), &PictureGrid::pointed, &page_,
          [this](QPoint, const QString& words) { Q_EMIT page_.pointed(words); });
}

void InspectPictureComparison::link(PictureGrid& from, PictureGrid& to) {
  connect(&from, &PictureGrid::frameChanged, &to, &PictureGrid::setFrame);
  connect(&from, &PictureGrid::crosshairMoved, &to, &PictureGrid::setCrosshair);
  connect(&from, &PictureGrid::styleChanged, &to, &PictureGrid::setStyle);
}

QStringList InspectPictureComparison::partsNow() const {
  const OpenedRun& run = *pictures_.run();
  const PicturePrediction& shown = *pictures_.shown();
  const auto available = ModalitySet::fromBits(pictures_.sample()->available).value_or(shown.set);
  return {intactWords(run.manifest.schema, shown.set, available, shown.corruption),
          nameOfRun(run.folder), tr("step %1").arg(run.step)};
}

void InspectPictureComparison::keep() {
  if (!pictures_.shown()) return;
  kept_ = pictures_.shown();
  keptParts_ = partsNow();
  const PictureGrid& live = *page_.pictureGrid();
  PictureGrid& grid = *page_.keptGrid();
  grid.setCase(pictures_.run()->manifest.problem(), pictures_.sample());
  grid.setFrame(live.frame());
  if (live.crosshair()) grid.setCrosshair(*live.crosshair());
  grid.setStyle(live.style());
  grid.setPrediction(kept_->classes);
  grid.setShown(kept_->set, insteadWords(kept_->corruption));
  page_.comparison()->setKept(keptParts_.join(kBetween));
  page_.showComparison(true, false);
  nameBoth();
}

void InspectPictureComparison::nameBoth() {
  if (pictures_.shown()) page_.compare()->setEnabled(true);
  if (!kept_) return;
  lay();
  const QStringList now = pictures_.shown() ? partsNow() : QStringList();
  if (isWiped()) return page_.nameGrids({}, {});
  page_.nameGrids(
      now.isEmpty() ? tr("No prediction")
                    : scored(tr("Now: %1").arg(shortName(now, keptParts_)), pictures_.shown()),
      scored(tr("Kept: %1").arg(shortName(keptParts_, now.isEmpty() ? keptParts_ : now)), kept_));
}

bool InspectPictureComparison::isWiped() const {
  return kept_ && page_.comparison()->view() == ComparisonView::Wipe;
}

void InspectPictureComparison::lay() {
  if (!isWiped()) return page_.pictureGrid()->setKept(nullptr);
  const QStringList now = pictures_.shown() ? partsNow() : QStringList();
  const QStringList& other = now.isEmpty() ? keptParts_ : now;
  const QString kept = scored(tr("kept: %1").arg(shortName(keptParts_, other)), kept_);
  const QString live =
      now.isEmpty() ? tr("no prediction")
                    : scored(tr("now: %1").arg(shortName(now, keptParts_)), pictures_.shown());
  page_.pictureGrid()->setKept(kept_->classes, {kept, tr("kept")}, {live, tr("now")});
}

void InspectPictureComparison::end() {
  if (!kept_) return;
  kept_.reset();
  page_.pictureGrid()->setKept(nullptr);
  page_.keptGrid()->clear();
  page_.nameGrids({}, {});
  page_.showComparison(false, false);
}

}  // namespace modascope
