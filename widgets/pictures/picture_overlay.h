#pragma once

#include <QPoint>
#include <QStringList>
#include <memory>
#include <optional>
#include <vector>

#include "core/imagefolder/image_folder.h"
#include "core/imagefolder/picture.h"
#include "core/problem/problem.h"
#include "widgets/pictures/picture_layers.h"

namespace modascope {

/// The classes of one picture that can be laid over it: the truth, the prediction on show, and one
/// that is kept to be compared with it. Says what is drawn of them in a style and what they are at
/// a pixel.
class PictureOverlay {
 public:
  /// Over no picture: there is nothing to lay over.
  PictureOverlay() = default;
  /// The truth alone.
  PictureOverlay(const Problem& problem, std::shared_ptr<const ImageSample> sample);

  /// Nothing: none. Throws `Error` when it is of another size than the picture.
  void setPrediction(std::shared_ptr<const LabelPicture> prediction);
  void setKept(std::shared_ptr<const LabelPicture> kept);
  bool hasKept() const { return kept_ != nullptr; }
  /// The truth and the prediction on show. Views of what this holds.
  const PictureClasses& classes() const { return classes_; }

  PictureLayers layers(const PictureStyle& style) const;
  /// As `layers`, but of what is kept. There must be something.
  PictureLayers keptLayers(const PictureStyle& style) const;
  /// Of both.
  PictureLegend legend(const PictureStyle& style) const;
  /// "predicted pothole", "kept road", "truth not labelled": of those that there are.
  QStringList words(QPoint pixel) const;

 private:
  bool fits(const LabelPicture& picture) const;
  PictureClasses keptClasses() const;
  QString classAt(const PixelClasses& classes, QPoint pixel) const;

  std::shared_ptr<const ImageSample> sample_;
  std::shared_ptr<const LabelPicture> prediction_;
  std::shared_ptr<const LabelPicture> kept_;
  PictureClasses classes_;           ///< views of the sample and of the prediction
  std::vector<ClassLines> borders_;  ///< of the truth
};

}  // namespace modascope
