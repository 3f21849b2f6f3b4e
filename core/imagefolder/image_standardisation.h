#pragma once

#include <vector>

#include "core/imagefolder/image_folder.h"

namespace modascope {

/// Mean and deviation of every channel over the pixels of the training pictures.
class ImageStandardisation {
 public:
  /// Reads the training pictures one after the other, but for those with a problem.
  static ImageStandardisation fit(const ImageFolderInfo& info);
  /// As stored: per modality a mean and a deviation a channel.
  ImageStandardisation(std::vector<std::vector<float>> means,
                       std::vector<std::vector<float>> deviations);

  /// (x − mean) / deviation; 0, that is the mean, for absent modalities, for numbers that are not
  /// finite and for channels that are the same everywhere in the training pictures.
  void apply(ImageSample& sample) const;

  const std::vector<float>& means(ModalityId id) const { return means_[id.index()]; }
  const std::vector<float>& deviations(ModalityId id) const { return deviations_[id.index()]; }

  bool operator==(const ImageStandardisation&) const = default;

 private:
  std::vector<std::vector<float>> means_, deviations_;  ///< [modality][channel]
};

/// What `ImageStandardisation::fit` gathers, for a caller that has the pictures at hand.
class ImageMoments {
 public:
  explicit ImageMoments(const Problem& problem);
  void add(const ImageSample& sample);
  ImageStandardisation standardisation() const;

 private:
  struct Moments {
    double count = 0, mean = 0, squares = 0;
  };
  std::vector<std::vector<Moments>> channels_;  ///< [modality][channel]
};

}  // namespace modascope
