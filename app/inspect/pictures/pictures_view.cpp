#include "app/inspect/pictures/pictures_view.h"

#include <algorithm>
#include <cmath>

#include "app/inspect/inspect_page.h"
#include "app/inspect/inspect_words.h"
#include "app/inspect/run_remark.h"
#include "core/files/paths.h"
#include "widgets/bridge/number_words.h"
#include "widgets/pictures/picture_grid.h"
#include "widgets/tables/subset_table_view.h"

namespace modascope {

PicturesView::PicturesView(InspectPage& page, std::unique_ptr<Inspection> inspection)
    : CaseView(page, std::move(inspection)), comparison_(&page) {
  connect(&grid(), &PictureGrid::toggled, this, &CaseView::toggled);
  connect(&comparison_, &PictureComparison::pointed, &page, &InspectPage::pointed);
}

ViewParts PicturesView::parts() const {
  return {.centre = comparison_.centre()};
}

std::vector<ComparisonView> PicturesView::comparisons() const {
  return {ComparisonView::SideBySide, ComparisonView::Wipe};
}

std::shared_ptr<const ImageSample> PicturesView::sample() const {
  return std::static_pointer_cast<const InspectedPicture>(inspected())->sample;
}

std::shared_ptr<const PicturePrediction> PicturesView::prediction() const {
  return std::static_pointer_cast<const PicturePrediction>(answer());
}

void PicturesView::showCase() {
  grid().setCase(cohort()->problem, sample());
}

void PicturesView::clear() {
  grid().clear();
}

void PicturesView::showAnswer() {
  grid().setPrediction(prediction()->classes);
  grid().setGiven(prediction()->given);
  grid().setShown(prediction()->set, insteadWords(prediction()->corruption));
  if (!table()) page().subsets()->setPending();
}

void PicturesView::hideAnswer() {
  grid().setPrediction(nullptr);
  grid().setGiven(nullptr);
}

/// Its subsets were what was under way.
void PicturesView::showTable() {
  page().setIdle();
  CaseView::showTable();
}

/// "mIoU 0.612 (−0.101 against all)"
QString PicturesView::scoreWords() const {
  const auto& scores = prediction()->scores;
  if (!scores || std::isnan(scores->miou)) return {};
  const QString words = tr("mIoU %1").arg(scores->miou, 0, 'f', 3);
  if (!table() || available() == prediction()->set) return words;
  const auto all = std::find_if(table()->rows.begin(), table()->rows.end(),
                                [&](const auto& row) { return row.set == available(); });
  if (all == table()->rows.end()) return words;
  return tr("%1 (%2 against all)")
      .arg(words, signedDifference(scores->miou - all->scores.front(), 3));
}

/// A prediction of a picture is made at once; its subsets are what takes time.
QString PicturesView::progressWords(int done, int total) const {
  return tr("Scoring %1 of %2 subsets").arg(done).arg(total);
}

QString PicturesView::showingWords() const {
  QStringList words{CaseView::showingWords(), scoreWords(), seenWords(*run(), *cohort(), caseId())};
  words.removeAll({});
  return words.join(QStringLiteral(" · "));
}

void PicturesView::setKept(bool kept) {
  if (kept)
    comparison_.keep(prediction(), cohort()->problem, sample());
  else
    comparison_.end();
}

void PicturesView::layComparison(ComparisonView view, std::size_t) {
  comparison_.lay(view);
}

void PicturesView::nameComparison(const ComparedNames& names) {
  comparison_.name(names, prediction());
}

}  // namespace modascope
