#pragma once

#include "app/inspect/case_view.h"
#include "app/inspect/pictures/picture_comparison.h"
#include "app/jobs/inspection/picture_findings.h"

namespace modascope {

class PictureGrid;

/// Pictures: a tile for each modality with the classes that a network sees, and how right they are.
class PicturesView : public CaseView {
  Q_OBJECT

 public:
  PicturesView(InspectPage& page, std::unique_ptr<Inspection> inspection);

  ViewParts parts() const override;
  std::vector<Export> exports() override;
  std::vector<ComparisonView> comparisons() const override;

  PictureGrid& grid() const { return comparison_.live(); }
  const PictureComparison& comparison() const { return comparison_; }
  /// Null: nothing is on show.
  std::shared_ptr<const PicturePrediction> prediction() const;

 protected:
  void showCase() override;
  void clear() override;
  void showAnswer() override;
  void hideAnswer() override;
  void showTable() override;
  QString progressWords(int done, int total) const override;
  QString showingWords() const override;
  void setKept(bool kept) override;
  void layComparison(ComparisonView view, std::size_t) override;
  void nameComparison(const ComparedNames& names) override;

 private:
  std::shared_ptr<const ImageSample> sample() const;
  QString scoreWords() const;

  PictureComparison comparison_;
};

}  // namespace modascope
