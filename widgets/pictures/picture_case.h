#pragma once

#include <QImage>
#include <QPoint>
#include <QRect>
#include <QSize>
#include <QString>
#include <memory>
#include <optional>
#include <vector>

#include "core/imagefolder/image_folder.h"
#include "core/modality/modality.h"
#include "core/problem/problem.h"
#include "widgets/bridge/pixel_image.h"
#include "widgets/slices/tile_header.h"

namespace modascope {

/// The modalities of one case of pictures, which of them the network saw and what it got in place
/// of the others: as images, as the state of their tiles and in words. A pixel is one of the case.
class PictureCase {
 public:
  /// All that are there were seen. Throws `Error` when the picture does not have the problem's
  /// modalities.
  PictureCase(const Problem& problem, std::shared_ptr<const ImageSample> sample);

  /// Which were seen; the others that are there are left out.
  void setSeen(ModalitySet set) { seen_ = set; }
  /// One a modality, in place of those that are left out; what is not of the modality's size is
  /// passed over. Nothing: none.
  void setGiven(std::shared_ptr<const std::vector<std::vector<float>>> modalities);
  const std::shared_ptr<const std::vector<std::vector<float>>>& given() const { return given_; }

  const ModalitySchema& schema() const { return problem_.schema; }
  QSize size() const;
  bool contains(QPoint pixel) const { return QRect({0, 0}, size()).contains(pixel); }
  QString label(ModalityId id) const;
  TileState state(ModalityId id) const;
  /// Whether something was given in its place, which then is its image.
  bool isReplaced(ModalityId id) const;
  /// Null when the case does not have it.
  QImage image(ModalityId id) const;
  /// On which scale it is: "0.12 to 0.87", and of several channels which one. Empty for colours.
  QString caption(ModalityId id) const;
  /// "RGB 0.31 0.29 0.27", of one that is there; `instead`: what is given in place of others.
  QString values(ModalityId id, QPoint pixel, const QString& instead) const;

 private:
  PixelChannels pixelsOf(ModalityId id) const;

  Problem problem_;
  std::shared_ptr<const ImageSample> sample_;
  std::shared_ptr<const std::vector<std::vector<float>>> given_;
  std::optional<ModalitySet> seen_;  ///< nothing: all that are there
};

}  // namespace modascope
