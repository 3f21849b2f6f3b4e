#pragma once

#include <QObject>
#include <memory>

#include "app/inspect/comparison_bar.h"
#include "app/inspect/prediction_name.h"
#include "app/jobs/inspection/picture_findings.h"
#include "core/problem/problem.h"

namespace modascope {

class ElidedLabel;
class PictureGrid;

/// The pictures on show, and beside them or parted from them by a line the prediction that was
/// kept: other subsets, other steps, other runs. Zoom, crosshair and what is laid over are the same
/// in both. GUI thread.
class PictureComparison : public QObject {
  Q_OBJECT

 public:
  explicit PictureComparison(QWidget* parent);

  /// Holds both.
  QWidget* centre() const { return centre_; }
  PictureGrid& live() const { return *live_; }
  PictureGrid& keptGrid() const { return *keptGrid_; }
  /// Empty: it does not stand there.
  QString liveName() const;
  QString keptName() const;

  void keep(const std::shared_ptr<const PicturePrediction>& shown, const Problem& problem,
            const std::shared_ptr<const ImageSample>& sample);
  void lay(ComparisonView view);
  /// `shown`: beside what was kept; null: nothing.
  void name(const ComparedNames& names, const std::shared_ptr<const PicturePrediction>& shown);
  /// Of another picture there is nothing to compare.
  void end();

 Q_SIGNALS:
  /// What is under the mouse or the crosshair.
  void pointed(const QString& words);

 private:
  void makeColumn(ElidedLabel* name, PictureGrid* grid);
  void follow(PictureGrid& from, PictureGrid& to);
  void nameGrids(const QString& now, const QString& kept);
  void wipe(const ComparedNames& names, const std::shared_ptr<const PicturePrediction>& shown);

  QWidget* centre_;
  ElidedLabel* liveName_;
  ElidedLabel* keptName_;
  PictureGrid* live_;
  PictureGrid* keptGrid_;
  std::shared_ptr<const PicturePrediction> kept_;
  bool wiped_ = false;
};

}  // namespace modascope
