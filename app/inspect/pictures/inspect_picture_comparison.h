#pragma once

#include <QObject>
#include <QStringList>
#include <optional>

#include "app/jobs/inspection/picture_findings.h"

namespace modascope {

class InspectPage;
class InspectPictures;
class PictureGrid;

/// Keeps the prediction for a picture beside those that follow: other subsets, other steps, other
/// runs. Zoom, crosshair and what is laid over are the same in both. GUI thread.
class InspectPictureComparison : public QObject {
  Q_OBJECT

 public:
  InspectPictureComparison(InspectPage& page, const InspectPictures& pictures,
                           QObject* parent = nullptr);

  /// Of another picture there is nothing to compare.
  void end();

  const std::optional<PicturePrediction>& kept() const { return kept_; }

 private:
  /// Set, run and step of what is on show.
  QStringList partsNow() const;
  void link(PictureGrid& from, PictureGrid& to);
  void keep();
  void nameBoth();
  bool isWiped() const;
  /// Side by side, or parted by a line.
  void lay();

  InspectPage& page_;
  const InspectPictures& pictures_;
  std::optional<PicturePrediction> kept_;
  QStringList keptParts_;
};

}  // namespace modascope
