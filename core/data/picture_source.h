#pragma once

#include <map>
#include <mutex>

#include "core/data/sample_source.h"
#include "core/imagefolder/image_folder.h"

namespace modascope {

/// The pictures of a folder, decoded when they are first asked for and kept while there is room.
/// Sizes are filled up at the right and below to a multiple of `kGrain`, with the mean and without
/// a class. Any thread may ask.
class PictureSource : public SampleSource {
 public:
  static constexpr std::int64_t kGrain = 16;           ///< pixels
  static constexpr std::size_t kMostBytes = 2u << 30;  ///< of pictures that are kept

  explicit PictureSource(ImageFolderInfo info);

  DataFit fit(const std::vector<CaseInfo>& cases, const FitOptions& options = {}) const override;
  Sample get(const CaseInfo& info, const std::vector<Moments>& moments) const override;
  bool isKept(const CaseInfo& info) const override;
  /// A square of the picture, mirrored by chance.
  Sample draw(const CaseInfo& info, const std::vector<Moments>& moments, const SampleCut& cut,
              std::mt19937_64& rng) const override;

  /// As it is in its files.
  std::shared_ptr<const ImageSample> picture(const std::string& id) const;

 private:
  void examine(const CaseInfo& info) const override;

  ImageFolderInfo info_;
  mutable std::mutex mutex_;
  mutable std::map<std::string, std::shared_ptr<const ImageSample>> kept_;
  mutable std::size_t bytes_ = 0;
};

/// Throws `Error` when they are other data.
const PictureSource& picturesOf(const CaseSource& source);

}  // namespace modascope
